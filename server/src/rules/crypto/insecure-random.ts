import type { Confidence, RelatedReport, Report } from '../../analysis/finding';
import type { Call } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { wordsOf } from '../../analysis/words';
import { isAlphabet, namesAround, type Sink, sinkOf } from '../../models/random/flow';
import { isBareToken, isMadeUp } from '../../models/random/guarded-names';
import { randomFixes } from '../../models/random/random-fix';
import { PREDICTABLE, type PredictableSource } from '../../models/random/sources';
import { type Runtime, runtimeOf } from '../../models/runtime';

const SOURCES: ReadonlyMap<string, PredictableSource> = new Map(PREDICTABLE.map((each) => [each.name, each]));
const ORDER = [...SOURCES.keys()];

export const insecureRandom: Rule = {
  id: 'crypto/insecure-random',
  title: 'A secret is made with something that can be predicted',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-338', 'CWE-330'],
  owasp: ['A04:2025'],
  fixable: true,

  *check(facts) {
    const told = new Set<string>();
    // In the order of the table: beside a generator the clock is not told.
    const calls = [...facts.callsTo(SOURCES)].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
    for (const call of calls) {
      const source = SOURCES.get(call.name) as PredictableSource;
      const sink = source.chooses && !isAlphabet(call.args[0]) ? undefined : sinkOf(call.node);
      if (!sink || [...namesAround(call.node)].some(isMadeUp)) continue;
      const place = `${sink.node.start}:${sink.name}`;
      const runtime = told.has(place) ? undefined : runtimeOf(facts.file);
      const confidence = runtime && confidenceOf(sink, call, source, runtime);
      if (!confidence || !runtime) continue;
      told.add(place);
      yield reportOf(sink, call, source, confidence, runtime);
    }
  },
};

/** Words of secrets that open something; a mere `token` may be one that only the program itself compares. */
const OPENING =
  /^(?:reset|verify|verification|verifier|api|auth|access|refresh|csrf|password|passwd|pwd|passcode|secret|otp|invite|magic|recovery|activation|confirmation|confirm|login|salt|private|signing|encryption|code|pincode)$/;

function confidenceOf(
  { name, guarded }: Sink,
  call: Call,
  { isTime }: PredictableSource,
  runtime: Runtime,
): Confidence | undefined {
  const opens = wordsOf(name).some((word) => OPENING.test(word));
  if (guarded === 'code') return isTime || !isSixDigits(call.node) ? undefined : 'medium';
  // A clock is good enough for a number that is used once.
  if (isTime && /nonce|salt|iv$/i.test(name)) return guarded === 'sure' ? 'medium' : undefined;
  // Most of these only have to differ; those of a content security policy must not be known.
  if (/nonce$/i.test(name) && !/csp|script/i.test(name)) return 'low';
  if (guarded === 'likely') {
    if (isTime) return 'low';
    return runtime === 'server' &&
      /invit|coupon|voucher|gift|pickup|claim|entry|door|gate|unlock|redemption/i.test(name)
      ? 'high'
      : 'medium';
  }
  if (opens) return isTime && runtime === 'client' ? 'medium' : 'high';
  if (isTime) return 'low';
  if (isBareToken(name)) return runtime === 'server' ? 'high' : runtime === 'client' ? 'low' : 'medium';
  return runtime === 'client' ? 'medium' : 'high';
}

/** Four to eight digits, as codes that are sent to somebody: `100000 + … * 900000`, `1000 + … * 9000`. */
function isSixDigits(source: Node): boolean {
  const statement = [...source.ancestors()].find(({ kind }) => /statement$|declaration$/.test(kind));
  return /\b9?0{3,7}\b|\b[19]_?0+_?0*\b|\b1e[4-8]\b/.test(statement?.text ?? '');
}

function reportOf(
  sink: Sink,
  call: Call,
  source: PredictableSource,
  confidence: Confidence,
  runtime: Runtime,
): Report {
  const shown = source.shown.includes(' ') ? source.shown : `\`${source.shown}\``;
  const instead =
    runtime === 'client' ? '`crypto.getRandomValues`' : "`randomInt` or `randomBytes` of Node's `crypto`";
  const message = `Nobody may guess \`${sink.name}\`, and ${shown} can be predicted. Use ${instead}.`;
  return {
    at: call.node,
    message,
    confidence,
    related: relatedTo(sink, call.node),
    fixes: () => randomFixes(call.node, runtime),
  };
}

/** The place of the name, where it is not in the same statement. */
function relatedTo({ node, name }: Sink, source: Node): RelatedReport[] {
  const statement = [...source.ancestors()].find(({ kind }) =>
    /statement$|declaration$|definition$/.test(kind),
  );
  return statement?.contains(node) ? [] : [{ at: node, message: `It becomes \`${name}\`.` }];
}
