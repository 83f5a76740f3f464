import { around, isLogical, wholeCondition } from '../../analysis/condition';
import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { unwrap } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { isExit } from '../../analysis/production';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';

/** Methods that texts and lists have, and that look at something else in each. */
const OF_BOTH: CallTest = { method: new Set(['includes', 'indexOf', 'lastIndexOf']) };
/** What begins or ends something in a path, an address, HTML, SQL or a shell. */
const CUTTING = /^(?:\.\.[/\\]*|[/\\<>'"`;%|&$\0]+|--|<\/?\w+.*|script|javascript:|\w+:\/\/)$/i;
const SIZES = /^(?:<=?|>=?)$/;

export const parameterType: Rule = {
  id: 'validation/parameter-type',
  title: 'A check of a text also passes lists, which a client may send instead',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-843', 'CWE-20'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    /** Where the conditions begin of which something was said. */
    const said = new Set<number>();
    for (const call of facts.callsOf(OF_BOTH)) {
      const [sought] = call.args;
      const text = sought && constantString(sought);
      const receiver = call.callee.child('object');
      // Lists of words are looked through for words.
      if (text === undefined || !CUTTING.test(text) || !receiver) continue;
      yield* reportsOf(receiver, call.node, false, said);
    }
    for (const node of facts.nodes('binary_expression')) {
      if (!SIZES.test(node.operator)) continue;
      const [left, right] = [node.child('left'), node.child('right')];
      const length = left && unwrap(left);
      if (length?.kind !== 'member_expression' || length.child('property')?.text !== 'length') continue;
      const receiver = length.child('object');
      if (receiver && right && Number(constantString(right) ?? resolvedValue(right).text) >= 3)
        yield* reportsOf(receiver, node, true, said);
    }
  },
};

function* reportsOf(receiver: Node, check: Node, isSize: boolean, said: Set<number>): Generator<Report> {
  const { start } = wholeOf(check);
  // Asked first: most of what is looked at in a text decides on nothing.
  if (said.has(start) || !decides(check)) return;
  const flow = flowsInto(receiver, check, 'nosql', FLOW_MODEL)?.find(
    ({ source, path, isChecked }) =>
      source?.kind === 'request' && !isChecked && mayBeList(path, isSize) && path.length > 1,
  );
  if (!flow) return;
  said.add(start);
  const name = shown(receiver);
  yield {
    at: receiver,
    message: `${name} is a list where the client sends it twice, and then this looks at whole elements. Make sure first that it is a text.`,
    related: stepsOf(flow, [], receiver),
    fixes: () => fixesOf(receiver, check),
  };
}

/** Parts of an address are read as lists where they stand twice in it; in a body a list is as likely meant. */
function mayBeList(path: Flow['path'], isSize: boolean): boolean {
  if (path.some((step) => step.endsWith('()') || step === '*')) return false;
  return path.includes('query') || (!isSize && path.includes('body'));
}

function decides(check: Node): boolean {
  const { parent } = around(wholeOf(check));
  return /^(?:if|while)_statement$|ternary/.test(parent?.kind ?? '') || parent?.kind === 'return_statement';
}

/** The whole condition around a check: `x.indexOf('..') !== -1 || …`. */
function wholeOf(check: Node): Node {
  const { outermost, parent } = around(check);
  const isCompared = parent?.kind === 'binary_expression' && !isLogical(parent);
  return wholeCondition(isCompared ? parent : outermost);
}

/** `if (typeof name !== 'string' || name.includes('..')) return …` */
function fixesOf(receiver: Node, check: Node): readonly Fix[] {
  const whole = wholeOf(check);
  const statement = around(whole).parent;
  const condition = statement?.kind === 'if_statement' ? statement.child('condition') : undefined;
  const inner = condition && unwrap(condition);
  if (!inner || !isExit(statement?.child('consequence')) || statement?.child('alternative')) return [];
  if (!/^[\w$]+(?:\.[\w$]+)*$/.test(receiver.text)) return [];
  const isOr = !isLogical(inner) || inner.operator === '||';
  const { start, end } = inner;
  const head = `typeof ${receiver.text} !== 'string' || `;
  const edits = isOr
    ? [{ start, end: start, text: head }]
    : [
        { start, end: start, text: `${head}(` },
        { start: end, end, text: ')' },
      ];
  return [{ title: 'Refuse what is no text', safety: 'safe', edits }];
}
