import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { nameOfFunction } from '../../models/auth/guard';
import { stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { type Handler, handlerAround, isForPrivileged } from '../../models/handler';
import {
  asksForOwner,
  belongingOf,
  hasActorInSight,
  type OwnerKey,
  ownerKeyOf,
} from '../../models/ownership';
import { type RecordAccess, recordAccess } from '../../models/record-access';
import { type RecordUse, useOfRecord } from '../../models/record-use';
import { runtimeOf } from '../../models/runtime';

export const idorLookup: Rule = {
  id: 'access/idor-lookup',
  title: 'Records of others are reached by an id that a client sends',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-639', 'CWE-862'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.calls) {
      const access = recordAccess(call);
      const report = access && reportOf(access);
      if (report) yield report;
    }
  },
};

const DONE: Readonly<Record<RecordUse, string>> = { sent: 'read', changed: 'change', deleted: 'delete' };

function reportOf(access: RecordAccess): Report | undefined {
  const { call, entity, ids } = access;
  const { file } = call.node.item;
  const belonging = belongingOf(entity);
  const owner = ownerKeyOf(entity, file);
  if ((!belonging && !owner) || /\badmin|\bseed|migrat/i.test(file.path)) return undefined;
  const use = useOfRecord(access);
  if (!use || (use === 'sent' && belonging !== 'private')) return undefined;
  const flows = ids.map((id) => flowOf(id, call.node));
  const [flow] = flows;
  const [at] = ids;
  if (!flow || !at || flows.includes(undefined) || runtimeOf(file) === 'client') return undefined;
  const handler = handlerAround(flow.from) ?? ownHandler(flow.from);
  if (!handler || isForPrivileged(call.node, handler) || !hasActorInSight(handler, file)) return undefined;
  const around = outermostFunction(call.node, handler);
  if ([handler.function, around].some((fn) => asksForOwner(fn, access))) return undefined;
  return {
    at,
    message: `Whoever is signed in can ${DONE[use]} any record of \`${entity}\` by its id. Ask for its owner as well.`,
    confidence: owner && use === 'deleted' ? 'high' : 'medium',
    related: stepsOf(flow, [], at),
    fixes: () => (owner ? fixesOf(access, owner) : []),
  };
}

/** A server action, or another function whose parameters clients decide on: nothing is known of what is before it. */
function ownHandler(node: Node): Handler | undefined {
  let fn = node.enclosingFunction;
  for (let outer = fn?.enclosingFunction; outer; outer = outer.enclosingFunction) fn = outer;
  return fn && { function: fn, name: nameOfFunction(fn), address: '', before: [] };
}

/** What a client sends as the id, if it is one. */
function flowOf(id: Node, sink: Node): Flow | undefined {
  return (flowsInto(id, sink, 'record', FLOW_MODEL) ?? []).find(
    ({ source, path }) =>
      source?.kind === 'request' &&
      !path.some((step) => /^(?:headers?|cookies|signedCookies|get\(\)|header\(\))$/.test(step)),
  );
}

/** The helper that a lookup is in, where that is not the handler. */
function outermostFunction(node: Node, { function: handler }: Handler): Node {
  if (handler.contains(node)) return handler;
  let fn = node.enclosingFunction;
  for (let outer = fn?.enclosingFunction; outer; outer = outer.enclosingFunction) fn = outer;
  return fn ?? handler;
}

const WITH_FILTER: Readonly<Record<string, string>> = {
  findById: 'findOne',
  findByIdAndUpdate: 'findOneAndUpdate',
  findByIdAndDelete: 'findOneAndDelete',
};

/** By the key and the person that the file has elsewhere. */
function fixesOf({ call, filter, isById, ids }: RecordAccess, { key, actor }: OwnerKey): readonly Fix[] {
  const root = /^\w+/.exec(actor)?.[0] ?? '';
  const property = call.callee.child('property');
  const [id] = ids;
  if (!property || !id || !filter.item.file.lookUp(root, call.node)) return [];
  const title = `Ask for \`${key}\` as well`;
  if (!isById) {
    const last = filter.kind === 'object' ? filter.parts.at(-1) : undefined;
    if (!last || !call.node.contains(last)) return [];
    return [
      { title, safety: 'choice', edits: [{ start: last.end, end: last.end, text: `, ${key}: ${actor}` }] },
    ];
  }
  const method = WITH_FILTER[property.text];
  if (method === undefined) return [];
  const text = `{ _id: ${id.text}, ${key}: ${actor} }`;
  return [
    {
      title,
      safety: 'choice',
      edits: [
        { start: property.start, end: property.end, text: method },
        { start: id.start, end: id.end, text },
      ],
    },
  ];
}
