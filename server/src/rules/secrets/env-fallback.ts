import type { Confidence, Report } from '../../analysis/finding';
import { propertyName, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { stopsOver } from '../../analysis/stops';
import { isTestPath } from '../../analysis/test-path';
import { goesOnlyTo } from '../../analysis/uses';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { settingRead } from '../../models/environment';
import { hasRemotePassword, hostOf, isLocalHost } from '../../models/hosts';
import { isShowing } from '../../models/output';
import {
  isNoSecretValue,
  isOwnSecret,
  isPasswordName,
  isPlaceholder,
  isPublicName,
  isSecretName,
} from '../../models/secret-names';
import { type SettingDefault, settingDefaults } from '../../models/setting-default';

export const envFallback: Rule = {
  id: 'secrets/env-fallback',
  title: 'A secret falls back to a value that stands in the code',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-798', 'CWE-1188'],
  owasp: ['A07:2025'],
  fixable: true,

  *check(facts) {
    for (const setting of settingDefaults(facts)) {
      const text = textOf(setting.value);
      const what = text && kindOf(setting, text);
      if (!what || !mayRunInProduction(setting.value) || goesOnlyTo(setting.value, isShowing)) continue;
      if (isChecked(setting, text)) continue;
      yield reportOf(setting, what, confidenceOf(setting, text));
    }
  },
};

function textOf(value: Node): string | undefined {
  return resolvedValue(value).kind === 'number' ? undefined : constantString(value);
}

function kindOf({ name, target }: SettingDefault, text: string): 'password' | 'secret' | undefined {
  if (hasRemotePassword(text)) return 'password';
  if (isPublicName(name)) return undefined;
  const isSecret = isSecretName(name) || (target !== undefined && isSecretName(target));
  return isSecret && !isNoSecretValue(text, name) ? 'secret' : undefined;
}

function reportOf({ name, value, require }: SettingDefault, what: string, confidence: Confidence): Report {
  const literal = resolvedValue(value);
  const isElsewhere = !literal.is(unwrap(value));
  return {
    at: value,
    message: `Without \`${name}\` everyone who has the code knows this ${what}. Stop at start-up instead.`,
    confidence,
    related: isElsewhere ? [{ at: literal, message: 'The value stands here.' }] : [],
    fixes: () => {
      const edits = require();
      // Not safe: a program that ran without the variable stops.
      return edits ? [{ title: 'Require the variable', safety: 'unsafe', edits }] : [];
    },
  };
}

/** `process.env.TEST_API_KEY || process.env.API_KEY || 'x'`: it goes to a service as a client, in a test. */
function isForTests(value: Node): boolean {
  let chain = value;
  while (chain.parent?.kind === 'binary_expression') chain = chain.parent;
  return /\benv\.TEST_/.test(chain.text.slice(0, 300));
}

function confidenceOf({ name, target, value, isSure }: SettingDefault, text: string): Confidence {
  // What only tests use is meant to be known.
  if (!isSure || isTestPath(value.item.file.path) || isForTests(value)) return 'medium';
  // Somebody else's service refuses a placeholder, so nothing opens with it.
  if (isPlaceholder(text) && !isOwnSecret(name) && !hasRemotePassword(text)) return 'medium';
  if (isHeaderName(text, name)) return 'medium';
  return isPasswordName(target ?? name) && hasLocalHost(value) ? 'medium' : 'high';
}

/** `X-Auth-Token` for `AUTH_TOKEN` may be the name of a header. */
function isHeaderName(text: string, name: string): boolean {
  const words = ['x', ...wordsOf(name)];
  return /^(?:x|csrf|xsrf)-/i.test(text) && wordsOf(text).every((word) => words.includes(word));
}

/** Whether the object that a value stands in is for this machine, or for it unless the environment says more. */
function hasLocalHost(value: Node): boolean {
  for (const outer of value.ancestors()) {
    const host = pairOf(outer, 'host') ?? pairOf(outer, 'hostname') ?? pairOf(outer, 'server');
    const given = host && resolvedValue(host.value);
    const name = given && (constantString(given) ?? constantString(given.child('right') ?? given));
    if (name !== undefined) return isLocalHost(hostOf(name));
    if (outer.kind.endsWith('_statement') || outer.kind.endsWith('_declaration')) return false;
  }
  return false;
}

/** Whether the file stops where the variable is not set, or where the value of the code is in use. */
function isChecked({ name, value }: SettingDefault, text: string): boolean {
  const literal = resolvedValue(value);
  return stopsOver(value.item.file, (part) => {
    if (part.is(value) || part.is(literal)) return false;
    if (part.kind === 'string') {
      const said = constantString(part);
      return said === name || (said === text && (part.parent?.kind === 'array' || isBesideSecret(part)));
    }
    if (part.kind !== 'identifier' && part.kind !== 'member_expression') return false;
    return settingRead(part)?.name === name || resolvedValue(part).is(literal);
  });
}

/** `config.jwtSecret === 'changeme'` */
function isBesideSecret(literal: Node): boolean {
  const sides = [literal.parent?.child('left'), literal.parent?.child('right')];
  const names = sides.map((side) => side?.child('property') ?? side);
  return names.some((named) => isSecretName((named && propertyName(named)) ?? ''));
}
