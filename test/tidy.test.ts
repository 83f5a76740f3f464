// What the compiler cannot check: which folder may import which, that each rule has its page and its place
// in the list, that generated documentation is fresh, and that no file outgrows its readers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ENGINE_RULES } from '../server/src/analysis/engine-rules';
import { GOVERNANCE_RULES } from '../server/src/analysis/governance-rules';
import { RULES } from '../server/src/rules/index';
import { repositoryRoot } from './repository-root';

const root = repositoryRoot();
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/**
 * The layers: what each folder may import besides itself. A folder below another has the line of the longer
 * path. `docs/architecture.md` says why.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  grammars: [],
  protocol: [],
  'client/src': ['protocol'],
  'server/src/analysis': [],
  'server/src/patterns': [],
  'server/src/models': ['server/src/analysis', 'server/src/patterns'],
  'server/src/rules': ['server/src/analysis', 'server/src/models', 'server/src/patterns'],
  'server/src/regeneration': ['server/src/analysis', 'server/src/models'],
  'server/src/routes': ['server/src/analysis', 'server/src/models'],
  'server/src/host': [],
  'server/src/origin': ['server/src/host'],
  'server/src/origin/commits': ['server/src/origin'],
  'server/src/origin/notes': ['server/src/origin'],
  'server/src/origin/markers': ['server/src/origin'],
  'server/src/origin/mapping': [],
  'server/src/origin/recorder': ['server/src/origin', 'server/src/origin/mapping'],
  'server/src/origin/repository': ['server/src/host'],
  'server/src/origin/blame': ['server/src/origin', 'server/src/origin/repository', 'server/src/host'],
  'server/src/origin/lines': [
    ...['server/src/origin', 'server/src/origin/blame', 'server/src/origin/commits', 'server/src/host'],
    ...['server/src/origin/mapping', 'server/src/origin/markers', 'server/src/origin/notes'],
    ...['server/src/origin/recorder', 'server/src/origin/repository'],
  ],
  'server/src/signoffs': ['server/src/origin'],
  'server/src/reviews': [
    ...['server/src/signoffs', 'server/src/origin', 'server/src/origin/commits', 'server/src/origin/lines'],
    ...['server/src/origin/mapping', 'server/src/origin/repository', 'server/src/session/configuration'],
    ...['server/src/analysis', 'server/src/host'],
  ],
  'server/src/resolved': [
    ...['server/src/analysis', 'server/src/signoffs', 'server/src/origin', 'server/src/origin/repository'],
    ...['server/src/reviews', 'server/src/host'],
  ],
  'server/src/syntax': ['server/src/analysis', 'grammars'],
  'server/src/syntax/formats': ['server/src/analysis'],
  'server/src/startup': [],
  'server/src/workspace': [],
  'server/src/session': [
    ...['server/src/session/configuration', 'server/src/analysis', 'server/src/syntax', 'server/src/host'],
    'server/src/models',
    ...['server/src/syntax/formats', 'server/src/workspace', 'server/src/origin', 'grammars'],
    'server/src/resolved',
  ],
  'server/src/session/configuration': ['server/src/analysis', 'server/src/signoffs', 'server/src/host'],
  'server/src/session/origin': [
    ...['server/src/origin/lines', 'server/src/origin/mapping', 'server/src/origin/repository'],
    ...['server/src/session/configuration', 'server/src/host'],
  ],
  'server/src/session/reviews': [
    ...['server/src/session/configuration', 'server/src/session/origin', 'server/src/reviews'],
    ...['server/src/signoffs', 'server/src/origin', 'server/src/origin/commits', 'server/src/origin/lines'],
    ...['server/src/origin/mapping', 'server/src/origin/repository', 'server/src/host'],
  ],
  'server/src/session/resolved': [
    ...['server/src/session', 'server/src/resolved', 'server/src/analysis', 'server/src/origin/lines'],
    'server/src/reviews',
    ...['server/src/origin/mapping', 'server/src/origin/repository', 'server/src/host'],
  ],
  'server/src/lsp': [
    'server/src/session/resolved',
    ...['server/src/session', 'server/src/session/configuration', 'server/src/session/origin'],
    ...['server/src/session/reviews', 'server/src/reviews', 'server/src/signoffs'],
    ...['server/src/origin', 'server/src/origin/lines', 'server/src/origin/mapping'],
    ...['server/src/origin/repository', 'server/src/analysis'],
    ...['server/src/regeneration', 'server/src/host', 'protocol'],
    ...['server/src/agents', 'server/src/origin/recorder', 'grammars', 'server/src/resolved'],
  ],
  'server/src/cli': [
    ...['server/src/cli/arguments', 'server/src/cli/scan', 'server/src/cli/output', 'server/src/host'],
    ...['server/src/cli/origin', 'server/src/cli/verify', 'server/src/cli/hook'],
    ...['server/src/session/configuration', 'server/src/origin/recorder'],
  ],
  'server/src/agents': [
    ...['server/src/host', 'server/src/origin', 'server/src/origin/mapping'],
    'server/src/origin/recorder',
  ],
  'server/src/cli/hook': [
    ...['server/src/agents', 'server/src/cli', 'server/src/cli/output', 'server/src/host'],
    ...['server/src/origin', 'server/src/origin/mapping', 'server/src/origin/recorder'],
  ],
  'server/src/cli/routes': [
    ...['server/src/cli', 'server/src/cli/arguments', 'server/src/cli/output', 'server/src/cli/scan'],
    ...['server/src/analysis', 'server/src/routes', 'server/src/session', 'server/src/host', 'grammars'],
  ],
  'server/src/cli/origin': [
    ...['server/src/cli', 'server/src/cli/arguments', 'server/src/cli/output', 'server/src/host'],
    ...['server/src/origin', 'server/src/origin/lines', 'server/src/origin/mapping', 'server/src/reviews'],
  ],
  'server/src/cli/verify': [
    ...['server/src/cli', 'server/src/cli/arguments', 'server/src/cli/output', 'server/src/host'],
    ...['server/src/origin/repository', 'server/src/reviews'],
  ],
  'server/src/cli/arguments': ['server/src/cli', 'server/src/session/configuration'],
  'server/src/cli/scan': [
    ...[
      'server/src/cli',
      'server/src/cli/arguments',
      'server/src/cli/hook',
      'server/src/cli/output',
      'server/src/host',
    ],
    ...['server/src/session', 'server/src/session/configuration', 'server/src/analysis'],
    ...['server/src/rules', 'server/src/startup', 'server/src/syntax/formats', 'server/src/workspace'],
    'grammars',
    ...['server/src/origin', 'server/src/origin/lines', 'server/src/origin/mapping'],
    ...['server/src/origin/repository', 'server/src/reviews', 'server/src/resolved'],
  ],
  'server/src/cli/output': [
    ...['server/src/cli', 'server/src/cli/arguments', 'server/src/cli/scan', 'server/src/host'],
    ...['server/src/session', 'server/src/session/configuration', 'server/src/analysis'],
    ...['server/src/regeneration', 'server/src/rules'],
  ],
};
/** Entry points put everything together. */
const ENTRY_POINTS = [
  'server/src/main.ts',
  'server/src/start.ts',
  'server/src/cli/main.ts',
  'server/src/cli/checking.ts',
  'server/src/cli/engine.ts',
  'server/src/cli/routing.ts',
  'server/src/cli/loading.ts',
  'server/src/workspace/worker.ts',
  'client/src/extension.ts',
];

/** The packages that a folder may import; what is not listed may import none. */
const MAY_USE: Readonly<Record<string, RegExp>> = {
  // The server is a child process; what the machine is stands in the self-diagnosis.
  'client/src': /^(?:vscode|vscode-languageclient(?:\/.*)?|node:(?:os|child_process))$/,
  grammars: /^(?:web-tree-sitter|node:module)$/,
  'server/src/patterns': /^scslre$/,
  'server/src/host': /^(?:ignore|node:(?:child_process|crypto|fs|os|path|url))$/,
  'server/src/origin/repository': /^node:(?:path|url)$/,
  'server/src/origin/lines': /^node:crypto$/,
  'server/src/resolved': /^node:url$/,
  'server/src/reviews': /^node:url$/,
  'server/src/session': /^vscode-languageserver-textdocument$/,
  'server/src/session/configuration': /^jsonc-parser$/,
  'server/src/session/reviews': /^node:url$/,
  'server/src/session/origin': /^vscode-languageserver-textdocument$/,
  'server/src/startup': /^node:(?:crypto|fs|module|path|v8|vm)$/,
  'server/src/workspace': /^node:worker_threads$/,
  'server/src/syntax/formats': /^(?:jsonc-parser|yaml)$/,
  'server/src/lsp': /^(?:vscode-languageserver(?:\/node|-textdocument)?|node:url)$/,
  'server/src/agents': /^(?:jsonc-parser|node:(?:crypto|fs|path))$/,
  'server/src/cli': /^node:(?:module|path)$/,
  'server/src/cli/arguments': /^node:util$/,
  'server/src/cli/hook': /^node:(?:crypto|fs|os|path|readline\/promises|stream)$/,
  'server/src/cli/origin': /^node:(?:path|url)$/,
  'server/src/cli/routes': /^node:path$/,
  'server/src/cli/verify': /^node:(?:path|url)$/,
  'server/src/cli/scan': /^(?:vscode-languageserver-textdocument|node:(?:fs|os|path|url|v8))$/,
  'server/src/cli/output': /^(?:vscode-languageserver-textdocument|node:(?:events|fs|path|stream|url))$/,
};

/** Lines: the aim is in `docs/style.md`, this is where it stops. */
const LONGEST_RULE = 200;
const LONGEST_FILE = 400;

describe('tidy', () => {
  const sources = sourcesBelow(['client', 'server', 'grammars', 'protocol', 'scripts', 'test']);

  it('imports go one way', () => {
    const faults = sources
      .filter((path) => !ENTRY_POINTS.includes(path))
      .flatMap((path) => {
        const folder = layerOf(path);
        if (folder === undefined) return [];
        return importsOf(path).flatMap((imported) => faultOf(path, folder, imported) ?? []);
      });
    assert.deepEqual(
      faults,
      [],
      'Move the code to where it belongs; the layers are in docs/architecture.md.',
    );
  });

  it('only entry points make the host of Node', () => {
    const users = sources.filter(
      (path) =>
        !path.startsWith('test/') &&
        importsOf(path).some((name) => /host\/node-(?:host|git|signing)$/.test(name)),
    );
    assert.deepEqual(
      users.filter((path) => !ENTRY_POINTS.includes(path)),
      [],
    );
  });

  it('pure code knows neither the time nor chance', () => {
    // Rules may name these functions: a name ends with its quote.
    const pure = sources.filter((path) =>
      /^server\/src\/(?:analysis|models|patterns|regeneration|routes|rules|signoffs|origin\/(?:commits|mapping|markers|notes|recorder))\//.test(
        path,
      ),
    );
    const faults = pure.filter((path) =>
      /\b(?:Date\.now|Math\.random)\b(?!['`])|\bnew Date\(\)|\bconsole\./.test(read(path)),
    );
    assert.deepEqual(faults, [], 'Take it as a parameter.');
  });

  it('every rule is listed, in alphabetical order, under the name of its file', () => {
    const files = sources
      .map((path) => /^server\/src\/rules\/([^/]+\/[^/]+)\.ts$/.exec(path)?.[1])
      .filter((id) => id !== undefined);
    const listed = RULES.map(({ id }) => id);
    assert.deepEqual(listed, [...listed].sort(), 'Sort the list in server/src/rules/index.ts.');
    assert.deepEqual(
      files.sort(),
      listed,
      'A rule is server/src/rules/<id>.ts and an entry in rules/index.ts.',
    );
  });

  it('every rule has a page, and every page a rule', () => {
    const pages = readdirSync(join(root, 'server/src/rules'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.replaceAll('\\', '/').slice(0, -'.md'.length));
    const engine = [...ENGINE_RULES, ...GOVERNANCE_RULES].map(({ id }) => id);
    assert.deepEqual(pages.sort(), [...RULES.map(({ id }) => id), ...engine].sort());
  });

  it('generated documentation is fresh', () => {
    execFileSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root, stdio: 'pipe' });
  });

  it('no file is too long to read', () => {
    const lengths = sources.map((path) => ({ path, lines: read(path).split('\n').length - 1 }));
    const limit = (path: string) => (/^server\/src\/rules\/[^/]+\//.test(path) ? LONGEST_RULE : LONGEST_FILE);
    const long = lengths
      .filter(({ path, lines }) => lines > limit(path))
      .map(({ path, lines }) => `${path}: ${lines}`);
    assert.deepEqual(long, [], 'Find the missing idea and split by it.');
  });

  it('there is no meeting place, no default export and no state in a module', () => {
    const meeting = sources.filter((path) => /\/(?:utils?|helpers?|common|misc|types)\.[a-z]+$/.test(path));
    assert.deepEqual(meeting, [], 'Name the file after what it holds.');
    const product = sources.filter((path) => !path.startsWith('test/'));
    assert.deepEqual(
      product.filter((path) => /^export default /m.test(read(path))),
      [],
    );
    assert.deepEqual(
      product.filter((path) => path.endsWith('.ts') && /^(?:export )?let /m.test(read(path))),
      [],
    );
  });
});

function sourcesBelow(folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter(
      (path) =>
        /\.(?:ts|mts|mjs)$/.test(path) && !/^test\/(?:workspaces|corpora)\/|node_modules\//.test(path),
    )
    .sort();
}

function layerOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((folder) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function importsOf(path: string): string[] {
  return [...read(path).matchAll(/^(?:import|export)\s[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gms)].map(
    ([, from, dynamic]) => (from ?? dynamic) as string,
  );
}

function faultOf(path: string, folder: string, imported: string): string | undefined {
  if (!imported.startsWith('.')) {
    return MAY_USE[folder]?.test(imported) ? undefined : `${path}: ${imported} does not belong to ${folder}`;
  }
  const target = posix.normalize(posix.join(posix.dirname(path), imported));
  const layer = layerOf(`${target}.ts`);
  if (layer === folder || (layer !== undefined && MAY_IMPORT[folder]?.includes(layer))) return undefined;
  return `${path}: ${folder} may not import ${layer ?? target}`;
}
