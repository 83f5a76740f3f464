// Findings that were fixed before, in the editor.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiagnosticSeverity } from 'vscode-languageserver/node';
import { TRUSTED_NOTIFICATION } from '../../protocol/messages';
import {
  type DiagnosticData,
  REGENERATION_PROMPT_REQUEST,
  type RegenerationPrompt,
} from '../../protocol/regeneration';
import {
  GONE_FINDINGS_REQUEST,
  type GoneAnswer,
  RECORD_FIXES_REQUEST,
  type RecordedFixes,
  type RecordFixesRequest,
} from '../../protocol/resolved';
import { sha256 } from '../../server/src/host/digest';
import { createNodeGit } from '../../server/src/host/node-git';
import { type ResolvedRecord, resolvedFile } from '../../server/src/resolved/resolved-record';
import { PLAIN_ENVIRONMENT, TestRepository } from '../origin/test-repository';
import { DiskHost } from './disk-host';
import { TestClient, type TestClientOptions, withClient } from './test-client';
import type { TestDocument } from './test-document';

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

describe('fixes that are applied in the editor', () => {
  let repository: TestRepository;
  let client: TestClient;
  beforeEach(() => {
    repository = new TestRepository();
  });
  afterEach(async () => {
    await client.advance(1000);
    client.takeRefreshes();
    client.takeLog();
    await client.dispose();
    repository.remove();
  });

  const BEFORE = 'f();\nparseInt(a);\n';
  const records = () => {
    const folder = join(repository.folder, '.countersign/resolved');
    return existsSync(folder)
      ? readdirSync(folder).map(
          (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ResolvedRecord,
        )
      : [];
  };

  async function start(options: TestClientOptions = {}): Promise<void> {
    client = await TestClient.start({
      ...{ folders: [repository.uri], host: new DiskHost() },
      git: createNodeGit({ environment: PLAIN_ENVIRONMENT }),
      ...options,
    });
  }

  async function mend(document: TestDocument, title: string, marker: string): Promise<void> {
    const actions = await document.actionsAt(marker);
    await document.apply(actions.find((action) => action.title === title)?.edit);
  }

  async function save(document: TestDocument): Promise<void> {
    repository.write('src/a.ts', document.text);
    await document.save();
  }

  /** Waits for git, which has a clock of its own. */
  async function until(isSo: () => boolean): Promise<void> {
    for (let round = 0; round < 200 && !isSo(); round++) {
      await client.advance(100);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.ok(isSo(), `there are ${JSON.stringify(records())}; log: ${client.host.logged.join('; ')}`);
  }

  async function saveRecorded(document: TestDocument): Promise<void> {
    client.takeLog();
    await save(document);
    await until(() => client.host.logged.some((line) => line.startsWith('info: Recorded a fix in')));
    await client.quiet();
  }

  /** Until whatever was asked of git by now is answered. */
  async function settled(document: TestDocument): Promise<void> {
    const marker = 'escape(later);\n';
    const { length } = records();
    await document.rewrite(`${document.text}${marker}`);
    await save(document);
    repository.commit('Something to mend');
    await mend(document, 'Call encodeURIComponent', 'escape');
    await saveRecorded(document);
    assert.equal(records().length, length + 1, 'only the record that this made');
  }

  it('are recorded once they are saved, where a commit had the finding', async () => {
    repository.write('src/a.ts', BEFORE);
    repository.commit();
    await start();
    const document = await client.open(repository.uriOf('src/a.ts'), BEFORE);
    const [diagnostic] = await document.diagnostics();
    await mend(document, 'Call Number', 'parseInt');
    await client.quiet();
    assert.deepEqual(records(), [], 'it is not saved yet');
    await saveRecorded(document);
    const [{ time, tool, ...record }] = records() as [ResolvedRecord];
    assert.ok(diagnostic);
    const { fingerprint } = diagnostic.data as DiagnosticData;
    assert.deepEqual(record, {
      ...{ version: 1, kind: 'resolved', ruleId: 'demo/unsafe', fingerprint, path: 'src/a.ts', by: 'fix' },
    });
    assert.equal(tool, 'countersign 0');
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000);

    // Undone and saved it was no fix.
    await document.rewrite(BEFORE);
    assert.match(String((await document.diagnostics())[0]?.message), /\(raised: it was fixed on /);
    await save(document);
    await until(() => records().length === 0);
    assert.equal((await document.diagnostics())[0]?.message, diagnostic?.message);

    // What is committed stays.
    await mend(document, 'Call Number', 'parseInt');
    await saveRecorded(document);
    repository.commit('Mend it');
    await document.rewrite(`${BEFORE}\n`);
    await save(document);
    await settled(document);
    assert.match(String((await document.diagnostics())[0]?.message), /\(raised: it was fixed on /);
  });

  it('are not recorded where no commit had the finding, or nobody applied one', async () => {
    repository.write('src/a.ts', 'f();\nunescape(b);\n');
    repository.commit();
    await start();
    const document = await client.open(repository.uriOf('src/a.ts'), BEFORE);
    await mend(document, 'Call Number', 'parseInt');
    await save(document);
    // By hand, in other words, what HEAD has.
    await document.rewrite('f();\n');
    await save(document);
    await settled(document);
  });

  it('are not recorded where the finding is there by another name', async () => {
    const text = 'function one() {\n  parseInt(a);\n}\nfunction two() {\n  parseInt(b);\n}\n';
    repository.write('src/a.ts', text);
    repository.commit();
    await start();
    const document = await client.open(repository.uriOf('src/a.ts'), text);
    await mend(document, 'Call Number', 'parseInt');
    await document.rewrite(document.text.replace('two', 'three'));
    await save(document);
    await settled(document);
  });

  it('are told and recorded by hand, as a person chooses', async () => {
    const text = 'function one() {\n  parseInt(a);\n}\nfunction two() {\n  isNaN(b);\n}\nescape(c);\n';
    repository.write('src/a.ts', text);
    repository.commit();
    repository.git('switch', '--quiet', '-c', 'mending');
    repository.write('src/a.ts', text.replace('escape(c)', 'f(c)'));
    const head = repository.commit('Mend one');
    await start();
    const document = await client.open(repository.uriOf('src/a.ts'), text.replace('escape(c)', 'f(c)'));
    const ask = () => client.connection.sendRequest<GoneAnswer>(GONE_FINDINGS_REQUEST, { uri: document.uri });
    const record = (findings: RecordFixesRequest['findings']) =>
      client.connection.sendRequest<RecordedFixes>(RECORD_FIXES_REQUEST, { uri: document.uri, findings });
    await document.rewrite('function one() {\n  f(a);\n}\nfunction three() {\n  isNaN(b);\n}\nf(c);\n');
    assert.match(JSON.stringify(await ask()), /"refused".*Save it first/);
    await save(document);
    const answer = await ask();
    assert.ok(answer.kind === 'gone');
    const told = answer.findings.map(({ ruleId, line, commit, isUnsure }) => [
      ruleId,
      ...[line, commit === head, isUnsure],
    ]);
    assert.deepEqual(told, [
      ['demo/unsafe', 1, true, false],
      ['demo/choice', 4, true, true],
      ['demo/safe', 6, false, false],
    ]);
    const [first, , third] = answer.findings;
    assert.ok(first && third);
    const unknown = { ruleId: 'demo/safe', fingerprint: '0123456789abcdef' };
    const recorded = await record([first, third, unknown]);
    assert.ok(recorded.kind === 'recorded');
    assert.deepEqual(
      [...recorded.paths].sort(),
      readdirSync(join(repository.folder, '.countersign/resolved'))
        .sort()
        .map((name) => `.countersign/resolved/${name}`),
    );
    assert.deepEqual(
      records()
        .map(({ ruleId, by }) => `${ruleId} ${by}`)
        .sort(),
      ['demo/safe command', 'demo/unsafe command'],
    );
    assert.equal((await record([first])).kind, 'refused', 'once is enough');
    const rest = await ask();
    assert.ok(rest.kind === 'gone' && rest.findings.length === 1);
    // What comes back is raised at once.
    await document.rewrite(text);
    const messages = (await document.diagnostics()).map(({ message }) =>
      /was fixed on/.test(String(message)),
    );
    assert.deepEqual(messages, [true, false, true]);
    await document.rewrite('let = ;\n');
    await save(document);
    await client.advance(5000);
    assert.match(JSON.stringify(await ask()), /"refused".*not checked as a whole/);
  });

  it('are not recorded where the person wants none', async () => {
    repository.write('src/a.ts', BEFORE);
    repository.commit();
    let fixes = false;
    await start({ settings: () => ({ recording: { fixes } }) });
    const document = await client.open(repository.uriOf('src/a.ts'), BEFORE);
    await mend(document, 'Call Number', 'parseInt');
    await save(document);
    await client.advance(1000);
    fixes = true;
    repository.commit('Mend it unrecorded');
    await settled(document);
  });
});
