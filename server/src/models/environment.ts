/** How programs read a setting: environment variables, and libraries that stand in front of them. */

import { propertyName } from '../analysis/literal';
import { canonicalName } from '../analysis/name';
import type { CallTest } from '../analysis/needs';
import type { Node } from '../analysis/node';
import { rememberedByName } from '../analysis/remembered';
import { constantString, initializerOf, resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';

/** Objects that have the environment variables as properties. Source: Node, Bun. */
const ENVIRONMENTS: readonly string[] = ['process.env', 'globalThis.Bun.env'];
/** Functions that are given the name of a setting. Source: Deno; the packages config, nconf, env-var. */
const READERS: ReadonlySet<string> = new Set([
  'globalThis.Deno.env.get',
  'config.get',
  'nconf.get',
  'env-var.get',
]);
/** What objects are called that settings are read from, whatever module they come from. */
const SETTINGS: ReadonlySet<string> = new Set(['env', 'environment', 'config', 'settings', 'nconf']);

export interface SettingRead {
  /** Of the variable or setting. */
  readonly name: string;
  /**
   * - `variable`: read from the environment with nothing around it, so that reading it again is the same.
   * - `other`: read from it for sure, in another form.
   * - `likely`: judged by names alone.
   */
  readonly from: 'variable' | 'other' | 'likely';
}

/** The setting that an expression, or a name in a pattern, reads; undefined when it reads none. */
export function settingRead(expression: Node): SettingRead | undefined {
  const name = nameOfPart(expression) ?? canonicalName(expression);
  const environment = ENVIRONMENTS.find((each) => name?.startsWith(`${each}.`));
  if (name && environment) {
    const rest = name.slice(environment.length + 1);
    const [variable = ''] = rest.split(/[.(]/);
    const isPlain = variable === rest && environment === 'process.env';
    return { name: variable, from: isPlain ? 'variable' : 'other' };
  }
  const node = resolvedValue(expression);
  return node.kind === 'call_expression' ? readByCall(node) : readByMember(node);
}

/** `{ NAME }` in a pattern has no canonical name: it is where the name is made. */
function nameOfPart(node: Node): string | undefined {
  if (node.kind !== 'shorthand_property_identifier_pattern') return undefined;
  const declaration = node.item.file.lookUp(node.text, node);
  const bound = declaration && initializerOf(declaration, node);
  const object = bound && canonicalName(bound.value);
  return object && [object, ...bound.path].join('.');
}

/** `Deno.env.get('NAME')`, `configService.get('NAME')` */
function readByCall(call: Node): SettingRead | undefined {
  const callee = call.child('function');
  const first = call.child('arguments')?.parts[0];
  const name = first && constantString(first);
  if (!callee || name === undefined) return undefined;
  if (READERS.has(canonicalName(callee) ?? '')) return { name, from: 'other' };
  const object = callee.kind === 'member_expression' ? callee.child('object') : undefined;
  const isGet = object && callee.child('property')?.text === 'get' && isNamedLikeSettings(object);
  return isGet ? { name, from: 'likely' } : undefined;
}

/** `import.meta.env.NAME`; `env.NAME`, as Cloudflare and Hono hand it over. */
function readByMember(node: Node): SettingRead | undefined {
  const object = node.kind === 'member_expression' ? node.child('object') : undefined;
  const property = node.child('property');
  if (!object || !property || !isNamedLikeSettings(object)) return undefined;
  const name = property.text;
  if (object.child('object')?.kind === 'meta_property') return { name, from: 'other' };
  return isVariableName(name) ? { name, from: 'likely' } : undefined;
}

/** Whether a name is written as those of environment variables are. */
export function isVariableName(name: string): boolean {
  return /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/.test(name);
}

function isNamedLikeSettings(object: Node): boolean {
  const named = object.kind === 'member_expression' ? object.child('property') : object;
  return wordsOf((named && propertyName(named)) ?? '').some((word) => SETTINGS.has(word));
}

/** Words of functions that read a setting and take its default behind it: `getEnv('NAME', 'default')`. */
const READING: ReadonlySet<string> = new Set(
  'get read load fetch optional env environment config setting var variable value string str or with default the here'.split(
    ' ',
  ),
);

/** Whether a function is called like one that reads settings. */
export function isNamedLikeReader(callee: Node): boolean {
  const named = callee.kind === 'member_expression' ? callee.child('property') : callee;
  return isNameOfReader((named && propertyName(named)) ?? '');
}

const isNameOfReader = rememberedByName((name): boolean => {
  const words = wordsOf(name);
  return words.some((word) => SETTINGS.has(word)) && words.every((word) => READING.has(word));
});

/** What calls are called of which `settingRead` or `isNamedLikeReader` says anything. */
export const READING_CALLS: CallTest = {
  to: {
    has: (name) => READERS.has(name) || ENVIRONMENTS.some((each) => name.startsWith(`${each}.`)),
  },
  method: { has: (name) => name === 'get' || isNameOfReader(name) },
  function: { has: isNameOfReader },
};
