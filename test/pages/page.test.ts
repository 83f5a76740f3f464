import assert from 'node:assert/strict';
import { readPage } from './page';

const TOP = '# crypto/weak-hash\n\nFinds MD5.\n\nCollisions are cheap.\n\n';
const SILENT = [
  '## Left alone',
  'Other hashes.',
  '```ts\nhash("sha256");\n```',
  'A method elsewhere.',
  '```ts\nregistry.hash("md5");\n```',
].join('\n\n');

function page(flagged: string, silent = SILENT) {
  return readPage('server/src/rules/crypto/weak-hash.md', `${TOP}## Flagged\n\n${flagged}\n\n${silent}\n`);
}

function problems(flagged: string, silent?: string) {
  return page(flagged, silent).problems.map(({ line, message }) => `${line}: ${message}`);
}

const FLAGGED = '```ts\nhash("md5");\n//   ~~~~~ MD5 is broken\n```';

describe('the reader of rule pages', () => {
  it('takes marks out of the text and keeps their columns', () => {
    const { examples, problems: none, ruleId } = page(FLAGGED);
    assert.deepEqual(none, []);
    assert.equal(ruleId, 'crypto/weak-hash');
    const [file] = examples[0]!.files;
    assert.equal(file!.name, 'example.ts');
    assert.equal(file!.text, 'hash("md5");\n');
    const [mark] = file!.marks;
    assert.equal(file!.text.slice(mark!.start, mark!.end), '"md5"');
    assert.equal(mark!.message, 'MD5 is broken');
    assert.deepEqual(
      examples.map(({ kind }) => kind),
      ['flagged', 'silent', 'silent'],
    );
  });

  it('reads CRLF pages like LF pages', () => {
    const lf = `${TOP}## Flagged\n\n${FLAGGED}\n\n${SILENT}\n`;
    assert.deepEqual(readPage('a.md', lf.replaceAll('\n', '\r\n')), readPage('a.md', lf));
  });

  it('reads several marks under a line, related places and offsets of later lines', () => {
    const block = [
      '```ts',
      'const a = "md5";',
      '//    - named here',
      '  hash(a, b);',
      '  //   ~',
      '  //      ~ second',
      '  //---',
      '```',
    ];
    const { examples, problems: none } = page(block.join('\n'));
    assert.deepEqual(none, []);
    const { text, marks } = examples[0]!.files[0]!;
    assert.deepEqual(
      marks.map(({ kind, start, end, message }) => [kind, text.slice(start, end), message]),
      [
        ['related', 'a', 'named here'],
        ['primary', 'a', undefined],
        ['primary', 'b', 'second'],
        ['related', 'sh(', undefined],
      ],
    );
  });

  it('reads ranges that span lines', () => {
    const block = '```ts\n  f({\n  //~~> all of it\n    a: 1,\n  });\n//<\n```';
    const { examples, problems: none } = page(block);
    assert.deepEqual(none, []);
    const { text, marks } = examples[0]!.files[0]!;
    assert.equal(text, '  f({\n    a: 1,\n  });\n');
    assert.equal(text.slice(marks[0]!.start, marks[0]!.end), '{\n    a: 1,\n  }');
    assert.equal(marks[0]!.message, 'all of it');
  });

  it('reads the mark signs of other languages', () => {
    const json = '```json file=package.json\n{ "a": "*" }\n//     ~~~\n```';
    const env = '```env\nKEY=abc\n#   ~~~ first\n```';
    const { examples, problems: none } = page(`${json}\n\n${env}`);
    assert.deepEqual(none, []);
    assert.deepEqual(
      examples.slice(0, 2).map(({ files: [file] }) => [file!.name, file!.text]),
      [
        ['package.json', '{ "a": "*" }\n'],
        ['.env', 'KEY=abc\n'],
      ],
    );
  });

  it('joins files until prose, a plain block or a used name', () => {
    const a = '```ts file=a.ts\n f(1);\n// ~\n```';
    const b = '```ts file=b.ts\n f(1);\n// ~\n```';
    const names = (flagged: string) =>
      page(flagged)
        .examples.filter(({ kind }) => kind === 'flagged')
        .map(({ files }) => files.map(({ name }) => name).join('+'));
    assert.deepEqual(names(`${a}\n${b}\n${a}\n${FLAGGED}\n${b}`), [
      'a.ts+b.ts',
      'a.ts',
      'example.ts',
      'b.ts',
    ]);
    assert.deepEqual(names(`${a}\n\nAnd elsewhere:\n\n${b}`), ['a.ts', 'b.ts']);
    assert.deepEqual(names(`${a}\n\n### Case\n\n${b}`), ['a.ts', 'b.ts']);
  });

  it('gives fixed blocks to the example above, by title and file', () => {
    const a = '```ts file=a.ts\n f(1);\n// ~\n```';
    const b = '```ts file=b.ts\n g(1);\n```';
    const fixes = [
      '~~~ts fixed="Use `h`" file=a.ts\nh\n~~~',
      '~~~ts fixed="Use `h`" file=b.ts\ni\n~~~',
      '```ts fixed="Drop" file=a.ts\n```',
    ];
    const { examples, problems: none } = page([a, b, ...fixes].join('\n'));
    assert.deepEqual(none, []);
    assert.deepEqual(
      examples[0]!.outcomes.map(({ title, files }) => [title, files.map(({ name, text }) => [name, text])]),
      [
        [
          'Use `h`',
          [
            ['a.ts', 'h\n'],
            ['b.ts', 'i\n'],
          ],
        ],
        ['Drop', [['a.ts', '']]],
      ],
    );
  });

  it('reads exceptions of an example and of all flagged examples', () => {
    const source = `${TOP}<!-- except shadow-library: goes by names -->\n\n## Flagged\n\nText.\n\n<!-- except crlf: one\nreason -->\n<!-- except import-alias: two -->\n${FLAGGED}\n\n${SILENT}\n`;
    const { exceptions, examples, problems: none } = readPage('a.md', source);
    assert.deepEqual(none, []);
    assert.deepEqual(exceptions, [{ transformation: 'shadow-library', reason: 'goes by names', line: 7 }]);
    assert.deepEqual(
      examples[0]!.exceptions.map(({ transformation, reason }) => [transformation, reason]),
      [
        ['crlf', 'one reason'],
        ['import-alias', 'two'],
      ],
    );
  });

  const mistakes: [string, string, RegExp][] = [
    [
      'a mark past the end of its line',
      '```ts\nf(1);\n//  ~~~\n```',
      /^11: .*column 7, but the line above it ends at column 5/,
    ],
    ['a mark on top', '```ts\n// ~~~\nf(1);\n```', /^10: A mark belongs under a line of code/],
    [
      'a mark without comment sign',
      '```ts\n  f(1);\n  ~~~~\n```',
      /^11: A mark line begins with `\/\/`.*indent/,
    ],
    ['the wrong comment sign', '```env\nA=12345\n//~~~\n```', /^11: .* begins with `#`, not/],
    ['a message that touches the mark', '```ts\nf(12345);\n//~~~no\n```', /^11: Put a space/],
    ['a range without end', '```ts\nf({\n//~>\n});\n```', /^11: The range begun here never ends/],
    ['an end without range', '```ts\n  f({\n  });\n//<~\n```', /^12: This mark ends a range/],
    ['no mark at all', '```ts\nf(1);\n```', /^9: A flagged example needs a mark/],
    ['an unknown language', '```rust\nf(1);\n```', /^9: Unknown language `rust`/],
    ['an unknown word', '```ts fiexd\nf(1);\n```', /^9: `fiexd` is unknown here/],
    ['back-ticks behind back-ticks', '```ts fixed="`"\n```', /^9: Markdown allows no back-tick/],
    ['an open block', '```ts\nf(1);\n', /^9: The block is never closed/],
    ['a fix without its example', '```ts fixed\nf(1);\n```', /^9: A fixed block stands below/],
    [
      'a fix twice',
      `${FLAGGED}\n\`\`\`ts fixed\n\`\`\`\n\`\`\`ts fixed\n\`\`\``,
      /^15: Line 13 shows the same file/,
    ],
    ['an exception without reason', `<!-- except crlf -->\n${FLAGGED}`, /^9: Write an exception as/],
    [
      'an exception before prose',
      `<!-- except crlf: x -->\n\nText.\n\n${FLAGGED}`,
      /^9: An exception stands directly/,
    ],
  ];
  for (const [name, flagged, expected] of mistakes) {
    it(`names page line and remedy of ${name}`, () => {
      const found = problems(flagged);
      assert.ok(
        found.some((problem) => expected.test(problem)),
        found.join('\n'),
      );
    });
  }

  it('holds a page to its order', () => {
    const of = (text: string) => readPage('rules/a/b.md', text).problems.map(({ message }) => message);
    assert.match(of('Finds x.').join('\n'), /begins with its rule as title/);
    assert.match(of('# a/c\n').join('\n'), /The title is `a\/c`, but the page is rules\/a\/b.md/);
    assert.match(of('# a/b\n\nLooks for x.').join('\n'), /begins with "Finds …"/);
    assert.match(of('# a/b\n\nFinds x. And y.').join('\n'), /a single sentence/);
    assert.match(of('# a/b\n\nFinds x.').join('\n'), /Give the reason/);
    assert.match(of('# a/b\n\n## Left alone\n\n## Flagged').join('\n'), /`## Flagged` comes next/);
    assert.match(of('# a/b\n\n## Flagged').join('\n'), /`## Left alone` is missing/);
    assert.match(problems(FLAGGED, '## Left alone\n\nA.\n\n```ts\n```').join('\n'), /at least 2 look-alikes/);
  });

  it('asks for the reason of each silent example, and for no marks in it', () => {
    const silent = '## Left alone\n\n```ts\nf(1);\n//~~\n```\n\nB.\n\n```ts\n```';
    assert.match(problems(FLAGGED, silent).join('\n'), /16: Say in a sentence/);
    assert.match(problems(FLAGGED, silent).join('\n'), /18: Nothing is found under/);
  });
});
