/** Takes the last part of a name only, where it is joined to a folder. */
import type { Fix } from '../../analysis/fix';
import { importedName } from '../../analysis/imported-name';
import { callAt } from '../../analysis/item-facts';
import { wrapped } from '../../analysis/literal';
import type { Node } from '../../analysis/node';

/**
 * @param value what others decide on; it has to be the last argument of `path.join` or `path.resolve`.
 * @param isBare whether honest clients send a name without a folder: then it is what it was.
 */
export function pathFixes(value: Node, isBare: boolean): Fix[] {
  const argument = wrapped(value);
  const list = argument.parent;
  const call = list?.kind === 'arguments' && list.parent ? callAt(list.parent) : undefined;
  if (!call || !/^path\.(?:posix\.)?(?:join|resolve)$/.test(call.name ?? '')) return [];
  if (call.args.length < 2 || !call.args.at(-1)?.is(argument) || argument.kind === 'spread_element')
    return [];
  const name = importedName(value, 'path', 'basename');
  if (!name) return [];
  return [
    {
      title: 'Take the last part of the name only',
      // A name with a folder in it led to the file in that folder.
      safety: isBare ? 'safe' : 'choice',
      edits: [
        ...name.edits,
        { start: argument.start, end: argument.start, text: `${name.text}(` },
        { start: argument.end, end: argument.end, text: ')' },
      ],
    },
  ];
}
