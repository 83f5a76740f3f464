/** What happens behind a handler that dropped an error: whether the code finds out, refuses, or goes on. */
import { pathsThrough, runsAfter } from '../analysis/control-flow';
import { callAt } from '../analysis/item-facts';
import { FUNCTION_KINDS, type Kind } from '../analysis/kind';
import { propertyName, unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import { argumentHolding } from '../analysis/results';
import { usesOf } from '../analysis/uses';
import { constantBoolean, constantString, resolvedValue } from '../analysis/value';
import { chainOf, denialAt, isResponseName } from './auth/denial';
import type { DroppedError } from './dropped-error';
import { isLogCall } from './output';

/**
 * - `refuses`: it says that something went wrong, or says no.
 * - `goes-on`: it does, or answers, what it does after a success.
 * - `ends`: nothing more happens in the function.
 */
export type Aftermath = 'refuses' | 'goes-on' | 'ends';

export function aftermathOf({ statement, leaves }: DroppedError): Aftermath {
  if (leaves) return 'ends';
  let doesMore = false;
  const paths = pathsThrough<Aftermath>(runsAfter(statement), (node) => {
    if (isRefusing(node)) return 'refuses';
    if (node.kind === 'return_statement') return node.parts[0] ? 'goes-on' : 'ends';
    doesMore ||= [...node.walk()].some((each) => isEffect(each));
    return undefined;
  });
  const decisions = paths.decided.map(({ decision }) => decision);
  if (decisions.length > 0 && !paths.completes && decisions.every((each) => each === 'refuses'))
    return 'refuses';
  return doesMore || decisions.includes('goes-on') ? 'goes-on' : 'ends';
}

function isEffect(node: Node): boolean {
  if (node.kind === 'assignment_expression') return true;
  return (node.kind === 'call_expression' || node.kind === 'new_expression') && !isLogCall(node);
}

/** Whether a statement throws, turns somebody away, or answers that something failed. */
export function isRefusing(statement: Node): boolean {
  if (statement.kind === 'throw_statement' || denialAt(statement)?.isPlain) return true;
  const [expression] = statement.parts;
  const value = expression && resolvedValue(unwrap(expression));
  if (!value || (statement.kind !== 'return_statement' && statement.kind !== 'expression_statement'))
    return false;
  if (isFailedAnswer(value)) return true;
  if (statement.kind !== 'return_statement') return false;
  if (/^(?:false|null|undefined)$/.test(value.kind) || constantString(value) === '') return true;
  if (value.kind === 'array' || value.kind === 'object') return value.parts.length === 0 || isFailure(value);
  return value.kind === 'unary_expression' && /^-1$|^void\b/.test(value.text);
}

/** `res.status(500).json(…)`, `NextResponse.json(…, { status: 400 })`, `next(err)`, `process.exit(1)` */
function isFailedAnswer(value: Node): boolean {
  const call = callAt(value.kind === 'await_expression' ? (value.parts[0] ?? value) : value);
  if (!call) return false;
  const { root, members } = chainOf(call);
  const status = members.find(({ name }) => /^(?:status|code|sendstatus|writehead)$/.test(name))?.args[0];
  if (status && /^[45]\d\d$/.test(constantString(status) ?? resolvedValue(status).text)) return true;
  if (isResponseName(root) && members.some(({ name }) => FAILING.test(name))) return true;
  if (
    members.at(0)?.name === 'error' &&
    call.args.some((arg) => resolvedValue(arg).kind === 'new_expression')
  )
    return true;
  if (/^process\.exit$|(?:^|\.)(?:reject|fail|abort|next)$/.test(call.callee.text) && call.args.length > 0)
    return true;
  return call.args.some((arg) => {
    const given = resolvedValue(arg);
    return given.kind === 'object' && isFailure(given);
  });
}

const FAILING = /^(?:badrequest|servererror|internalservererror|error|forbidden|unauthorized|notfound)$/;

/** `{ success: false }`, `{ error: '…' }`, `{ status: 500 }` */
function isFailure(object: Node): boolean {
  return object.parts.some((part) => {
    const key = part.child('key') ?? part;
    const name = (propertyName(key) ?? key.text).toLowerCase();
    const value = part.child('value');
    if (/^(?:success|ok|valid|verified|allowed|isvalid)$/.test(name))
      return value && constantBoolean(value) === false;
    if (name === 'status' || name === 'statuscode')
      return value && /^[45]\d\d$|^['"](?:error|fail\w*)['"]$/.test(value.text);
    return /^errors?$|^errormessage$/.test(name) && value && !/^(?:null|undefined|false)$/.test(value.text);
  });
}

const ASSIGNING: ReadonlySet<Kind> = new Set<Kind>([
  'assignment_expression',
  'augmented_assignment_expression',
  'update_expression',
]);

/** Methods that change what they are called on. */
const CHANGING = /^(?:push|set|add|append|unshift|delete|assign)$/;

/**
 * Whether code elsewhere can tell that a `try` block has not come to its end: it sets a variable of outside that
 * somebody reads, or changes an object that somebody looks at.
 */
export function isNoticed({ statement, clause }: DroppedError): boolean {
  const tried =
    statement.kind === 'try_statement' && clause.kind === 'catch_clause'
      ? statement.child('body')
      : undefined;
  if (!tried) return false;
  for (const node of tried.walkOwn()) {
    const target = changedBy(node);
    if (target && isReadOutside(target, statement)) return true;
  }
  return false;
}

/** The variable that an expression changes, or a part of which it changes. */
function changedBy(node: Node): Node | undefined {
  if (ASSIGNING.has(node.kind)) return rootOf(node.child('left') ?? node.child('argument') ?? node);
  const callee = node.kind === 'call_expression' ? node.child('function') : undefined;
  const object = callee?.child('object');
  return object && CHANGING.test(callee?.child('property')?.text ?? '') ? rootOf(object) : undefined;
}

function rootOf(node: Node): Node {
  let root = unwrap(node);
  for (let object = root.child('object'); object; object = root.child('object')) root = unwrap(object);
  return root;
}

function isReadOutside(variable: Node, statement: Node): boolean {
  if (variable.kind !== 'identifier') return false;
  const { file } = variable.item;
  const declaration = file.lookUp(variable.text, variable);
  if (!declaration) return false;
  const declared = file.nodeOf(declaration);
  if (statement.contains(declared)) return false;
  const fn = statement.enclosingFunction;
  return usesOf(declaration, file).some(
    (use) =>
      !statement.contains(use) &&
      isAfterIn(use, statement, fn) &&
      !(use.field === 'left' && use.parent?.kind === 'assignment_expression'),
  );
}

const LOOPS: ReadonlySet<Kind> = new Set<Kind>([
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
]);

/** Whether a place is reached behind a statement, in the next round of a loop perhaps. */
function isAfterIn(use: Node, statement: Node, fn: Node | undefined): boolean {
  const loop = statement.enclosing(LOOPS);
  const isOutside = fn && !fn.contains(use);
  return use.start >= statement.end || isOutside === true || (loop?.contains(use) ?? false);
}

/** Whether a `try` block always leaves the function, so that what stands behind it is for failures alone. */
export function alwaysLeaves(block: Node): boolean {
  return !pathsThrough(block.parts, () => undefined).completes;
}

/** Functions that something calls on its own, at a time or on an event: there is nobody to tell. */
const CALLING_BACK =
  /^(?:on|once|addListener|addEventListener|setInterval|setTimeout|setImmediate|nextTick|schedule|scheduleJob|process|subscribe|consume|every|cron|listen|after|waitUntil|queueMicrotask|define|work|CronJob|Worker|run|step|then)$/;
const ON_ITS_OWN =
  /@(?:Cron|Interval|Timeout|OnEvent|Process|EventPattern|MessagePattern|OnQueue\w*|OnWorkerEvent|Processor)\b/;
const JOBS =
  /(?:^|[a-z_])(?:Job|Cron|Worker|Task|Cleanup|Sweep|Tick|Poll|Scheduler)|^(?:main|bootstrap|seed\w*|start\w*|run\w*|tick|poll|sweep\w*|cleanup\w*|cron\w*|job\w*|worker\w*|on[A-Z]\w*|handle[A-Z]\w*(?:Event|Expired|Job))$/;

/** Whether nobody waits for what a piece of code answers: a job, a listener, the top of a file. */
export function hasNoCaller(node: Node, nameOf: (fn: Node) => string): boolean {
  const fn = node.enclosingFunction;
  if (!fn) return true;
  if (JOBS.test(nameOf(fn))) return true;
  if (fn.kind === 'method_definition') {
    const before = fn.previous;
    return (
      (before?.kind === 'decorator' && ON_ITS_OWN.test(before.text)) ||
      fn.parts.some((part) => part.kind === 'decorator' && ON_ITS_OWN.test(part.text))
    );
  }
  const list = argumentHolding(fn)?.parent;
  if (list) {
    const callee = list.parent?.child('function') ?? list.parent?.child('constructor');
    return CALLING_BACK.test((callee?.child('property') ?? callee)?.text ?? '');
  }
  // `(async () => { … })()` as a statement of its own
  const call = fn.parent?.kind === 'parenthesized_expression' ? fn.parent.parent : undefined;
  return (
    call?.kind === 'call_expression' &&
    FUNCTION_KINDS.has(fn.kind) &&
    call.parent?.kind !== 'await_expression'
  );
}
