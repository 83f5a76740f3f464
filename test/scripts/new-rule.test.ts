// What `npm run new-rule` writes is a rule at once: it compiles, and its page runs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Rule } from '../../server/src/analysis/rule';
import { checkWith, testParsers } from '../engine';
import { readPage } from '../pages/page';
import { runPage } from '../pages/run-page';
import { repositoryRoot } from '../repository-root';

const ID = 'wheels/square-wheel';
const INDEX = 'server/src/rules/index.ts';

describe('npm run new-rule', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-rule-'));
    for (const file of ['scripts/new-rule.mjs', 'scripts/repository.mjs', INDEX]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(repositoryRoot(), file), join(folder, file));
    }
    symlinkSync(join(repositoryRoot(), 'server/src/analysis'), join(folder, 'server/src/analysis'), 'dir');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const written = (name: string) => readFileSync(join(folder, name), 'utf8');
  const newRule = (id: string) =>
    spawnSync(process.execPath, [join(folder, 'scripts/new-rule.mjs'), id], { encoding: 'utf8' });

  it('writes a rule that compiles, a page that runs, and lists the rule', async () => {
    const { status, stderr } = newRule(ID);
    assert.equal(status, 0, stderr);
    const file = join(folder, `server/src/rules/${ID}.ts`);
    assert.deepEqual(typeErrors(file), []);
    const page = readPage(`${ID}.md`, written(`server/src/rules/${ID}.md`));
    const failures = [...runPage(page, checkWith([ruleIn(file)], await testParsers()))]
      .map(({ failure }) => failure)
      .filter((failure) => failure !== undefined);
    assert.deepEqual(failures, []);
    assert.match(written(INDEX), /^import \{ squareWheel \} from '\.\/wheels\/square-wheel';$/m);
    assert.match(written(INDEX), /^ {2}squareWheel,$/m);
    const known = readFileSync(join(repositoryRoot(), INDEX), 'utf8').split('\n');
    assert.deepEqual(
      written(INDEX)
        .split('\n')
        .filter((line) => !known.includes(line)).length,
      2,
      'nothing else is changed in the list',
    );
  });

  it('refuses a name that is the cure, and a rule that is there', () => {
    assert.match(newRule('wheels/no-square').stderr, /Name the defect, not the cure/);
    assert.equal(newRule(ID).status, 0);
    assert.match(newRule(ID).stderr, /is there already/);
  });
});

function typeErrors(file: string): readonly string[] {
  const { config } = ts.readConfigFile(join(repositoryRoot(), 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, types: [] },
    repositoryRoot(),
  );
  const program = ts.createProgram([file], options);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Runs a rule's file, which needs nothing of others but types. */
function ruleIn(file: string): Rule {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions });
  const exported: Record<string, Rule> = {};
  new Function('exports', outputText)(exported);
  const [rule] = Object.values(exported);
  assert.ok(rule?.id === ID, 'the file exports the rule');
  return rule;
}
