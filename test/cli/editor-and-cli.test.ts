// The editor and the command line say the same of the same files: findings, severities, places, fingerprints.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { RULES } from '../../server/src/rules/index';
import { MADE_UP_SECRETS } from '../pages/made-up-secrets';
import { repositoryRoot } from '../repository-root';
import { TestClient } from '../server/test-client';
import { EVIL, type JsonFinding, type JsonReport, Project } from './project';

const SOURCES: Readonly<Record<string, string>> = {
  shop: 'test/workspaces/shop',
  express: 'test/corpora/node_modules/express',
  trpc: 'test/corpora/node_modules/@trpc/server/src',
};

const CONFIGURATIONS: Readonly<Record<string, string>> = {
  '.countersignrc.json': JSON.stringify({
    rules: { 'suppression/no-reason': 'info' },
    overrides: [{ files: 'express/lib/**', profile: 'strict' }],
    suppress: [{ rule: 'injection/*', files: 'shop/web/**', reason: 'shown to the shop itself only' }],
    ignore: ['shop/scripts'],
    nonsense: true,
  }),
  'shop/server/src/.countersignrc.json': '{ "extends": "../../../.countersignrc.json", "profile": "strict" }',
  'shop/server/src/lib/.countersignrc.json':
    '{ "rules": { "injection/eval-dynamic": "downgrade" }, "profile": 1, }',
};

/** What is put at the end of every third file of code: findings, suppressed in every way, and not. */
const APPENDED = [
  'eval(process.argv[2]);',
  'eval(process.argv[3]); // countersign-disable-line injection/eval-dynamic -- only a test',
  '// countersign-disable-next-line injection/eval-dynamic -- only a test until 2020-01-01',
  'eval(process.argv[4]);',
  '// countersign-disable-next-line injection/eval-dynamic, auth/jwt-unverified -- only a test',
  'eval(process.argv[5]);',
  '// countersign-disable-next-line injection/eval-dynamic',
  "const ä = '🙂', key = process.env.SESSION_SECRET ?? 'made-for-this-test';",
  '',
].join('\n');

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\.(?:ts|mts|cts)$/, 'typescript'],
  [/\.tsx$/, 'typescriptreact'],
  [/\.(?:js|mjs|cjs)$/, 'javascript'],
  [/\.jsx$/, 'javascriptreact'],
  [/(?:^|\/)\.countersignrc\.json$/, 'jsonc'],
  [/\.json$/, 'json'],
  [/docker-compose\.yml$/, 'dockercompose'],
  [/\.ya?ml$/, 'yaml'],
  [/\.md$|\.cursor\/.*\.mdc$/, 'markdown'],
  [/(?:^|\/)Dockerfile$/, 'dockerfile'],
  [/(?:^|\/)\.env[^/]*$/, 'dotenv'],
];

const SEVERITIES: Readonly<Record<number, string>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
  [DiagnosticSeverity.Hint]: 'hint',
};

describe('the editor and the command line', function () {
  this.timeout(300_000);

  it('say the same of every file, and of what could not be checked', async () => {
    const project = makeProject();
    try {
      const report = project.scan();
      assert.equal(report.code, 1);
      const files = filesOf(project);
      const { findings, degraded } = await toldByEditor(project, files);
      const reportedIn = (file: string, { findings: all }: JsonReport) =>
        all.filter((finding) => finding.file === file).map(lineOf);
      for (const file of files.filter((each) => !IGNORED_BY_GIT.includes(each))) {
        assert.deepEqual(reportedIn(file, report), findings.get(file) ?? [], file);
      }
      // What git ignores is checked where it is open or named; a scan says that it left something out.
      assert.deepEqual(report.ignored.byGit, { files: 1, folders: 1 });
      const named = project.scan(...IGNORED_BY_GIT);
      for (const file of IGNORED_BY_GIT) {
        assert.deepEqual(reportedIn(file, report), [], file);
        assert.ok((findings.get(file) ?? []).length > 0, `nothing is found in ${file}`);
        assert.deepEqual(reportedIn(file, named), findings.get(file), file);
      }
      assert.deepEqual(report.degraded.map(({ file, cause }) => `${file}: ${cause}`).sort(), degraded.sort());
      const rules = new Set(report.findings.map(({ ruleId }) => ruleId));
      for (const rule of [
        'config/unknown-key',
        'config/bad-value',
        'suppression/expired',
        'suppression/unused',
      ])
        assert.ok(rules.has(rule), `nothing of ${rule} was compared`);
      assert.ok(report.findings.length > 100 && rules.size > 8, 'there is enough to compare');
      for (const severity of ['error', 'warning', 'info', 'hint'])
        assert.ok(
          report.findings.some((finding) => finding.severity === severity),
          severity,
        );
    } finally {
      project.remove();
    }
  });
});

const IGNORED_BY_GIT = ['kept/.env', 'kept/build/a.js'];

function makeProject(): Project {
  const project = new Project(CONFIGURATIONS);
  for (const [name, source] of Object.entries(SOURCES)) {
    cpSync(join(repositoryRoot(), source), project.path(name), {
      recursive: true,
      filter: (path) => !/node_modules$/.test(path.slice(repositoryRoot().length + source.length)),
    });
  }
  const code = filesOf(project).filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  for (const path of code.filter((_, i) => i % 3 === 0))
    project.write(path, `${project.read(path)}\n${APPENDED}`);
  project.write('test/extra.test.ts', APPENDED);
  project.write('broken/a.ts', `${APPENDED}\nfunction (\n`);
  project.write('kept/.gitignore', '.env\nbuild/\n');
  project.write('kept/.env', `STRIPE_KEY=${MADE_UP_SECRETS['stripe key']?.()}\n`);
  project.write('kept/build/a.js', EVIL);
  project.write(
    'broken/.env',
    'SESSION_SECRET=made-for-this-test\r\n# countersign-disable-file secrets/env-fallback -- none\r\n',
  );
  return project;
}

function filesOf(project: Project): string[] {
  return readdirSync(project.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(project.folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

async function toldByEditor(
  project: Project,
  files: readonly string[],
): Promise<{ findings: Map<string, string[]>; degraded: string[] }> {
  const texts = Object.fromEntries(files.map((file) => [file, readFileSync(project.path(file), 'utf8')]));
  const client = await TestClient.start({ rules: RULES, files: texts });
  const findings = new Map<string, string[]>();
  for (const file of files) {
    const languageId = LANGUAGES.find(([pattern]) => pattern.test(file))?.[1] ?? 'plaintext';
    const document = await client.open(file, texts[file] as string, languageId);
    const told = (await document.diagnostics()).map(({ range, severity, code, message, data }) => {
      const { start, end } = range;
      const place = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
      const { fingerprint } = data as { fingerprint: string };
      return `${place} ${SEVERITIES[severity ?? 0]} ${code} ${fingerprint} ${message}`;
    });
    findings.set(file, told);
  }
  // The status is told when typing has paused.
  await client.advance(10_000);
  const degraded = client.statuses.at(-1)?.degraded ?? assert.fail('no status was told');
  client.takeLog();
  await client.dispose();
  return {
    findings,
    degraded: degraded.map(
      ({ uri, cause }) => `${decodeURIComponent(uri.replace('file:///project/', ''))}: ${cause}`,
    ),
  };
}

function lineOf(finding: JsonFinding): string {
  const { line, column, endLine, endColumn, severity, ruleId, fingerprint, message } = finding;
  return `${line}:${column}-${endLine}:${endColumn} ${severity} ${ruleId} ${fingerprint} ${message}`;
}
