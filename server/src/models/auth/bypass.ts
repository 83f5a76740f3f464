/** Ways round a guard that something else than the login opens: a setting, the stage, what the request says. */
import { comparisonOf, isWholeChain, operandsOf } from '../../analysis/condition';
import type { Confidence } from '../../analysis/finding';
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import { propertyName, unwrap, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { inProduction, mayRunInProduction } from '../../analysis/production';
import { constantBoolean, constantString, resolvedValue } from '../../analysis/value';
import { SWITCH_OFF, SWITCH_ON, SWITCHES_OF_REQUESTS } from '../bypass-names';
import { settingRead } from '../environment';
import { isUntrusted } from '../untrusted';
import { decisionOf } from './decision';
import { hasPlainDenial } from './denial';
import { type Guard, guardAround, isNext } from './guard';
import { isInTest } from './replaced';

export interface Switch {
  /**
   * - `setting`: of the environment, by its name.
   * - `not-production`: everywhere but in production; `stage`: in one other stage by name.
   * - `request`: a header, a parameter or a cookie, which callers choose.
   */
  readonly kind: 'setting' | 'not-production' | 'stage' | 'request';
  readonly name: string;
  /** Whether only names say that it is a setting: it may as well be an option of a library. */
  readonly isLikely?: boolean;
}

export interface Bypass {
  readonly at: Node;
  readonly switch: Switch;
  /** The `if` statement, where nothing else is asked in it. */
  readonly statement: Node | undefined;
  readonly confidence: Confidence;
}

export function* bypassesIn(facts: ItemFacts): Generator<Bypass> {
  for (const statement of facts.nodes('if_statement')) {
    const condition = statement.child('condition');
    const consequence = statement.child('consequence');
    // Most conditions stand in no guard: what they ask need not be followed.
    const ways = condition && mayBeGuard(guardAround(statement)) ? waysIn(condition) : [];
    const guard = ways.length > 0 ? guardOf(statement) : undefined;
    if (!condition || !consequence) continue;
    if (!guard || !lets(consequence, guard)) {
      yield* ofTellingName(statement, condition, consequence);
      continue;
    }
    for (const [index, way] of ways.entries()) {
      const isAlone = ways.length === 1 && index === 0 && unwrap(condition).is(unwrap(way.whole));
      yield bypass(way, guard, isAlone ? statement : undefined);
    }
  }
  for (const chain of facts.nodes('binary_expression')) {
    if (chain.operator !== '||' || !isWholeChain(chain) || !isAnswer(chain)) continue;
    const ways = waysIn(chain);
    const guard = ways.length > 0 ? guardOf(chain) : undefined;
    if (guard?.form === 'predicate') for (const way of ways) yield bypass(way, guard, undefined);
  }
}

/** `if (process.env.SKIP_AUTH === 'true') return null;`: the name says what it opens, whatever the function is called. */
function* ofTellingName(statement: Node, condition: Node, consequence: Node): Generator<Bypass> {
  if (!ABOUT_LOGINS.test(condition.text)) return;
  const insists = guardAround(statement)?.says === 'insists';
  if (!opens(consequence, insists) || isInTest(statement)) return;
  const ways = waysIn(condition);
  for (const way of ways) {
    const { kind, name, isLikely } = way.switch;
    if (kind !== 'setting' || isLikely || !ABOUT_LOGINS.test(name)) continue;
    const isAlone = ways.length === 1 && unwrap(condition).is(unwrap(way.whole));
    const confidence = mayRunInProduction(statement) ? 'high' : 'medium';
    yield { at: way.at, switch: way.switch, statement: isAlone ? statement : undefined, confidence };
  }
}

/** Whether a branch lets pass: it goes on, says yes, makes somebody up, or leaves what would insist on something. */
function opens(branch: Node, insists: boolean): boolean {
  if (hasPlainDenial(branch)) return false;
  const statements = branch.kind === 'statement_block' ? branch.parts : [branch];
  const last = statements.at(-1);
  if (last?.kind !== 'return_statement') return false;
  const made = statements.some((each) => makesUser(each.parts[0]));
  const value = last.parts[0] && unwrap(last.parts[0]);
  if (!value || value.kind === 'null' || value.kind === 'undefined') return made || insists;
  if (value.kind === 'object')
    return value.parts.some((part) => /^(?:id|user|role|userId|email)$/.test(part.child('key')?.text ?? ''));
  const call = callAt(value);
  const goesOn =
    call !== undefined && (call.name === 'next/server.NextResponse.next' || isNext(call.callee.text));
  return value.kind === 'true' || goesOn || (made && statements.length > 1);
}

/** `request.user = { id: 'dev' }` */
function makesUser(expression: Node | undefined): boolean {
  const left = expression?.kind === 'assignment_expression' ? expression.child('left') : undefined;
  return left?.child('property')?.text === 'user' && expression?.child('right')?.kind === 'object';
}

interface Way {
  readonly whole: Node;
  readonly at: Node;
  readonly switch: Switch;
}

/** The ways to make a condition true of which switches are all that is asked. */
function waysIn(condition: Node): readonly Way[] {
  return operandsOf(condition, '||').flatMap((whole) => {
    const operands = operandsOf(whole, '&&');
    const switches = operands.map((operand) => switchAt(operand));
    // What else is asked may be a check of its own.
    if (switches.some((each) => !each)) return [];
    // Of several, the one that says how far it is kept off.
    const order = ['stage', 'not-production', 'setting', 'request'];
    const found = order.flatMap((kind) => switches.find((each) => each?.kind === kind) ?? [])[0];
    const at = operands[switches.findIndex((each) => each === found)];
    return found && at ? [{ whole, at: unwrap(whole), switch: found }] : [];
  });
}

function bypass(way: Way, guard: Guard, statement: Node | undefined): Bypass {
  const isKnown = guard.says === 'insists' || guard.says === 'checks' || hasPlainDenial(guard.function);
  const isSure = way.switch.kind !== 'stage' && isKnown && mayRunInProduction(statement ?? way.at);
  return { at: way.at, switch: way.switch, statement, confidence: isSure ? 'high' : 'medium' };
}

/** The guard around some code, where its name or its refusals say that it is one. */
function guardOf(code: Node): Guard | undefined {
  const guard = guardAround(code);
  if (!guard || !mayBeGuard(guard) || isInTest(code)) return undefined;
  return saysSo(guard) || hasPlainDenial(guard.function) ? guard : undefined;
}

function mayBeGuard(guard: Guard | undefined): boolean {
  return guard !== undefined && (saysSo(guard) || guard.form === 'middleware' || guard.form === 'hook');
}

function saysSo({ says }: Guard): boolean {
  return says === 'insists' || says === 'checks';
}

function lets(consequence: Node, { form }: Guard): boolean {
  const decisions = [...consequence.walkOwn()].map((node) => decisionOf(node, form));
  return decisions.includes('grants') && !hasPlainDenial(consequence);
}

/** Whether an expression is what a function answers. */
function isAnswer(expression: Node): boolean {
  const node = wrapped(expression);
  return (
    node.parent?.kind === 'return_statement' ||
    (node.parent?.kind === 'arrow_function' && node.field === 'body')
  );
}

/** Names of settings that are about logins; `AUTHOR` is not. */
export const ABOUT_LOGINS = /auth(?!or(?!i))|login|guard|rbac/i;

/** The switch that makes a condition true. */
function switchAt(operand: Node): Switch | undefined {
  const node = resolvedValue(operand);
  if (constantBoolean(node) !== undefined) return undefined;
  const stage = stageAt(operand, node);
  if (stage) return stage;
  const asked = askedIn(node);
  if (!asked) return undefined;
  const { subject, isOn, isCompared } = asked;
  const setting = settingRead(subject);
  if (setting) {
    const isSwitch = isOn ? SWITCH_OFF.test(setting.name) : SWITCH_ON.test(setting.name);
    return isSwitch
      ? { kind: 'setting', name: setting.name, isLikely: setting.from === 'likely' }
      : undefined;
  }
  const name = isOn ? readFromRequest(subject) : undefined;
  // A credential that is compared is what a check is; a header that is only there is none.
  return name !== undefined &&
    SWITCHES_OF_REQUESTS.test(name) &&
    (isCompared || !/token|key|secret|authorization/i.test(name))
    ? { kind: 'request', name }
    : undefined;
}

function stageAt(operand: Node, node: Node): Switch | undefined {
  // What is called with something asks about that, as `isLocal(req.ip)` does.
  if (callAt(node)?.args.length || inProduction(operand) !== false) return undefined;
  const comparison = comparisonOf(node);
  const isRead = comparison && (settingRead(comparison.left) || settingRead(comparison.right));
  const name = isRead ? isRead.name : unwrap(operand).text;
  return { kind: isRead && comparison && !comparison.isEqual ? 'not-production' : 'stage', name };
}

export interface Asked {
  readonly subject: Node;
  /** Whether it has to be there or say yes. */
  readonly isOn: boolean;
  readonly isCompared: boolean;
}

const NO = /^(?:|0|false|off|no)$/i;

/** `x`, `!x`, `x === 'true'`, `x !== 'false'`; undefined where it is compared with what is not constant. */
export function askedIn(node: Node): Asked | undefined {
  const comparison = comparisonOf(node);
  if (comparison) {
    const { left, right, isEqual } = comparison;
    const value = resolvedValue(right);
    if (value.kind === 'undefined' || value.kind === 'null')
      return { subject: left, isOn: !isEqual, isCompared: false };
    const text = constantString(right) ?? constantBoolean(right)?.toString();
    if (text === undefined) return undefined;
    return { subject: left, isOn: isEqual !== NO.test(text), isCompared: true };
  }
  if (node.kind === 'unary_expression' && node.operator === '!') {
    const inner = node.child('argument');
    const value = inner && resolvedValue(inner);
    // `!!x`, and no more of them.
    const isDouble =
      value?.kind === 'unary_expression' && value.child('argument')?.kind === 'unary_expression';
    const asked = value && !isDouble ? askedIn(value) : undefined;
    return asked && { ...asked, isOn: !asked.isOn };
  }
  const isRead =
    node.kind === 'member_expression' ||
    node.kind === 'subscript_expression' ||
    node.kind === 'call_expression' ||
    node.kind === 'identifier';
  return isRead ? { subject: node, isOn: true, isCompared: false } : undefined;
}

/** The name of the header, parameter or cookie that an expression reads. */
function readFromRequest(expression: Node): string | undefined {
  const node = resolvedValue(expression);
  if (!isUntrusted(node)) return undefined;
  const call = callAt(node);
  if (call) return call.args[0] && constantString(call.args[0]);
  const property = node.child('property');
  const index = node.child('index');
  return property ? propertyName(property) : index && constantString(index);
}
