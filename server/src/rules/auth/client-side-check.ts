import type { Report } from '../../analysis/finding';
import { type Call, callAt } from '../../analysis/item-facts';
import { wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { usesOf } from '../../analysis/uses';
import { constantString } from '../../analysis/value';

/** Where pages keep things, for whoever sits before them to change. */
const READS: ReadonlySet<string> = new Set([
  'globalThis.localStorage.getItem',
  'globalThis.sessionStorage.getItem',
  'js-cookie.get',
  'globalThis.Cookies.get',
]);
/** What says that somebody may do something. */
const RIGHT =
  /^(?:user_?)?(?:role|roles|permissions?|access_?level|(?:is_?)?admin|is_?(?:super_?)?(?:user|owner|staff|moderator)|user_?type|account_?type|is_?premium|(?:is_?)?logged_?in|(?:is_?)?(?:auth|authenticated|authorized)|has_?paid|is_?paid|subscription|plan|tier|is_?pro)$/i;
const SAME_STEPS: ReadonlySet<string> = new Set([
  'parse',
  'toLowerCase',
  'trim',
  'String',
  'Boolean',
  'includes',
]);

export const clientSideCheck: Rule = {
  id: 'auth/client-side-check',
  title: 'What somebody may do is decided by what their browser says',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'medium',
  cwe: ['CWE-602', 'CWE-565'],
  owasp: ['A06:2025'],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsTo(READS)) {
      const report = reportOf(call);
      if (report) yield report;
    }
  },
};

function reportOf({ node, args: [key] }: Call): Report | undefined {
  const name = key && constantString(key);
  if (name === undefined) return undefined;
  const isRight = RIGHT.test(name);
  if (!isRight && !/^(?:current_?)?(?:user|user_?(?:info|data)|profile|auth|session)$/i.test(name))
    return undefined;
  if (!decides(node, isRight, 6)) return undefined;
  return {
    at: node,
    message: `Whoever uses the browser can set \`${name}\` there. Let the server decide, and answer only what this user may see.`,
  };
}

/** Whether a value, or the right in it, decides on the way: it is compared with a text, or is a condition. */
function decides(value: Node, isRight: boolean, steps: number): boolean {
  const whole = wrapped(value);
  const { parent } = whole;
  if (!parent || steps === 0) return false;
  switch (parent.kind) {
    case 'binary_expression': {
      if (/^(?:&&|\|\||\?\?)$/.test(parent.operator)) return decides(parent, isRight, steps - 1);
      const other = parent.child(whole.field === 'left' ? 'right' : 'left');
      const text = other && constantString(other);
      return (
        isRight &&
        /^[!=]==?$/.test(parent.operator) &&
        text !== undefined &&
        text !== '' &&
        decidesWay(parent)
      );
    }
    case 'member_expression': {
      const name = parent.child('property')?.text ?? '';
      const call =
        parent.parent?.kind === 'call_expression' && parent.field === 'function' ? parent.parent : undefined;
      if (call) return SAME_STEPS.has(name) && decides(call, isRight, steps - 1);
      return whole.field === 'object' && RIGHT.test(name) && decides(parent, true, steps - 1);
    }
    case 'arguments': {
      const call = parent.parent && callAt(parent.parent);
      const name = call?.method ?? call?.callee.text.slice(0, 20) ?? '';
      return call !== undefined && SAME_STEPS.has(name) && decides(call.node, isRight, steps - 1);
    }
    case 'variable_declarator': {
      const name = parent.child('name');
      const { file } = value.item;
      const declaration = name?.kind === 'identifier' ? file.lookUp(name.text, name) : undefined;
      return (
        declaration !== undefined &&
        usesOf(declaration, file)
          .slice(0, 10)
          .some((use) => decides(use, isRight, steps - 1))
      );
    }
    case 'if_statement':
    case 'ternary_expression':
      return isRight && whole.field === 'condition';
    case 'unary_expression':
      return parent.operator === '!' && decides(parent, isRight, steps - 1);
    default:
      return false;
  }
}

/** Whether a comparison is a condition, or the answer of a guard, or a variable that is one. */
function decidesWay(comparison: Node): boolean {
  const whole = wrapped(comparison);
  const { parent } = whole;
  switch (parent?.kind) {
    case 'if_statement':
    case 'ternary_expression':
      return whole.field === 'condition';
    case 'return_statement':
    case 'arrow_function':
      return true;
    case 'binary_expression':
    case 'unary_expression':
      return /^(?:&&|\|\||!)$/.test(parent.operator);
    case 'variable_declarator':
    case 'assignment_expression':
    case 'pair':
      return true;
    default:
      return false;
  }
}
