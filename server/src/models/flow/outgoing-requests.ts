/** Functions that send a request to an address, for rules about who chooses the host. */
import type { Call } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import type { Node } from '../../analysis/node';
import { constantString, propertyOf, resolvedValue } from '../../analysis/value';

const VERBS = 'get post put patch delete head options request stream';

interface Row {
  readonly modules: string;
  /** Methods that take the address first; none where the module itself is called. */
  readonly methods: string;
  readonly isCallable?: true;
}

/**
 * Sources: Node 22, undici 7, and the documentation of axios 1, got 14, ky 1, needle 3, superagent 10, node-fetch 3,
 * cross-fetch 4, ofetch 1, request 2, phin 3, centra 2, bent 7, make-fetch-happen 15, ws 8, Wreck 18, Puppeteer 24 and
 * Playwright 1.
 */
const ROWS: readonly Row[] = [
  {
    modules: 'globalThis.fetch node-fetch cross-fetch isomorphic-fetch undici.fetch ofetch.ofetch',
    methods: '',
    isCallable: true,
  },
  {
    modules:
      'axios axios.create() got got.extend() ky ky.create() ky.extend() needle superagent superagent.agent() request ' +
      'request.defaults() request-promise request-promise-native',
    methods: VERBS,
    isCallable: true,
  },
  { modules: 'undici', methods: 'request stream pipeline connect' },
  {
    modules:
      'phin centra bent() make-fetch-happen unfetch wreck undici.Client undici.Pool ws ws.WebSocket ' +
      'net.connect net.createConnection tls.connect',
    methods: '',
    isCallable: true,
  },
  { modules: '@hapi/wreck', methods: 'get post put request' },
  { modules: 'http https', methods: 'get request' },
  {
    modules:
      'puppeteer.launch().newPage() puppeteer-core.launch().newPage() playwright.chromium.launch().newPage() ' +
      'playwright.chromium.launch().newContext().newPage()',
    methods: 'goto',
  },
];

export const REQUEST_NAMES: ReadonlySet<string> = new Set(
  ROWS.flatMap(({ modules, methods, isCallable }) =>
    modules
      .split(' ')
      .flatMap((module) => [
        ...(isCallable ? [module] : []),
        ...methods.split(' ').flatMap((method) => (method === '' ? [] : [`${module}.${method}`])),
      ]),
  ),
);

/** What opens a connection, of whatever protocol. */
export const CONNECTING = /^(?:net\.|tls\.|ws$|ws\.|undici\.(?:Client|Pool)$)/;

/** What decides where the request goes: the address, or the host in the options; undefined where it is constant. */
export function addressIn(call: Call): Node | undefined {
  if (call.name === undefined || !REQUEST_NAMES.has(call.name)) return undefined;
  // A port stands in front of the host.
  const isPort =
    /^(?:net|tls)\./.test(call.name) && resolvedValue(call.args[0] ?? call.node).kind !== 'object';
  const first = call.args[isPort ? 1 : 0];
  if (
    !first ||
    FUNCTION_KINDS.has(first.kind) ||
    first.kind === 'spread_element' ||
    constantString(first) !== undefined
  )
    return undefined;
  const options = resolvedValue(first);
  if (options.kind !== 'object') return first;
  const names = ['url', 'uri', 'hostname', 'host', 'baseURL'];
  const address = names.flatMap((name) => propertyOf(options, name) ?? [])[0];
  return address && constantString(address) === undefined ? address : undefined;
}
