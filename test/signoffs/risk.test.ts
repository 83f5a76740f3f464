// Which regions are looked at first, and what code touches that security depends on.
import assert from 'node:assert/strict';
import { touchesIn } from '../../server/src/models/security-touches';
import { byRisk, riskOf } from '../../server/src/signoffs/risk';
import { syntaxReader } from '../unit/syntax-of';

describe('the risk of a region', () => {
  const touch = (kind: 'sink' | 'guard', name: string) => ({ kind, name });

  it('follows from findings and sinks, then from guards', () => {
    assert.equal(riskOf({ open: 1, touches: [], lines: 1 }).level, 'high');
    assert.equal(riskOf({ open: 0, touches: [touch('sink', 'exec')], lines: 1 }).level, 'high');
    assert.equal(riskOf({ open: 0, touches: [touch('guard', 'requireAuth')], lines: 900 }).level, 'medium');
    assert.equal(riskOf({ open: 0, touches: [], lines: 900 }).level, 'low');
  });

  it('names what is touched once, sinks first', () => {
    const touches = [touch('guard', 'b'), touch('sink', 'a'), touch('guard', 'b'), touch('sink', 'c')];
    assert.deepEqual(riskOf({ open: 0, touches, lines: 1 }).touches, ['a', 'c', 'b']);
  });

  it('orders by level, findings, size and place', () => {
    const region = (uri: string, start: number, open: number, lines: number) => ({
      ...{ uri, start, open: new Array<number>(open).fill(0) },
      risk: riskOf({ open, touches: [], lines }),
    });
    const ordered = [
      ...[region('b', 0, 2, 1), region('a', 0, 1, 9), region('a', 5, 1, 3), region('a', 0, 0, 50)],
      ...[region('a', 9, 0, 4), region('b', 1, 0, 4)],
    ];
    assert.deepEqual([...ordered].reverse().sort(byRisk), ordered);
  });
});

describe('what code touches', () => {
  const touched = async (text: string) =>
    touchesIn((await syntaxReader())(text))
      .sort((a, b) => a.start - b.start)
      .map(({ kind, name }) => `${kind} ${name}`);

  it('is known by resolved names of libraries', async () => {
    const text = [
      "import { exec as run } from 'node:child_process';",
      "import { createHmac } from 'node:crypto';",
      "import { Pool } from 'pg';",
      'const pool = new Pool();',
      'run(command);',
      'pool.query(text);',
      "createHmac('sha256', key);",
      'element.innerHTML = text;',
      '',
    ].join('\n');
    assert.deepEqual(await touched(text), [
      ...['sink run', 'sink pool.query', 'guard createHmac', 'sink innerHTML'],
    ]);
  });

  it('is not what only has such a name', async () => {
    assert.deepEqual(
      await touched('function exec(x: string) {}\nexec(a);\ndb.query(text);\nparse(b);\n'),
      [],
    );
  });

  it('is what guards by its name, called or declared', async () => {
    const text =
      'function requireAdmin(user: User) { return user.name; }\nverifyToken(token);\nshow(page);\n';
    assert.deepEqual(await touched(text), ['guard requireAdmin', 'guard verifyToken']);
  });
});
