/** Routers of tRPC: procedures by name, with the procedure that each is built on. */
import { type Call, callAt } from '../analysis/item-facts';
import type { ItemKeys } from '../analysis/item-index';
import { propertyName, unwrap } from '../analysis/literal';
import { Node } from '../analysis/node';
import { resolvedValue } from '../analysis/value';
import type { Entry, GroupFacts } from './facts';
import { ROOT } from './paths';
import { isProcedureRouter, MERGER } from './procedure-router';
import type { References } from './references';

const METHODS: ReadonlySet<string> = new Set(['query', 'mutation', 'subscription']);
const MOST_PROCEDURES = 400;
const CALLING: ItemKeys = { of: (item) => (item.indicesOf('arguments').length > 0 ? [CALLED] : []) };
const CALLED = 'called';

export function proceduresIn(references: References): readonly GroupFacts[] {
  const { file } = references;
  if (!file.says(/[rR]outers?\s*\(/)) return [];
  const groups: GroupFacts[] = [];
  for (const item of file.itemsWith(CALLING, CALLED)) {
    for (const index of item.indicesOf('call_expression')) {
      const call = callAt(new Node(item, index));
      if (call && isProcedureRouter(call)) groups.push(routerOf(call, references));
    }
  }
  return groups;
}

function routerOf(call: Call, references: References): GroupFacts {
  const { start, end } = call.node;
  const entries: Entry[] = [];
  if (MERGER.test(call.callee.text))
    for (const arg of call.args) entries.push(...mounted(arg, '', references));
  else entries.push(...entriesOf(unwrap(call.args[0] as Node), references));
  const declarator = call.node.parent?.kind === 'variable_declarator' ? call.node.parent : undefined;
  const name = declarator?.child('name')?.text ?? call.callee.text.slice(0, 40);
  return { id: `@${start}`, name, framework: 'trpc', sort: 'app', prefix: ROOT, entries, start, end };
}

function entriesOf(object: Node, references: References): readonly Entry[] {
  return object.parts.slice(0, MOST_PROCEDURES).flatMap((part): readonly Entry[] => {
    if (part.kind === 'spread_element') return part.parts[0] ? mounted(part.parts[0], '', references) : [];
    const key = part.child('key') ?? part;
    const value = part.child('value') ?? part;
    const name = propertyName(key);
    if (name === undefined) return [];
    const call = callAt(resolvedValue(value));
    const base = call?.callee.child('object');
    if (!call || !base || !METHODS.has(call.method ?? '')) return mounted(value, name, references);
    const [handler] = call.args;
    const { start, end } = part;
    return [
      {
        ...{ do: 'route', methods: [(call.method ?? '').toUpperCase()], path: { text: name }, start, end },
        ...{ guards: [references.part(base)], handler: handler && references.part(handler) },
      },
    ];
  });
}

function mounted(router: Node, name: string, references: References): readonly Entry[] {
  const { start, end } = router;
  const node = unwrap(router);
  // `{ users: { list: procedure.query(…) } }`
  if (node.kind === 'object') {
    return entriesOf(node, references).map((entry) =>
      entry.do === 'route' || entry.do === 'mount'
        ? { ...entry, path: { text: `${name}/${entry.path.text}` } }
        : entry,
    );
  }
  return [{ do: 'mount', path: { text: name }, guards: [], router: references.part(router), start, end }];
}
