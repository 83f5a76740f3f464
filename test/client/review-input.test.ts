import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  givenPlace,
  givenText,
  markReasonProblem,
  noteProblem,
  selectedLines,
} from '../../client/src/reviews/review-input';
import { english } from './english';

describe('the note of a review', () => {
  it('may be left out, and is one line that a record can hold', () => {
    for (const note of ['', 'compared with the threat model', 'x'.repeat(2_000)]) {
      assert.equal(noteProblem(note, english), undefined);
    }
    for (const note of ['two\nlines', 'two\u2029lines', 'x'.repeat(2_001)])
      assert.ok(noteProblem(note, english));
  });
});

describe('the reason of a mark', () => {
  it('may not be left out', () => {
    assert.equal(markReasonProblem('I typed it myself', english), undefined);
    for (const reason of ['', '  ', 'two\nlines']) assert.ok(markReasonProblem(reason, english));
  });
});

describe('the argument of a command for regions', () => {
  it('has a place, from 0 or as the gutter counts', () => {
    assert.deepEqual(givenPlace({ uri: 'file:///a.ts', line: 3 }), { uri: 'file:///a.ts', line: 3 });
    assert.deepEqual(givenPlace({ uri: 'file:///a.ts', lineNumber: 4 }), { uri: 'file:///a.ts', line: 3 });
    const uri = { toString: () => 'file:///b.ts' };
    assert.deepEqual(givenPlace({ uri, lineNumber: 1 }), { uri: 'file:///b.ts', line: 0 });
  });

  it('may be anything else, which is no place', () => {
    const wrong = [undefined, null, 'selected', {}, { uri: 'file:///a.ts' }, { line: 3 }];
    for (const argument of [...wrong, { uri: 'file:///a.ts', lineNumber: 0 }, { uri: '', line: 1 }]) {
      assert.equal(givenPlace(argument), undefined);
    }
  });

  it('has texts, or leaves them to be asked for', () => {
    assert.equal(givenText({ note: '' }, 'note'), '');
    for (const argument of [undefined, null, 'note', { reason: 'x' }, { note: 3 }]) {
      assert.equal(givenText(argument, 'note'), undefined);
    }
  });
});

describe('the lines of a selection', () => {
  const lines = (start: number, end: number, character: number) =>
    selectedLines({ start: { line: start }, end: { line: end, character } });

  it('are those of which something is selected, and that of the cursor', () => {
    assert.deepEqual(lines(4, 4, 0), { start: 4, end: 5 });
    assert.deepEqual(lines(4, 6, 2), { start: 4, end: 7 });
    assert.deepEqual(lines(4, 7, 0), { start: 4, end: 7 });
  });
});
