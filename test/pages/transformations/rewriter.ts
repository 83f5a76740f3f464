// Rewrites a file node by node and leaves every character between the replaced nodes as it was, comments
// included. Replacements may nest.

import ts from 'typescript';

/** Says what stands in place of a node, or `undefined` to keep it and look at its children. */
export type Replace = (node: ts.Node, rewriter: Rewriter) => string | undefined;

/** Rewrites one file. */
export class Rewriter {
  private readonly file: ts.SourceFile;
  private readonly replace: Replace;

  constructor(file: ts.SourceFile, replace: Replace) {
    this.file = file;
    this.replace = replace;
  }

  /** The new text of a node. */
  text(node: ts.Node): string {
    return this.replace(node, this) ?? this.inner(node);
  }

  /** The new text of a node that is not itself replaced. */
  inner(node: ts.Node): string {
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => void children.push(child));
    children.sort((a, b) => a.pos - b.pos);
    const isFile = ts.isSourceFile(node);
    let at = isFile ? 0 : node.getStart(this.file);
    let text = '';
    for (const child of children) {
      const start = child.getStart(this.file);
      text += this.file.text.slice(at, start) + this.text(child);
      at = child.end;
    }
    return text + this.file.text.slice(at, isFile ? this.file.text.length : node.end);
  }
}

/** The new text of a whole file. */
export function rewrite(file: ts.SourceFile, replace: Replace): string {
  return new Rewriter(file, replace).inner(file);
}

/** The blanks before the first character of the line on which a node begins. */
export function indentOf(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, start))![0];
}
