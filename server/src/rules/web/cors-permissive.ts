import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Node } from '../../analysis/node';
import { isOtherStage, mayRunInProduction } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { goesOnlyTo } from '../../analysis/uses';
import { type CorsOptions, corsOptionsIn, originIn, sendsCredentials } from '../../models/cors/configuration';
import { allowListFix, checkFixes, nullFixes } from '../../models/cors/fixes';
import { originHeadersIn } from '../../models/cors/headers';
import { checkAround, type Openness, opennessOf } from '../../models/cors/openness';
import { isRequestOrigin } from '../../models/cors/request-origin';

const MESSAGES = {
  reflects: 'Every website can read what this answers to a logged-in user. List the origins that may.',
  any: '`*` does not go with credentials, and browsers refuse it. List the origins that may read the answers.',
  weak: 'Websites of others pass this check. Compare whole origins, or ask for the dot before the domain.',
  null: '`null` is the origin of any sandboxed frame. Take it off the list.',
} as const;
const OPEN = 'Every website can read the answers. List the origins that may, unless everybody is meant.';
const BY_DEFAULT =
  'Unless it is set otherwise, every website can read what this answers to a logged-in user. Leave nobody in by default.';

export const corsPermissive: Rule = {
  id: 'web/cors-permissive',
  title: 'Websites of others may read the answers',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-942', 'CWE-346'],
  owasp: ['A02:2025', 'A07:2025'],
  fixable: true,
  words: ['cors', 'access-control'],

  *check(facts) {
    for (const options of corsOptionsIn(facts)) {
      const report = reportOfOptions(options);
      if (report) yield report;
    }
    for (const { value, hasCredentials } of originHeadersIn(facts)) {
      if (!mayRunInProduction(value)) continue;
      const found = headerOpenness(value);
      if (found) yield { ...toReport(found, hasCredentials), fixes: () => checkFixes(found.pattern) };
    }
  },
};

function reportOfOptions({ call, object, takesList }: CorsOptions): Report | undefined {
  if (!mayRunInProduction(call) || (object && !mayRunInProduction(object))) return undefined;
  if (object && goesOnlyTo(object, isOtherStage)) return undefined;
  const origin = object && originIn(object);
  // A spread may bring the origin along.
  if (object && !origin && object.parts.some((part) => part.kind === 'spread_element')) return undefined;
  const found: Openness | undefined = origin
    ? opennessOf(origin)
    : { kind: 'any', at: object ? object : call, confidence: 'high' };
  if (!found) return undefined;
  const credentials = object ? sendsCredentials(object) : false;
  return { ...toReport(found, credentials), fixes: () => fixesFor(found, origin, takesList) };
}

function fixesFor(found: Openness, origin: Node | undefined, takesList: boolean): Fix[] {
  if (found.kind === 'weak') return checkFixes(found.pattern);
  if (found.kind === 'null') return nullFixes(found.at);
  return origin && takesList ? allowListFix(origin) : [];
}

/** The origin that is sent back, unless a check around lets only some in. */
function headerOpenness(value: Node): Openness | undefined {
  const found = opennessOf(value);
  if (found?.kind !== 'reflects') return found;
  const check = checkAround(value, isRequestOrigin);
  return check === 'checked' ? undefined : (check ?? found);
}

/** @param credentials undefined where something else decides. */
function toReport({ kind, at, confidence }: Openness, credentials: boolean | undefined): Report {
  const isOpen = kind === 'reflects' || kind === 'any';
  if (credentials === false)
    return { at, message: isOpen ? OPEN : MESSAGES[kind], confidence: isOpen ? 'low' : 'medium' };
  const isDefault = isOpen && confidence === 'medium';
  const level: Confidence = credentials === undefined && confidence === 'high' ? 'medium' : confidence;
  return { at, message: isDefault ? BY_DEFAULT : MESSAGES[kind], confidence: level };
}
