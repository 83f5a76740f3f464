/** Where the name of an archive's entry is read: whoever made the archive wrote it. */
import { bindingOf } from '../../analysis/flow/binding';
import { callAt } from '../../analysis/item-facts';
import { propertyName, unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { argumentHolding } from '../../analysis/results';
import { constantString, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { boundValueOf } from '../flow/origin-of-variable';
import { importsAny } from '../runtime';

/**
 * Libraries that hand out names as they stand in the archive. Sources: the documentation and the code of adm-zip 0.5,
 * unzipper 0.12, tar-stream 3, tar 7, decompress 4, unzip-stream 0.3, node-unrar-js 2.
 */
const RAW = [
  'adm-zip',
  'unzipper',
  'unzip',
  'unzip2',
  'unzip-stream',
  'unzipper2',
  'node-unzip-2',
  'tar-stream',
  'tar',
  'tar-fs',
  'decompress',
  'decompress-tar',
  'decompress-unzip',
  'decompress-targz',
  'decompress-tarbz2',
  'node-unrar-js',
  'unrar',
  'zip',
];
/** Since version 3.8 `jszip` takes `..` out, and before it did not; nobody sees here which version it is. */
const VERSIONED = ['jszip', 'node-zip', 'fflate'];
/** They refuse `..` themselves. Source: yauzl 3 (`validateFileName`), node-stream-zip 1, extract-zip 2. */
const STRICT = ['yauzl', 'yauzl-promise', 'node-stream-zip', 'extract-zip'];
const ANY = [...RAW, ...VERSIONED, 'zlib', 'fstream', 'gunzip-maybe'];

/** How sure it is that a name is that of an entry. */
export type Certainty = 'sure' | 'likely';

const PROPERTIES: ReadonlySet<string> = new Set(
  'entryName fileName filename path name rawEntryName relativePath linkname'.split(' '),
);
const MOST_STEPS = 6;

export function entryNameAt(expression: Node): Certainty | undefined {
  const { file } = expression.item;
  if (importsAny(file, STRICT)) return undefined;
  let node = unwrap(expression);
  for (let steps = MOST_STEPS; steps > 0; steps--) {
    const inner = insideOf(node);
    if (!inner) break;
    node = unwrap(inner);
  }
  if (node.kind === 'identifier') return isKeyOfFiles(node) ? 'likely' : undefined;
  const property = node.kind === 'member_expression' ? node.child('property') : undefined;
  const name = property && propertyName(property);
  const holder = node.child('object');
  if (!holder || name === undefined || !PROPERTIES.has(name)) return undefined;
  if (name === 'entryName' || name === 'rawEntryName') return importsAny(file, RAW) ? 'sure' : 'likely';
  return isEntry(holder);
}

/** What an expression is made of without becoming another path: `path.normalize(name)`, `name.toString()`. */
function insideOf(node: Node): Node | undefined {
  if (node.kind === 'identifier')
    return boundValueOf(node)?.path.length === 0 ? boundValueOf(node)?.node : undefined;
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  if (!call) return undefined;
  if (/^(?:path\.normalize|globalThis\.String|globalThis\.decodeURI(?:Component)?)$/.test(call.name ?? ''))
    return call.args[0];
  const isKept = /^(?:toString|trim|normalize|slice|substr|substring|replace)$/.test(call.method ?? '');
  return isKept ? call.callee.child('object') : undefined;
}

/** `entry` in `.on('entry', (entry) => …)`, and what goes through the entries of an archive. */
function isEntry(holder: Node): Certainty | undefined {
  const node = unwrap(holder);
  const root = node.kind === 'member_expression' ? node.child('object') : node;
  if (root?.kind !== 'identifier') return undefined;
  const { file } = root.item;
  const declaration = file.lookUp(root.text, root);
  const declared = declaration && file.nodeOf(declaration);
  if (!declared) return undefined;
  const binding = bindingOf(declared);
  const isOfArchive = importsAny(file, RAW) ? 'sure' : importsAny(file, ANY) ? 'likely' : undefined;
  if (binding.how === 'element')
    return binding.value && listsEntries(binding.value) ? isOfArchive : undefined;
  if (binding.how !== 'parameter') return undefined;
  const argument = argumentHolding(binding.fn);
  const list = argument?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  const [event] = call?.args ?? [];
  if (
    call &&
    /^(?:on|once|addListener)$/.test(call.method ?? '') &&
    event &&
    constantString(event) === 'entry'
  )
    return binding.index === 0 ? (isOfArchive ?? 'likely') : undefined;
  const key = binding.fn.parent?.kind === 'pair' ? binding.fn.parent.child('key')?.text : undefined;
  if (/^on(?:Read)?[eE]ntry$/.test(key ?? binding.fn.child('name')?.text ?? '')) return isOfArchive;
  const receiver = call?.callee.child('object');
  if (call && /^(?:forEach|map|filter|each|eachSeries|flatMap)$/.test(call.method ?? '') && receiver)
    return [receiver, ...call.args.slice(0, 1)].some(listsEntries) ? isOfArchive : undefined;
  return isOfArchive && ENTRIES.has(wordsOf(root.text).at(-1) ?? '') ? 'likely' : undefined;
}

const ENTRIES: ReadonlySet<string> = new Set(['entry', 'header']);

/** `zip.getEntries()`, `directory.files`, `zip.entries`, an extractor that is gone through by `for await`. */
function listsEntries(list: Node): boolean {
  const node = unwrap(list);
  const name = canonicalName(node) ?? '';
  if (/^(?:adm-zip\(\)\.getEntries|decompress|unzipper\..*|tar-stream\.extract)\(\)/.test(name)) return true;
  const text = node.kind === 'call_expression' ? (node.child('function')?.text ?? '') : node.text;
  return /(?:^|\.|_)(?:entries|files|getEntries|zipEntries|extract|directory)$/i.test(text.slice(-40));
}

/** `Object.keys(zip.files).forEach((name) => …)`, `for (const name in zip.files)`, `zip.forEach((path, file) => …)` */
function isKeyOfFiles(name: Node): boolean {
  const { file } = name.item;
  if (!importsAny(file, VERSIONED)) return false;
  const declaration = file.lookUp(name.text, name);
  const declared = declaration && file.nodeOf(declaration);
  const binding = declared && bindingOf(declared);
  if (binding?.how === 'element') return binding.value !== undefined && isFiles(binding.value);
  if (binding?.how !== 'parameter' || binding.index > 0) return false;
  const list = binding.fn.parent?.kind === 'arguments' ? binding.fn.parent.parent : undefined;
  const call = list && callAt(list);
  const receiver = call?.callee.child('object');
  if (!receiver || !/^(?:forEach|map|filter)$/.test(call?.method ?? '')) return false;
  return isFiles(receiver) || /^jszip(?:\(\)|\.loadAsync\(\))/.test(canonicalName(receiver) ?? '');
}

/** `zip.files`, and the list of its keys. */
function isFiles(list: Node): boolean {
  const node = resolvedValue(list);
  const call = node.kind === 'call_expression' ? callAt(node) : undefined;
  if (call?.name === 'globalThis.Object.keys') return call.args[0] !== undefined && isFiles(call.args[0]);
  return node.kind === 'member_expression' && node.child('property')?.text === 'files';
}
