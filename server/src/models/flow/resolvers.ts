/** What frameworks call by where a function stands: resolvers of GraphQL, and Nuxt's functions without an import. */
import type { Source } from '../../analysis/flow/flow-model';
import type { Call } from '../../analysis/item-facts';
import { propertyName, wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { importsAny } from '../runtime';
import { sourceOf } from './request-source';

const ROOTS = /^(?:Query|Mutation|Subscription)$/;
/** Packages of servers for GraphQL. */
const PACKAGES: readonly string[] = [
  'apollo-server',
  '@apollo/server',
  'graphql',
  'graphql-yoga',
  'graphql-tools',
  '@graphql-tools/schema',
  'express-graphql',
  'mercurius',
];

/** `{ Query: { user: (parent, args) => … } }`, `{ type, args: {}, resolve(parent, args) {} }`: clients write the arguments. */
export function resolverSource(fn: Node, index: number): Source | undefined {
  if (index !== 1) return undefined;
  const holder = fn.kind === 'method_definition' ? fn : wrapped(fn).parent;
  const key = holder?.kind === 'pair' ? holder.child('key') : holder?.child('name');
  const object = holder?.parent?.kind === 'object' ? holder.parent : undefined;
  if (!key || !object) return undefined;
  const outer = object.parent?.kind === 'pair' ? object.parent.child('key') : undefined;
  const isField = outer !== undefined && ROOTS.test(propertyName(outer) ?? '');
  const isResolve = propertyName(key) === 'resolve' && importsAny(fn.item.file, PACKAGES);
  return isField || isResolve ? sourceOf(['nosql']) : undefined;
}

/** Source: the documentation of Nitro, whose files need not import these. */
const AUTO_IMPORTED =
  /^globalThis\.(?:getQuery|readBody|readRawBody|readFormData|readMultipartFormData|getRouterParams?|getHeaders?|getCookie|getRequestURL)$/;

export function autoImported({ args: [first] }: Call, name: string | undefined): Source | undefined {
  if (name === undefined || !AUTO_IMPORTED.test(name) || first?.kind !== 'identifier') return undefined;
  return first.text === 'event' ? sourceOf([]) : undefined;
}
