import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findingText, groupText, sentencesOf } from '../../client/src/findings/finding-text';
import { FindingTree } from '../../client/src/findings/finding-tree';
import type { ShownFinding } from '../../client/src/findings/shown-finding';
import { english } from './english';

/** @param path below the folder; the finding is in line `line`, counted from 1 */
function finding(path: string, line: number, ruleId: string, more: Partial<ShownFinding> = {}): ShownFinding {
  return {
    uri: `file:///project/${path}`,
    path,
    ruleId,
    message: `\`${ruleId}\` is wrong. Mend it.`,
    severity: 'warning',
    range: { start: { line: line - 1, character: 2 }, end: { line: line - 1, character: 6 } },
    fingerprint: `${path} ${line}`,
    ...more,
  };
}

function shown(tree: FindingTree): string[] {
  return tree.groups.map(
    ({ by, ruleId, path, severity, rows }) =>
      `${severity} ${by === 'rule' ? ruleId : path}: ${rows.map(({ finding: { path: file, range } }) => `${file}:${range.start.line + 1}`).join(' ')}`,
  );
}

describe('the rows of the view of findings', () => {
  const findings = [
    finding('b.ts', 9, 'x/two'),
    finding('b.ts', 3, 'x/two'),
    finding('a/a.ts', 5, 'x/one', { severity: 'info' }),
    finding('a/a.ts', 5, 'x/two', { severity: 'error' }),
    finding('c.ts', 1, 'y/three', { severity: 'hint' }),
  ];

  it('are by rule, the most severe first, in the order of the files', () => {
    const tree = new FindingTree();
    assert.equal(tree.update(findings, 'rule'), 'everything');
    assert.deepEqual(shown(tree), [
      'error x/two: a/a.ts:5 b.ts:3 b.ts:9',
      'info x/one: a/a.ts:5',
      'hint y/three: c.ts:1',
    ]);
  });

  it('are by file, in the order of the text', () => {
    const tree = new FindingTree();
    tree.update(findings, 'file');
    assert.deepEqual(shown(tree), [
      'error a/a.ts: a/a.ts:5 a/a.ts:5',
      'warning b.ts: b.ts:3 b.ts:9',
      'hint c.ts: c.ts:1',
    ]);
  });

  it('are each of an identity of its own, also where fingerprints are missing or the same', () => {
    const twins = [
      ...findings,
      ...[1, 2].map(() => finding('b.ts', 7, 'x/two', { fingerprint: 'same' })),
      ...[1, 2].map(() => finding('b.ts', 8, 'x/two', { fingerprint: undefined })),
    ];
    for (const by of ['rule', 'file'] as const) {
      const tree = new FindingTree();
      tree.update(twins, by);
      const ids = tree.groups.flatMap(({ id, rows }) => [id, ...rows.map((row) => row.id)]);
      assert.equal(new Set(ids).size, ids.length, ids.join('\n'));
    }
  });

  it('keep their identity when the text moves, and only their group is drawn again', () => {
    const tree = new FindingTree();
    tree.update(findings, 'file');
    const before = tree.groups;
    const ids = before.map(({ rows }) => rows.map(({ id }) => id));
    const moved = findings.map((each) =>
      each.path === 'b.ts'
        ? { ...each, range: { start: { line: 99, character: 0 }, end: { line: 99, character: 1 } } }
        : each,
    );
    const change = tree.update(moved, 'file');
    assert.deepEqual(change, [before[1]]);
    assert.ok(tree.groups.every((group, index) => group === before[index]));
    // Within the file the order may be another one.
    assert.deepEqual(
      tree.groups.map(({ rows }) => rows.map(({ id }) => id).sort()),
      ids.map((some) => [...some].sort()),
    );
  });

  it('are not drawn again when nothing changed', () => {
    const tree = new FindingTree();
    tree.update(findings, 'rule');
    assert.equal(tree.update([...findings].reverse(), 'rule'), 'nothing');
    assert.equal(tree.update([], 'rule'), 'everything');
    assert.equal(tree.update([], 'rule'), 'nothing');
  });

  it('are all drawn again when groups come, go, change places or are others', () => {
    const tree = new FindingTree();
    tree.update(findings, 'rule');
    assert.equal(tree.update(findings.slice(0, 4), 'rule'), 'everything');
    assert.equal(tree.update(findings, 'rule'), 'everything');
    const worse = findings.map((each) =>
      each.ruleId === 'y/three' ? { ...each, severity: 'error' as const } : each,
    );
    assert.equal(tree.update(worse, 'rule'), 'everything');
    assert.equal(tree.update(worse, 'file'), 'everything');
  });
});

describe('what the rows of the view of findings say', () => {
  const tree = new FindingTree();
  const rows = (by: 'rule' | 'file', ...given: ShownFinding[]) => {
    tree.update(given, by);
    const [group] = tree.groups;
    assert.ok(group?.rows[0]);
    return { group, row: group.rows[0] };
  };
  const one = finding('src/a.ts', 5, 'x/one', { severity: 'error' });

  it('is by rule: its id, how many, its title; then where, and what is wrong', () => {
    const { group, row } = rows('rule', one, finding('src/b.ts', 1, 'x/one'));
    assert.deepEqual(groupText(group, 'A `bad` thing', english), {
      label: 'x/one',
      description: '2 · A bad thing',
      spoken: 'x/one, 2 problems, A bad thing',
    });
    assert.deepEqual(findingText(row, english), {
      label: 'a.ts:5',
      description: 'x/one is wrong',
      spoken: 'Error: x/one is wrong. Mend it., src/a.ts, line 5, rule x/one',
    });
  });

  it('makes do without the title', () => {
    assert.deepEqual(groupText(rows('rule', one).group, undefined, english), {
      label: 'x/one',
      description: '1',
      spoken: 'x/one, 1 problem',
    });
  });

  it('is by file: its name, how many, its folder; then the rule, where, and what is wrong', () => {
    const { group, row } = rows('file', one);
    assert.deepEqual(groupText(group, undefined, english), {
      label: 'a.ts',
      description: '1 · src',
      spoken: 'src/a.ts, 1 problem',
    });
    const { label, description } = findingText(row, english);
    assert.deepEqual([label, description], ['x/one', 'line 5 · x/one is wrong']);
    const { group: atTop } = rows('file', finding('a.ts', 1, 'x/one'));
    assert.equal(groupText(atTop, undefined, english).description, '1');
  });

  const messages: [message: string, wrong: string, remedy: string][] = [
    ['It is wrong. Mend it.', 'It is wrong.', 'Mend it.'],
    ['`a.b. C` is wrong, e.g. here. Mend `it. Now`.', '`a.b. C` is wrong, e.g.', 'here. Mend `it. Now`.'],
    ['`jwt.decode` believes. Verify.', '`jwt.decode` believes.', 'Verify.'],
    ['Nothing to do', 'Nothing to do', ''],
    ['One sentence.', 'One sentence.', ''],
    ['An `unclosed one. Mend it.', 'An `unclosed one. Mend it.', ''],
    ['', '', ''],
  ];
  for (const [message, wrong, remedy] of messages) {
    it(`splits ${JSON.stringify(message)}`, () => assert.deepEqual(sentencesOf(message), { wrong, remedy }));
  }
});
