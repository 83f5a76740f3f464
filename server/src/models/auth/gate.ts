/** Guards that are only there with a setting, or on a stage: registered under a condition, or chosen by one. */
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { inProduction } from '../../analysis/production';
import { resolvedValue } from '../../analysis/value';
import { SWITCH_OFF, SWITCH_ON } from '../bypass-names';
import { settingRead } from '../environment';
import { ABOUT_LOGINS, askedIn, type Bypass } from './bypass';
import { hasPlainDenial } from './denial';
import { meaningOf } from './guard';

export function* gatesIn(facts: ItemFacts): Generator<Bypass> {
  for (const statement of facts.nodes('if_statement')) {
    const [condition, branch] = [statement.child('condition'), statement.child('consequence')];
    if (!condition || !branch || statement.child('alternative')) continue;
    const statements = branch.kind === 'statement_block' ? branch.parts : [branch];
    if (statements.some((each) => each.kind === 'expression_statement' && isRegistration(each.parts[0])))
      yield* gate(condition);
    // Refusals under `if (process.env.AUTH_ENABLED === 'true')`.
    else if (ABOUT_LOGINS.test(condition.text) && hasPlainDenial(branch)) yield* ofSetting(condition, 'on');
  }
  for (const node of facts.nodes('binary_expression')) {
    if (node.operator !== '&&' || node.parent?.kind !== 'expression_statement') continue;
    const [condition, call] = [node.child('left'), node.child('right')];
    if (condition && isRegistration(call)) yield* gate(condition);
  }
  for (const node of facts.nodes('ternary_expression')) {
    const [condition, yes, no] = [
      node.child('condition'),
      node.child('consequence'),
      node.child('alternative'),
    ];
    if (!condition || !yes || !no) continue;
    if (isGuard(yes) && isNoGuard(no)) yield* gate(condition);
    else if (isGuard(no) && isNoGuard(yes)) yield* ofSetting(condition, 'off');
  }
}

/** A condition with which the guard is there. */
function* gate(condition: Node): Generator<Bypass> {
  const node = unwrap(condition);
  const found = [...ofSetting(condition, 'on')];
  yield* found;
  if (found.length > 0 || inProduction(node) !== true) return;
  const name = /NODE_ENV/.test(node.text) ? 'NODE_ENV' : 'the stage';
  yield { at: node, switch: { kind: 'not-production', name }, statement: undefined, confidence: 'medium' };
}

/** A setting alone, by whose name checks are on, or off, where the condition holds. */
function* ofSetting(condition: Node, when: 'on' | 'off'): Generator<Bypass> {
  const node = unwrap(condition);
  const asked = askedIn(resolvedValue(node));
  const setting = asked && settingRead(asked.subject);
  if (!asked || !setting || setting.from === 'likely') return;
  const { name } = setting;
  const isSwitch = asked.isOn === (when === 'on') ? SWITCH_ON.test(name) : SWITCH_OFF.test(name);
  if (isSwitch && ABOUT_LOGINS.test(name))
    yield { at: node, switch: { kind: 'setting', name }, statement: undefined, confidence: 'high' };
}

/** `app.use(requireAuth)`, `fastify.addHook('preHandler', authenticate)` */
function isRegistration(expression: Node | undefined): boolean {
  const call =
    expression && unwrap(expression).kind === 'call_expression' ? callAt(unwrap(expression)) : undefined;
  return (
    call !== undefined &&
    /^(?:use|addHook|useGlobalGuards)$/.test(call.method ?? '') &&
    call.args.some(isGuard)
  );
}

/** Whether an expression is a guard by its name: `requireAuth`, `auth.requireUser()`, `new AuthGuard()`. */
function isGuard(expression: Node): boolean {
  const node = unwrap(expression);
  const called = node.child('function') ?? node.child('constructor') ?? node;
  const named = called.child('property') ?? called;
  if (!/identifier$/.test(named.kind)) return false;
  const name = canonicalName(called)?.split('.').at(-1) ?? named.text;
  const says = meaningOf(name);
  return says === 'insists' || says === 'checks' || /^(?:auth|jwt)(?:Middleware|Handler)?$/i.test(name);
}

/** `(req, res, next) => next()`, `undefined`, `[]` */
function isNoGuard(expression: Node): boolean {
  const node = resolvedValue(expression);
  if (node.kind === 'array') return node.parts.length === 0;
  if (node.kind === 'null' || node.kind === 'undefined') return true;
  const body = FUNCTION_KINDS.has(node.kind) ? node.child('body') : undefined;
  const next = node.child('parameters')?.parts[2]?.text.split(':')[0];
  const done = body && /^\{?\s*(?:return\s+)?(\w+)\(\);?\s*\}?$/.exec(body.text)?.[1];
  return done !== undefined && done === next;
}
