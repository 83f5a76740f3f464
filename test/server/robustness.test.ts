// Whatever a file holds and whatever fails: the client is answered, and the rest goes on.
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index';
import { evalDynamic } from '../../server/src/rules/injection/eval-dynamic';
import { type Parsers, withClient } from './test-client';
import { safeRule, TEST_RULES, throwingFixRule, throwingRule } from './test-rules';

const SAFE = 'warning 1:1-1:7 demo/safe "escape"';

describe('server: failures', () => {
  it(
    'of a rule lose the findings of this rule only',
    withClient({ rules: [safeRule, throwingRule], mayRulesThrow: true }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\nexplode(b);\n');
      assert.deepEqual(await document.findings(), [SAFE]);
      assert.match(
        client.takeLog().join('\n'),
        /^error: demo\/throws failed on a\.ts: Error: the rule exploded/,
      );
      await document.replace(['explode(b)', 'other(b)']);
      assert.deepEqual(await document.findings(), [SAFE]);
    }),
  );

  it(
    'of a fix lose the fixes of this finding only',
    withClient({ rules: [safeRule, throwingFixRule] }, async (client) => {
      const document = await client.open('a.ts', 'escape(implode(a));\n');
      const titles = (await document.actionsAt('escape(implode')).map(({ title }) => title);
      assert.equal(titles[0], 'Call encodeURIComponent');
      assert.ok(titles.includes('Disable demo/fix-throws for this line…'));
      assert.match(
        client.takeLog()[0] ?? '',
        /^error: The fixes of demo\/fix-throws failed.*the fix exploded/,
      );
      const [all] = await document.actionsAt('escape', ['source.fixAll']);
      await document.apply(all?.edit);
      assert.equal(document.text, 'encodeURIComponent(implode(a));\n');
      client.takeLog();
    }),
  );

  const failing = { times: 0 };
  const failingParsers = ({ typescript, tsx }: Parsers): Parsers => {
    const parse: Parsers['typescript']['parse'] = (...given) => {
      if (failing.times-- > 0) throw new Error('no memory');
      return typescript.parse(...given);
    };
    return { tsx, typescript: { ...typescript, parse } };
  };

  it(
    'of the parser cost no more than the moment',
    withClient({ parsers: failingParsers }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);');
      assert.deepEqual(await document.findings(), [SAFE]);
      failing.times = 2;
      await document.insertBefore('escape', 'parseInt(');
      assert.deepEqual(await document.findings(), []);
      const log = client.takeLog();
      assert.equal(log.length, 2);
      assert.match(log.join(), /Checking a\.ts failed.*no memory.*a\.ts cannot be checked/s);
      await document.insertBefore(';', ')');
      await document.close();
      await document.open();
      assert.deepEqual(await document.findings(), [
        'warning 1:1-1:9 demo/unsafe "parseInt"',
        'warning 1:10-1:16 demo/safe "escape"',
      ]);
    }),
  );

  it(
    'of the parser in a pause are outlived',
    withClient({ parsers: failingParsers }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\nfunction f( {\n');
      await document.findings();
      await document.insertBefore('escape', '\n');
      await client.quiet();
      failing.times = 1;
      await client.advance(5_000);
      assert.match(client.takeLog().join(), /^error: Checking a\.ts failed: Error: no memory/);
      await document.expectFresh('a failure');
      assert.equal(client.takeRefreshes(), 1);
    }),
  );

  it(
    'of the client to pull again are logged',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);');
      await document.findings();
      client.beforeRefresh = () => Promise.reject(new Error('not now'));
      await client.changeSettings(() => ({ profile: 'strict' }));
      await client.advance(1_000);
      assert.match(client.takeLog().join(), /^error: refresh failed.*not now/s);
      assert.equal((await document.findings()).length, 1);
    }),
  );
});

/** Texts that break what was not made for them; none of them may be anything but answered. */
const HARD: [string, () => string][] = [
  ['no text', () => ''],
  ['blanks', () => ' \n\t\r\n\f\v\u00a0\ufeff'],
  ['a byte order mark', () => '\ufeffescape(a);'],
  ['half a character', () => 'escape("\ud83d"); \udc00 parseInt(1); /\ud83d/'],
  [
    'zeros and other junk',
    () => String.fromCharCode(...Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 65_536)),
  ],
  ['opening brackets', () => '([{<`${'.repeat(500)],
  ['closing brackets', () => ')]}>`'.repeat(500)],
  ['parentheses, 10,000 levels deep', () => `escape(${'('.repeat(10_000)}a${')'.repeat(10_000)});`],
  ['additions, 10,000 levels deep', () => `eval(a${' + "b"'.repeat(10_000)});`],
  ['members, 10,000 levels deep', () => `eval(a${'.b'.repeat(10_000)});`],
  ['calls, 10,000 levels deep', () => `eval(a${'.b()'.repeat(10_000)});`],
  ['arrays, 10,000 levels deep', () => `const [${'['.repeat(10_000)}a${']'.repeat(10_000)}] = eval(b);`],
  [
    'objects, 10,000 levels deep',
    () => `const a = ${'{a:'.repeat(10_000)}1${'}'.repeat(10_000)}; eval(a.a.a); eval(z);`,
  ],
  ['functions, 10,000 levels deep', () => `${'() => '.repeat(10_000)}eval(a);`],
  ['blocks, 10,000 levels deep', () => `${'{'.repeat(10_000)}eval(a)${'}'.repeat(10_000)}`],
  ['conditions, 10,000 levels deep', () => `${'if (a) '.repeat(10_000)}eval(a);`],
  ['alternatives, 10,000 levels deep', () => `${'if (a) {} else '.repeat(10_000)}eval(a);`],
  [
    'elements, 10,000 levels deep',
    () => `const a = ${'<p>'.repeat(10_000)}{eval(a)}${'</p>'.repeat(10_000)};`,
  ],
  ['templates, 10,000 levels deep', () => `eval(${'`${'.repeat(10_000)}a${'}`'.repeat(10_000)});`],
  [
    'a variable that is itself',
    () => 'const a = a; eval(a); const b = b.c; eval(b); const { c } = c; eval(c); eval(z);',
  ],
  [
    'variables in a circle',
    () => 'const a = b.x, b = c.x, c = a.x; eval(a.b.c); const d = `${e}`, e = d + d; eval(e); eval(z);',
  ],
  [
    'a text that doubles 23 times',
    () =>
      `const a0 = "a";${Array.from({ length: 23 }, (_, i) => `const a${i + 1} = a${i} + a${i};`).join('')}eval(a23); eval(z);`,
  ],
  ['a pattern of 200,000 names', () => `const [${'a,'.repeat(200_000)}] = b; eval(b);`],
  ['an array of 200,000 elements', () => `eval([${'a,'.repeat(200_000)}]);`],
  ['2 MB in one line', () => `const a = [${'"some text", '.repeat(160_000)}]; eval(a[0]); eval(z);`],
];

describe('server: hard files', () => {
  const rules = [...TEST_RULES, ...RULES];
  for (const [name, text] of HARD) {
    it(
      `answers: ${name}`,
      withClient({ rules }, async (client) => {
        const document = await client.open('a.tsx', text(), 'typescriptreact');
        const findings = await document.findings();
        if (document.text.includes('eval(') && RULES.includes(evalDynamic)) {
          assert.ok(
            findings.some((line) => line.includes(evalDynamic.id)),
            'the eval is not found',
          );
        }
        if (document.text.includes('escape(')) assert.match(findings.join('\n'), /demo\/safe/);
        const at = { start: { line: 0, character: 0 }, end: { line: 0, character: 40 } };
        await client.connection.sendRequest('textDocument/codeAction', {
          textDocument: { uri: document.uri },
          range: at,
          context: { diagnostics: [] },
        });
        await document.rewrite(`${document.text};`);
        await document.findings();
        await client.advance(5_000);
        client.takeRefreshes();
      }),
    ).timeout(60_000);
  }
});
