import assert from 'node:assert/strict';
import type { Check, CheckedFinding } from './checker';
import { readPage } from './page';
import { runPage } from './run-page';

/** Finds each "md5", relates it to each `import`, and offers to write "sha256" or to drop the line. */
const findMd5: Check = (files) => {
  const related = files.flatMap(({ name, text }) =>
    [...text.matchAll(/import/g)].map(({ index }) => ({
      ...{ file: name, message: 'from here' },
      start: index,
      end: index + 6,
    })),
  );
  return files.flatMap(({ name: file, text }) =>
    [...text.matchAll(/md5/g)].map(({ index: start }): CheckedFinding => {
      const end = start + 3;
      const lineStart = text.lastIndexOf('\n', start) + 1;
      const lineEnd = text.indexOf('\n', start) + 1;
      return {
        ...{ file, ruleId: 'a/b', start, end, message: 'MD5 is broken', related },
        fixes: [
          { title: 'Use SHA-256', safety: 'unsafe', edits: [{ file, start, end, text: 'sha256' }] },
          { title: 'Drop', safety: 'choice', edits: [{ file, start: lineStart, end: lineEnd, text: '' }] },
        ],
      };
    }),
  );
};

const FIXED = "```ts fixed\n  hash('sha256');\n```";

function failures(flagged: string, check: Check = findMd5, silent = "```ts\nhash('sha1');\n```") {
  const page = readPage(
    'a/b.md',
    `# a/b\n\nFinds MD5.\n\nWhy.\n\n## Flagged\n\n${flagged}\n\n## Left alone\n\nOne.\n\n${silent}\n\nTwo.\n\n\`\`\`ts\n\`\`\`\n`,
  );
  return [...runPage(page, check)].flatMap(({ title, failure }) =>
    failure === undefined ? [] : [`${title}\n${failure}`],
  );
}

describe('the runner of rule pages', () => {
  it('passes what agrees, with or without message and related places', () => {
    assert.deepEqual(failures(`\`\`\`ts\n  hash('md5');\n  //    ~~~\n\`\`\`\n${FIXED}`), []);
    assert.deepEqual(failures(`\`\`\`ts\n  hash('md5');\n//      ~~~ MD5 is broken\n\`\`\`\n${FIXED}`), []);
    const withImport = "```ts\n  import 'x';\n  //---- from here\n  hash('md5');\n  //    ~~~\n```";
    assert.match(failures(`${withImport}\n${FIXED}`).join('\n'), /- {3}\/\/---- from here/);
  });

  it('shows actual marks where a range, a message or a count differs', () => {
    const [wrongRange] = failures(`\`\`\`ts\n  hash('md5');\n  //   ~~~~~ MD5 is broken\n\`\`\`\n${FIXED}`);
    assert.equal(
      wrongRange,
      [
        'a/b.md:9 is flagged',
        'a/b.md:9: - the page, + what is found',
        '  example.ts',
        "      hash('md5');",
        '  -   //   ~~~~~ MD5 is broken',
        '  +   //    ~~~ MD5 is broken',
      ].join('\n'),
    );
    const [wrongMessage] = failures(`\`\`\`ts\n  hash('md5');\n  //    ~~~ No\n\`\`\`\n${FIXED}`);
    assert.match(wrongMessage!, /- {3}\/\/ {4}~~~ No\n {2}\+ {3}\/\/ {4}~~~ MD5 is broken/);
    const [missing] = failures(
      `\`\`\`ts\n  hash('md5', md5);\n  //    ~~~\n\`\`\`\n\`\`\`ts fixed\n  hash('sha256', sha256);\n\`\`\``,
    );
    assert.match(missing!, /\+ {3}\/\/ {10}~~~ MD5 is broken/);
    const [extra] = failures(`\`\`\`ts\n  hash('sha1');\n  //    ~~~~\n\`\`\``);
    assert.match(extra!, /- {3}\/\/ {4}~~~~/);
  });

  it('prints a range over several lines as it is read', () => {
    const wide: Check = (files) => {
      const { name: file, text } = files[0]!;
      const start = text.indexOf('{');
      const end = text.indexOf('}') + 1;
      return start < 0
        ? []
        : [{ ...{ file, ruleId: 'a/b', start, end, message: 'All' }, related: [], fixes: [] }];
    };
    assert.deepEqual(failures('```ts\n  f({\n  //~~> All\n    a: 1,\n  });\n//<\n```', wide), []);
    const [failure] = failures('```ts\n  f({\n//  ~\n    a: 1,\n  });\n```', wide);
    assert.match(failure!, /\+ {3}\/\/~> All\n {8}a: 1,\n {6}\}\);\n {2}\+ \/\/<$/);
  });

  it('says how to mark what begins under the comment sign', () => {
    const [failure] = failures('```ts\nmd5(123);\n//  ~~~\n```\n```ts fixed\nsha256(123);\n```');
    assert.match(failure!, /\+ \/\/ columns 1 to 3; indent the example to mark them: MD5 is broken/);
  });

  it('prints a silent block with what was found in it', () => {
    const found = failures(
      `\`\`\`ts\n  hash('md5');\n  //    ~~~\n\`\`\`\n${FIXED}`,
      findMd5,
      "```ts\nf('md5');\n```",
    );
    assert.match(
      found[0]!,
      /is left alone\n.*\n {2}example.ts\n {4}f\('md5'\);\n {2}\+ \/\/ ~~~ MD5 is broken/,
    );
  });

  it('compares related places once an example marks one', () => {
    const related =
      "```ts file=a.ts\n    import 'x';\n    //--\n```\n```ts file=b.ts\n  hash('md5');\n  //    ~~~\n```\n";
    const [failure] = failures(`${related}\`\`\`ts fixed file=b.ts\n  hash('sha256');\n\`\`\``);
    assert.match(failure!, /a\.ts\n {8}import 'x';\n {2}- {5}\/\/--\n {2}\+ {3}\/\/------ from here|a\.ts/);
    const right = related.replace(
      "    import 'x';\n    //--",
      "  import 'x';\n//------ from here".replace('  import', '  import'),
    );
    assert.deepEqual(failures(`${right}\`\`\`ts fixed file=b.ts\n  hash('sha256');\n\`\`\``), []);
  });

  it('compares texts after each named fix', () => {
    const block = "```ts\n  hash('md5');\n  //    ~~~\n```\n";
    assert.deepEqual(
      failures(
        `${block}\`\`\`ts fixed="Drop"\n\`\`\`\n\`\`\`ts fixed="Use SHA-256"\n  hash('sha256');\n\`\`\``,
      ),
      [],
    );
    const [wrong] = failures(`${block}\`\`\`ts fixed\n  hash('sha512');\n\`\`\``);
    assert.match(wrong!, /- {3}hash\('sha512'\);\n {2}\+ {3}hash\('sha256'\);/);
    const [unknown] = failures(`${block}\`\`\`ts fixed="Nope"\n\`\`\``);
    assert.match(unknown!, /No finding has no fix "Nope"|has no fix "Nope"; offered: "Use SHA-256", "Drop"/);
    assert.match(failures(block)[0]!, /offers the fix "Use SHA-256"; show its result/);
  });

  it('lets a fixed text have findings only where it marks them', () => {
    const again: Check = (files) =>
      findMd5(files).map((finding) => ({
        ...finding,
        fixes: [
          { title: 'Wrap', safety: 'safe', edits: [{ file: finding.file, start: 0, end: 0, text: '    ' }] },
        ],
      }));
    const block = '```ts\nf("md5");\n// ~~~\n```\n';
    const [failure] = failures(`${block}\`\`\`ts fixed\n    f("md5");\n\`\`\``, again);
    assert.match(failure!, /\+ {5}\/\/ ~~~ MD5 is broken/);
    assert.deepEqual(failures(`${block}\`\`\`ts fixed\n    f("md5");\n//     ~~~\n\`\`\``, again), []);
  });

  it('applies fixes that overlap in turns, and equal edits once', () => {
    const oneLine: Check = (files) =>
      findMd5(files).map((finding) => ({ ...finding, fixes: finding.fixes.slice(1) }));
    assert.deepEqual(
      failures('```ts\n  f(md5, md5);\n//  ~~~\n//       ~~~\nok;\n```\n```ts fixed\nok;\n```', oneLine),
      [],
    );
  });

  it('fails an example alone when the rule throws or speaks of other files', () => {
    const throws: Check = (files) => {
      if (files[0]!.text.includes('md5')) throw new Error('boom');
      return [];
    };
    const found = failures("```ts\n  hash('md5');\n  //    ~~~\n```", throws);
    assert.equal(found.length, 1);
    assert.match(found[0]!, /Error: boom/);
    const stray: Check = () => [
      { ...{ file: 'x.ts', ruleId: 'a/b', start: 0, end: 1, message: '' }, related: [], fixes: [] },
    ];
    assert.match(
      failures("```ts\n  hash('md5');\n  //    ~~~\n```", stray)[0]!,
      /a finding in x\.ts, which the example does not have/,
    );
  });
});
