// Fingerprints outlast edits elsewhere, and tell nothing of a secret: not even whether a guess is right.
import assert from 'node:assert/strict';
import type { Parser } from '../../grammars/parser';
import type { Finding } from '../../server/src/analysis/finding';
import { Node } from '../../server/src/analysis/node';
import { withoutStrings } from '../../server/src/analysis/without-strings';
import { RULES } from '../../server/src/rules/index';
import { analyseFile, testParsers } from '../engine';

/** A key of a provider, its end at choice. */
const key = (end: string) => `${'sk'}_live_${'Q3vN8xTz2LmW7rKd5HsB'}${end}`;

describe('fingerprints', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  const findingsIn = (path: string, text: string): readonly Finding[] =>
    analyseFile(path, text, RULES, parserOf).findings;
  const told = (path: string, text: string) =>
    findingsIn(path, text).map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`);

  const SECRETS: [what: string, path: string, text: (secret: string) => string, rule: string][] = [
    [
      'a default',
      'a.ts',
      (s) => `const secret = process.env.SESSION_SECRET ?? '${s}';\n`,
      'secrets/env-fallback',
    ],
    [
      'a default of a pattern',
      'a.ts',
      (s) =>
        `export function f() {\n  const { SESSION_SECRET = '${s}' } = process.env;\n  return SESSION_SECRET;\n}\n`,
      'secrets/env-fallback',
    ],
    ['a key in code', 'a.ts', (s) => `export const stripe = connect('${key(s)}');\n`, 'secrets/provider-key'],
    ['a key in a template', 'a.ts', (s) => `call(\`Bearer ${key(s)}\`);\n`, 'secrets/provider-key'],
    ['a key in a comment', 'a.ts', (s) => `// was ${key(s)}\nf();\n`, 'secrets/provider-key'],
    ['a key in settings', '.env', (s) => `STRIPE_KEY=${key(s)}\n`, 'secrets/provider-key'],
    ['a key in JSON', 'a.json', (s) => `{ "stripe": { "key": "${key(s)}" } }\n`, 'secrets/provider-key'],
    ['a key in YAML', 'a.yml', (s) => `stripe:\n  key: ${key(s)}\n`, 'secrets/provider-key'],
    ['a key in a document', 'a.md', (s) => `Use \`${key(s)}\`.\n`, 'secrets/provider-key'],
    [
      'a password that is compared',
      'a.ts',
      (s) =>
        `app.post('/login', (req, res) => {\n  if (req.body.password === '${s}') res.json({ token: sign(req.body.user) });\n});\n`,
      'auth/hardcoded-credential-check',
    ],
  ];
  for (const [what, path, text, rule] of SECRETS) {
    it(`do not depend on a secret: ${what}`, () => {
      const first = told(path, text('hunter22'));
      assert.ok(
        first.some((each) => each.startsWith(rule)),
        `${rule} in ${first.join()}`,
      );
      for (const other of ['hunter23', 'Tr0ub4dor', 'q7Kp2mVx'])
        assert.deepEqual(told(path, text(other)), first);
      assert.deepEqual(told(path, `\n\n${text('hunter22')}`), first, 'further down');
    });
  }

  it('name a secret by its key, whatever stands before it', () => {
    const pairs = (...names: string[]) =>
      names.map((name, i) => `${name}: '${key(`abcd${i}xyz`)}'`).join(', ');
    const inCode = (...names: string[]) => told('a.ts', `const keys = { ${pairs(...names)} };\n`);
    const inSettings = (...names: string[]) =>
      told('.env', names.map((name, i) => `${name}=${key(`abcd${i}xyz`)}\n`).join(''));
    const assigned = (...names: string[]) =>
      told(
        'a.ts',
        `f(() => {\n${names.map((name, i) => `  keys.${name} = '${key(`abcd${i}xyz`)}';\n`).join('')}});\n`,
      );
    for (const fingerprints of [inCode, inSettings, assigned]) {
      const both = fingerprints('one', 'two');
      assert.equal(new Set(both).size, 2);
      assert.deepEqual(fingerprints('two', 'one'), both.toReversed());
      assert.deepEqual(fingerprints('two'), [both[1]]);
    }
  });

  it('leave out what strings hold, and nothing else', () => {
    const cases: [code: string, left: string][] = [
      ['f(\'a\', "b", `c`)', 'f(\'\', "", ``)'],
      [`f(\`a \${x + \`b \${'c'} d\`} e\`)`, `f(\`\${x + \`\${''}\`}\`)`],
      ['f(/[\'"]/, "a", x)', 'f(/[\'"]/, "", x)'],
      ['f(/* \'a\' or "b" */ x)', 'f(/* \'\' or "" */ x)'],
      ["f({ 'a': 1, b: 'c' })", "f({ '': 1, b: '' })"],
    ];
    for (const [code, left] of cases) {
      const text = `a(); ${code}; b();`;
      const { file } = analyseFile('a.ts', text, [], parserOf);
      assert.ok('root' in file);
      const span = { start: text.indexOf(code), end: text.indexOf(code) + code.length };
      const whole = [...new Node(file.root, 0).walk()].find(
        ({ start, end, kind }) => start === span.start && end === span.end && kind === 'call_expression',
      );
      assert.ok(whole, code);
      assert.equal(withoutStrings(whole, span), left);
      assert.equal(withoutStrings(whole, { start: span.start + 4, end: span.start + 4 }), '');
    }
  });
});
