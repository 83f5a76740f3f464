// How long patterns may take: what the analyser says, what is added to it, and what of it is not believed.
import assert from 'node:assert/strict';
import { costOf, isPlain, judged, sameInLess } from '../../server/src/patterns/cost';

const CASES: readonly (readonly [growth: string, pattern: RegExp])[] = [
  ['exponential', /(a+)+$/],
  ['exponential', /^(\w+\s?)*$/],
  // One text in two ways, of several characters or by a count.
  ['exponential', /(x|x)*y/],
  ['exponential', /^(?:a|b|ab)*$/],
  ['exponential', /^([\w-])+@(([a-z-])+\.)+([a-z]{2,4})+$/],
  ['exponential', /^(?:[^\\]|\\(?:\n|a)|\\[\s\S])*"/],
  ['polynomial', /^\s*(.*?)\s*$/],
  ['polynomial', /^(?:\d+)?\.?\d+ms$/],
  // It always matches, and tries each place for the end all the same.
  ['polynomial', /^([\s\S]*?)(?:[/]*)$/],
  ['restarting', /\s+$/],
  ['restarting', /^\s+|\s+$/g],
  ['restarting', /<!--[\s\S]*?-->/],
  ['none', /^\s+/],
  ['none', /\r?\n$/],
  ['none', /^[a-z\d]+(?:-[a-z\d]+)*$/],
  ['none', /"(?:\\.|[^"\\])*"/],
  // What is in a loop may fail, but not what is behind it.
  ['none', /(?:a+)+/],
  ['none', /^(?:\\(?:[a-f]{1,6}|.)|[\w-])+/],
  ['none', /^[a-z]([a-z-]{0,61}[a-z])?(\.[a-z]([a-z-]{0,61}[a-z])?)*$/],
  // It matches whatever there is.
  ['none', /([^:]+?)(:|$)/],
  // The beginning that is repeated is a match.
  ['none', /ab.*?a/],
];

describe('the cost of patterns', () => {
  it('is known without the analyser only where that finds nothing', () => {
    const heads = [
      '',
      '^',
      'x',
      '^(?:x|y)',
      '(x)?',
      '^a|',
      '\\b',
      '^\\1',
      '(?=x)',
      '^(x',
      '^x{2,3}',
      '^(?:x|',
    ];
    const loops = ['x+', '\\s*', '[a-z]+?', '(?:x|y)*', '(x)+', '.*', '\\[+', '[\\]+]*', 'x*y*', 'x+|y'];
    const tails = ['', '$', ')', ')$', ')?', ')?y', 'y', '\\s', '|y', ')*', '){2}', '(?!y)', '[*]', '\\+'];
    const patterns = heads.flatMap((head) =>
      loops.flatMap((loop) => tails.map((tail) => `${head}${loop}${tail}`)),
    );
    const plain = ['', 'g', 'm', 'u'].flatMap((flags) =>
      patterns
        .filter((source) => isPattern(source, flags) && isPlain(source, flags))
        .map((source) => ({ source, flags })),
    );
    assert.ok(plain.length > 200, `${plain.length} are plain`);
    for (const { source, flags } of plain)
      assert.equal(judged(source, flags), undefined, `/${source}/${flags}`);
  });

  it('needs no analyser for what most patterns are', () => {
    for (const { source, flags } of [/\s+/, /^v\d+$/, /[^a-z]+/gi, /^(?:a|b)\.\w+;/, /(\d+)/])
      assert.ok(isPlain(source, flags), source);
  });

  for (const [growth, pattern] of CASES) {
    it(`${pattern} is ${growth}`, () => {
      assert.equal(costOf(pattern.source, pattern.flags)?.growth ?? 'none', growth);
    });
  }

  it('says nothing of what is no pattern, of one of a later language, and of tables of words', () => {
    assert.equal(costOf('(a+', ''), undefined);
    assert.equal(costOf('(a+)+$', 'gg'), undefined);
    assert.equal(costOf(`(?:${'(a+)+|'.repeat(60)}x)$`, ''), undefined);
  });

  it('is bounded for hostile patterns', () => {
    const wide = Array.from({ length: 100 }, (_, i) => `[a-z]{0,${i}}`).join('|');
    const nested = `${'('.repeat(30)}a${'+)'.repeat(30)}$`;
    for (const source of [`^(?:${wide})*$`, nested, `^(?:${'(?:a|b?)'.repeat(30)})*$`]) costOf(source, '');
  });

  it('rewrites where the meaning stays', () => {
    assert.equal(sameInLess('^(?:a+)+$', ''), '^a+$');
    assert.equal(sameInLess('^\\s*(.*?)\\s*$', ''), undefined);
  });
});

function isPattern(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) !== undefined;
  } catch {
    return false;
  }
}
