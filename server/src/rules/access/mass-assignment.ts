import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Call } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { dataWritesIn, isSensitiveEntity, isWrittenLater, MAY_ASSIGN } from '../../models/data-writes';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { wholeRequestIn } from '../../models/flow/whole-object';
import { handlerAround, isForPrivileged, isValidatedBefore, isValidatedIn } from '../../models/handler';
import { fieldsOf } from '../../models/model-fields';

export const massAssignment: Rule = {
  id: 'access/mass-assignment',
  title: 'All fields that a client sends are written to the data store',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-915'],
  owasp: ['A08:2025'],
  fixable: true,

  *check(facts) {
    for (const { call, write } of facts.once(dataWritesIn)) {
      const isSure = write.isKnown && isSensitiveEntity(write.entity);
      for (const data of write.data) yield* reportsOf(call, data, isSure, write.entity);
    }
    for (const call of facts.callsOf(MAY_ASSIGN)) {
      if (call.args.length > 1 && isWrittenLater(call)) {
        const isSure = isSensitiveEntity(call.args[0]?.text ?? '');
        for (const data of call.args.slice(1)) yield* reportsOf(call, data, isSure, '');
      }
    }
  },
};

function* reportsOf(call: Call, data: Node, isSure: boolean, entity: string): Generator<Report> {
  const flow = wholeRequestIn(data, call.node);
  if (!flow) return;
  const handler = handlerAround(flow.from);
  if (handler) {
    if (isValidatedBefore(handler) || isForPrivileged(call.node, handler)) return;
    if ([flow.from, data].some((each) => isValidatedIn(handler, each, call.node))) return;
  }
  const isTrimmed = handler !== undefined && /\bdelete\s+[\w.]+/.test(handler.function.text);
  yield {
    at: data,
    message: `${shown(data)} has every field that the client sent, also those that it must not set. List the fields that it may.`,
    confidence: isSure && !isTrimmed ? 'high' : 'medium',
    related: stepsOf(flow, [], data),
    fixes: () => fixesOf(data, entity),
  };
}

/** The fields are known where the file has the schema of the model. */
function fixesOf(data: Node, entity: string): readonly Fix[] {
  const { start, end, text } = data;
  const fields = /^[\w$]+(?:\.[\w$]+)*$/.test(text) ? fieldsOf(entity, data) : [];
  if (fields.length === 0) return [];
  const listed = fields.map((field) => `${field}: ${text}.${field}`).join(', ');
  return [{ title: 'List the fields', safety: 'choice', edits: [{ start, end, text: `{ ${listed} }` }] }];
}
