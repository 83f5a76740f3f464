/** What libraries hand to callbacks beside the request of a route: messages of sockets, fields of forms, whole requests. */
import { nameByType } from '../../analysis/declared-type';
import { bindingOf } from '../../analysis/flow/binding';
import type { Cleans } from '../../analysis/flow/capability';
import type { Source } from '../../analysis/flow/flow-model';
import type { Path } from '../../analysis/flow/path';
import { callAt } from '../../analysis/item-facts';
import { unwrap, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { rememberedByNode } from '../../analysis/remembered';
import { argumentHolding } from '../../analysis/results';
import { constantString } from '../../analysis/value';
import { REQUEST, type Reads } from './request-reads';
import { part, sourceOf } from './request-source';

interface Row {
  /** Of what is called with the callback, whole; a callback's parameter has the name that `is` gives it. */
  readonly name: RegExp;
  /** The first argument, where it tells what the callback is for. */
  readonly event?: RegExp;
  /** Which parameter of the callback; all of them, if it is `all`. */
  readonly index: number | 'all';
  /** What the parameter is called in other rows. */
  readonly is?: string;
  /** A client decides on all of it; what cannot be in it. */
  readonly cleans?: Cleans;
  /** A client decides on these parts of it. */
  readonly reads?: Reads;
}

const TEXT: Cleans = ['nosql'];
/** Events of a socket that tell of the connection alone. */
const MESSAGE = /^(?!(?:connect|connection|disconnect|disconnecting|error|close|end|drain|timeout)$)/;
const HANDSHAKE: Reads = {
  'handshake.query': TEXT,
  'handshake.auth': [],
  'handshake.headers': TEXT,
  'request.headers': TEXT,
  'request.url': TEXT,
};

/**
 * Sources: the documentation of ws 8, socket.io 4, Node 22 (`http`, `http2`, `net`, `dgram`), express 5, busboy 1,
 * formidable 3 and multiparty 4.
 */
const ROWS: readonly Row[] = [
  { name: /^ws\.(?:WebSocket)?Server\(\)\.on$/, event: /^connection$/, index: 0, is: 'ws socket' },
  { name: /^ws\.(?:WebSocket)?Server\(\)\.on$/, event: /^connection$/, index: 1, reads: REQUEST },
  { name: /^ws socket\.(?:on|once)$/, event: /^message$/, index: 0, cleans: TEXT },
  { name: /^ws socket\.addEventListener$/, event: /^message$/, index: 0, reads: { data: TEXT } },
  { name: /^ws socket\.onmessage$/, index: 0, reads: { data: TEXT } },
  {
    name: /^socket\.io(?:\.\w+)?\(\)(?:\.of\(\)|\.sockets)?\.on$/,
    event: /^connect(?:ion)?$/,
    index: 0,
    is: 'socket.io.Socket()',
    reads: HANDSHAKE,
  },
  {
    name: /^socket\.io(?:\.\w+)?\(\)(?:\.of\(\))?\.use$/,
    index: 0,
    is: 'socket.io.Socket()',
    reads: HANDSHAKE,
  },
  { name: /^socket\.io\.Socket\(\)\.(?:on|once)$/, event: MESSAGE, index: 'all', cleans: [] },
  { name: /^socket\.io\.Socket\(\)\.(?:onAny|use)$/, index: 'all', cleans: [] },
  { name: /^(?:net|tls)\.createServer$/, index: 0, is: 'net socket' },
  { name: /^(?:net|tls)\.createServer$/, index: 1, is: 'net socket' },
  {
    name: /^(?:net|tls)\.(?:createServer|Server)\(\)\.on$/,
    event: /^(?:secureC|c)onnection$/,
    index: 0,
    is: 'net socket',
  },
  { name: /^net socket\.(?:on|once)$/, event: /^data$/, index: 0, cleans: TEXT },
  { name: /^dgram\.createSocket\(\)\.on$/, event: /^message$/, index: 0, cleans: TEXT },
  {
    name: /^https?\.(?:createServer|Server)\(\)\.on$/,
    event: /^(?:request|upgrade)$/,
    index: 0,
    reads: REQUEST,
  },
  { name: /^http2\.create(?:Secure)?Server$/, index: 0, reads: REQUEST },
  {
    name: /^http2\.create(?:Secure)?Server\(\)\.on$/,
    event: /^request$/,
    index: 0,
    reads: REQUEST,
  },
  { name: /^http2\.create(?:Secure)?Server\(\)\.on$/, event: /^stream$/, index: 1, cleans: TEXT },
  { name: /^express(?:\.Router)?\(\)\.param$/, index: 0, reads: REQUEST },
  { name: /^express(?:\.Router)?\(\)\.param$/, index: 3, cleans: TEXT },
  { name: /^busboy\(\)\.on$/, event: /^field$/, index: 0, cleans: TEXT },
  { name: /^busboy\(\)\.on$/, event: /^field$/, index: 1, cleans: TEXT },
  { name: /^busboy\(\)\.on$/, event: /^file$/, index: 2, cleans: TEXT },
  { name: /^formidable(?:\.\w+)?\(\)\.parse$/, index: 1, cleans: TEXT },
  { name: /^formidable(?:\.\w+)?\(\)\.parse$/, index: 2, reads: { '*': TEXT, file: TEXT, files: TEXT } },
  { name: /^multiparty\.Form\(\)\.parse$/, index: 1, cleans: TEXT },
];

/** To leave other callbacks alone at once. */
const METHODS = /^(?:on|once|use|onAny|addEventListener|createServer|createSecureServer|param|parse)$/;
/** Sockets in sockets in servers. */
const DEEPEST = 4;

export function callbackSource(fn: Node, index: number, path: Path): Source | undefined {
  for (const row of rowsOf(fn)) {
    if (row.index !== 'all' && row.index !== index) continue;
    if (row.cleans) return sourceOf(row.cleans);
    const source = row.reads && path.length > 0 ? part(row.reads, path) : undefined;
    if (source) return source;
  }
  return undefined;
}

const rowsOf = rememberedByNode((fn: Node): readonly Row[] => rowsAt(fn, DEEPEST));

function rowsAt(fn: Node, depth: number): readonly Row[] {
  const [name, event] = calledWith(fn, depth);
  if (name === undefined) return [];
  return ROWS.filter(
    (row) => row.name.test(name) && (!row.event || (event !== undefined && row.event.test(event))),
  );
}

/** What a function is handed to, and the event that it is for. */
function calledWith(fn: Node, depth: number): readonly [name?: string | undefined, event?: string] {
  const outer = wrapped(fn).parent;
  const left = outer?.kind === 'assignment_expression' ? outer.child('left') : undefined;
  if (left?.child('property')?.text === 'onmessage') return [nameOf(left, depth)];
  const list = argumentHolding(fn)?.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  if (!call || !METHODS.test(call.method ?? call.name?.split('.').at(-1) ?? '')) return [];
  const event = call.args[0] && constantString(call.args[0]);
  return event === undefined
    ? [call.name ?? nameOf(call.callee, depth)]
    : [call.name ?? nameOf(call.callee, depth), event];
}

/** As `nameByType`; what a callback is given has the name that its row says. */
function nameOf(expression: Node, depth: number): string | undefined {
  const known = nameByType(expression);
  if (known !== undefined || depth === 0) return known;
  const node = unwrap(expression);
  if (node.kind === 'identifier') return nameOfParameter(node, depth);
  const object = node.kind === 'member_expression' ? node.child('object') : undefined;
  const property = node.child('property')?.text;
  const owner = object && nameOf(object, depth);
  return owner && property && `${owner}.${property}`;
}

function nameOfParameter(identifier: Node, depth: number): string | undefined {
  const { file } = identifier.item;
  const declaration = file.lookUp(identifier.text, identifier);
  const binding = declaration && bindingOf(file.nodeOf(declaration));
  if (binding?.how !== 'parameter' || binding.path.length > 0) return undefined;
  const row = rowsAt(binding.fn, depth - 1).find(({ is, index }) => is && index === binding.index);
  // `module.exports = (io) => …`, in a file of its own.
  return row?.is ?? (identifier.text === 'io' ? 'socket.io()' : undefined);
}
