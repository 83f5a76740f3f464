/** Where a suppressing comment goes, and how it is written there. */
import { directiveText } from '../analysis/directive';
import type { Edit } from '../analysis/fix';
import type { Kind } from '../analysis/kind';
import { Node } from '../analysis/node';
import type { TextFile } from '../analysis/text-file';
import { commentSyntaxOf, isEmbedded, writtenComment } from '../syntax/formats/comment-syntax';
import { readTextFile } from '../syntax/formats/read-text-file';
import { CodeDocument } from './code-document';
import type { OpenDocument } from './open-document';
import { TextFileDocument } from './text-file-document';

export interface Suppression {
  readonly ruleId: string;
  /** 0-based line of the finding. */
  readonly line: number;
  readonly scope: 'line' | 'file';
  readonly reason: string;
  readonly until?: string;
}

/** Whether a document is of a kind in which it is known how comments are written. */
export function hasComments(document: OpenDocument): boolean {
  if (!(document instanceof TextFileDocument)) return true;
  return commentSyntaxOf(document.path, document.file.format) !== undefined;
}

/** Why no comment can be put there, for the person to read. */
export class SuppressionRefusal extends Error {}

/**
 * The insertion of the comment: above the line, or at the head of the file, behind a `#!` line and behind a
 * comment that some tools read only where it is the first.
 *
 * @throws SuppressionRefusal when a comment cannot stand there.
 */
export function suppressionEdit(
  document: OpenDocument,
  { ruleId, line, scope, reason, until }: Suppression,
): Edit {
  if (document.isRemote) throw new SuppressionRefusal(document.unread);
  const { text } = document;
  const whole = text.getText();
  const end = whole.includes('\r\n') ? '\r\n' : '\n';
  const form = scope === 'file' ? 'disable-file' : 'disable-next-line';
  const directive = directiveText(form, ruleId, reason, until);
  if (scope === 'file') {
    const isText = document instanceof TextFileDocument;
    const start = headOf(document).exec(whole)?.[0].length ?? 0;
    const isBehindLastLine = start > 0 && whole[start - 1] !== '\n';
    const comment = isText ? textComment(document.file, start, '', directive) : `// ${directive}`;
    return { start, end: start, text: `${isBehindLastLine ? end : ''}${comment}${end}` };
  }
  const start = text.offsetAt({ line, character: 0 });
  const indent = /^[ \t]*/.exec(whole.slice(start))?.[0] ?? '';
  const comment = commentAt(document, start, indent, directive);
  return { start, end: start, text: `${indent}${comment}${end}` };
}

/** How the directive is written at an offset, behind so much of an indent. */
function commentAt(document: OpenDocument, start: number, indent: string, directive: string): string {
  if (document instanceof TextFileDocument) return textComment(document.file, start, indent, directive);
  if (!(document instanceof CodeDocument)) throw new SuppressionRefusal(NO_COMMENTS);
  return surroundings(document, start + indent.length) === 'jsx' ? `{/* ${directive} */}` : `// ${directive}`;
}

const NO_COMMENTS =
  'Such a file has no comments. Add an entry to `suppress` in the nearest .countersignrc.json instead.';

function textComment(file: TextFile, start: number, indent: string, directive: string): string {
  const syntax = commentSyntaxOf(file.path, file.format);
  if (!syntax) throw new SuppressionRefusal(NO_COMMENTS);
  const comment = writtenComment(syntax, directive, isEmbedded(file.text, start, syntax));
  const changed = `${file.text.slice(0, start)}${indent}${comment}\n${file.text.slice(start)}`;
  const { comments } = readTextFile(file.path, file.format, changed);
  if (!comments.some((other) => other.start === start + indent.length))
    throw new SuppressionRefusal(INSIDE_TEXT);
  return comment;
}

function headOf(document: OpenDocument): RegExp {
  if (!(document instanceof TextFileDocument)) return HEAD;
  return document.file.format === 'markdown' ? FRONT_MATTER : TEXT_HEAD;
}

/** A `#!` line and a block comment at the head of a file. */
const HEAD = /^(?:#!.*(?:\r?\n|$))?(?:\s*\/\*[\s\S]*?\*\/[ \t]*(?:\r?\n|$))?/;

/** What counts at the head of a text alone: a `#!` line, declarations of XML, PHP and Dockerfiles. */
const TEXT_HEAD = /^(?:#!|<\?(?:xml|php)\b|#[ \t]*(?:syntax|escape)[ \t]*=).*(?:\r?\n|$)/;
const FRONT_MATTER = /^---[ \t]*\r?\n(?:(?!---).*\r?\n)*---[ \t]*(?:\r?\n|$)/;

const INSIDE_TEXT =
  'The line begins inside a string or a comment, where nothing can be suppressed. Move the code to a line of its own.';

const TEXTS: ReadonlySet<Kind> = new Set<Kind>(['template_string', 'string', 'regex', 'comment']);

/** Whether a line comment may be put at an offset; between the tags of JSX it would be text on the page. */
function surroundings(document: CodeDocument, offset: number): 'code' | 'jsx' {
  if (!document.file) {
    throw new SuppressionRefusal(document.unread);
  }
  let node = new Node(document.file.root, 0);
  for (;;) {
    const inner = node.children.find((child) => child.start < offset && offset < child.end);
    if (!inner) break;
    node = inner;
  }
  if (TEXTS.has(node.kind)) {
    throw new SuppressionRefusal(INSIDE_TEXT);
  }
  return node.kind === 'jsx_element' || node.kind === 'jsx_text' ? 'jsx' : 'code';
}
