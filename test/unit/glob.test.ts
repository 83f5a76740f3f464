// Globs of configuration files: what they match, what is wrong with them, and that none takes long.
import assert from 'node:assert/strict';
import picomatch from 'picomatch';
import { type Glob, GlobFault, readGlob } from '../../server/src/session/configuration/glob';

const matching = (glob: string, paths: readonly string[]) => {
  const { matches } = readGlob(glob);
  return paths.filter(matches);
};

describe('globs', () => {
  const cases: [glob: string, matches: string[], doesNot: string[]][] = [
    ['*.ts', ['a.ts', 'src/a.ts', '.a.ts', 'src/.ts'], ['a.tsx', 'a.ts/b.js', 'ats']],
    ['./*.ts', ['a.ts'], ['src/a.ts']],
    ['src/*.ts', ['src/a.ts'], ['src/b/a.ts', 'lib/src/a.ts', 'a.ts']],
    ['src/**', ['src/a.ts', 'src/b/c/.d'], ['srcs/a.ts', 'lib/src/a.ts', 'src']],
    ['**/src/**/*.ts', ['src/a.ts', 'a/src/b/c.ts'], ['a/srcs/b.ts', 'src/a.js']],
    ['**', ['a', 'a/b/c'], []],
    ['src/**/test/*', ['src/test/a', 'src/a/b/test/c'], ['src/test/a/b', 'test/a']],
    ['dist', ['dist', 'dist/a.js', 'a/dist/b/c.js'], ['distance', 'a/mydist/b']],
    ['dist/', ['dist/a.js', 'a/dist/b.js'], ['dist', 'a/dist']],
    ['./dist', ['dist/a.js'], ['a/dist/b.js']],
    ['packages/*/dist', ['packages/a/dist/b.js'], ['packages/a/b/dist/c.js', 'packages/dist/a']],
    ['src/*', ['src/a'], ['src/a/b']],
    ['a?c', ['abc', 'a/a.c', 'a€c', 'a😀c'], ['ac', 'abbc']],
    ['src/[ab].ts', ['src/a.ts', 'src/[ab].ts'], ['src/c.ts', 'src/ab.ts']],
    ['src/[a-c].ts', ['src/b.ts'], ['src/d.ts', 'src/[a-c].ts']],
    ['src/[!a].ts', ['src/b.ts'], ['src/a.ts']],
    ['src/[^a].ts', ['src/b.ts'], ['src/a.ts']],
    ['[]x]', ['x', ']'], ['a']],
    ['[a\\-c]', ['a', '-', 'c'], ['b']],
    ['[a\\]b]', [']', 'b'], ['\\']],
    ['app/[id]/page.tsx', ['app/[id]/page.tsx'], ['app/ab/page.tsx']],
    ['app/[[...slug]]/*', ['app/[[...slug]]/a'], ['app/slug/a']],
    ['app/(shop)/*.tsx', ['app/(shop)/a.tsx'], ['app/shop/a.tsx']],
    ['a\\*b', ['a*b'], ['aab', 'a\\*b']],
    ['\\[id\\].ts', ['[id].ts', 'a/[id].ts'], ['i.ts']],
    ['*.{js,ts}', ['a.js', 'b/a.ts'], ['a.jsx', 'a.{js,ts}']],
    ['{src,test/unit}/**/*.{c,m,}ts', ['src/a.mts', 'test/unit/a/b.ts'], ['test/a.ts', 'src/a.xts']],
    ['{a,{b,c}d}.ts', ['a.ts', 'bd.ts', 'x/cd.ts'], ['b.ts', 'ad.ts']],
    ['{*.md,docs/**}', ['a/b.md', 'docs/a.ts'], ['a/docs/b.ts']],
    ['a**b', ['ab', 'axb', 'x/axxb'], ['a/b']],
    ['Größe.ts', ['Größe.ts'], ['größe.ts']],
    ['constructor', ['constructor/a'], ['a']],
    ['.env*', ['.env', 'a/.env.local'], ['env']],
  ];
  for (const [glob, does, doesNot] of cases) {
    it(`matches what ${glob} means`, () => {
      assert.deepEqual(matching(glob, [...does, ...doesNot]), does);
    });
  }

  const faults: [string, RegExp][] = [
    ['', /empty/],
    ['a'.repeat(501), /at most 500 characters/],
    ['!src/**', /cannot be turned round/],
    ['/src/**', /relative to the folder/],
    ['C:\\src', /relative to the folder/],
    ['c:/src', /relative to the folder/],
    ['~/src', /relative to the folder/],
    ['\\\\server\\share', /relative to the folder/],
    ['src\\lib\\*.ts', /divided by `\/`/],
    ['src/**/../a', /Leave out `\.\.`/],
    ['../src', /Leave out `\.\.`/],
    ['src//a', /no name between two slashes/],
    ['src/./a', /no name between two slashes/],
    ['./', /no name between two slashes/],
    ['@(a|b).ts', /braces/],
    ['!(a).ts', /turned round/],
    ['src/*(a|b)', /braces/],
    ['src/{a', /`\{` has no end/],
    ['src/a}', /no `\{` before/],
    ['src/{a}', /at least two words/],
    ['src/{1..9}', /at least two words/],
    ['src/[ab', /bracket `\[` has no end/],
    ['src/[a/b]', /bracket `\[` has no end/],
    ['src\\', /backslash at the end/],
    ['{a,b}'.repeat(7), /more than 100 globs/],
    [`${'{a,'.repeat(20)}b${'}'.repeat(20)}`, /more than 10 deep/],
  ];
  for (const [glob, message] of faults) {
    it(`refuses ${JSON.stringify(glob.slice(0, 40))} and says what to do`, () => {
      assert.throws(
        () => readGlob(glob),
        (fault) => fault instanceof GlobFault && message.test(fault.message) && fault.message.length < 150,
      );
    });
  }

  it('are read the way picomatch reads them, folders apart, on many globs and paths', () => {
    const next = generator(7);
    const pick = <T>(from: readonly T[]): T => from[next() % from.length] as T;
    const many = (from: readonly string[], most: number) =>
      Array.from({ length: 1 + (next() % most) }, () => pick(from)).join('/');
    const parts = [
      '**',
      '**',
      '*',
      'a',
      'a*',
      '*b',
      '*a*',
      '?',
      '??',
      'a?',
      '[ab]',
      '[a-b]*',
      '{a,b}',
      '{a*,?b}',
    ];
    const names = ['a', 'b', 'ab', 'aab', '.a'];
    let matches = 0;
    for (let i = 0; i < 2_000; i++) {
      // picomatch wants a name for the second of two `**`.
      const glob = `${many(parts, 3)}/${pick(parts)}`.replace(/\*\*(?:\/\*\*)+/g, '**');
      if (!glob.includes('/')) continue;
      // Whether `a/**` is also for a file `a` depends on the rest of the glob there; here it never is.
      const forFiles = glob.replace(/\/\*\*$/, '/**/*');
      const isPlain = /\/(?:a|\{a,b\})$/.test(glob);
      const expected = picomatch(isPlain ? [glob, `${glob}/**`] : forFiles, { dot: true });
      const { matches: isMatch } = readGlob(glob);
      for (let j = 0; j < 10; j++) {
        const path = many(names, 4);
        assert.equal(isMatch(path), expected(path), `${glob} on ${path}`);
        if (expected(path)) matches++;
      }
    }
    assert.ok(matches > 2_000, `${matches} match`);
  });

  it('come to an end, whatever they and the paths are', () => {
    const globs = [
      '*a'.repeat(200),
      `${'*a'.repeat(200)}b`,
      `${'**/'.repeat(120)}b`,
      `${'**/a/'.repeat(90)}b`,
      `${'**/*a*a*a/'.repeat(40)}b`,
      `**/{${'*a*a*a*a,'.repeat(50)}b}`,
      `${'[a-z]*'.repeat(80)}B`,
      `${'{a*,*a}'.repeat(6)}b`,
      '?'.repeat(500),
    ];
    const paths = ['a'.repeat(255), `${'a'.repeat(255)}/`.repeat(4), 'a/'.repeat(500), 'a'.repeat(1_000_000)];
    for (const glob of globs) {
      for (const path of paths) assert.equal(typeof readGlob(glob).matches(path), 'boolean', glob);
    }
  }).timeout(5_000);

  it('of random characters are read or refused, and never throw anything else', () => {
    const next = generator(11);
    const characters = [...'ab*?[]{},/\\!^-().😀\u0000'];
    let read = 0;
    for (let i = 0; i < 20_000; i++) {
      const text = Array.from({ length: next() % 12 }, () => characters[next() % characters.length]).join('');
      const glob = attempt(text);
      if (!glob) continue;
      read++;
      for (const path of ['a', 'a/b', '[a]/{b}', '😀', ''])
        assert.equal(typeof glob.matches(path), 'boolean');
    }
    assert.ok(read > 2_000, `${read} were read`);
  });
});

function attempt(text: string): Glob | undefined {
  try {
    return readGlob(text);
  } catch (fault) {
    assert.ok(fault instanceof GlobFault, `${JSON.stringify(text)}: ${fault}`);
    return undefined;
  }
}

/** The same numbers each time (Numerical Recipes' linear congruences, high bits). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
