// Applies the edits of fixes to the files of an example.

import type { CheckedEdit, SourceText } from './checker';

/** The files after the edits. Equal edits count once; throws where edits overlap, or name an unknown file. */
export function applyEdits(files: readonly SourceText[], edits: readonly CheckedEdit[]): SourceText[] {
  const unknown = edits.find((edit) => files.every(({ name }) => name !== edit.file));
  if (unknown !== undefined)
    throw new Error(`an edit is for ${unknown.file}, which the example does not have`);
  return files.map(({ name, text }) => {
    const own = unique(edits.filter((edit) => edit.file === name)).toSorted(
      (a, b) => a.start - b.start || a.end - b.end,
    );
    let result = '';
    let done = 0;
    for (const edit of own) {
      if (edit.start < done || edit.end < edit.start || edit.end > text.length) {
        throw new Error(
          `an edit of ${name} at ${edit.start}-${edit.end} overlaps another or lies outside the file`,
        );
      }
      result += text.slice(done, edit.start) + edit.text;
      done = edit.end;
    }
    return { name, text: result + text.slice(done) };
  });
}

/** Whether two lists of edits can be applied together. */
export function canJoin(done: readonly CheckedEdit[], more: readonly CheckedEdit[]): boolean {
  return more.every((edit) =>
    done.every(
      (other) =>
        edit.file !== other.file ||
        edit.end <= other.start ||
        other.end <= edit.start ||
        areEqual(edit, other),
    ),
  );
}

function unique(edits: readonly CheckedEdit[]): CheckedEdit[] {
  return edits.filter((edit, index) => edits.findIndex((other) => areEqual(edit, other)) === index);
}

function areEqual(a: CheckedEdit, b: CheckedEdit): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end && a.text === b.text;
}
