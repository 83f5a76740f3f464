// Puts the pieces of a rule's page together into examples: which blocks belong to one example, which
// are its files, which show them after a fix, and which exceptions it has.

import { type Fence, readFence } from './fence';
import type { Language } from './languages';
import { type Problem, readMarks } from './marks';
import type { Example, ExampleFile, Exception, Outcome } from './page';
import type { Block, Piece } from './pieces';
import { FLAGGED, LEFT_ALONE } from './sections';

type DraftOutcome = Omit<Outcome, 'files'> & { readonly files: ExampleFile[] };
type Draft = Omit<Example, 'files' | 'outcomes'> & {
  readonly files: ExampleFile[];
  readonly outcomes: DraftOutcome[];
};

/** Collects examples from the pieces of a page, which are given to it in their order. */
export class ExampleReader {
  readonly examples: Draft[] = [];
  readonly exceptions: Exception[] = [];
  readonly problems: Problem[] = [];
  private section: Example['kind'] | undefined;
  private pending: Exception[] = [];
  /** Whether the next block with `file=` may join the last example. */
  private joinable = false;
  private explained = false;

  read(piece: Piece): void {
    if (piece.kind === 'block') this.readBlock(piece);
    else if (piece.kind === 'comment') this.readComment(piece);
    else this.readText(piece);
  }

  finish(): void {
    this.refusePending();
    for (const example of this.examples) {
      const marked = example.files.some((file) => file.marks.some((mark) => mark.kind === 'primary'));
      if (example.kind === 'silent' || marked) continue;
      this.complain(example.line, 'A flagged example needs a mark: put `// ~~~` under what is found.');
    }
  }

  private readText(piece: Piece & { kind: 'heading' | 'prose' }): void {
    this.joinable = false;
    if (piece.kind === 'prose') {
      this.refusePending();
      this.explained = true;
    } else if (piece.depth === 2) {
      if (piece.text === FLAGGED) this.exceptions.push(...this.pending.splice(0));
      this.refusePending();
      this.section = piece.text === FLAGGED ? 'flagged' : piece.text === LEFT_ALONE ? 'silent' : undefined;
      this.explained = false;
    }
  }

  private readComment(comment: Piece & { kind: 'comment' }): void {
    if (!/^except\b/.test(comment.text)) return;
    const [, transformation, reason] = /^except\s+([\w-]+)\s*:\s*(\S.*)$/s.exec(comment.text) ?? [];
    if (transformation === undefined || reason === undefined) {
      this.complain(comment.line, 'Write an exception as `<!-- except transformation-name: reason -->`.');
    } else {
      this.pending.push({ transformation, reason, line: comment.line });
    }
  }

  private refusePending(): void {
    for (const { line } of this.pending.splice(0)) {
      this.complain(
        line,
        'An exception stands directly before the first block of an example, or before `## Flagged`.',
      );
    }
  }

  private readBlock(block: Block): void {
    if (!block.closed) this.complain(block.line, 'The block is never closed; end it with the same fence.');
    if (block.fence.startsWith('`') && block.info.includes('`')) {
      this.complain(
        block.line,
        'Markdown allows no back-tick behind a fence of back-ticks; open and close with `~~~`.',
      );
    }
    const fence = readFence(block.info);
    if (this.section === undefined) {
      this.complain(block.line, `A block belongs under \`## ${FLAGGED}\` or \`## ${LEFT_ALONE}\`.`);
    } else if (typeof fence === 'string') {
      this.complain(block.line, fence);
    } else if (fence.fixed !== undefined) {
      this.addOutcome(block, fence, fence.fixed.title);
    } else {
      this.addFile(block, fence, this.section);
    }
  }

  private addFile(block: Block, { file: name, language }: Fence, kind: Example['kind']): void {
    const file = this.fileOf(block, name ?? language.fileName, language);
    const last = this.joinable ? this.examples.at(-1) : undefined;
    if (last !== undefined && name !== undefined && !last.files.some((other) => other.name === name)) {
      this.refusePending();
      last.files.push(file);
      return;
    }
    if (kind === 'silent' && !this.explained) {
      this.complain(block.line, 'Say in a sentence before this block why it is left alone.');
    }
    this.explained = false;
    this.joinable = name !== undefined;
    const exceptions = this.pending.splice(0);
    this.examples.push({ kind, line: block.line, files: [file], outcomes: [], exceptions });
  }

  private addOutcome(block: Block, { file: named, language }: Fence, title: string | undefined): void {
    this.refusePending();
    this.joinable = false;
    const example = this.section === 'flagged' ? this.examples.at(-1) : undefined;
    if (example === undefined) {
      this.complain(block.line, 'A fixed block stands below the flagged example that it fixes.');
      return;
    }
    const name = named ?? (example.files.length === 1 ? example.files[0]?.name : undefined);
    const original = example.files.find((file) => file.name === name);
    const file = this.fileOf(block, name ?? language.fileName, language);
    const outcome = example.outcomes.find((candidate) => candidate.title === title);
    if (original === undefined) {
      const names = example.files.map((candidate) => `file=${candidate.name}`).join(', ');
      this.complain(block.line, `Say which file of the example this is after the fix: ${names}.`);
    } else if (original.language !== language) {
      this.complain(
        block.line,
        `Write this block in the language of the file that it fixes (line ${original.line}).`,
      );
    } else if (outcome === undefined) {
      example.outcomes.push({ title, line: block.line, files: [file] });
    } else if (outcome.files.some((other) => other.name === name)) {
      this.complain(
        block.line,
        `Line ${outcome.line} shows the same file after the same fix; name the fixes.`,
      );
    } else {
      outcome.files.push(file);
    }
  }

  private fileOf({ line, lines }: Block, name: string, language: Language): ExampleFile {
    const { text, marks, problems } = readMarks(lines, language, line + 1);
    if (this.section === 'flagged') {
      this.problems.push(...problems);
      return { name, language, text, marks, lines, line };
    }
    for (const { writtenAt } of marks.filter(({ kind }) => kind === 'primary')) {
      this.complain(
        line + 1 + writtenAt[0]!,
        `Nothing is found under \`## ${LEFT_ALONE}\`; remove the mark.`,
      );
    }
    return { name, language, text: lines.map((own) => `${own}\n`).join(''), marks: [], lines, line };
  }

  private complain(line: number, message: string): void {
    this.problems.push({ line, message });
  }
}
