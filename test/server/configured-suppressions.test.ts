// The entries of configuration files in the list of suppressions, and taking one back.
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

const FILE = '.countersignrc.json';
const TEXT = 'escape(a);\nparseInt(c);\n';
const json = JSON.stringify;

const ask = async (client: TestClient): Promise<readonly ListedSuppression[]> =>
  ((await client.connection.sendRequest(SUPPRESSIONS_REQUEST)) as SuppressionsAnswer).suppressions;

const undo = (client: TestClient, request: UndoSuppressionRequest): Promise<WorkspaceEdit> =>
  client.connection.sendRequest(UNDO_SUPPRESSION_REQUEST, request);

function toUndo({ kind, uri, version, range, ruleId }: ListedSuppression): UndoSuppressionRequest {
  return { kind, uri, version, start: range.start, ...(ruleId !== undefined && { ruleId }) };
}

/** `path:line rule globs state hidden`, in the order of the paths. */
const lines = (listed: readonly ListedSuppression[]) =>
  listed
    .map(({ uri, range, ruleId, files, state, hidden }) => {
      const path = uri.replace('file:///project/', '');
      return `${path}:${range.start.line + 1} ${ruleId} ${files?.join()} ${state} ${hidden.length}`;
    })
    .sort();

const suppress = (...entries: object[]) => json({ suppress: entries });
const entry = (rule: string, files: string | string[], more: object = {}) => ({
  ...{ rule, files, reason: 'looked at' },
  ...more,
});

describe('server: the list of suppressions of configuration files', () => {
  const text = `{
  // What we know of.
  "suppress": [
    {
      "rule": "demo/s*",
      "files": ["src/**", "*.gen.ts"],
      "reason": " looked  at ",
      "until": "2999-12-31"
    }
  ]
}
`;
  it(
    'tells rule, globs, place, reason, last day, and what is hidden in the open documents',
    withClient({ files: { [FILE]: text } }, async (client) => {
      const document = await client.open('src/a.ts', TEXT);
      assert.deepEqual(await ask(client), [
        {
          kind: 'configuration',
          uri: `file:///project/${FILE}`,
          version: null,
          range: { start: { line: 3, character: 4 }, end: { line: 8, character: 5 } },
          ruleId: 'demo/s*',
          ...{ scope: 'files', files: ['src/**', '*.gen.ts'], reason: 'looked at', until: '2999-12-31' },
          state: 'active',
          hidden: [
            {
              uri: document.uri,
              range: { start: { line: 0, character: 0 }, end: { line: 0, character: 6 } },
              ...{ ruleId: 'demo/safe', message: '`escape` is called. Do not.', severity: 'warning' },
            },
          ],
        },
      ]);
    }),
  );

  it(
    'is of the nearest files and what they extend, each entry once, and of each root',
    withClient(
      {
        folders: ['file:///project', 'file:///other'],
        files: {
          [FILE]: suppress(entry('demo/safe', '**')),
          [`web/${FILE}`]: json({ extends: ['../shared.json', '@acme/base'], suppress: [] }),
          [`api/${FILE}`]: json({ extends: '../shared.json' }),
          'shared.json': suppress(entry('demo/unsafe', '*.ts')),
          'node_modules/@acme/base/countersign.json': suppress(entry('demo/*', 'src/')),
          'file:///other/.countersignrc.json': suppress(entry('demo/medium', '*.ts')),
        },
      },
      async (client) => {
        const listed = async () => lines(await ask(client)).join('\n');
        const OTHER = 'file:///other/.countersignrc.json:1 demo/medium *.ts active 0';
        assert.equal(await listed(), [`${FILE}:1 demo/safe ** active 0`, OTHER].join('\n'), 'of the roots');
        await client.open('a.ts', TEXT);
        await client.open('web/src/a.ts', TEXT);
        await client.open('api/a.ts', TEXT);
        assert.equal(
          await listed(),
          [
            `${FILE}:1 demo/safe ** active 1`,
            OTHER,
            'node_modules/@acme/base/countersign.json:1 demo/* src/ active 2',
            'shared.json:1 demo/unsafe *.ts active 2',
          ].join('\n'),
        );
      },
    ),
  );

  it(
    'is empty while the workspace is not trusted',
    withClient(
      { isTrusted: false, files: { [FILE]: suppress(entry('demo/safe', '**')) } },
      async (client) => {
        await client.open('a.ts', TEXT);
        assert.deepEqual(await ask(client), []);
      },
    ),
  );

  const states: [what: string, written: object, told: RegExp][] = [
    ['what holds', entry('demo/safe', 'src/'), /^active 1 undefined$/],
    ['what is for other files', entry('demo/safe', ['lib', '*.json']), /^active 0 undefined$/],
    ['what hides nothing in some of its files', entry('demo/medium', 'src/'), /^active 0 undefined$/],
    ['a pattern of no rule', entry('demo/no-such*', 'src/a.ts'), /^invalid 0 No rule matches/],
    [
      'what can hide nothing',
      entry('demo/text', 'src/a.ts'),
      /^unused 0 Nothing in these .* `demo\/text`\. R/,
    ],
    ['what is hidden by the profile', entry('demo/medium', './src/a.ts'), /^active 0 undefined$/],
    ['files that are not there', entry('demo/safe', 'old/**'), /^unused 0 There are no such files/],
    ['one that is not there, of two', entry('demo/safe', ['old/**', 'lib/**']), /^active 0 undefined$/],
    ['none of two', entry('demo/text', ['old/a.ts', './src/a.ts']), /^unused 0 Nothing in these files/],
    ['braces', entry('demo/safe', '{old,lib}/*.ts'), /^active 0 undefined$/],
    ['braces of which nothing is there', entry('demo/safe', '{old,older}/*.ts'), /^unused 0 There are/],
    ['what is no longer', entry('demo/safe', 'src/', { until: '2026-02-26' }), /^expired 0 This held until/],
    ['what has no reason', { rule: 'demo/safe', files: 'src/' }, /^invalid 0 A suppression needs its reason/],
    ['what has two faults', { ...entry('demo/safe', ''), until: '2020-01-01' }, /^invalid 0 This is empty/],
    ['an unknown rule', entry('demo/saf', 'src/'), /^invalid 0 There is no rule `demo\/saf`\. Did you mean/],
    ['what is no entry', ['demo/safe'], /^invalid 0 This is no suppression/],
  ];
  for (const [what, written, told] of states) {
    it(
      `tells ${what}`,
      withClient(
        { files: { [FILE]: json({ suppress: [written] }), 'src/a.ts': TEXT, 'lib/b.json': '{}' } },
        async (client) => {
          const document = await client.open('src/a.ts', `${TEXT}btoa(d);\n`);
          await document.findings();
          const [listed, ...more] = await ask(client);
          assert.ok(listed && more.length === 0);
          assert.match(`${listed.state} ${listed.hidden.length} ${listed.problem}`, told);
          client.takeLog();
        },
      ),
    );
  }

  it(
    'believes an open document that is not on disk yet',
    withClient({ files: { [FILE]: suppress(entry('demo/safe', 'later/**')) } }, async (client) => {
      const states_ = async () => (await ask(client)).map(({ state }) => state);
      assert.deepEqual(await states_(), ['unused']);
      await client.open('later/a.ts', 'ok();\n');
      assert.deepEqual(await states_(), ['active']);
    }),
  );

  it(
    'looks for a bounded number of paths',
    withClient(
      {
        files: {
          [FILE]: suppress(...Array.from({ length: 1_000 }, (_, i) => entry('demo/safe', `old/${i}.ts`))),
        },
      },
      async (client) => {
        const listed = await ask(client);
        assert.equal(listed.length, 1_000);
        assert.equal(listed.filter(({ state }) => state === 'unused').length, 200);
      },
    ),
  );

  it(
    'follows the file on disk, and says when it is read again',
    withClient({ files: { [FILE]: suppress(entry('demo/safe', '**')) } }, async (client) => {
      await client.open('a.ts', TEXT);
      assert.deepEqual(lines(await ask(client)), [`${FILE}:1 demo/safe ** active 1`]);
      const before = client.configurationReads;
      await client.changeFiles({ [FILE]: suppress(entry('demo/unsafe', '**')) });
      await client.advance(1_000);
      assert.equal(client.configurationReads, before + 1);
      assert.deepEqual(lines(await ask(client)), [`${FILE}:1 demo/unsafe ** active 1`]);
      client.takeRefreshes();
    }),
  );
});

describe('server: taking back a suppression of a configuration file', () => {
  const SAVED = `{
  "profile": "strict", // all of it
  "suppress": [
    // staff only
    { "rule": "demo/safe", "files": "**", "reason": "r" },
    { "rule": "demo/unsafe", "files": "**", "reason": "r" } // until the move
  ]
}
`;
  it(
    'removes the entry from a file that is not open',
    withClient({ files: { [FILE]: SAVED } }, async (client) => {
      const [, second] = await ask(client);
      assert.ok(second);
      assert.deepEqual(await undo(client, toUndo(second)), {
        documentChanges: [
          {
            textDocument: { uri: `file:///project/${FILE}`, version: null },
            edits: [
              { range: { start: { line: 4, character: 57 }, end: { line: 4, character: 58 } }, newText: '' },
              { range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } }, newText: '' },
            ],
          },
        ],
      });
    }),
  );

  it(
    'removes one after the other in the editor, where the text may be another one already',
    withClient({ files: { [FILE]: SAVED } }, async (client) => {
      const file = await client.open(FILE, SAVED, 'jsonc');
      await file.insertBefore('  "suppress"', '  // more\n');
      const [first, second] = await ask(client);
      assert.ok(first && second);
      assert.deepEqual(
        [first.version, first.range.start, second.range.start.line],
        [2, { line: 5, character: 4 }, 6],
      );
      await file.apply(await undo(client, toUndo(first)));
      const [gone, left] = await ask(client);
      assert.ok(gone && left);
      assert.match(gone.fixedBecause ?? '', /removed in the editor already\. Save/);
      await assert.rejects(undo(client, toUndo(gone)), /removed in the editor already/);
      await file.apply(await undo(client, toUndo(left)));
      const expected = `{
  "profile": "strict", // all of it
  // more
  "suppress": [
    // staff only
  ]
}
`;
      assert.equal(file.text, expected);
      const document = await client.open('a.ts', TEXT);
      assert.deepEqual(await document.findings(), [], 'what is in force is the file on disk');
      await client.changeFiles({ [FILE]: expected });
      assert.deepEqual(await ask(client), []);
      assert.equal((await document.findings()).length, 2);
      await client.advance(1_000);
      client.takeRefreshes();
    }),
  );

  const refusals: [what: string, files: Record<string, string>, request: object, why: RegExp][] = [
    ['of another version', {}, { version: 7 }, /changed meanwhile/],
    ['at another place', {}, { start: { line: 0, character: 0 } }, /not there any more/],
    ['of another rule', {}, { ruleId: 'demo/no' }, /not there any more/],
    ['of another file', {}, { uri: 'file:///project/package.json' }, /not there any more/],
    [
      'of a package',
      {
        [FILE]: json({ extends: '@acme/base' }),
        'node_modules/@acme/base/countersign.json': suppress(entry('demo/safe', '**')),
      },
      {},
      /comes from the package `@acme\/base`/,
    ],
  ];
  for (const [what, files, request, why] of refusals) {
    it(
      `is refused ${what}, with a message for the person`,
      withClient({ files: { [FILE]: SAVED, ...files } }, async (client) => {
        const [listed] = await ask(client);
        assert.ok(listed);
        assert.equal(listed.fixedBecause !== undefined, what === 'of a package');
        await assert.rejects(undo(client, { ...toUndo(listed), ...request }), why);
      }),
    );
  }

  it(
    'goes for a package of the workspace, wherever the link to it is',
    withClient(
      {
        files: {
          [FILE]: json({ extends: 'base' }),
          'packages/base/countersign.json': suppress(entry('demo/safe', '**')),
        },
      },
      async (client) => {
        client.host.links.set('file:///project/node_modules/base', 'file:///project/packages/base');
        await client.changeFiles({});
        const [listed] = await ask(client);
        assert.equal(listed?.uri, 'file:///project/packages/base/countersign.json');
        const { documentChanges } = await undo(client, toUndo(listed));
        assert.equal(documentChanges?.length, 1);
      },
    ),
  );
});
