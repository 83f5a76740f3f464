// The list of suppressions and taking one back; what a directive covers is tested in the units.
import assert from 'node:assert/strict';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import {
  type ListedSuppression,
  SUPPRESSIONS_REQUEST,
  type SuppressionsAnswer,
  UNDO_SUPPRESSION_REQUEST,
  type UndoSuppressionRequest,
} from '../../protocol/suppressions';
import { type TestClient, withClient } from './test-client';

const ask = (client: TestClient): Promise<SuppressionsAnswer> =>
  client.connection.sendRequest(SUPPRESSIONS_REQUEST);

const undo = (client: TestClient, request: UndoSuppressionRequest): Promise<WorkspaceEdit> =>
  client.connection.sendRequest(UNDO_SUPPRESSION_REQUEST, request);

function toUndo({ kind, uri, version, range, ruleId }: ListedSuppression): UndoSuppressionRequest {
  return { kind, uri, version, start: range.start, ...(ruleId !== undefined && { ruleId }) };
}

describe('server: the list of suppressions', () => {
  it(
    'tells rule, place, reason, last day, and what is hidden',
    withClient({}, async (client) => {
      const comment = '// countersign-disable-next-line demo/safe -- checked by  hand until 2026-12-31';
      const document = await client.open('a.ts', `a();\n  ${comment}\n  escape(b); escape(c);\n`);
      const { suppressions, pending } = await ask(client);
      assert.deepEqual(pending, []);
      const hidden = (character: number) => ({
        uri: document.uri,
        range: { start: { line: 2, character }, end: { line: 2, character: character + 6 } },
        ruleId: 'demo/safe',
        message: '`escape` is called. Do not.',
        severity: 'warning',
      });
      assert.deepEqual(suppressions, [
        {
          kind: 'comment',
          uri: document.uri,
          version: 1,
          range: document.rangeOf(comment),
          ruleId: 'demo/safe',
          scope: 'line',
          reason: 'checked by hand',
          until: '2026-12-31',
          state: 'active',
          hidden: [hidden(2), hidden(13)],
        },
      ]);
    }),
  );

  const states: [what: string, text: string, listed: string[]][] = [
    [
      'what is unused',
      '// countersign-disable-file demo/safe -- w\n',
      ['demo/safe file unused: Nothing here'],
    ],
    [
      'what is unused for one of its rules',
      '// countersign-disable demo/safe, demo/unsafe -- w\nescape(a);\n',
      ['demo/safe block active', 'demo/unsafe block unused: Nothing here'],
    ],
    [
      'what has expired',
      'escape(a); // countersign-disable-line demo/safe -- w until 2026-02-26',
      ['demo/safe line expired: This held until 2026-02-26'],
    ],
    [
      'a last day that is none',
      'escape(a); // countersign-disable-line demo/safe -- w until 2026-02-30',
      ['demo/safe line invalid: `2026-02-30` is no date'],
    ],
    [
      'what has no reason',
      'escape(a); // countersign-disable-line demo/safe, demo/unsafe',
      ['demo/safe line invalid: A suppression needs', 'demo/unsafe line invalid: A suppression needs'],
    ],
    [
      'an unknown rule',
      '// countersign-disable-next-line demo/no -- w\nescape(a);',
      ['demo/no line invalid: There is no rule'],
    ],
    ['no rule', '// countersign-disable-file -- w', ['undefined file invalid: This names no rule']],
    ['nothing', 'escape(a);\n// countersign-enable demo/safe', []],
  ];
  for (const [what, text, listed] of states) {
    it(
      `tells ${what}`,
      withClient({}, async (client) => {
        await client.open('a.ts', text);
        const { suppressions } = await ask(client);
        const lines = suppressions.map(
          ({ ruleId, scope, state, problem, hidden }) =>
            `${ruleId} ${scope} ${state}${problem === undefined ? '' : `: ${problem}`}${state === 'active' && hidden.length === 0 ? ' but hides nothing' : ''}`,
        );
        assert.equal(lines.length, listed.length, lines.join('\n'));
        for (const [index, line] of listed.entries())
          assert.ok(lines[index]?.startsWith(line), `${lines[index]}\n${line}`);
      }),
    );
  }

  it(
    'is of all open documents that are checked, and follows edits',
    withClient({ settings: (uri) => ({ enable: !uri.includes('off') }) }, async (client) => {
      const text = '// countersign-disable-file demo/safe -- w\nescape(a);\n';
      const a = await client.open('a.ts', text);
      const b = await client.open('b.js', text, 'javascript');
      await client.open('off.ts', text);
      await client.open('other.py', text, 'python');
      const uris = async () => (await ask(client)).suppressions.map(({ uri }) => uri);
      assert.deepEqual(await uris(), [a.uri, b.uri]);
      await a.replace(['// countersign-disable-file demo/safe -- w\n', '']);
      assert.deepEqual(await uris(), [b.uri]);
      await b.close();
      assert.deepEqual(await uris(), []);
    }),
  );

  it(
    'leaves out a document that does not parse at present, and says so',
    withClient({}, async (client) => {
      const lines = Array.from(
        { length: 60 },
        (_, i) => `  m${i}() {\n    return escape(${i}) + "${'text '.repeat(9)}";\n  }\n`,
      );
      const text = `// countersign-disable-file demo/safe -- w\nclass A {\n${lines.join('')}}\n`;
      const document = await client.open('a.ts', text);
      const [before] = (await ask(client)).suppressions;
      assert.equal(before?.hidden.length, 60);
      await document.insertBefore('  m5()', '  later = () => {\n');
      assert.deepEqual(await ask(client), { suppressions: [], pending: [document.uri] });
      const request = { ...toUndo(before), version: document.version };
      await assert.rejects(undo(client, request), /does not parse at present/);
      await client.advance(5_000);
      assert.deepEqual((await ask(client)).pending, []);
      client.takeRefreshes();
    }),
  );
});

describe('server: taking a suppression back', () => {
  it(
    'brings the finding back, by an edit for the version that was listed',
    withClient({}, async (client) => {
      const document = await client.open(
        'a.ts',
        'a();\n// countersign-disable-next-line demo/safe, demo/unsafe -- w\nescape(parseInt(b));\n',
      );
      assert.deepEqual(await document.findings(), []);
      const [safe, unsafe] = (await ask(client)).suppressions;
      assert.ok(safe && unsafe);
      await document.apply(await undo(client, toUndo(unsafe)));
      assert.equal(
        document.text,
        'a();\n// countersign-disable-next-line demo/safe -- w\nescape(parseInt(b));\n',
      );
      assert.deepEqual(await document.findings(), ['warning 3:8-3:16 demo/unsafe "parseInt"']);
      await document.apply(await undo(client, { ...toUndo(safe), version: document.version }));
      assert.equal(document.text, 'a();\nescape(parseInt(b));\n');
    }),
  );

  const TEXT = 'escape(a); // countersign-disable-line demo/safe -- w\n';
  const refusals: [what: string, request: Partial<UndoSuppressionRequest>, why: RegExp][] = [
    ['of another version', { version: 7 }, /changed meanwhile/],
    ['of a file that is not open', { uri: 'file:///project/b.ts' }, /not open any more/],
    ['at another place', { start: { line: 0, character: 0 } }, /not there any more/],
    ['of another rule', { ruleId: 'demo/unsafe' }, /not there any more/],
    ['of a configuration that there is not', { kind: 'configuration' }, /not there any more/],
  ];
  for (const [what, request, why] of refusals) {
    it(
      `is refused ${what}, with a message for the person`,
      withClient({}, async (client) => {
        await client.open('a.ts', TEXT);
        const [listed] = (await ask(client)).suppressions;
        assert.ok(listed);
        await assert.rejects(undo(client, { ...toUndo(listed), ...request }), why);
      }),
    );
  }
});
