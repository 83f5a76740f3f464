// Measures what the rules find in code that nobody wrote for them, as docs/precision.md tells it.
//
//   npm run corpora                          all parts
//   npm run corpora -- clean                 only these: clean, applications, pages, fixes
//   npm run corpora -- --apps DIR            takes the applications from DIR/NodeGoat and so on, and clones nothing
//   npm run corpora -- --write               writes the tables into docs/precision.md as well
//
// clean          pinned packages: each finding of `recommended` must be listed in the document with a verdict, each
//                listed one be found, and the bars be held
// applications   applications that are vulnerable on purpose, against test/corpora/apps.json
// pages          the flagged examples of the rules' own pages
// fixes          which rules offer fixes, and each fix of each finding of `strict` on all of the above, applied: it has
//                to parse, to remove its finding and to bring no other; all safe ones of a file have to go together
//
// Exit code: 0 all is as written and within the bars, 1 something is not, 2 could not start.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { buildExtension, COMMON, NATIVE } from './build.mjs';
import { installCleanCorpora, installDependencies, requireNodeVersion } from './install.mjs';
import { exitCode, parseOptions, Refusal, root, runAsProgram } from './repository.mjs';
import { runCommand } from './run-command.mjs';

const require = createRequire(import.meta.url);

/** @typedef {import('../test/precision/scan-report').ScanReport} ScanReport */
/** @typedef {import('../test/precision/applications').Application} Application */
/** @typedef {typeof import('../test/precision/program')} Program */
/** @typedef {{ recommended: number, strict: number }} Found */
/** What a part has come to: its table, one line to read, and what is not as it should be. */
/** @typedef {{ table: string, note: string, failures: string[] }} Outcome */

const PARTS = ['clean', 'applications', 'pages', 'fixes'];
const DOCUMENT = join(root, 'docs', 'precision.md');
const CLEAN = join(root, 'test', 'corpora', 'clean');
const KEY = join(root, 'test', 'corpora', 'apps.json');
const CLONES = join(root, '.cache', 'corpora');
const OUT = join(root, 'out', 'corpora');
/** What `recommended` has to find of what `strict` finds where there is something to be found. */
const LEAST_SHARE = 0.6;
const USAGE = `Usage: npm run corpora -- [${PARTS.join(' | ')} …] [--apps DIR] [--write]`;

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @param {string[]} args */
function parse(args) {
  const { values, positionals } = parseOptions(
    args,
    { apps: { type: 'string' }, write: { type: 'boolean' } },
    USAGE,
  );
  const unknown = positionals.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Refusal(`There is no part ${unknown}. ${USAGE}`);
  const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
  const apps = typeof values['apps'] === 'string' ? resolve(values['apps']) : undefined;
  return { parts, apps, write: values['write'] === true };
}

/** @returns {Promise<Program>} */
async function buildProgram() {
  await esbuild.build({
    ...COMMON,
    entryPoints: [join(root, 'test', 'precision', 'program.ts')],
    outfile: join(OUT, 'program.cjs'),
    external: NATIVE,
    logLevel: 'warning',
  });
  return require(join(OUT, 'program.cjs'));
}

/**
 * Scans a folder with the command line as it is built, at `strict`.
 * @param {string} folder
 * @param {string} name for the report below out/
 * @returns {Promise<ScanReport>}
 */
async function scan(folder, name) {
  const report = join(OUT, `${name.replaceAll('/', '+')}.json`);
  const cli = join(root, 'dist', 'cli.js');
  const options = [
    '--profile',
    'strict',
    '--no-ai',
    '--fail-on',
    'never',
    '--format',
    'json',
    '--output',
    report,
  ];
  const child = spawn(process.execPath, [cli, 'scan', folder, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (/** @type {Buffer} */ text) => {
    said += text;
  });
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Refusal(`The scan of ${folder} ended with ${code}:\n${said}`, exitCode.failed);
  return readJson(report);
}

/** Name and folder of each pinned package. */
async function cleanPackages() {
  await installCleanCorpora();
  return Object.keys(readJson(join(CLEAN, 'package.json')).dependencies).map((name) => ({
    name,
    folder: join(CLEAN, 'node_modules', ...name.split('/')),
  }));
}

/** @param {Program} program @returns {Promise<Outcome>} */
async function clean(program) {
  const packages = [];
  for (const { name, folder } of await cleanPackages()) {
    const { findings } = await scan(folder, name);
    const { version } = readJson(join(folder, 'package.json'));
    packages.push({ name, version, lines: program.linesOfCode(folder), findings });
  }
  const { unlisted, gone } = program.differences(
    packages,
    program.listedFindings(readFileSync(DOCUMENT, 'utf8')),
  );
  const { lines, recommended, strict, isWithinBars } = program.summaryOf(packages);
  return {
    table: program.cleanTable(packages),
    note: `${recommended} findings of recommended and ${strict} of strict in ${lines} lines.`,
    failures: [
      ...unlisted.map((finding) => `Read it and list it in docs/precision.md, or mend the rule: ${finding}`),
      ...gone.map((finding) => `Listed in docs/precision.md and not found: ${finding}`),
      ...(isWithinBars ? [] : ['There are more findings than the bars allow.']),
    ],
  };
}

/**
 * @param {Program} program
 * @param {string | undefined} apps
 * @returns {Promise<Outcome>}
 */
async function applications(program, apps) {
  const judged = [];
  for (const application of readJson(KEY).applications) {
    const folder = await checkoutOf(application, apps);
    judged.push(program.judge(application, (await scan(folder, application.name)).findings));
  }
  const found = program.foundOf(judged);
  const flaws = judged.flatMap((one) => one.flaws).length;
  return {
    table: program.applicationTables(judged),
    note: `Of ${flaws} documented flaws recommended finds ${found.recommended}, strict ${found.strict}.`,
    failures: shareFailures(found, 'the applications'),
  };
}

/**
 * The folder with an application at the commit of the key.
 * @param {Application} application
 * @param {string | undefined} apps
 * @throws {Refusal} where it is not there and cannot be had
 */
async function checkoutOf({ name, repository, commit, flaws }, apps) {
  const folder = apps === undefined ? join(CLONES, `${name}-${commit.slice(0, 12)}`) : join(apps, name);
  if (apps === undefined && !existsSync(join(folder, '.git', 'countersign-done'))) {
    await clone(folder, repository, commit);
  }
  const missing = flaws.find(({ file }) => !existsSync(join(folder, file)));
  if (missing) {
    throw new Refusal(`${folder} is not ${name} at commit ${commit}: it has no ${missing.file}.`);
  }
  const head = existsSync(join(folder, '.git'))
    ? spawnSync('git', ['-C', folder, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
    : commit;
  if (head !== commit) throw new Refusal(`${folder} is at commit ${head}. Check out ${commit}.`);
  return folder;
}

/**
 * Nothing of what is cloned is ever run.
 * @param {string} folder
 * @param {string} repository
 * @param {string} commit
 */
async function clone(folder, repository, commit) {
  console.log(`Cloning ${repository} …`);
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
  const steps = [
    ['init', '--quiet'],
    ['fetch', '--quiet', '--depth', '1', repository, commit],
    ['-c', 'core.hooksPath=.git/none', 'checkout', '--quiet', '--force', commit],
  ];
  for (const step of steps) {
    const code = await runCommand('git', ['-C', folder, ...step], { env }).catch(() => 1);
    if (code !== 0) {
      throw new Refusal(
        `${repository} could not be cloned; git says why above. Without a network, put checkouts of the ` +
          'applications into one folder, named as in test/corpora/apps.json, and give it: npm run corpora -- --apps DIR',
      );
    }
  }
  writeFileSync(join(folder, '.git', 'countersign-done'), '');
}

/** @param {Program} program @returns {Promise<Outcome>} */
async function pages(program) {
  const rules = await program.pageFindings(root);
  const found = program.foundOnPages(rules);
  return {
    table: program.pageTable(rules),
    note: `On flagged examples recommended shows ${found.recommended} of the ${found.strict} findings of strict.`,
    failures: shareFailures(found, 'the flagged examples of the pages'),
  };
}

/**
 * @param {Program} program
 * @param {string | undefined} apps
 * @returns {Promise<Outcome>}
 */
async function fixes(program, apps) {
  const folders = await cleanPackages();
  for (const application of readJson(KEY).applications) {
    folders.push({ name: application.name, folder: await checkoutOf(application, apps) });
  }
  const parserOf = await program.testParsers();
  /** @type {[string, import('../test/precision/corpus-fixes').TriedFixes][]} */
  const tried = [];
  for (const { name, folder } of folders) {
    const files = program.filesWithFindings(folder, (await scan(folder, name)).findings);
    tried.push([name, program.triedFixes(files, parserOf)]);
  }
  tried.push(["the rules' own pages", program.triedFixes(program.filesOfPages(root), parserOf)]);
  const rules = await program.fixesOnPages(root);
  const note = program.sharesNote(rules);
  return {
    table: [program.fixTable(rules), program.triedTable(tried), program.refusedTable(tried)]
      .join('\n\n')
      .trim(),
    note,
    failures: [
      ...tried.flatMap(([name, { failures }]) => failures.map((failure) => `${name}: ${failure}`)),
      ...(program.sharesOf(rules).isWithinBars ? [] : [`These are fewer than the bars ask for. ${note}`]),
    ],
  };
}

/** @param {Found} found @param {string} where */
function shareFailures({ recommended, strict }, where) {
  if (recommended >= LEAST_SHARE * strict) return [];
  return [`On ${where} recommended finds ${recommended} of ${strict}: less than ${100 * LEAST_SHARE} %.`];
}

runAsProgram(import.meta.url, async (args) => {
  const { parts, apps, write } = parse(args);
  requireNodeVersion();
  await installDependencies();
  mkdirSync(OUT, { recursive: true });
  const [program] = await Promise.all([buildProgram(), buildExtension()]);
  /** @type {Record<string, () => Promise<Outcome>>} */
  const run = {
    clean: () => clean(program),
    applications: () => applications(program, apps),
    pages: () => pages(program),
    fixes: () => fixes(program, apps),
  };
  let document = readFileSync(DOCUMENT, 'utf8');
  let failed = 0;
  for (const part of parts) {
    console.log(`\n── ${part}`);
    const { table, note, failures } = await /** @type {() => Promise<Outcome>} */ (run[part])();
    console.log([table, note, ...failures].join('\n\n'));
    failed += failures.length;
    document = program.withSection(document, `corpora:${part}`, `${note}\n\n${table}`);
  }
  if (write) {
    writeFileSync(DOCUMENT, document);
    console.log('\nwrote docs/precision.md');
  }
  console.log(
    failed === 0
      ? '\nAll is as written, within the bars.'
      : `\n${failed} things are not as they should be; they are told above.`,
  );
  return failed === 0 ? exitCode.ok : exitCode.failed;
});
