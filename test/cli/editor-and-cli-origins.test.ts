// The editor and the command line raise the same findings in a repository of which notes say who wrote the lines.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { RULES } from '../../server/src/rules/index';
import { addNote, gitAiNote, HUMAN, TRACE } from '../origin/noted-repository';
import { recordedGit } from '../origin/recorded-git';
import { TestRepository } from '../origin/test-repository';
import { repositoryRoot } from '../repository-root';
import { TestClient } from '../server/test-client';
import { type JsonReport, runCli } from './project';

const CONFIGURATION = JSON.stringify({
  rules: { 'crypto/*': 'warn', 'errors/*': 'downgrade' },
  overrides: [{ files: 'shop/web/**', ai: false }],
  suppress: [{ rule: 'web/*', files: '**/b-*.js', reason: 'a test' }],
});
/** Findings that AI code raises or shows, ten lines that are repeated. */
const PATTERN = [
  "import cors from 'cors';",
  "import serialize from 'serialize-javascript';",
  'app.use(cors({ origin: true, credentials: true }));',
  'export const page = (data) => serialize(data, { unsafe: true });',
  'export const open = cors({',
  '  origin: true,',
  '  credentials: true,',
  '});',
  'export const other = (data) =>',
  '  serialize(data, { unsafe: true, space: 2 });',
];
const SEVERITIES: Readonly<Record<number, string>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
  [DiagnosticSeverity.Hint]: 'hint',
};

describe('the editor and the command line, on lines of AI tools', function () {
  this.timeout(120_000);
  let repository: TestRepository;
  let files: readonly string[];

  before(() => {
    repository = new TestRepository();
    cpSync(join(repositoryRoot(), 'test/workspaces/shop'), join(repository.folder, 'shop'), {
      recursive: true,
    });
    repository.write('.countersignrc.json', CONFIGURATION);
    for (const name of ['a-one.js', 'b-two.js', 'test/c-three.test.js'])
      repository.write(name, `${[...PATTERN, ...PATTERN.slice(2), ...PATTERN.slice(2)].join('\n')}\n`);
    const commit = repository.commit('Add');
    files = repository
      .git('ls-files')
      .split('\n')
      .filter((path) => /\.(?:[cm]?[jt]sx?|json|ya?ml|md|env)$|Dockerfile$/.test(path));
    // Of each five lines a tool wrote two, and a person one; the whole shop is a tool's.
    const attested = files.flatMap((path) => {
      const count = readFileSync(join(repository.folder, path), 'utf8').split('\n').length - 1;
      if (path.startsWith('shop/')) return [path, `  ${TRACE} 1-${count}`];
      const lines = (wanted: readonly number[]) =>
        Array.from({ length: count }, (_, i) => i + 1)
          .filter((line) => wanted.includes(line % 5))
          .join(',');
      return [path, `  ${TRACE} ${lines([3, 4])}`, `  ${HUMAN} ${lines([1])}`];
    });
    addNote(repository, 'ai', commit, gitAiNote({ attested }));
    // What is not committed yet: edited, moved and added lines.
    const edited = readFileSync(join(repository.folder, 'a-one.js'), 'utf8');
    repository.write(
      'a-one.js',
      edited.replace('app.use(', '// moved\n\napp.use(').replace('(data) =>\n', '(given) =>\n'),
    );
  });
  after(() => repository.remove());

  it('raise the same, with the same words', async () => {
    const { out } = runCli(['scan', '--format', 'json'], { cwd: repository.folder });
    const report: JsonReport = JSON.parse(out);
    const told = await toldByEditor();
    for (const file of files) {
      const reported = report.findings
        .filter((finding) => finding.file === file)
        .map(({ line, column, severity, ruleId, fingerprint, message }) => {
          return `${line}:${column} ${severity} ${ruleId} ${fingerprint} ${message}`;
        });
      assert.deepEqual(told.get(file), reported, file);
    }
    const counts = new Map<string, number>();
    for (const { raised } of report.findings)
      counts.set(raised?.how ?? '', (counts.get(raised?.how ?? '') ?? 0) + 1);
    for (const how of ['raised', 'shown', ''])
      assert.ok((counts.get(how) ?? 0) >= 3, `${how}: ${counts.get(how)}`);
    const inTests = report.findings.filter(({ file, raised }) => raised && file.startsWith('test/'));
    assert.deepEqual(inTests, [], 'a hint in a test is left at that');
    assert.deepEqual(report.degraded, []);
  });

  async function toldByEditor(): Promise<Map<string, string[]>> {
    const client = await TestClient.start({ folders: [repository.uri], git: recordedGit([]), rules: RULES });
    client.host.files.set(repository.uriOf('.countersignrc.json'), { text: CONFIGURATION });
    const told = new Map<string, string[]>();
    for (const file of files) {
      const uri = repository.uriOf(file);
      const text = readFileSync(join(repository.folder, file), 'utf8');
      const document = await client.open(uri, text, languageOf(file));
      for (
        let round = 0;
        !client.origins.some((each) => each.uri === uri && each.state === 'ready');
        round++
      ) {
        assert.ok(round < 500, `nothing is known of ${file}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const lines = (await document.diagnostics()).map(
        ({ range: { start }, severity, code, message, data }) => {
          const { fingerprint } = data as { fingerprint: string };
          return `${start.line + 1}:${start.character + 1} ${SEVERITIES[severity ?? 0]} ${code} ${fingerprint} ${message}`;
        },
      );
      told.set(file, lines);
    }
    client.takeLog();
    client.takeRefreshes();
    await client.dispose();
    return told;
  }
});

function languageOf(file: string): string {
  const names: readonly (readonly [RegExp, string])[] = [
    [/\.[cm]?ts$/, 'typescript'],
    [/\.tsx$/, 'typescriptreact'],
    [/\.[cm]?js$/, 'javascript'],
    [/\.jsx$/, 'javascriptreact'],
    [/\.countersignrc\.json$/, 'jsonc'],
    [/\.json$/, 'json'],
    [/docker-compose\.yml$/, 'dockercompose'],
    [/\.ya?ml$/, 'yaml'],
    [/\.md$/, 'markdown'],
    [/Dockerfile$/, 'dockerfile'],
    [/\.env$/, 'dotenv'],
  ];
  return names.find(([pattern]) => pattern.test(file))?.[1] ?? 'plaintext';
}
