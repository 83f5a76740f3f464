import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CountersignApi } from '../../client/src/extension';
import { addNote, gitAiNote, TRACE } from '../origin/noted-repository';
import { TestRepository } from '../origin/test-repository';
import {
  codeActions,
  extensionUnderTest,
  openShopFile,
  resetShop,
  shopFolder,
  until,
  untilFindings,
} from './harness';

describe('in restricted mode', () => {
  beforeEach(resetShop);

  it('findings and fixes come, and the server starts no process', async () => {
    const { document } = await openShopFile('server/src/middleware/auth.ts');
    const findings = await untilFindings(document.uri, 'three findings', (all) => all.length === 3);
    const actions = await codeActions(document.uri, findings[0]!.range);
    assert.ok(actions.some(({ edit }) => edit !== undefined));
    const pid = ((await extensionUnderTest().activate()) as CountersignApi).serverPid();
    assert.ok(pid, 'the server has no process');
    assert.deepEqual(childrenOf(pid), [], 'the server started these processes');
  });
});

describe('AI-origin markers in restricted mode', () => {
  let repository: TestRepository;
  beforeEach(resetShop);
  after(() => repository.remove());

  it('are not drawn, and the reason is known', async () => {
    repository = new TestRepository();
    repository.write('a.ts', 'one();\ntwo();\n');
    addNote(repository, 'ai', repository.commit(), gitAiNote({ attested: ['a.ts', `  ${TRACE} 1-2`] }));
    const api = (await extensionUnderTest().activate()) as CountersignApi;
    const uri = vscode.Uri.file(join(repository.folder, 'a.ts'));
    await vscode.window.showTextDocument(uri, { preview: false });
    const told = await until(() => api.toldOrigins(uri), 'word of the server');
    assert.deepEqual([told.state, told.runs], ['unavailable', []]);
    assert.match(told.cause ?? '', /not trusted/);
    assert.deepEqual(api.originMarkers(uri), [[]]);
    assert.equal(api.originStatus(), undefined);
    await vscode.commands.executeCommand('countersign.countersignRegion', {
      ...{ uri: uri.toString(), line: 0, note: '' },
    });
    assert.equal(existsSync(join(repository.folder, '.countersign')), false, 'a record was stored');
    assert.deepEqual(api.rows('reviews'), []);
  });
});

describe('the AI switch in restricted mode', () => {
  let repository: TestRepository;
  after(() => repository.remove());

  it('is off, and the status says so', async () => {
    repository = new TestRepository();
    const text = "import cors from 'cors';\nexport const open = cors({ origin: true, credentials: true });\n";
    repository.write('open.js', text);
    addNote(repository, 'ai', repository.commit(), gitAiNote({ attested: ['open.js', `  ${TRACE} 1-2`] }));
    const api = (await extensionUnderTest().activate()) as CountersignApi;
    const uri = vscode.Uri.file(join(repository.folder, 'open.js'));
    await vscode.window.showTextDocument(uri, { preview: false });
    await until(() => api.toldOrigins(uri)?.state === 'unavailable', 'word of the server');
    const [finding] = await untilFindings(uri);
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Warning);
    assert.doesNotMatch(finding?.message ?? '', /raised/);
    assert.match(api.status().details.join(), /the AI switch is off/);
  });
});

describe('the configuration file in restricted mode', () => {
  beforeEach(resetShop);
  after(resetShop);

  it('cannot switch findings off', async () => {
    writeFileSync(join(shopFolder(), '.countersignrc.json'), '{ "rules": { "*": "off" } }');
    const { document } = await openShopFile('server/src/middleware/auth.ts');
    await untilFindings(document.uri, 'three findings', (all) => all.length === 3);
    const api = (await extensionUnderTest().activate()) as CountersignApi;
    assert.match(api.status().details.join(), /\.countersignrc\.json is not read/);
  });
});

/** Command lines of the processes that a process started and that still run. */
function childrenOf(pid: number): string[] {
  if (!existsSync('/proc/self/stat')) {
    const rows = execFileSync('ps', ['-A', '-o', 'ppid=,command='], { encoding: 'utf8' }).split('\n');
    return rows.filter((row) => Number.parseInt(row, 10) === pid);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map((name) => readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '));
}

function parentOf(process: string): number | undefined {
  try {
    // "pid (name) state ppid …"; the name may hold anything, a parenthesis included.
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // It has ended meanwhile.
  }
}
