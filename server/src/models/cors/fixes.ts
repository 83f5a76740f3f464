/** Fixes for settings that let too many websites in. */
import type { Fix } from '../../analysis/fix';
import { freeNames } from '../../analysis/free-names';
import type { Node } from '../../analysis/node';
import { withoutElement } from '../../analysis/removal';
import { constantString } from '../../analysis/value';

/** A list out of the environment, in files that read it anyway; without the variable nobody gets in. */
export function allowListFix(origin: Node): Fix[] {
  if (!freeNames(origin.item.file).has('process')) return [];
  const text = "(process.env.ALLOWED_ORIGINS ?? '').split(',').filter(Boolean)";
  const edits = [{ start: origin.start, end: origin.end, text }];
  return [{ title: 'Allow the origins in `ALLOWED_ORIGINS`', safety: 'choice', edits }];
}

/** A dot before the domain, or an end behind it. */
export function checkFixes(pattern: Node | undefined): Fix[] {
  if (!pattern) return [];
  if (pattern.kind === 'regex') return endFix(pattern);
  const callee = pattern.parent?.parent?.child('function');
  const text = pattern.kind === 'string' ? constantString(pattern) : undefined;
  if (text === undefined || callee?.child('property')?.text !== 'endsWith') return [];
  const at = pattern.start + 1;
  // The domain itself is out then, so this is one of several answers.
  return [
    {
      title: 'Ask for the dot before the domain',
      safety: 'choice',
      edits: [{ start: at, end: at, text: '.' }],
    },
  ];
}

function endFix(regex: Node): Fix[] {
  const close = regex.text.lastIndexOf('/');
  const source = regex.text.slice(1, close);
  if (/(?<!\\)\$/.test(source) || source.includes('|') || !/^\^|^\\\./.test(source)) return [];
  const at = regex.start + close;
  return [
    { title: 'End the pattern with `$`', safety: 'choice', edits: [{ start: at, end: at, text: '$' }] },
  ];
}

export function nullFixes(element: Node): Fix[] {
  const edit = element.parent?.kind === 'array' ? withoutElement(element) : undefined;
  return edit ? [{ title: 'Take `null` off the list', safety: 'unsafe', edits: [edit] }] : [];
}
