// Squiggles follow edits: they move, go and come, and nothing of an earlier text is left.
import assert from 'node:assert/strict';
import { withClient } from './test-client';

describe('server: edits', () => {
  it(
    'move squiggles, clear them and bring them',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'const a = escape(b);\nparseInt(a);\n');
      await document.insertBefore('const', '// one line more\n');
      assert.deepEqual(await document.findings(), [
        'warning 2:11-2:17 demo/safe "escape"',
        'warning 3:1-3:9 demo/unsafe "parseInt"',
      ]);
      await document.replace(['escape', 'encodeURIComponent']);
      assert.deepEqual(await document.findings(), ['warning 3:1-3:9 demo/unsafe "parseInt"']);
      await document.replace(['parseInt(a)', 'atob(a)']);
      assert.deepEqual(await document.findings(), ['warning 3:1-3:5 demo/related "atob"']);
      await document.replace([document.text, '']);
      assert.deepEqual(await document.findings(), []);
    }),
  );

  it(
    'take several changes of one message in their order',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'one();\nescape(b);\ntwo();\n');
      await document.replace(
        ['one();\n', ''],
        ['two', 'parseInt'],
        ['escape', 'long(); escape'],
        ['b', '"🙂", b'],
      );
      assert.equal(document.text, 'long(); escape("🙂", b);\nparseInt();\n');
      assert.deepEqual(await document.findings(), [
        'warning 1:9-1:15 demo/safe "escape"',
        'warning 2:1-2:9 demo/unsafe "parseInt"',
      ]);
      await document.expectFresh('several changes in one message');
    }),
  );

  it(
    'of a name that is declared elsewhere reach its uses',
    withClient({}, async (client) => {
      const document = await client.open(
        'a.ts',
        'export const a = () => escape(1);\n\nfunction other() {}\n',
      );
      assert.equal((await document.findings()).length, 1);
      await document.replace(['other', 'escape']);
      assert.deepEqual(await document.findings(), [], 'escape is a function of the file now');
      await document.replace(['function escape() {}', 'import { escape } from "x";']);
      assert.deepEqual(await document.findings(), []);
      await document.replace(['import { escape } from "x";', '']);
      assert.equal((await document.findings()).length, 1, 'escape is the global again');
    }),
  );

  for (const [name, end] of [
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
  ] as const) {
    it(
      `leave nothing stale in a file with ${name}`,
      withClient({}, async (client) => {
        const lines = ['import { run } from "x";', '', 'class A {', '  // 🙂', '  go(b: string) {'];
        lines.push('    const c = "🙂" + escape(b);', '    return parseInt(c) + atob(c);', '  }', '}', '');
        const document = await client.open('a.ts', lines.join(end));
        const edits: [string, string, string][] = [
          ['an emoji before a finding on its line', '"🙂"', '"🙂🙂"'],
          ['an emoji less', '🙂🙂', ''],
          ['a new line within an argument', 'escape(b)', `escape(${end}b)`],
          ['two lines made one', `${end}    return`, ' return'],
          ['a comment begun', 'return', '/* return'],
          ['the comment ended', 'parseInt(c)', '*/ parseInt(c)'],
          ['a string begun', 'escape(', '"escape('],
          ['the string ended', 'b);', 'b")'],
          ['the string taken away', '"escape(', 'escape('],
          ['its other quote taken away', 'b")', 'b)'],
          ['a template begun', 'parseInt(c)', '`parseInt(c)'],
          ['the template ended', ' + atob', '` + atob'],
          ['the method renamed', 'go(', 'went('],
          ['the import gone', `import { run } from "x";${end}`, ''],
          ['a global declared', 'class A', `const atob = 1;${end}class A`],
          ['a parameter of a global name', '(b: string)', '(b: string, parseInt: unknown)'],
        ];
        for (const [what, old, text] of edits) {
          await document.replace([old, text]);
          await client.advance(5000);
          await document.expectFresh(what);
        }
        client.takeRefreshes();
      }),
    );
  }

  it(
    'by the whole text are cut down to what differs',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\r\nparseInt(b);\r\n');
      const texts = [
        'escape(a);\nparseInt(b);\n',
        'escape(a);\r\nparseInt(b);\r\n',
        'escape(a);\r\r\nparseInt(b);\n',
        'escape(a);\n\nparseInt(b);\n\n',
        '\r\nescape(a);\r\nparseInt(b)',
        'escape(🙂a);parseInt(b)',
        'escape(🙃a);parseInt(b)',
        '',
        '\r\n',
        '\n',
        'x\n',
        'escape("\ud83d");\nescape("\ude42");',
      ];
      for (const text of texts) {
        await document.rewrite(text);
        await client.advance(5000);
        await document.expectFresh(`the whole text ${JSON.stringify(text)}`);
      }
      client.takeRefreshes();
    }),
  );

  it(
    'with their ends exchanged, or behind the end of the text, do no harm',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\n');
      const send = (version: number, contentChanges: unknown[]) =>
        client.connection.sendNotification('textDocument/didChange', {
          textDocument: { uri: document.uri, version },
          contentChanges,
        });
      const at = (line: number, character: number) => ({ line, character });
      await send(2, [{ range: { start: at(0, 6), end: at(0, 0) }, text: 'parseInt' }]);
      assert.deepEqual(
        (await document.diagnostics()).map(({ code }) => code),
        ['demo/unsafe'],
      );
      await send(3, [{ range: { start: at(7, 7), end: at(9, 9) }, text: 'atob(1);' }]);
      assert.deepEqual(
        (await document.diagnostics()).map(({ code, range }) => [code, range.start.line]),
        [
          ['demo/unsafe', 0],
          ['demo/related', 1],
        ],
      );
      await send(4, []);
      assert.equal((await document.diagnostics()).length, 2);
    }),
  );

  it(
    'typed one after the other leave nothing stale',
    withClient({}, async (client) => {
      const document = await client.open('a.tsx', 'export function A() {\n  return <p>{escape(1)}</p>;\n}\n');
      await document.type('return', 'const a = (b: string) => { return parseInt(`${b}`); };\n  ');
      await client.advance(5000);
      await document.expectFresh('typing a function');
      assert.equal((await document.findings()).length, 2);
      await document.type('{escape', '<b title="x">{atob("a")}</b>');
      await client.advance(5000);
      await document.expectFresh('typing an element');
      assert.equal((await document.findings()).length, 3);
      client.takeRefreshes();
    }),
  );
});
