// Hostile files in the process of the command line and in that of the language server: neither ends, nobody waits
// for ever, what is found elsewhere is there, and what is hidden is told.
import assert from 'node:assert/strict';
import { STATUS_NOTIFICATION, type StatusParams } from '../../protocol/messages';
import { HOSTILE_FILES, type HostileFile } from '../hostile-files';
import { EVIL, Project } from './project';
import { PUSH_ONLY, RawClient } from './raw-client';

const EVAL = 'injection/eval-dynamic';
/** Catches what hangs; a file has 2 s. */
const LONGEST_MS = 60_000;

describe('command line: hostile files', function () {
  this.timeout(LONGEST_MS * HOSTILE_FILES.length);
  const project = new Project();
  after(() => project.remove());

  it('are found out or told, in one scan, with all that is around them', () => {
    const neighbours = HOSTILE_FILES.map((_, i) => `${i}/neighbour.js`);
    for (const [i, { path, content }] of HOSTILE_FILES.entries()) {
      project.write(`${i}/${path}`, content());
      project.write(neighbours[i] as string, EVIL);
    }
    const { code, findings, degraded } = project.scan('--profile', 'strict');
    assert.equal(code, 1);
    const found = new Set(findings.map(({ file, ruleId }) => `${file} ${ruleId}`));
    assert.deepEqual(
      neighbours.filter((file) => !found.has(`${file} ${EVAL}`)),
      [],
      'lost of other files',
    );
    const causes = new Map(degraded.map(({ file, cause }) => [file, cause]));
    const silent = HOSTILE_FILES.map(({ path, rule }, i) => ({ file: `${i}/${path}`, rule })).filter(
      ({ file, rule }) => rule !== undefined && !found.has(`${file} ${rule}`) && !causes.has(file),
    );
    assert.deepEqual(silent, [], 'hidden and not told');
    const failed = degraded.filter(({ cause }) => /failed/.test(cause));
    assert.deepEqual(failed, [], 'rules or parsers that fail');
  });
});

describe('countersign lsp: hostile files', function () {
  this.timeout(LONGEST_MS * HOSTILE_FILES.length);
  const project = new Project();
  let client: RawClient;
  let uri: string;
  let version = 1;

  before(async () => {
    client = new RawClient(project, LONGEST_MS / 2);
    await client.initialize(PUSH_ONLY, { initializationOptions: { hasCommands: true } });
    uri = client.open('neighbour.js', EVIL);
    await client.published(uri, version, EVAL);
  });

  after(async () => {
    assert.equal(client.err, '');
    assert.deepEqual(await client.shutdown(), { code: 0, signal: null });
    project.remove();
  });

  for (const { path, content, rule } of HOSTILE_FILES) {
    it(`answers beside ${path}`, async () => {
      const text = textOf(content());
      const hostile = client.open(path, text, languageOf(path));
      version++;
      client.change(uri, version, { text: `${EVIL}// ${version}\n` });
      await client.published(uri, version, EVAL);
      await client.until(`what is found in ${path}, or why not`, () => {
        const status = client.messages.findLast(({ method }) => method === STATUS_NOTIFICATION);
        const { state, degraded } = (status?.params ?? { state: 'running', degraded: [] }) as StatusParams;
        const told = client.publications(hostile).at(-1)?.diagnostics ?? [];
        if (rule === undefined || told.some(({ code }) => code === rule)) return true;
        return (state === 'ready' && degraded.some((each) => each.uri === hostile)) || undefined;
      });
      client.close(hostile);
    });
  }
});

function textOf(content: ReturnType<HostileFile['content']>): string {
  return typeof content === 'string' ? content : content.toString('utf8');
}

function languageOf(path: string): string {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? '';
  const names: Record<string, string> = { jsx: 'javascriptreact', ts: 'typescript', env: 'dotenv' };
  return names[extension] ?? (path === 'Dockerfile' ? 'dockerfile' : extension);
}
