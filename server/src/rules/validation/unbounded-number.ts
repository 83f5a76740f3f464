import { flowsInto } from '../../analysis/flow/flow';
import type { Rule } from '../../analysis/rule';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import {
  type Handler,
  handlerAround,
  isForPrivileged,
  isValidatedBefore,
  isValidatedIn,
} from '../../models/handler';
import { arithmeticIn, mayBeNegative } from '../../models/money-arithmetic';
import { openFields, openNumbers } from '../../models/number-schemas';

export const unboundedNumber: Rule = {
  id: 'validation/unbounded-number',
  title: 'A client may send less than nothing where something is counted or paid',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1284', 'CWE-20'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    /** The values of which something was said, by their place in the request and the handler. */
    const said = new Set<string>();
    for (const { amount, at, of, isKept } of arithmeticIn(facts)) {
      const flow = flowsInto(amount, at, 'sign', FLOW_MODEL)?.find(
        ({ source, isChecked }) => source?.kind === 'request' && !isChecked,
      );
      if (!flow || flow.path.some(mayBeNegative)) continue;
      const handler = handlerAround(flow.from);
      const key = `${handler?.function.start ?? flow.from.start} ${flow.path.join(' ')}`;
      if (said.has(key)) continue;
      if (handler) {
        if (isValidatedBefore(handler) || isForPrivileged(flow.from, handler)) continue;
        if (isValidatedIn(handler, flow.from, at)) continue;
      }
      said.add(key);
      const then = of === undefined ? 'what is to be paid is as well' : `\`${of}\` goes the other way`;
      yield {
        at: amount,
        message: `${shown(amount)} may be below zero, and then ${then}. Refuse what is not above zero.`,
        confidence: isKept && !isTold(handler) ? 'high' : 'medium',
        related: stepsOf(flow, [], amount),
      };
    }
    for (const { at, name, isHeld, fix } of [...openNumbers(facts), ...openFields(facts)])
      yield {
        at,
        message: `\`${name}\` lets numbers below zero through. Add a lower bound.`,
        confidence: isHeld ? 'high' : 'medium',
        fixes: () => fix,
      };
  },
};

/** Another server says in a callback what was paid. */
function isTold(handler: Handler | undefined): boolean {
  return (
    handler !== undefined &&
    /callback|webhook|notif|hook/i.test(
      `${handler.name} ${handler.address} ${handler.function.item.file.path}`,
    )
  );
}
