// Which lines of a text an edit wrote: told only where the place is sure.
import assert from 'node:assert/strict';
import type { FileEdit, Replacement } from '../../../server/src/origin/recorder/agent-event';
import { readApplyPatch } from '../../../server/src/origin/recorder/apply-patch';
import { transcriptModel } from '../../../server/src/origin/recorder/transcript-model';
import { writtenLines } from '../../../server/src/origin/recorder/written-lines';

function linesWritten(edit: Omit<FileEdit, 'path'>, text: string): number[] | undefined {
  const found = writtenLines({ path: 'a.ts', ...edit }, text);
  return found?.ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
}

const replaced = (before: string, after: string, isEverywhere = false): Replacement => ({
  before,
  after,
  isEverywhere,
});

describe('written lines: replacements', () => {
  const of = (replacements: Replacement[], text: string) => linesWritten({ replacements }, text);

  it('lines that were there before are not written', () => {
    assert.deepEqual(
      of([replaced('a();\nb();', 'a();\nnew1();\nb();\nnew2();')], 'x\na();\nnew1();\nb();\nnew2();\n'),
      [2, 4],
    );
  });

  it('a part of a line makes it a written line, and only that one', () => {
    assert.deepEqual(of([replaced('= 1', '= compute()')], 'x\nconst a = compute();\ny\n'), [1]);
    assert.deepEqual(of([replaced('f(1);\n', 'f(compute());\n')], '  f(compute());\nnext\n'), [0]);
  });

  it('what stands at two places is not told', () => {
    assert.equal(
      of([replaced('x', 'return undefined;')], 'return undefined;\nreturn undefined;\n'),
      undefined,
    );
    assert.equal(of([replaced('old', 'name', true)], 'name\n'), undefined, 'it may have stood there before');
    assert.equal(of([replaced('', 'all\n')], 'all\n'), undefined);
    assert.equal(of([replaced('gone', '')], 'rest\n'), undefined);
  });

  it('a later edit of the same call may change what an earlier one wrote', () => {
    const replacements = [
      replaced('start', 'one();\ntwo();\nthree();'),
      replaced('two();', 'second();\nextra();'),
    ];
    assert.deepEqual(of(replacements, 'head\none();\nsecond();\nextra();\nthree();\ntail\n'), [1, 2, 3, 4]);
    const apart = [replaced('b', 'B1\nB2'), replaced('a', 'A1\nA2')];
    assert.deepEqual(of(apart, 'A1\nA2\nmiddle\nB1\nB2\n'), [0, 1, 3, 4]);
  });

  it('a formatter may indent it otherwise', () => {
    const [before, after] = ['if (a) {\n  b();\n}', 'if (a) {\n  b();\n  c();\n}'];
    assert.deepEqual(
      of([replaced(before, after)], 'x\n    if (a) {\n        b();\n        c();\n    }\n'),
      [3],
    );
  });
});

describe('written lines: lines that were only indented otherwise', () => {
  const before = 'a();\nb();\n';
  const after = 'if (x) {\n  a();\n  b();\n}\n';

  it('are not written, however the edit is told', () => {
    const lines = ['-a();', '-b();', '+if (x) {', '+  a();', '+  b();', '+}'];
    assert.deepEqual(linesWritten({ hunks: [{ start: 0, lines }] }, after), [0, 3]);
    assert.deepEqual(linesWritten({ patch: [{ heading: undefined, lines }] }, after), [0, 3]);
    assert.deepEqual(linesWritten({ whole: { text: after, before } }, after), [0, 3]);
    assert.deepEqual(linesWritten({ replacements: [replaced(before, after)] }, after), [0, 3]);
  });
});

describe('written lines: what is too much', () => {
  it('is left unknown', () => {
    const text = 'line();\n'.repeat(50_000);
    const replacements = new Array<Replacement>(10_000).fill(replaced('x', 'line();\nother();'));
    assert.equal(linesWritten({ replacements }, text), undefined);
    const patch = new Array(10_000).fill({ heading: undefined, lines: [' line();', '+line();'] });
    assert.equal(linesWritten({ patch }, text), undefined);
  });
});

describe('written lines: patches', () => {
  const patch = (...lines: string[]) =>
    readApplyPatch(['*** Begin Patch', ...lines, '*** End Patch'].join('\n'));

  it('reads files that are made, changed, moved and deleted', () => {
    const edits = patch(
      ...['*** Add File: new.ts', '+one', '+two', '*** Delete File: gone.ts'],
      ...[
        '*** Update File: old.ts',
        '*** Move to: moved.ts',
        '@@ class A',
        ' keep',
        '-out',
        '+in',
        '*** End of File',
      ],
    );
    assert.deepEqual(edits, [
      { path: 'new.ts', whole: { text: 'one\ntwo\n', before: null } },
      { path: 'moved.ts', patch: [{ heading: 'class A', lines: [' keep', '-out', '+in'] }] },
    ]);
    assert.deepEqual(readApplyPatch('no patch'), []);
    assert.deepEqual(readApplyPatch('*** Begin Patch\n*** Update File: a\n+x'), [], 'it is cut off');
  });

  it('tells places apart by their order and their headings', () => {
    const text = 'function a() {\n  start();\n  log();\n}\nfunction b() {\n  start();\n  log();\n}\n';
    const of = (...lines: string[]) =>
      linesWritten(patch('*** Update File: x', ...lines)[0] as FileEdit, text);
    assert.equal(of('@@', '   start();', '+  log();'), undefined, 'two places');
    assert.deepEqual(of('@@ function b() {', '   start();', '+  log();'), [6]);
    assert.deepEqual(
      of('@@', ' function a() {', '   start();', '+  log();', '@@', '   start();', '+  log();'),
      [2, 6],
    );
    assert.deepEqual(of('@@', '-nothing is added'), []);
  });
});

describe('the model in a transcript', () => {
  const line = (model: string, id: string) =>
    JSON.stringify({
      type: 'assistant',
      message: { model, content: [{ type: 'tool_use', id, name: 'Edit', input: {} }] },
    });

  it('is that of the call, else the last', () => {
    const end = `cut off","model":"x"}\n${line('opus', 'a')}\n${line('haiku', 'b')}\n{"type":"user","message":{}}\n`;
    assert.equal(transcriptModel(end, 'a'), 'opus');
    assert.equal(transcriptModel(end, 'zzz'), 'haiku');
    assert.equal(transcriptModel(end, undefined), 'haiku');
    assert.equal(transcriptModel('', 'a'), undefined);
    const isShared = true;
    assert.equal(transcriptModel(end, 'a', isShared), 'opus');
    assert.equal(transcriptModel(end, 'zzz', isShared), undefined, 'the last answer may be of another agent');
    assert.equal(transcriptModel(end, undefined, isShared), undefined);
    assert.equal(transcriptModel(line('<synthetic>', 'a'), 'a'), undefined);
  });
});
