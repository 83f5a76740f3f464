/** The patches of `apply_patch`: files and hunks without line numbers. */
import type { FileEdit } from './agent-event';

const MOST_FILES = 500;

/** The files that it writes, with what it adds; deleted files are left out. Empty for what is no such patch. */
export function readApplyPatch(text: string): FileEdit[] {
  const lines = text.split(/\r\n|\n/);
  const begin = lines.findIndex((line) => line.trim() === '*** Begin Patch');
  if (begin === -1) return [];
  const edits: FileEdit[] = [];
  let open: OpenFile | undefined;
  for (const line of lines.slice(begin + 1)) {
    const [, verb, path] = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+?)\s*$/.exec(line) ?? [];
    if (verb === 'Move to' && open) open.path = path as string;
    else if (verb !== undefined || line.trim() === '*** End Patch') {
      if (open) edits.push(editOf(open));
      open =
        verb === undefined || verb === 'Delete File'
          ? undefined
          : { path: path as string, isNew: verb === 'Add File', hunks: [] };
      if (verb === undefined || edits.length >= MOST_FILES) break;
    } else if (open) addLine(open, line);
  }
  // A patch that is cut off says nothing sure of its last file.
  return edits;
}

interface OpenFile {
  path: string;
  readonly isNew: boolean;
  readonly hunks: { heading: string | undefined; lines: string[] }[];
}

function addLine({ hunks }: OpenFile, line: string): void {
  if (line.startsWith('@@')) {
    const heading = line.slice(2).trim();
    hunks.push({ heading: heading === '' ? undefined : heading, lines: [] });
    return;
  }
  if (line.startsWith('***')) return;
  if (hunks.length === 0) hunks.push({ heading: undefined, lines: [] });
  // Models leave out the space before an empty line.
  hunks.at(-1)?.lines.push(line === '' ? ' ' : line);
}

function editOf({ path, isNew, hunks }: OpenFile): FileEdit {
  if (!isNew) return { path, patch: hunks.filter(({ lines }) => lines.length > 0) };
  const added = hunks.flatMap(({ lines }) => lines.filter((line) => line.startsWith('+')));
  const text = added.map((line) => `${line.slice(1)}\n`).join('');
  return { path, whole: { text, before: null } };
}
