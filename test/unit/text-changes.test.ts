// The protocol's changes as offsets: the text must be the client's, and each change must lead to it.
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../server/src/analysis/finding';
import { applyChanges, shiftFindings } from '../../server/src/session/text-changes';
import type { TextChange } from '../../server/src/syntax/syntax-document';

const TEXTS = [
  '',
  'a',
  'a\nb',
  'a\r\nb',
  'a\r\n\r\nb',
  'a\rb',
  '\r\n',
  '\n\n',
  'ab\r\n',
  'b\r\n\na',
  '🙂',
  '🙃\r\n🙂',
];

/** Does the changes on a plain string, by their offsets alone. */
function replayed(before: string, after: string, changes: readonly TextChange[]): string {
  let text = before;
  for (const { startIndex, oldEndIndex, newEndIndex, changedText } of changes) {
    const inserted = changedText.slice(0, newEndIndex - startIndex);
    assert.equal(changedText, inserted + text.slice(startIndex, oldEndIndex), 'what came and what went');
    text = text.slice(0, startIndex) + inserted + text.slice(oldEndIndex);
  }
  assert.equal(text, after);
  return text;
}

describe('changes of a text', () => {
  it('as a whole are cut down to an edit that leads from one to the other', () => {
    for (const before of TEXTS) {
      for (const after of TEXTS) {
        const document = TextDocument.create('file:///a.ts', 'typescript', 1, before);
        const applied = applyChanges(document, [{ text: after }], 2);
        const name = `${JSON.stringify(before)} to ${JSON.stringify(after)}`;
        assert.equal(applied.document.getText(), after, name);
        assert.equal(applied.document.version, 2);
        replayed(before, after, applied.changes);
        const [change] = applied.changes;
        if (before === after) assert.ok(change && change.oldEndIndex - change.startIndex <= 1, name);
      }
    }
  });

  it('are done one after the other', () => {
    const document = TextDocument.create('file:///a.ts', 'typescript', 1, 'one\r\ntwo\r\n');
    const range = (line: number, from: number, to: number) => ({
      start: { line, character: from },
      end: { line, character: to },
    });
    const changes = [
      { range: range(1, 0, 3), text: '2\n3' },
      { range: range(2, 1, 1), text: '🙂' },
      { text: 'zero\r\none\r\n2\n3🙂\r\n' },
      { range: range(0, 4, 0), text: '' },
    ];
    const applied = applyChanges(document, changes, 5);
    assert.equal(applied.document.getText(), '\r\none\r\n2\n3🙂\r\n');
    replayed('one\r\ntwo\r\n', applied.document.getText(), applied.changes);
    assert.equal(applied.changes.length, 4);
  });

  it('move findings along, and take away those whose text they touch', () => {
    const finding = (start: number, end: number, ...related: [number, number][]): Finding => ({
      ruleId: 'a/b',
      message: 'm',
      severity: 'error',
      confidence: 'high',
      cwe: [],
      fingerprint: 'f',
      fixes: () => [{ title: 't', safety: 'safe', edits: [] }],
      start,
      end,
      related: related.map(([from, to]) => ({ path: 'a.ts', message: 'm', start: from, end: to })),
    });
    const shifted = (one: Finding, startIndex: number, oldEndIndex: number, length: number) => {
      const point = { row: 0, column: 0 };
      const points = { startPosition: point, oldEndPosition: point, newEndPosition: point };
      const change = {
        startIndex,
        oldEndIndex,
        newEndIndex: startIndex + length,
        changedText: '',
        ...points,
      };
      return shiftFindings([one], [change]).map(({ start, end, related }) => [
        start,
        end,
        ...related.map((place) => place.start),
      ])[0];
    };
    assert.deepEqual(shifted(finding(10, 14), 0, 0, 3), [13, 17], 'text before it');
    assert.deepEqual(shifted(finding(10, 14), 5, 10, 0), [5, 9], 'text gone before it, up to it');
    assert.deepEqual(shifted(finding(10, 14), 10, 10, 2), [12, 16], 'text put directly before it');
    assert.deepEqual(shifted(finding(10, 14), 14, 14, 2), [10, 14], 'text put directly behind it');
    assert.deepEqual(shifted(finding(10, 14), 20, 25, 0), [10, 14], 'text behind it');
    assert.equal(shifted(finding(10, 14), 11, 11, 1), undefined, 'text put into it');
    assert.equal(shifted(finding(10, 14), 9, 11, 2), undefined, 'text replaced up into it');
    assert.equal(shifted(finding(10, 14), 13, 20, 7), undefined, 'text replaced from within it');
    assert.equal(shifted(finding(10, 14), 0, 30, 0), undefined, 'text gone with it');
    assert.deepEqual(
      shifted(finding(10, 14, [2, 3], [20, 22]), 2, 3, 0),
      [9, 13, 19],
      'a related place gone',
    );
    const [moved] = shiftFindings([finding(1, 2)], []);
    assert.deepEqual(moved?.fixes(), [], 'its fixes were for the earlier text');
  });
});
