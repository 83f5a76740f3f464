// The committed trace is what the generator makes, has all that a trace must have, and can be typed anywhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testParsers } from '../engine';
import { repositoryRoot } from '../repository-root';
import { KEYSTROKES, makeTrace, traceText } from './trace';
import { stepsOf, textAfter } from './typing';

const FUNCTION = 'function f() {\n  const a = load();\n  return a;\n}\n';

describe('bench: trace', () => {
  it('is the committed one', () => {
    const committed = readFileSync(join(repositoryRoot(), 'test/bench/keystrokes.json'), 'utf8');
    assert.equal(traceText(makeTrace()), committed, 'Run: npm run bench -- --trace');
  });

  it('has all that people type', () => {
    const trace = makeTrace();
    assert.equal(trace.length, KEYSTROKES);
    const inserted = trace.flatMap((keystroke) => ('insert' in keystroke ? keystroke.insert : []));
    for (const wanted of ["'", '"', '`', '{', '}', '{}', '()', '``', '\n', 'e', '/', '*']) {
      assert.ok(
        inserted.some((text) => text === wanted || text === wanted + wanted),
        `nobody types ${JSON.stringify(wanted)}`,
      );
    }
    assert.ok(
      inserted.some((text) => text.split('\n').length === 30),
      'nothing is pasted',
    );
    for (const kind of ['go', 'delete', 'undo', 'over']) {
      assert.ok(trace.filter((keystroke) => kind in keystroke).length >= 3, `too little of ${kind}`);
    }
  });

  it('leaves a text that parses wherever the caret goes elsewhere', async () => {
    const parser = (await testParsers())('a.ts');
    const text = FUNCTION.repeat(100);
    const trace = makeTrace();
    const steps = stepsOf(trace, text);
    for (const [index, keystroke] of trace.entries()) {
      if (!('go' in keystroke)) continue;
      const tree = parser.parse(textAfter(text, steps.slice(0, index)));
      assert.equal(tree?.hasError, false, `what was typed before keystroke ${index} is left open`);
      tree?.delete();
    }
  });

  it('is indented as editors do, and undone', () => {
    const typed = (...keystrokes: Parameters<typeof stepsOf>[0]) =>
      textAfter(FUNCTION, stepsOf([{ go: 0 }, ...keystrokes], FUNCTION));
    const expected = (inner: string) => FUNCTION.replace('load();', `load();\n  ${inner}`);
    assert.equal(typed({ insert: 'x' }), expected('x'));
    assert.equal(
      typed({ insert: '()', back: 1 }, { insert: 'y' }, { over: 1, insert: ';' }),
      expected('(y);'),
    );
    assert.equal(
      typed({ insert: '{}', back: 1 }, { insert: '\n' }, { insert: 'y' }),
      expected('{\n    y\n  }'),
    );
    assert.equal(typed({ insert: 'a' }, { insert: '{\n}' }), expected('a{\n  }'));
    assert.equal(typed({ insert: 'a' }, { insert: 'b' }, { delete: 1 }), expected('a'));
    assert.equal(typed({ insert: 'a' }, { insert: 'b' }, { delete: 1 }, { undo: 2 }), expected('a'));
    assert.equal(typed({ insert: 'a' }, { undo: 1 }, { insert: 'b' }), expected('b'));
  });
});
