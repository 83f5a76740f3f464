// The prompt over the connection; its text is tested in the units.
import assert from 'node:assert/strict';
import {
  type DiagnosticData,
  REGENERATION_PROMPT_REQUEST,
  type RegenerationPrompt,
  type RegenerationPromptRequest,
} from '../../protocol/regeneration';
import { type ListedRule, RULES_REQUEST } from '../../protocol/rules';
import { type TestClient, withClient } from './test-client';

const ask = (client: TestClient, request: RegenerationPromptRequest): Promise<RegenerationPrompt> =>
  client.connection.sendRequest(REGENERATION_PROMPT_REQUEST, request);

describe('server: the regeneration prompt', () => {
  it(
    'is offered at a finding, which it names by its fingerprint',
    withClient({}, async (client) => {
      client.host.pages.set('demo/safe', '# demo/safe\n\nFinds it.\n\nBecause it is wrong.\n');
      const document = await client.open('a.ts', 'x();\nfunction f() {\n  escape(a);\n}\n');
      const [diagnostic] = await document.diagnostics();
      assert.ok(diagnostic);
      const { fingerprint } = diagnostic.data as DiagnosticData;
      const actions = await document.actionsAt('escape', ['quickfix']);
      const action = actions.find(({ title }) => title === 'Copy regeneration prompt for demo/safe');
      assert.ok(action, actions.map(({ title }) => title).join('\n'));
      assert.deepEqual(document.print(action.diagnostics ?? []), ['warning 3:3-3:9 demo/safe "escape"']);
      assert.deepEqual(
        [action.command?.command, action.edit],
        ['countersign.copyRegenerationPrompt', undefined],
      );
      assert.deepEqual(action.command?.arguments, [{ uri: document.uri, fingerprint }]);
      // The name holds for as long as the finding does.
      await document.insertBefore('x()', 'y();\n');
      const { subject, text } = await ask(client, { uri: document.uri, fingerprint });
      assert.equal(subject, 'f');
      assert.match(text, /^Rewrite the function `f`, lines 3 to 5 of `a\.ts`/);
      assert.match(text, /^> 4 \| {3}escape\(a\);$/m);
      assert.match(text, /Because it is wrong\./);
    }),
  );

  it(
    'is not offered to clients without the command, nor for what is said of suppressions',
    withClient({ profile: 'minimal' }, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\n');
      const actions = await document.actionsAt('escape');
      assert.deepEqual(
        actions.filter(({ title }) => title.includes('prompt')),
        [],
      );
      client.takePublished();
    }),
  );

  it(
    'is refused when the finding is gone, suppressed, or of no code',
    withClient({}, async (client) => {
      const document = await client.open('a.ts', 'escape(a);\n');
      const [diagnostic] = await document.diagnostics();
      assert.ok(diagnostic);
      const { fingerprint } = diagnostic.data as DiagnosticData;
      const request = { uri: document.uri, fingerprint };
      await assert.rejects(ask(client, { ...request, fingerprint: '' }), /not there any more/);
      await assert.rejects(ask(client, { ...request, uri: 'file:///project/b.ts' }), /not open any more/);
      await document.insertBefore('escape', '// countersign-disable-file demo/safe -- w\n');
      await assert.rejects(ask(client, request), /not there any more/);
      const unused = await client.open('b.ts', '// countersign-disable-file demo/safe -- w\n');
      const actions = await unused.actionsAt('countersign', ['quickfix']);
      assert.deepEqual(
        actions.map(({ title }) => title),
        ['Remove the unused suppression'],
      );
    }),
  );
});

describe('server: the list of rules', () => {
  it(
    'has each rule with its title, also those of the engine',
    withClient({}, async (client) => {
      const rules: ListedRule[] = await client.connection.sendRequest(RULES_REQUEST);
      const ids = rules.map(({ id }) => id);
      assert.deepEqual(ids, [...ids].sort());
      assert.ok(ids.includes('suppression/unused'));
      assert.deepEqual(
        rules.find(({ id }) => id === 'demo/safe'),
        { id: 'demo/safe', title: 'A call of `escape`', cwe: ['CWE-1'] },
      );
    }),
  );
});
