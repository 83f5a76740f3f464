import type { Confidence, Report } from '../../analysis/finding';
import type { Flow } from '../../analysis/flow/flow';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { clientWritesIn } from '../../models/prototype/client-writes';
import { type DeepWrite, deepWritesIn } from '../../models/prototype/deep-writes';
import { keyFixes } from '../../models/prototype/key-fix';
import { type Guarding, guardingOf } from '../../models/prototype/key-guards';
import { type Deciders, decidersOf } from '../../models/prototype/keys';

export const prototypePollution: Rule = {
  id: 'injection/prototype-pollution',
  title: 'Keys that others decide on lead to the prototype of all objects',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-1321'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    if (
      facts.nodes('subscript_expression').length === 0 &&
      facts.nodes('computed_property_name').length === 0
    )
      return;
    const reported: Node[] = [];
    for (const deep of deepWritesIn(facts)) {
      const guarding = guardingOf(deep);
      const deciders = guarding === 'all' ? undefined : decidersOf(deep);
      const confidence = deciders && confidenceOf(deciders, deep, guarding);
      if (!confidence) continue;
      reported.push(deep.write.node);
      yield reportOf(deep, deciders.flow, confidence, guarding);
    }
    for (const deep of clientWritesIn(facts)) {
      const guarding = guardingOf(deep);
      if (guarding === 'all' || reported.some((node) => node.is(deep.write.node))) continue;
      const isSure = deep.isWhole && !deep.flow.isChecked && guarding === 'none';
      yield reportOf(deep, deep.flow, isSure ? 'high' : 'medium', guarding);
    }
  },
};

function confidenceOf({ who, flow }: Deciders, deep: DeepWrite, guarding: Guarding): Confidence | undefined {
  if (who === 'client')
    return guarding === 'none' && !flow?.isChecked && !deep.isCreation ? 'high' : 'medium';
  return who === 'caller' ? 'medium' : who === 'unknown' ? 'low' : undefined;
}

function reportOf(
  deep: DeepWrite,
  flow: Flow | undefined,
  confidence: Confidence,
  guarding: Guarding,
): Report {
  const { write, step } = deep;
  const key = step.child('index') as Node;
  const message =
    guarding === 'some'
      ? `${shown(key)} can be \`constructor\` and then \`prototype\`, which leads to the prototype of all objects. Refuse these as well as \`__proto__\`.`
      : `${shown(key)} can be \`__proto__\`, so that this writes to the prototype of all objects. Refuse \`__proto__\`, \`constructor\` and \`prototype\`.`;
  const gone = write.node.contains(step)
    ? []
    : [{ at: step, message: 'The key leads from one object to the next here.' }];
  return {
    at: write.node,
    message,
    confidence,
    related: [...(flow ? stepsOf(flow, [], write.node) : []), ...gone],
    fixes: () => (guarding === 'none' ? keyFixes(deep) : []),
  };
}
