import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { evidenceOf } from '../../server/src/origin/evidence';
import { LoadedOrigins } from '../../server/src/origin/lines/loaded-origins';
import type { OriginRun } from '../../server/src/origin/lines/text-origins';
import { TrackedText } from '../../server/src/session/origin/tracked-text';
import { edited, randomEdits, randomLines } from '../origin/line-edits';
import { Random } from '../syntax/random';

const URI = 'file:///a.ts';

describe('an edited text', () => {
  const lines = randomLines(new Random(1), 120);
  const evidence = [
    evidenceOf('git-ai-note', 'ai', { tool: 'Claude Code' }),
    evidenceOf('commit-author', 'ai-commit', { tool: 'Devin' }),
  ];
  const pieces = lines.map((_, line) => {
    const known = line % 9 < 4 ? evidence.slice(0, 1) : line % 9 < 6 ? evidence.slice(1) : [];
    return { start: line, end: line + 1, commit: String(line), facts: { evidence: known } };
  });
  const loaded = new LoadedOrigins({
    head: '1',
    text: `${lines.join('\n')}\n`,
    pieces,
    sources: [],
    missing: [],
  });
  const states = (runs: readonly OriginRun[] | undefined) =>
    (runs ?? []).flatMap(({ start, end, commit, origin }) =>
      new Array<string>(end - start).fill(`${origin.state} ${commit ?? ''}`),
    );

  it('has the origins of the same text opened, after whatever edits', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 60; seed++) {
      const random = new Random(seed);
      const end = random.pick(['\n', '\r\n', '\r']);
      const document = TextDocument.create(URI, 'plaintext', 1, lines.join(end));
      const text = new TrackedText(document);
      text.loaded = loaded;
      let now: readonly string[] = lines;
      for (let round = 2; round < 12; round++) {
        for (const edit of randomEdits(random, now)) {
          now = edited(now, [edit]);
          const range = {
            start: { line: edit.start, character: 0 },
            end: { line: edit.end, character: 0 },
          };
          // As an editor tells it: whole lines with their ends, and at the end of the text the end before them.
          const change = random.chance(0.2)
            ? { text: now.join(end) }
            : changeOf(document, range, edit.lines, end);
          TextDocument.update(document, [change], round);
          text.change([change], document);
        }
        assert.equal(document.getText(), now.join(end));
        assert.deepEqual(text.lines, now, `seed ${seed}`);
        assert.equal(states(text.runs).length, now.length);
        text.settle();
        assert.deepEqual(states(text.runs), states(loaded.runs(document.getText())), `seed ${seed}`);
        for (const each of states(text.runs)) seen.add(each.split(' ', 1)[0] as string);
      }
    }
    assert.deepEqual([...seen].sort(), ['ai', 'ai-commit', 'mixed', 'unknown']);
  });

  it('has one line fewer where a carriage return and a line feed come together', () => {
    const document = TextDocument.create(URI, 'plaintext', 1, 'one\ntwo');
    const text = new TrackedText(document);
    const at = { line: 0, character: 3 };
    const change = { range: { start: at, end: at }, text: '\r' };
    TextDocument.update(document, [change], 2);
    text.change([change], document);
    assert.deepEqual(text.lines, ['one', 'two']);
  });
});

interface Place {
  readonly line: number;
  readonly character: number;
}

function changeOf(
  document: TextDocument,
  { start, end }: { readonly start: Place; readonly end: Place },
  lines: readonly string[],
  lineEnd: string,
): { range: { start: Place; end: Place }; text: string } {
  const last = document.lineCount;
  const text = lines.join(lineEnd);
  if (end.line < last) return { range: { start, end }, text: lines.length > 0 ? text + lineEnd : '' };
  const tail = document.positionAt(document.getText().length);
  if (start.line === 0) return { range: { start, end: tail }, text };
  const before = {
    line: start.line - 1,
    character: document.getText().split(lineEnd)[start.line - 1]?.length ?? 0,
  };
  return { range: { start: before, end: tail }, text: lines.length > 0 ? lineEnd + text : '' };
}
