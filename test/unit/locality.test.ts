// What a keystroke costs is how many items the rules look at again. Each rule, and each question of the models
// that rules ask, has to leave the other members of a class and the other functions of a file alone.
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Parser } from '../../grammars/parser';
import { RULES } from '../../server/src/rules/index';
import { CodeDocument } from '../../server/src/session/code-document';
import { rethrow, testParsers } from '../engine';

/** The item, those around it, and a few that use what it declares. */
const MOST_EVALUATED = 6;

/** Silences another linter; in parts, because nothing is silenced here. */
const SILENCING = ['eslint', 'disable', 'next', 'line'].join('-');

/** All that makes a rule ask for other functions, or for the whole file, in each function. */
const BODY = (i: number, next: string) => `
    const token = request.headers.authorization;
    if (!token) {
      response.status(401).json({ error: 'missing' });
      return;
    }
    try {
      const user = this.tokens.verify(token, options);
      if (user.roles.includes('admin') || this.isOpen) next();
      const found = parse(user.id) ?? fallback;
      const label = \`user \${found.name}\`;
      this.log.info(label, { id: ${i}, list: [1, 2, 3] });
      items.push(...rows.filter((row) => row.total > ${i}));
      for (let at = 0; at < request.length; at++) list[at] = handlers[request.kind](at);
      for (let at = 0; at < next.length; at++) list.push(next[at]);
      const run = handlers[request.name];
      if (run) run(request, response);
      const code = Math.random().toString(36).slice(2);
      const password = request.password;
      const page = await fetch(request.address);
      const pattern = new RegExp(request.pattern);
      response.send(render(request.name) + code);
      eval(request.code);
      database.query('SELECT * FROM t WHERE id = ' + request.id);
      element.innerHTML = page.body + request.html;
      const [header, body] = token.split('.');
      const claims = JSON.parse(Buffer.from(body, 'base64').toString());
      await users.findOneAndUpdate({ _id: request.id }, request);
      const checked = Schema.safeParse(request);
      merge(target, request);
      // ${SILENCING}
      log.info(password, claims.role, checked.data, pattern.test(label));
      ${next}
    } catch (error) {
      next(error);
    }
`;
const MANY = Array.from({ length: 40 }, (_, i) => i);
const TEXTS: Readonly<Record<string, string>> = {
  functions: MANY.map(
    (i) =>
      `async function check${i}(request, response, next) {${BODY(i, `await check${i ^ 1}(request, response, next);`)}}\n`,
  ).join('\n'),
  class: `class Guard {\n  private isOpen = false;\n  constructor(private tokens: Tokens, private log: Log) {}\n${MANY.map(
    (i) =>
      `  // Nobody else.\n  async check${i}(request, response, next) {${BODY(i, `await this.check${i ^ 1}(request, response, next);`)}  }\n`,
  ).join('\n')}}\n`,
  describe: `describe('all', () => {\n${MANY.map(
    (i) => `  it('does ${i}', async (request, response, next) => {${BODY(i, 'await done(request);')}  });\n`,
  ).join('\n')}});\n`,
};

describe('an edit of one of many', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  for (const [name, text] of Object.entries(TEXTS)) {
    for (const rule of RULES.filter(({ check }) => check)) {
      it(`has ${rule.id} look at that one, in a file of one ${name}`, () => {
        const document = new CodeDocument(TextDocument.create('file:///a.ts', 'typescript', 0, text), {
          path: 'a.ts',
          grammar: 'typescript',
          parser,
          rules: [rule],
          onRuleError: rethrow,
          suppression: () => ({ today: '2026-01-01', isRule: () => true }),
          now: () => 0,
        });
        const position = document.text.positionAt(text.indexOf('20, list'));
        document.change(1, [{ range: { start: position, end: position }, text: '1' }], false);
        assert.ok(
          document.work.evaluated <= MOST_EVALUATED,
          `${document.work.evaluated} items were looked at`,
        );
        document.dispose();
      });
    }
  }
});
