/** Calls that send something to an address, by the place of the address among their arguments. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'request', 'options', 'del', 'stream'];

function withMethods(module: string): [string, number][] {
  return [[module, 0], ...METHODS.map((method): [string, number] => [`${module}.${method}`, 0])];
}

/** Source: the documentation of each package. */
export const REQUESTS_OUT: ReadonlyMap<string, number> = new Map<string, number>([
  ...[
    'axios',
    'got',
    'ky',
    'superagent',
    'needle',
    'request',
    'request-promise',
    'request-promise-native',
    'phin',
  ].flatMap(withMethods),
  ...['node-fetch', 'cross-fetch', 'isomorphic-fetch', 'undici.fetch', 'undici.request', 'bent'].map(
    (name): [string, number] => [name, 0],
  ),
  ['globalThis.fetch', 0],
  ['electron.BrowserWindow().loadURL', 0],
  ['electron.BrowserWindow().webContents.loadURL', 0],
  ['globalThis.WebSocket', 0],
  ['globalThis.EventSource', 0],
  ['globalThis.XMLHttpRequest().open', 1],
  ['globalThis.navigator.sendBeacon', 0],
  ['ws', 0],
  ['ws.WebSocket', 0],
  ['http.get', 0],
  ['http.request', 0],
  ...['mqtt.connect', 'amqplib.connect', 'amqplib/callback_api.connect', 'ioredis', 'ioredis.Redis'].map(
    (name): [string, number] => [name, 0],
  ),
  ...['redis.createClient', 'ldapjs.createClient', 'nodemailer.createTransport', 'ldapts.Client'].map(
    (name): [string, number] => [name, 0],
  ),
  ['socket.io-client', 0],
  ['socket.io-client.io', 0],
  ...['soap.createClient', 'soap.createClientAsync', 'xmlrpc.createClient', 'jsonp'].map(
    (name): [string, number] => [name, 0],
  ),
  ...['jquery', 'globalThis.$', 'globalThis.jQuery'].flatMap((name): [string, number][] =>
    ['get', 'post', 'getJSON', 'ajax', 'getScript'].map((method) => [`${name}.${method}`, 0]),
  ),
]);

/** Calls that keep settings for later requests, in the first argument. */
export const CLIENT_MAKERS: ReadonlySet<string> = new Set([
  ...['axios.create', 'got.extend', 'ky.create', 'ky.extend', 'ofetch.create', 'globalThis.$fetch.create'],
]);

/** Names of settings that are the address of a service. */
export const SERVICE_ADDRESS =
  /^(?:base_?url|api_?(?:url|base|base_?url|endpoint|host)|endpoint|web_?hook(?:_?url)?|server_?url|remote_?url|service_?url|upload_?url|proxy_?url|host_?url|backend(?:_?url)?)$/i;

/** Hosts whose addresses are names of things and never asked. */
export const NAMES_ONLY =
  /^(?:www\.)?(?:w3\.org|schema\.org|json-schema\.org|xmlns\.com|purl\.org|schemas\.[\w.]+|ns\.adobe\.com|example\.(?:com|org|net)|opengis\.net|xml\.org|relaxng\.org|docbook\.org|openid\.net)$/i;

/** Whether a host is in a network of one's own, or the service of a cloud that is only asked from inside. */
export function isPrivateHost(host: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.100\.|\[?f[cd])|\.(?:svc|lan|home|intra|intranet|corp|docker|onion)(?:\.|$)|metadata/i.test(
    host,
  );
}
