/** Functions that make values of text or bytes, and may make more of them than data. */
import type { Confidence } from '../analysis/finding';

export interface Deserializer {
  /** Canonical name. */
  readonly name: string;
  /** Two sentences: what is wrong, what to do. */
  readonly message: string;
  /** Less than high where it depends on the version that is installed, or on where the data is from. */
  readonly confidence?: Confidence;
  /** Only data from outside does harm: nothing is run, but the format is not made for strangers. */
  readonly onlyUntrusted?: true;
  /** What has to be set to true for the harm. */
  readonly enabledBy?: string;
  /** What prevents it when it is false. */
  readonly disabledBy?: string;
  /** Whether the format is JSON, but for the functions in it. */
  readonly isJson?: true;
}

const RUNS = 'Read it with `JSON.parse` and check it with a schema.';

/**
 * Sources: the READMEs of node-serialize 0.0.4, funcster 0.0.5 (with security warnings), serialize-to-js 1 (gone in 2),
 * cryo 0.0.6, seroval 1, telejson 7, bson 4 (`evalFunctions`, gone in 5), Node's `v8`.
 */
export const DESERIALIZERS: readonly Deserializer[] = [
  {
    name: 'node-serialize.unserialize',
    message: `\`unserialize\` runs functions that are in the data. ${RUNS}`,
    isJson: true,
  },
  { name: 'serialize-to-js.deserialize', message: `\`deserialize\` runs the data as code. ${RUNS}` },
  {
    name: 'funcster.deepDeserialize',
    message: `\`deepDeserialize\` runs functions that are in the data. ${RUNS}`,
  },
  { name: 'funcster.deserialize', message: `\`deserialize\` runs functions that are in the data. ${RUNS}` },
  { name: 'cryo.parse', message: `\`parse\` of cryo makes functions of what is in the data. ${RUNS}` },
  {
    name: 'serialijse.deserialize',
    message: `\`deserialize\` of serialijse runs functions that are in the data. ${RUNS}`,
  },
  {
    name: 'json-fn.parse',
    message: `\`parse\` of json-fn makes functions of what is in the data. ${RUNS}`,
    isJson: true,
  },
  {
    name: 'jsonfn.JSONfn.parse',
    message: `\`parse\` of jsonfn makes functions of what is in the data. ${RUNS}`,
    isJson: true,
  },
  {
    name: 'seroval.deserialize',
    message: `\`deserialize\` of seroval runs the data as code. Use \`fromJSON\` and check it with a schema.`,
  },
  {
    name: 'telejson.parse',
    message: '`parse` of telejson makes functions of what is in the data. Pass `allowFunction: false`.',
    confidence: 'medium',
    disabledBy: 'allowFunction',
  },
  ...['bson.deserialize', 'bson.BSON.deserialize', 'mongodb.BSON.deserialize', 'bson.BSON().deserialize'].map(
    (name): Deserializer => ({
      name,
      message: '`evalFunctions` runs functions that are in the data. Drop it.',
      confidence: 'medium',
      enabledBy: 'evalFunctions',
    }),
  ),
  ...['v8.deserialize', 'v8.Deserializer'].map(
    (name): Deserializer => ({
      name,
      message: `\`${name}\` trusts its input, and crafted bytes can harm the process. Send JSON, and read it with \`JSON.parse\`.`,
      confidence: 'medium',
      onlyUntrusted: true,
    }),
  ),
];

/** What loads YAML. Source: js-yaml 3 and 4. Version 3 has functions in its default schema, version 4 has not. */
export const YAML_LOADERS: ReadonlySet<string> = new Set(['js-yaml.load', 'js-yaml.loadAll']);
/** What to call instead in version 3; version 4 has it no longer. */
export const SAFE_LOADERS: Readonly<Record<string, string>> = { load: 'safeLoad', loadAll: 'safeLoadAll' };
/** Names that only version 3 of js-yaml has. */
export const ONLY_IN_YAML_3: readonly string[] = [
  'js-yaml.safeLoad',
  'js-yaml.safeLoadAll',
  'js-yaml.safeDump',
  'js-yaml.DEFAULT_SAFE_SCHEMA',
  'js-yaml.DEFAULT_FULL_SCHEMA',
];
/** The schema of version 3 with functions, and the package that brings them back in version 4. */
export const FULL_SCHEMA = 'js-yaml.DEFAULT_FULL_SCHEMA';
export const FUNCTION_TYPES = 'js-yaml-js-types';

/** What writes values as code; with `unsafe: true` as code that may end the script element it is written into. */
export const CODE_WRITERS: ReadonlySet<string> = new Set(['serialize-javascript']);
