/** Which dropped errors matter: a failure that is lost although security or money depends on it, and how surely. */
import type { Confidence } from '../analysis/finding';
import { callAt } from '../analysis/item-facts';
import type { Node } from '../analysis/node';
import { wordsOf } from '../analysis/words';
import { aftermathOf, alwaysLeaves, hasNoCaller, isNoticed, isRefusing } from './after-drop';
import { withoutAwait } from './auth/denial';
import { commentBefore, nameOfFunction } from './auth/guard';
import { type DroppedError, isExplaining } from './dropped-error';
import { isLogCall } from './output';
import { type SecurityCall, type Stake, securityCall } from './security-calls';

export interface Lost {
  readonly drop: DroppedError;
  readonly call: Node;
  readonly confidence: Confidence;
}

const WEIGHT: Readonly<Record<Stake, number>> = { money: 5, access: 4, transaction: 3, record: 2, check: 1 };

export function lostIn(drop: DroppedError): Lost | undefined {
  const likely = drop.likelyCalls.flatMap((call) => securityCall(call) ?? []);
  const calls = drop.calls
    .flatMap((call) => securityCall(call) ?? [])
    .concat(likely.filter(({ stake }) => stake === 'check'))
    .sort((a, b) => Number(b.isSure) - Number(a.isSure) || WEIGHT[b.stake] - WEIGHT[a.stake]);
  for (const call of calls) {
    const confidence = call.stake === 'check' ? ofCheck(drop, call) : ofAction(drop, call);
    if (confidence) return { drop, call: call.node, confidence };
  }
  return undefined;
}

/** A check that failed lets through what stands behind it, where nothing else tells. */
function ofCheck(drop: DroppedError, { node, isSure }: SecurityCall): Confidence | undefined {
  if (drop.result !== 'discarded' || isNoticed(drop) || aftermathOf(drop) !== 'goes-on') return undefined;
  if (drop.statement.kind === 'try_statement' && !isLastEffect(node, drop.statement)) return undefined;
  if (drop.isExplained) return undefined;
  return isSure ? 'high' : 'medium';
}

/** Whether a check is all that a `try` block does: what depends on it stands elsewhere. */
function isLastEffect(check: Node, statement: Node): boolean {
  const tried = statement.child('body');
  const own = tried?.parts.find((part) => part.contains(check));
  if (!tried || !own) return false;
  const [expression] = own.parts;
  if (own.kind === 'if_statement') {
    const refuses = [...(own.child('consequence')?.walkOwn() ?? [])].some((each) => isRefusing(each));
    if (!own.child('condition')?.contains(check) || !refuses) return false;
  } else if (own.kind !== 'expression_statement' || !expression || !withoutAwait(expression).is(check)) {
    return false;
  }
  return tried.parts
    .filter((part) => part.start >= own.end)
    .every((part) => [...part.walkOwn()].every((each) => !callAt(each) || isLogCall(each)));
}

function ofAction(drop: DroppedError, { stake, isSure }: SecurityCall): Confidence | undefined {
  if (drop.result === 'used' || isNoticed(drop)) return undefined;
  const tried = drop.clause.kind === 'catch_clause' ? drop.statement.child('body') : undefined;
  const after = aftermathOf(drop);
  if (after === 'refuses') return undefined;
  // What the caller gets after a failure differs from what it gets after a success.
  const differs = drop.result === 'returned' || (tried !== undefined && alwaysLeaves(tried));
  if (differs && (after === 'goes-on' || stake !== 'money')) return undefined;
  // What is in the log is not lost; only money that is not moved is a loss all the same.
  if (drop.isLogged && stake !== 'money' && (stake === 'record' || !isSure)) return undefined;
  if (drop.isLogged && after === 'ends' && hasNoCaller(drop.statement, nameOfFunction)) return undefined;
  const isWeighty = stake === 'money' || !drop.isLogged;
  if (drop.isExplained || isSafeByName(drop))
    return isWeighty && isSure && !drop.isLogged ? 'medium' : undefined;
  const isDetached = drop.isLogged && drop.callback !== undefined && !drop.isAwaited;
  return isSure && isWeighty && !differs && !isDetached ? 'high' : 'medium';
}

/** `recordAuditSafely`, `tryRevoke`: the function says by its name or its comment that it does not insist. */
function isSafeByName({ statement }: DroppedError): boolean {
  const fn = statement.enclosingFunction;
  if (!fn) return false;
  return wordsOf(nameOfFunction(fn)).some((word) => UNINSISTING.has(word)) || isExplaining(commentBefore(fn));
}

const UNINSISTING: ReadonlySet<string> = new Set(
  'safe safely try attempt maybe quietly silently effort quiet'.split(' '),
);
