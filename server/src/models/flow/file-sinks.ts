/** Functions that open, write or remove the file that a path names, and which of their arguments are paths. */

import type { Call, ItemFacts } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { chainOf, isResponseName } from '../auth/denial';
import { importsAny } from '../runtime';
import type { Joining } from './text-pieces';

export interface FileSink {
  readonly call: Call;
  readonly paths: readonly Node[];
  /** What is done with the file. */
  readonly does: 'reads' | 'writes' | 'removes' | 'loads';
  /** Whether a `..` that nobody resolved before is refused. Source: `send` 1, which `res.sendFile` is made with. */
  readonly refusesDots: boolean;
}

interface FileRow {
  readonly names: string;
  readonly modules: readonly string[];
  readonly does: FileSink['does'];
  /** The number of paths among the first arguments. */
  readonly paths?: 2;
  /** Whether the module itself is called as well. */
  readonly isCallable?: true;
}

const NODE = ['fs', 'fs/promises', 'fs.promises', 'graceful-fs', 'fs-extra'];
const EXTRA = ['fs-extra'];
const BUN = ['globalThis.Bun'];
const DENO = ['globalThis.Deno'];

/**
 * Sources: Node 22, fs-extra 11, rimraf 6, del 8, mkdirp 3, jsonfile 6, Bun 1, Deno 2. Without those that only say whether a file is there: what they tell
 * is little, and where it matters the file is opened as well.
 */
const ROWS: readonly FileRow[] = [
  {
    names:
      'readFile readFileSync createReadStream open openSync readdir readdirSync opendir opendirSync openAsBlob',
    modules: NODE,
    does: 'reads',
  },
  {
    names:
      'writeFile writeFileSync appendFile appendFileSync createWriteStream mkdir mkdirSync truncate truncateSync ' +
      'chmod chmodSync chown chownSync',
    modules: NODE,
    does: 'writes',
  },
  { names: 'rm rmSync rmdir rmdirSync unlink unlinkSync', modules: NODE, does: 'removes' },
  {
    names: 'rename renameSync copyFile copyFileSync cp cpSync link linkSync symlink symlinkSync',
    modules: NODE,
    does: 'writes',
    paths: 2,
  },
  { names: 'readJson readJsonSync readJSON readJSONSync', modules: EXTRA, does: 'reads' },
  {
    names:
      'outputFile outputFileSync outputJson outputJsonSync outputJSON writeJson writeJsonSync writeJSON ensureDir ' +
      'ensureDirSync ensureFile ensureFileSync mkdirp mkdirpSync',
    modules: EXTRA,
    does: 'writes',
  },
  { names: 'remove removeSync emptyDir emptyDirSync', modules: EXTRA, does: 'removes' },
  { names: 'copy copySync move moveSync', modules: EXTRA, does: 'writes', paths: 2 },
  { names: 'sync rimraf rimrafSync', modules: ['rimraf'], does: 'removes', isCallable: true },
  { names: 'sync deleteAsync deleteSync', modules: ['del'], does: 'removes', isCallable: true },
  { names: 'sync mkdirp mkdirpSync', modules: ['mkdirp'], does: 'writes', isCallable: true },
  { names: 'sync', modules: ['write-file-atomic', 'make-dir'], does: 'writes', isCallable: true },
  { names: 'readFile readFileSync', modules: ['jsonfile'], does: 'reads' },
  { names: 'writeFile writeFileSync', modules: ['jsonfile'], does: 'writes' },
  { names: 'file', modules: BUN, does: 'reads' },
  { names: 'write', modules: BUN, does: 'writes' },
  { names: 'readFile readTextFile open', modules: DENO, does: 'reads' },
  { names: 'writeFile writeTextFile', modules: DENO, does: 'writes' },
  { names: 'remove', modules: DENO, does: 'removes' },
  { names: 'require', modules: ['globalThis'], does: 'loads' },
];

const BY_NAME: ReadonlyMap<string, FileRow> = new Map(
  ROWS.flatMap((row) =>
    row.modules.flatMap((module) => [
      ...row.names.split(' ').map((name) => [`${module}.${name}`, row] as const),
      ...(row.isCallable ? [[module, row] as const] : []),
    ]),
  ),
);
/** To leave other calls alone at once. */
const METHODS: ReadonlySet<string> = new Set([
  ...ROWS.flatMap(({ names }) => names.split(' ')),
  'sendFile',
  'sendfile',
  'download',
  'mv',
]);

const MAY_OPEN: CallTest = { to: BY_NAME, method: new Set(['sendFile', 'sendfile', 'download', 'mv']) };

/** Those of an item, for `ItemFacts.once`: several rules ask for them. */
export function fileSinksIn(facts: ItemFacts): readonly FileSink[] {
  const opened = facts.callsOf(MAY_OPEN).flatMap((call) => fileSinkOf(call) ?? []);
  return [...opened, ...facts.nodes('import').flatMap((each) => loadedBy(each) ?? [])];
}

/** `import(path)` */
function loadedBy({ parent, field }: Node): FileSink | undefined {
  const args = field === 'function' ? (parent?.child('arguments')?.parts ?? []) : [];
  const [path] = args;
  if (!parent || !path || !isDynamic(path)) return undefined;
  const callee = parent.child('function') ?? parent;
  const call: Call = { node: parent, callee, name: undefined, method: undefined, args, isNew: false };
  return { call, paths: [path], does: 'loads', refusesDots: false };
}

export function fileSinkOf(call: Call): FileSink | undefined {
  const { method, callee, args } = call;
  if (args.length === 0 || (method !== undefined && !METHODS.has(method))) return undefined;
  if (method === undefined && callee.kind !== 'identifier') return undefined;
  const row = call.name === undefined ? undefined : BY_NAME.get(call.name);
  if (row) {
    const paths = args.slice(0, row.paths ?? 1).filter(isDynamic);
    return paths.length > 0 ? { call, paths, does: row.does, refusesDots: false } : undefined;
  }
  const [path] = args;
  if (method === 'mv')
    return path && isDynamic(path) && isUploaded(callee)
      ? { call, paths: [path], does: 'writes', refusesDots: false }
      : undefined;
  if (!path || !isSending(call) || !isDynamic(path)) return undefined;
  // `res.download` resolves the path itself.
  return { call, paths: [path], does: 'reads', refusesDots: method !== 'download' };
}

/** `req.files.doc.mv(path)` of express-fileupload 1. */
function isUploaded(callee: Node): boolean {
  const object = callee.child('object');
  const value = object && resolvedValue(object);
  const name =
    value?.kind === 'member_expression' ? value.child('object')?.child('property')?.text : undefined;
  return name === 'files';
}

/** `res.sendFile(path)`, `res.download(path, name)` of Express; with `root` they stay below it. */
function isSending(call: Call): boolean {
  const { method, args } = call;
  if (!/^(?:send[Ff]ile|download)$/.test(method ?? '') || !isResponse(chainOf(call).root)) return false;
  return !args.slice(1).some((argument) => {
    const options = resolvedValue(argument);
    return options.kind === 'object' ? propertyOf(options, 'root') !== undefined : isOptions(options);
  });
}

/** Fastify's `reply.sendFile` stays below the folder that its plugin was given. */
function isResponse(root: Node): boolean {
  return isResponseName(root) && !/reply$/i.test(root.text) && !importsAny(root.item.file, ['fastify']);
}

/** Options that nobody sees here may have a root. */
function isOptions(node: Node): boolean {
  return (
    node.kind === 'identifier' && wordsOf(node.text).some((word) => /^(?:options|opts|config)$/.test(word))
  );
}

function isDynamic(node: Node): boolean {
  return unwrap(node).kind !== 'spread_element' && constantString(node) === undefined;
}

const JOINING = /^path\.(?:posix\.|win32\.)?(?:join|resolve|normalize)$/;

/** For `textPiecesOf`: what puts a path together. */
export const joinedPath: Joining = ({ name, args }) => {
  if (name !== undefined && JOINING.test(name)) return { parts: args, by: '/' };
  return name === 'globalThis.String' ? { parts: args.slice(0, 1), by: '' } : undefined;
};
