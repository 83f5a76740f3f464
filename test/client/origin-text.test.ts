import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { originCounts, originStatus } from '../../client/src/origin/origin-counts';
import { originMarkdown, toldRunAt } from '../../client/src/origin/origin-text';
import { confidenceWords } from '../../protocol/confidence';
import type { OriginRun } from '../../protocol/origin';
import { english } from './english';

const RUN: OriginRun = {
  start: 0,
  end: 10,
  state: 'ai',
  marker: 'solid',
  tool: 'Claude Code',
  model: 'claude-opus-4-1',
  commit: '3f2a1c9d0e5b47a68c1f2e3d4c5b6a7988776655',
  time: Date.UTC(2025, 10, 23, 12),
  source: 'a git-ai note',
  confidence: 0.97,
};
const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const hover = (run: Partial<OriginRun>) => originMarkdown({ ...RUN, ...run }, day, english);
const headline = (run: Partial<OriginRun>) => /^\*\*(.*?)\*\*/.exec(hover(run))?.[1];

describe('the hover on a line', () => {
  it('says who, where from, how sure, and that it is no proof', () => {
    assert.equal(
      hover({ others: ['The author of the commit is Claude Code.'] }),
      [
        '**Written by Claude Code** \\(claude\\-opus\\-4\\-1\\)',
        'Commit 3f2a1c9, 2025\\-11\\-23 · Known from a git\\-ai note · Confidence: very high',
        'Also:\n- The author of the commit is Claude Code\\.',
        '*Attribution from evidence, not proof.*',
      ].join('\n\n'),
    );
  });

  const headlines: [string, Partial<OriginRun>][] = [
    ['Written by Claude Code', {}],
    ['Perhaps written by Claude Code', { marker: 'hollow', confidence: 0.6 }],
    ['Perhaps written by Claude Code', { marker: 'none', confidence: 0.4 }],
    ['Written by Claude Code, edited since', { state: 'mixed', marker: 'hollow' }],
    [
      'Claude Code took part in the commit; who wrote this line is not known',
      { state: 'ai-commit', marker: 'hollow' },
    ],
    ['Countersigned by a person; written by Claude Code', { marker: 'tick' }],
    ['Countersigned by a person; perhaps written by Claude Code', { marker: 'tick', confidence: 0.6 }],
    ['It is not known who wrote this line', { state: 'unknown', marker: 'none' }],
    [
      'A line without words, drawn like its neighbors; who wrote it is not known',
      { state: 'unknown', marker: 'solid' },
    ],
  ];
  for (const [expected, run] of headlines) {
    it(`begins with “${expected}”`, () => assert.equal(headline(run), expected));
  }

  it('names no tool that is not known', () => {
    const { tool: _, ...unnamed } = RUN;
    assert.match(originMarkdown(unnamed, day, english), /^\*\*Written by an AI tool\*\*/);
    const { commit: __, ...uncommitted } = unnamed;
    const text = originMarkdown({ ...uncommitted, state: 'ai-commit', marker: 'hollow' }, day, english);
    assert.match(text, /^\*\*An AI tool took part in this file/);
    assert.doesNotMatch(text, /undefined|Commit/);
  });

  it('is short when little is known', () => {
    const text = originMarkdown({ start: 0, end: 1, state: 'ai', marker: 'solid' }, day, english);
    assert.equal(text, '**Written by an AI tool**\n\n*Attribution from evidence, not proof.*');
  });

  it('says who countersigned, when, and whether that is proven', () => {
    const time = Date.UTC(2026, 1, 3);
    const alone = hover({ marker: 'tick', reviews: [{ reviewer: 'Ann', time, isProven: true }] });
    assert.match(
      alone,
      /^\*\*Countersigned by a person; written by Claude Code\*\* .*\n\nAnn, 2026\\-02\\-03, proven by a signature\n\n/,
    );
    const text = hover({
      marker: 'tick',
      reviews: [
        { reviewer: 'Ann', time, isProven: true },
        { reviewer: '[Bob](command:x)', time, isProven: false, note: 'read *twice*' },
      ],
    });
    assert.match(text, /^\*\*Countersigned by 2 people; written by Claude Code\*\*/);
    assert.ok(text.includes('- Ann, 2026\\-02\\-03, proven by a signature\n- '), text);
    assert.match(
      text,
      /- \\\[Bob\\\]\\\(command.*recorded without a proof of who it was: “read \\\*twice\\\*”/,
    );
  });

  it('lets nothing from the repository mean anything', () => {
    const evil = '[x](command:y) <img src=a> **b** `c` $(d)\n# e https://example.org';
    const text = hover({ tool: evil, model: evil, source: evil, others: [evil], commit: '](command:z)' });
    assert.doesNotMatch(text, /(?<!\\)\[x|(?<!\\)\]\(|<img|(?<!\\)`|(?<!\\)\$|\n# |https:/);
    assert.equal(text.split('\n\n').length, 4);
  });

  it('counts other evidence beyond the first five', () => {
    const others = Array.from({ length: 8 }, (_, index) => `evidence ${index}`);
    assert.match(hover({ others }), /- evidence 4\n- 3 more\n/);
    assert.doesNotMatch(hover({ others }), /evidence 5/);
  });

  it('says confidence in words that grow with it', () => {
    const words = [0.97, 0.85, 0.65, 0.5, 0.35].map((value) => confidenceWords(value));
    assert.deepEqual(words, ['very high', 'high', 'medium', 'low', 'very low']);
  });
});

describe('a line with something to say', () => {
  const told = (run: Partial<OriginRun>) => toldRunAt([{ ...RUN, ...run }], 9) !== undefined;
  const bare = { source: undefined } as unknown as Partial<OriginRun>;

  it('has a marker, or evidence that is too weak for one', () => {
    assert.ok(told({}));
    assert.ok(told({ marker: 'none' }));
    assert.ok(told({ ...bare, marker: 'none', state: 'unknown', others: ['a hint'] }));
    assert.equal(told({ ...bare, marker: 'none', state: 'unknown' }), false);
  });

  it('is no line of a person, as most are', () => {
    assert.equal(told({ state: 'human', marker: 'none' }), false);
    assert.ok(told({ state: 'human', marker: 'tick' }));
  });

  it('lies within the run', () => assert.equal(toldRunAt([RUN], 10), undefined));
});

describe('the count of AI lines', () => {
  const of = (...runs: [OriginRun['marker'], OriginRun['state'], number][]) =>
    originCounts(runs.map(([marker, state, lines]) => ({ start: 5, end: 5 + lines, marker, state })));
  const text = (...runs: Parameters<typeof of>) => originStatus(of(...runs), english)?.text;

  it('leaves out lines that are drawn like their neighbors, and those without a marker', () => {
    const counts = of(['solid', 'ai', 3], ['solid', 'unknown', 1], ['none', 'ai', 7], ['hollow', 'mixed', 2]);
    assert.deepEqual(counts, { exact: 3, perhaps: 2, countersigned: 0 });
  });

  it('is said no surer than it is', () => {
    assert.equal(text(['solid', 'ai', 1]), '$(sparkle) 1 AI line');
    assert.equal(text(['solid', 'ai', 12], ['hollow', 'ai-commit', 30]), '$(sparkle) 12 AI lines');
    assert.equal(text(['hollow', 'ai-commit', 30]), '$(sparkle) perhaps 30 AI lines');
    assert.equal(text(['hollow', 'ai', 1]), '$(sparkle) perhaps 1 AI line');
    assert.equal(text(['tick', 'ai', 4]), '$(pass) AI lines countersigned');
    assert.equal(
      text(['tick', 'ai', 4], ['solid', 'ai', 3], ['hollow', 'mixed', 2]),
      '$(sparkle) 4 of 9 AI lines countersigned',
    );
    assert.deepEqual(
      originStatus(of(['solid', 'ai', 1], ['hollow', 'mixed', 2], ['tick', 'ai', 1]), english)?.details,
      [
        '1 line was written by AI.',
        '2 lines were perhaps written by AI, or edited since.',
        '1 line was countersigned.',
      ],
    );
  });

  it('is not there without AI lines', () => {
    assert.equal(text(), undefined);
    assert.equal(text(['none', 'human', 100]), undefined);
  });
});
