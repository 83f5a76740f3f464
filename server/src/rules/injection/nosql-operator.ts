import { nameByType } from '../../analysis/declared-type';
import type { Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Call } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { importsAny } from '../../models/runtime';

/** Methods whose first argument is a filter. Source: the documentation of mongodb 6 and Mongoose 8. */
const METHODS: ReadonlySet<string> = new Set(
  (
    'find findOne findOneAndUpdate findOneAndDelete findOneAndReplace updateOne updateMany replaceOne deleteOne ' +
    'deleteMany countDocuments exists where distinct'
  ).split(' '),
);
const COLLECTIONS = /^(?:mongoose\.(?:connection\.)?(?:model|collection)\(\)|mongodb\..*\.collection\(\))\./;

/** Packages that take operators out of whatever a client sends. */
const SANITIZERS = ['express-mongo-sanitize', 'mongo-sanitize', '@exortek/express-mongo-sanitize'];

export const nosqlOperator: Rule = {
  id: 'injection/nosql-operator',
  title: 'A filter for MongoDB takes what a client sent, operators included',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-943'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.calls) {
      if (call.method === undefined || !METHODS.has(call.method)) continue;
      if (!COLLECTIONS.test(nameByType(call.callee) ?? '')) continue;
      if (!importsAny(facts.file, SANITIZERS)) yield* reportsOf(call);
    }
  },
};

function* reportsOf(call: Call): Generator<Report> {
  const filter = call.args[0];
  if (!filter) return;
  const object = resolvedValue(filter);
  const values = object.kind === 'object' ? object.parts : [filter];
  for (const part of values) {
    const value = part.kind === 'pair' ? part.child('value') : part;
    if (!value || (part.kind === 'pair' && resolvedValue(value).kind === 'object')) continue;
    const flow = flowsInto(value, call.node, 'nosql', FLOW_MODEL)?.find(
      ({ source }) => source?.kind === 'request',
    );
    if (flow) yield reportOf(value, part, flow);
  }
}

function reportOf(value: Node, part: Node, flow: Flow): Report {
  return {
    at: value,
    message: `${shown(value)} can be an object such as \`{ $ne: null }\`. Convert it to a string or validate it first.`,
    // Express 5 reads a query as texts, unless it is told to read it as Express 4 does.
    confidence: flow.isChecked || /\bquery\b/.test(flow.from.text) ? 'medium' : 'high',
    related: stepsOf(flow, [], value),
    fixes: () => {
      const { start, end, text } = value;
      const isShort = part.kind === 'shorthand_property_identifier';
      if (part.kind !== 'pair' && !isShort) return [];
      const edit = { start, end, text: isShort ? `${text}: String(${text})` : `String(${text})` };
      // A number was found as a number before.
      return [{ title: 'Convert it to a string', safety: 'unsafe', edits: [edit] }];
    },
  };
}
