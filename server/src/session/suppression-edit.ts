/** Where a suppressing comment goes, and how it is written there. */
import { directiveText } from '../analysis/directive';
import type { Edit } from '../analysis/fix';
import { Node } from '../analysis/node';
import type { OpenDocument } from './open-document';

export interface Suppression {
  readonly ruleId: string;
  /** 0-based line of the finding. */
  readonly line: number;
  readonly scope: 'line' | 'file';
  readonly reason: string;
  readonly until?: string;
}

/** The insertion of the comment: above the line, or at the head of the file behind a `#!` line. */
export function suppressionEdit(
  document: OpenDocument,
  { ruleId, line, scope, reason, until }: Suppression,
): Edit {
  const { text } = document;
  const whole = text.getText();
  const end = whole.includes('\r\n') ? '\r\n' : '\n';
  const directive = directiveText(
    scope === 'file' ? 'disable-file' : 'disable-next-line',
    ruleId,
    reason,
    until,
  );
  if (scope === 'file') {
    const start = whole.startsWith('#!') ? text.offsetAt({ line: 1, character: 0 }) : 0;
    return { start, end: start, text: `// ${directive}${end}` };
  }
  const start = text.offsetAt({ line, character: 0 });
  const indent = /^[ \t]*/.exec(whole.slice(start))?.[0] ?? '';
  const comment = isBetweenJsxTags(document, start + indent.length)
    ? `{/* ${directive} */}`
    : `// ${directive}`;
  return { start, end: start, text: `${indent}${comment}${end}` };
}

/** Between the tags of JSX a line comment would be text on the page. */
function isBetweenJsxTags(document: OpenDocument, offset: number): boolean {
  const root = document.checked?.file.root;
  if (!root) return false;
  let node = new Node(root, 0);
  for (;;) {
    const inner = node.children.find((child) => child.start < offset && offset < child.end);
    if (!inner) return node.kind === 'jsx_element' || node.kind === 'jsx_text';
    node = inner;
  }
}
