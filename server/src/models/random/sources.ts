/** What makes numbers and texts that look random and can be predicted. */

export interface PredictableSource {
  /** Canonical name. */
  readonly name: string;
  /** How the message calls it. */
  readonly shown: string;
  /** The clock can be guessed to the millisecond, but is often meant as a clock. */
  readonly isTime?: true;
  /** Chooses from its argument. */
  readonly chooses?: true;
}

/**
 * Sources: ECMAScript and HTML on the generator behind `Math` (it need not be secure), RFC 9562 on UUIDs of version 1
 * (a clock and an address), the READMEs of lodash, nanoid (`non-secure`), uniqid, random-string, randomatic, hat, chance and seedrandom, cuid 1 and 2 (the first is deprecated as
 * insecure).
 */
export const PREDICTABLE: readonly PredictableSource[] = [
  { name: 'globalThis.Math.random', shown: 'Math.random' },
  { name: 'lodash.random', shown: '_.random' },
  { name: 'lodash/random', shown: '_.random' },
  { name: 'lodash-es.random', shown: '_.random' },
  { name: 'lodash.sample', shown: '_.sample', chooses: true },
  { name: 'lodash.sampleSize', shown: '_.sampleSize', chooses: true },
  { name: 'lodash.shuffle', shown: '_.shuffle', chooses: true },
  { name: 'nanoid/non-secure.nanoid', shown: 'nanoid/non-secure' },
  { name: 'nanoid/non-secure.customAlphabet()', shown: 'nanoid/non-secure' },
  { name: 'uuid.v1', shown: 'a UUID of version 1' },
  { name: 'uuid.v6', shown: 'a UUID of version 6' },
  { name: 'uuid/v1', shown: 'a UUID of version 1' },
  { name: 'uniqid', shown: 'uniqid' },
  { name: 'cuid', shown: 'cuid' },
  { name: 'seedrandom()', shown: 'seedrandom' },
  { name: 'globalThis.Math.seedrandom()', shown: 'seedrandom' },
  { name: 'random-string', shown: 'random-string' },
  { name: 'randomatic', shown: 'randomatic' },
  { name: 'hat', shown: 'hat' },
  ...['chance()', 'chance.Chance()'].flatMap((chance) =>
    ['string', 'hash', 'guid', 'integer', 'natural', 'character', 'apple_token', 'word'].map((name) => ({
      name: `${chance}.${name}`,
      shown: 'chance',
    })),
  ),
  { name: 'globalThis.Date.now', shown: 'Date.now', isTime: true },
  { name: 'globalThis.performance.now', shown: 'performance.now', isTime: true },
  { name: 'globalThis.Date().getTime', shown: 'Date', isTime: true },
  { name: 'globalThis.Date().valueOf', shown: 'Date', isTime: true },
  { name: 'process.hrtime', shown: 'process.hrtime', isTime: true },
];

/** Names of what cannot be predicted; beside it a clock does no harm. What faker makes is made up. */
export const UNPREDICTABLE =
  /randomBytes|randomUUID|randomInt|getRandomValues|randomFill|nanoid|uuid|ulid|createId|hmac|sign|secret|encrypt|faker/i;

/** Methods whose answer can be predicted when what they are called on can. */
export const ON_METHODS: ReadonlySet<string> = new Set(
  (
    'toString toFixed toUpperCase toLowerCase slice substring substr split join reverse padStart padEnd replace ' +
    'replaceAll trim concat digest update map filter charAt at repeat normalize toPrecision getTime valueOf'
  ).split(' '),
);

/** Functions whose answer can be predicted when an argument can: rounding, converting, hashing, choosing by index. */
export const ON_FUNCTIONS =
  /^(?:globalThis\.(?:Math\.\w+|String|Number|BigInt|parseInt|parseFloat|btoa|encodeURIComponent|String\.fromCharCode|String\.fromCodePoint|Array\.from)|buffer\.Buffer\.from|md5|sha1|sha256|js-sha256\.sha256|crypto-js\.\w+|crypto-js\/\w+|react\.useState|react\.useRef)$/;
export const ON_METHODS_OF_ARGUMENT: ReadonlySet<string> = new Set([
  'charAt',
  'at',
  'charCodeAt',
  'concat',
  'update',
  'slice',
  'substring',
  'substr',
]);
/** What calls a function and answers what that answers, once or many times. */
export const CALLING: ReadonlySet<string> = new Set([
  'from',
  'map',
  'flatMap',
  'replace',
  'replaceAll',
  'reduce',
  'useMemo',
  'useState',
  'useRef',
  'then',
]);
