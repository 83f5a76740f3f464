/** What security depends on in a file: calls of sinks, and what keeps somebody or something out. */
import { nameByType } from '../analysis/declared-type';
import { type Call, ItemFacts } from '../analysis/item-facts';
import { FUNCTION_KINDS } from '../analysis/kind';
import { propertyName, unwrap } from '../analysis/literal';
import type { Node } from '../analysis/node';
import type { SourceFile } from '../analysis/source-file';
import { isCheck } from './auth/check';
import { guardAt, nameOfFunction } from './auth/guard';
import { CODE_EVALUATORS } from './code-evaluation';
import { DESERIALIZERS, YAML_LOADERS } from './deserializers';
import { COMMANDS_BY_NAME } from './flow/command-sinks';
import { runsSql } from './flow/sql-sinks';
import { securityCall } from './security-calls';
import { validatorCall } from './validators';

/** Something that security depends on, where it stands: an offset of the text. */
export interface PlacedTouch {
  readonly start: number;
  readonly kind: 'sink' | 'guard';
  /** As it is written, shortened: `db.query`, `requireAuth`. */
  readonly name: string;
}

/** What does harm with a wrong value, beside queries; whether a value is wrong is for rules to say. */
const SINKS: ReadonlySet<string> = new Set([
  ...[...COMMANDS_BY_NAME.keys(), 'child_process.fork', 'execa.$', 'zx.$'],
  ...CODE_EVALUATORS.filter(({ takesFunction, option }) => !takesFunction && !option).map(({ name }) => name),
  ...[...DESERIALIZERS.map(({ name }) => name), ...YAML_LOADERS],
]);
/** Attributes and properties that take markup. */
const RAW_MARKUP: ReadonlySet<string> = new Set(['dangerouslySetInnerHTML', 'innerHTML', 'outerHTML']);

const LONGEST_NAME = 60;
/** Of one file; more say nothing more about it. */
const MOST_TOUCHES = 2_000;
/** What makes and checks keys, codes and secrets. */
const CRYPTO =
  /^(?:crypto\.|globalThis\.crypto\.subtle\.|node-forge\.|jose\.|jsonwebtoken\.|bcrypt(?:js)?\.|argon2\.)/;

/** In the order of the items of the file. Names are resolved; those of guards are an application's own. */
export function touchesIn(file: SourceFile): PlacedTouch[] {
  const touches: PlacedTouch[] = [];
  const add = (node: Node, kind: PlacedTouch['kind'], name: string) => {
    const shown = name.replace(/\s+/g, '');
    if (shown !== '') touches.push({ start: node.start, kind, name: shown.slice(0, LONGEST_NAME) });
  };
  for (const item of file.items) {
    if (touches.length >= MOST_TOUCHES) break;
    const facts = new ItemFacts(item);
    for (const call of facts.calls) {
      const kind = kindOf(call);
      if (kind) add(call.node, kind, call.callee.text.slice(0, 4 * LONGEST_NAME));
    }
    for (const attribute of facts.nodes('jsx_attribute')) {
      const name = attribute.parts[0]?.text ?? '';
      if (RAW_MARKUP.has(name)) add(attribute, 'sink', name);
    }
    for (const assignment of facts.nodes('assignment_expression')) {
      const property = assignment.child('left')?.child('property');
      const name = property && propertyName(property);
      if (name !== undefined && RAW_MARKUP.has(name)) add(assignment, 'sink', name);
    }
    for (const fn of facts.nodesOf(FUNCTION_KINDS)) {
      const says = guardAt(fn)?.says;
      if (says === 'insists' || says === 'checks') add(fn, 'guard', nameOfFunction(fn));
    }
  }
  return touches;
}

function kindOf(call: Call): PlacedTouch['kind'] | undefined {
  const { node, callee } = call;
  const name = call.name ?? nameByType(unwrap(callee));
  if ((name !== undefined && SINKS.has(name)) || runsSql(call)) return 'sink';
  const isGuard =
    (name !== undefined && CRYPTO.test(name)) || isCheck(node) || securityCall(node) || validatorCall(call);
  return isGuard ? 'guard' : undefined;
}
