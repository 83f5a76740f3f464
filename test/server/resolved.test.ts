// Findings that were fixed before, in the editor.
import assert from 'node:assert/strict';
import type { DiagnosticSeverity } from 'vscode-languageserver/node';
import { TRUSTED_NOTIFICATION } from '../../protocol/messages';
import {
  type DiagnosticData,
  REGENERATION_PROMPT_REQUEST,
  type RegenerationPrompt,
} from '../../protocol/regeneration';
import { sha256 } from '../../server/src/host/digest';
import { type ResolvedRecord, resolvedFile } from '../../server/src/resolved/resolved-record';
import { type TestClient, withClient } from './test-client';

const CODE = 'parseInt(a);\n';
const IN_REPOSITORY = { '.git/HEAD': 'ref: refs/heads/main\n' };

async function found(client: TestClient, name = 'src/a.ts') {
  const document = await client.open(name, CODE);
  const [diagnostic] = await document.diagnostics();
  assert.ok(diagnostic);
  const { fingerprint } = diagnostic.data as DiagnosticData;
  return { document, diagnostic, fingerprint, ruleId: String(diagnostic.code) };
}

function recordOf(
  finding: Pick<ResolvedRecord, 'ruleId' | 'fingerprint'>,
  more: Partial<ResolvedRecord> = {},
) {
  const record: ResolvedRecord = {
    ...{ version: 1, kind: 'resolved', path: 'src/a.ts', time: '2026-01-02T03:04:05.678Z', by: 'scan' },
    ...{ tool: 'countersign 0.1.0', ruleId: finding.ruleId, fingerprint: finding.fingerprint },
    ...more,
  };
  return resolvedFile(record, sha256);
}

describe('findings that were fixed before', () => {
  it(
    'are raised as soon as the record is there, and no longer than that',
    withClient({ files: IN_REPOSITORY }, async (client) => {
      const { document, diagnostic, ...finding } = await found(client);
      const { path, text } = recordOf(finding, { commit: 'ab'.repeat(20) });
      const other = await client.open('src/b.ts', CODE);
      await client.changeFiles({ [path]: text });
      await client.advance(1000);
      assert.equal(client.takeRefreshes(), 1);
      const [after] = await document.diagnostics();
      assert.equal(after?.severity, (diagnostic.severity as DiagnosticSeverity) - 1);
      assert.equal(
        after?.message,
        `${diagnostic.message} (raised: it was fixed on 2026-01-02 in ababababab)`,
      );
      assert.deepEqual(after?.data, diagnostic.data);
      assert.equal((await other.diagnostics())[0]?.severity, diagnostic.severity, 'the other file');
      // A prompt says what the rule says.
      const prompt = await client.connection.sendRequest<RegenerationPrompt>(REGENERATION_PROMPT_REQUEST, {
        ...{ uri: document.uri, fingerprint: finding.fingerprint },
      });
      assert.doesNotMatch(prompt.text, /it was fixed on/);

      await client.changeFiles({ [path]: undefined });
      await client.advance(1000);
      assert.equal(client.takeRefreshes(), 1);
      assert.deepEqual(await document.diagnostics(), [diagnostic]);
    }),
  );

  it(
    'say when they were fixed last',
    withClient({ files: IN_REPOSITORY }, async (client) => {
      const { document, ...finding } = await found(client);
      for (const time of [
        '2026-02-01T00:00:00.000Z',
        '2026-03-01T00:00:00.000Z',
        '2026-01-01T00:00:00.000Z',
      ]) {
        const { path, text } = recordOf(finding, { time });
        await client.changeFiles({ [path]: text });
      }
      await client.advance(1000);
      client.takeRefreshes();
      assert.match(
        String((await document.diagnostics())[0]?.message),
        /\(raised: it was fixed on 2026-03-01\)$/,
      );
    }),
  );

  it(
    'are known only where the folder is trusted, and in repositories',
    withClient({ files: IN_REPOSITORY, isTrusted: false }, async (client) => {
      const { document, diagnostic, ...finding } = await found(client);
      const { path, text } = recordOf(finding);
      await client.changeFiles({ [path]: text });
      await client.advance(1000);
      client.takeRefreshes();
      assert.deepEqual(await document.diagnostics(), [diagnostic]);
      await client.connection.sendNotification(TRUSTED_NOTIFICATION);
      await client.advance(1000);
      client.takeRefreshes();
      assert.match(String((await document.diagnostics())[0]?.message), /it was fixed on/);
      await client.changeFiles({ '.git/HEAD': undefined, [path]: text });
      await client.advance(1000);
      client.takeRefreshes();
      assert.deepEqual(await document.diagnostics(), [diagnostic]);
    }),
  );
});
