import type { Confidence } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { wrapped } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { usesOf } from '../../analysis/uses';
import { constantString, resolvedValue } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { isByStranger } from '../../models/flow/text-flow';

export const dynamicMethod: Rule = {
  id: 'injection/dynamic-method',
  title: 'What others send names the function that is called',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'medium',
  cwe: ['CWE-470', 'CWE-749'],
  owasp: ['A05:2025'],
  fixable: false,

  *check(facts) {
    for (const member of facts.nodes('subscript_expression')) {
      const index = member.child('index');
      if (!index || index.kind === 'number' || !mayBeCalled(member)) continue;
      if (constantString(index) !== undefined || !isCalled(member)) continue;
      const flow = flowsInto(index, member, 'code', FLOW_MODEL)?.find(isByStranger);
      if (!flow) continue;
      yield {
        at: index,
        message: `${shown(index)} names the function that is called: \`constructor\` and other inherited ones are among them. Choose it from a \`Map\`, or check \`Object.hasOwn\` first.`,
        confidence: confidenceOf(flow, member),
        related: stepsOf(flow, [], index),
      };
    }
  },
};

/** Whether a member is called, or put into a variable that may be. */
function mayBeCalled(member: Node): boolean {
  const outer = wrapped(member);
  const { parent } = outer;
  if (parent?.kind === 'call_expression' || parent?.kind === 'new_expression')
    return outer.field === 'function' || outer.field === 'constructor';
  return parent?.kind === 'variable_declarator' && parent.child('name')?.kind === 'identifier';
}

/** `object[name](…)`, and `const run = object[name]; run(…)`, of what may be called. */
function isCalled(member: Node): boolean {
  const { parent } = wrapped(member);
  if (parent?.kind !== 'variable_declarator') return true;
  const name = parent.child('name');
  if (!name) return false;
  const { file } = name.item;
  const declaration = file.lookUp(name.text, name);
  return declaration !== undefined && usesOf(declaration, file).some((use) => use.field === 'function');
}

/** Modules and globals have functions that do harm; a table of the file has the inherited ones alone. */
function confidenceOf(flow: Flow, member: Node): Confidence {
  const object = member.child('object');
  const isTable = object !== undefined && resolvedValue(object).kind === 'object';
  const name = object && canonicalName(object);
  if (flow.isChecked) return 'low';
  const isRich = object?.kind === 'this' || (name !== undefined && !name.endsWith(')'));
  return isRich && !isTable ? 'high' : 'medium';
}
