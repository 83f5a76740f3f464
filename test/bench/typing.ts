/** A trace on a text: what an editor tells of each keystroke, with the new lines indented as it does. */
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

import type { Keystroke } from './trace';

/** What one keystroke tells the server. */
export interface Step {
  readonly keystroke: Keystroke;
  readonly changes: TextDocumentContentChangeEvent[];
}

/** A statement of one line in a function's body: behind it another one can stand. */
const STATEMENT = /^\s{2,}(?:const|let|await|expect|this\.\w+)\b[^{}`'"]*;$/;
const INDENT = '  ';

interface Done {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
  readonly caretBefore: number;
}

/** The steps of a trace on a text, one for each keystroke. */
export function stepsOf(trace: readonly Keystroke[], text: string): Step[] {
  const typist = new Typist(text);
  return trace.map((keystroke) => ({ keystroke, changes: typist.type(keystroke) }));
}

/** The text after steps. */
export function textAfter(text: string, steps: readonly Step[]): string {
  const document = TextDocument.create('file:///typed.ts', 'typescript', 0, text);
  return steps
    .reduce((current, { changes }, index) => TextDocument.update(current, changes, index + 1), document)
    .getText();
}

class Typist {
  #document: TextDocument;
  #caret = 0;
  #version = 0;
  readonly #done: Done[] = [];

  constructor(text: string) {
    this.#document = TextDocument.create('file:///typed.ts', 'typescript', 0, text);
  }

  type(keystroke: Keystroke): TextDocumentContentChangeEvent[] {
    if ('go' in keystroke) {
      this.#caret = this.#endOfStatement(keystroke.go);
      return [this.#newLine()];
    }
    if ('undo' in keystroke) return this.#undo(keystroke.undo);
    if ('delete' in keystroke) return [this.#replace(this.#caret - keystroke.delete, this.#caret, '')];
    if ('over' in keystroke) this.#caret += keystroke.over;
    if (keystroke.insert === '\n') return [this.#newLine()];
    const indented = keystroke.insert.replaceAll('\n', `\n${this.#indent()}`);
    return [this.#replace(this.#caret, this.#caret, indented, 'back' in keystroke ? keystroke.back : 0)];
  }

  #endOfStatement(share: number): number {
    const lines = this.#document.getText().split('\n');
    const from = Math.floor(share * lines.length);
    for (let tried = 0; tried < lines.length; tried++) {
      const line = (from + tried) % lines.length;
      const text = lines[line] as string;
      if (!STATEMENT.test(text) || !isBalanced(text)) continue;
      return this.#document.offsetAt({ line, character: text.length });
    }
    throw new Error('The text has no statement of one line to type behind.');
  }

  #newLine(): TextDocumentContentChangeEvent {
    const text = this.#document.getText();
    const indent = this.#indent();
    const isOpen = text[this.#caret - 1] === '{';
    if (!isOpen) return this.#replace(this.#caret, this.#caret, `\n${indent}`);
    const isPair = text[this.#caret] === '}';
    const closing = isPair ? `\n${indent}` : '';
    return this.#replace(this.#caret, this.#caret, `\n${indent}${INDENT}${closing}`, closing.length);
  }

  /** Takes changes back, the last one first, as one message. */
  #undo(count: number): TextDocumentContentChangeEvent[] {
    const back = this.#done.splice(-count).reverse();
    return back.map(({ at, removed, inserted, caretBefore }) => {
      const change = this.#replace(at, at + inserted.length, removed);
      this.#done.pop();
      this.#caret = caretBefore;
      return change;
    });
  }

  #replace(start: number, end: number, inserted: string, back = 0): TextDocumentContentChangeEvent {
    const range = { start: this.#document.positionAt(start), end: this.#document.positionAt(end) };
    const removed = this.#document.getText(range);
    this.#done.push({ at: start, removed, inserted, caretBefore: this.#caret });
    this.#document = TextDocument.update(this.#document, [{ range, text: inserted }], ++this.#version);
    this.#caret = start + inserted.length - back;
    return { range, text: inserted };
  }

  #indent(): string {
    const text = this.#document.getText();
    const lineStart = text.lastIndexOf('\n', this.#caret - 1) + 1;
    return /^[ \t]*/.exec(text.slice(lineStart, this.#caret))?.[0] ?? '';
  }
}

function isBalanced(line: string): boolean {
  return (line.match(/[([]/g) ?? []).length === (line.match(/[)\]]/g) ?? []).length;
}
