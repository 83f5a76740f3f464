/** Leaves entries of an archive out that would be written outside of the folder. */
import type { Fix } from '../../analysis/fix';
import { importedNames } from '../../analysis/imported-name';
import { statementBefore } from '../../analysis/insertion';
import { callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';

/**
 * A check before the entry is written, where entries are gone through in a loop: the next one follows. None where they
 * come one by one, as leaving one out then needs the library.
 *
 * @param path what is written to: `path.join(folder, name)`, or a variable with that.
 */
export function containmentFix(path: Node): Fix[] {
  const target = unwrap(path);
  const value = resolvedValue(target);
  const join = callAt(value);
  const [folder] = join?.args ?? [];
  const isResolved = /^path\.resolve$/.test(join?.name ?? '');
  if (!folder || (!isResolved && join?.name !== 'path.join') || !/^[\w$.]+$/.test(folder.text)) return [];
  if (!target.is(value) && target.kind !== 'identifier') return [];
  const turn = turnAround(path);
  const statement = turn && placeIn(turn.body, value, path);
  const names = importedNames(path, 'path', isResolved ? ['resolve', 'join', 'sep'] : ['relative', 'sep']);
  // The name of the folder has to mean the same where it is asked.
  if (!turn || !statement || !names || !turn.body.contains(value)) return [];
  const test = isResolved
    ? resolvedOutside(folder.text, target.text, names.texts)
    : joinedOutside(folder.text, target.text, names.texts);
  const edit = statementBefore(statement, `if (${test}) ${turn.leave}`);
  return [{ title: 'Skip entries outside of the folder', safety: 'safe', edits: [...names.edits, edit] }];
}

function joinedOutside(folder: string, target: string, [relative, sep]: readonly string[]): string {
  return `${relative}(${folder}, ${target}).split(${sep})[0] === '..'`;
}

/** On Windows `path.resolve` may also come to another drive, which no relative path leads to. */
function resolvedOutside(folder: string, target: string, [resolve, join, sep]: readonly string[]): string {
  return `!(${target} + ${sep}).startsWith(${join}(${resolve}(${folder}), ${sep}))`;
}

interface Turn {
  readonly body: Node;
  /** What goes on with the next entry. */
  readonly leave: 'continue;' | 'return;';
}

/** The body that is run for each entry: of a loop, or of a function for `forEach`. */
function turnAround(node: Node): Turn | undefined {
  for (const outer of node.ancestors()) {
    if (outer.kind === 'for_in_statement') {
      const body = outer.child('body');
      return body?.kind === 'statement_block' ? { body, leave: 'continue;' } : undefined;
    }
    if (/^(?:for|while|do)_statement$/.test(outer.kind)) return undefined;
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    const callee = outer.parent?.kind === 'arguments' ? outer.parent.parent?.child('function') : undefined;
    const body = outer.child('body');
    const isEach = callee?.child('property')?.text === 'forEach' && body?.kind === 'statement_block';
    return isEach ? { body, leave: 'return;' } : undefined;
  }
  return undefined;
}

/** The statement of a body before which the path is known, and nothing has been done with it. */
function placeIn(body: Node, value: Node, path: Node): Node | undefined {
  const { parts } = body;
  const known = parts.findIndex((statement) => statement.contains(value));
  if (!path.contains(value)) return parts[known + 1];
  // A folder may be made for it before.
  return parts.slice(0, known + 1).find((statement) => statement.text.includes(value.text));
}
