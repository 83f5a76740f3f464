/** Functions that send a request to an address, for rules about who chooses the host. */
import type { Call } from '../../analysis/item-facts';
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
 * cross-fetch 4, ofetch 1, request 2, Puppeteer 24 and Playwright 1.
 */
const ROWS: readonly Row[] = [
  {
    modules: 'globalThis.fetch node-fetch cross-fetch isomorphic-fetch undici.fetch ofetch.ofetch',
    methods: '',
    isCallable: true,
  },
  {
    modules: 'axios axios.create() got ky needle superagent request request-promise',
    methods: VERBS,
    isCallable: true,
  },
  { modules: 'undici', methods: 'request stream' },
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

/** What decides where the request goes: the address, or the host in the options; undefined where it is constant. */
export function addressIn(call: Call): Node | undefined {
  if (call.name === undefined || !REQUEST_NAMES.has(call.name)) return undefined;
  const [first] = call.args;
  if (!first || first.kind === 'spread_element' || constantString(first) !== undefined) return undefined;
  const options = resolvedValue(first);
  if (options.kind !== 'object') return first;
  const names = ['url', 'uri', 'hostname', 'host', 'baseURL'];
  const address = names.flatMap((name) => propertyOf(options, name) ?? [])[0];
  return address && constantString(address) === undefined ? address : undefined;
}
