import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Rule } from '../../analysis/rule';
import { stepsOf } from '../../models/flow/flow-report';
import { LOADER_NAMES } from '../../models/flow/request-reads';
import { type Handler, isForPrivileged } from '../../models/handler';
import {
  asksForOwner,
  belongingOf,
  hasActorInSight,
  isOpenToAll,
  type OwnerKey,
  ownerKeyOf,
} from '../../models/ownership';
import { ACCESS_CALLS, type RecordAccess, recordAccess, recordByKey } from '../../models/record-access';
import { clientIdOf, functionsAround, requestHandler } from '../../models/record-request';
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
    for (const call of facts.callsOf(ACCESS_CALLS)) {
      const access = recordAccess(call);
      const report = access && reportOf(access);
      if (report) yield report;
    }
    for (const subscript of facts.nodes('subscript_expression')) {
      const holder = subscript.child('object');
      if (holder?.kind !== 'identifier' || !belongingOf(holder.text)) continue;
      const access = recordByKey(subscript);
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
  if (!belonging && !owner) return undefined;
  const use = useOfRecord(access);
  if (!use || (use === 'sent' && belonging !== 'private')) return undefined;
  const flows = ids.map((id) => clientIdOf(id, call.node));
  const [flow] = flows;
  const [at] = ids;
  if (!flow || !at || flows.includes(undefined) || runtimeOf(file) === 'client') return undefined;
  const handler = requestHandler(flow.from);
  if (!handler || isOfPayments(handler)) return undefined;
  if (functionsAround(call.node, handler).some((fn) => asksForOwner(fn, access))) return undefined;
  const isOpen = isOpenToAll(handler, entity, file);
  if (!isOpen && isForPrivileged(call.node, handler)) return undefined;
  // Who passes the guards of another file is not known; the owner may read what is theirs, at least.
  const isRead = owner !== undefined && use === 'sent';
  if (!isOpen && !hasActorInSight(handler, file) && !isRead) return undefined;
  const isSure = isRegistered(handler) || isRead;
  return {
    at,
    message: `${isOpen ? 'Anybody' : 'Whoever is signed in'} can ${DONE[use]} any record of \`${entity}\` by its id. ${isOpen ? 'Ask who it is, and for its owner.' : 'Ask for its owner as well.'}`,
    confidence: !isSure || isOfStaff(file.path) ? 'low' : owner && use === 'deleted' ? 'high' : 'medium',
    related: stepsOf(flow, [], at),
    fixes: () => (owner ? fixesOf(access, owner) : []),
  };
}

/** Where whoever comes may reach all records, as a folder's name says. */
function isOfStaff(path: string): boolean {
  return /(?:^|\/)(?:admin|seed|migrat)/i.test(path);
}

/** Whether all that stands before a handler may be seen in this file. */
function isRegistered({ address, before, name, function: fn }: Handler): boolean {
  if (address !== '' || before.length > 0 || LOADER_NAMES.has(name)) return true;
  return fn.item.file.says(/^\s*['"]use server['"]/) || /['"]use server['"]/.test(fn.text.slice(0, 300));
}

/** What a payment service calls or comes back to has ids that nobody can guess. */
function isOfPayments({ name, address }: Handler): boolean {
  return /webhook|\bipn|notify|vnpay|momo/i.test(`${name} ${address}`) || /callback|return/i.test(address);
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
