import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { findingIn, findingRow, ruleIdIn, suppressionRow } from '../../client/src/row-argument';
import {
  hiddenText,
  suppressionContext,
  suppressionDetails,
  suppressionLine,
  suppressionRows,
  suppressionText,
} from '../../client/src/suppressions/suppression-rows';
import type { HiddenFinding, ListedSuppression } from '../../protocol/suppressions';
import { repositoryRoot } from '../repository-root';
import { english } from './english';

const pathOf = (uri: string) => uri.replace('file:///project/', '');

const rangeIn = (line: number) => ({
  start: { line: line - 1, character: 0 },
  end: { line: line - 1, character: 9 },
});

const hidden: HiddenFinding = {
  uri: 'file:///project/src/a.ts',
  range: rangeIn(4),
  ruleId: 'x/one',
  message: '`a.b` is wrong. Mend it.',
  severity: 'error',
};

function suppression(line: number, more: Partial<ListedSuppression> = {}): ListedSuppression {
  return {
    ...{ kind: 'comment', uri: hidden.uri, version: 1, range: rangeIn(line), ruleId: 'x/one', scope: 'line' },
    ...{ reason: 'checked', state: 'active', hidden: [hidden] },
    ...more,
  };
}

const first = (listed: ListedSuppression) => {
  const [row] = suppressionRows([listed], pathOf);
  assert.ok(row);
  return row;
};

describe('the rows of the view of suppressions', () => {
  it('begin with what needs a person, then go by path and place', () => {
    const rows = suppressionRows(
      [
        suppression(9),
        suppression(2),
        suppression(7, { state: 'unused', hidden: [] }),
        suppression(3, { uri: 'file:///project/b.ts' }),
        suppression(1, { state: 'expired', hidden: [] }),
      ],
      pathOf,
    );
    assert.deepEqual(
      rows.map(({ path, suppression: { range, state } }) => `${path}:${range.start.line + 1} ${state}`),
      ['src/a.ts:1 expired', 'src/a.ts:7 unused', 'b.ts:3 active', 'src/a.ts:2 active', 'src/a.ts:9 active'],
    );
  });

  it('keep their identity when the text moves, and are never confused', () => {
    const all = [
      suppression(2),
      suppression(9),
      suppression(5, { ruleId: 'x/two', hidden: [hidden, hidden] }),
    ];
    const ids = (listed: readonly ListedSuppression[]) =>
      suppressionRows(listed, pathOf).flatMap(({ id, hidden: below }) => [id, ...below.map((row) => row.id)]);
    assert.equal(new Set(ids(all)).size, 7);
    const moved = all.map((each) => ({ ...each, range: rangeIn(each.range.start.line + 40) }));
    assert.deepEqual(ids(moved), ids(all));
  });

  const texts: [what: string, listed: ListedSuppression, label: string, description: string][] = [
    ['in force', suppression(3), 'x/one', 'checked · a.ts:3'],
    [
      'with a last day',
      suppression(3, { until: '2026-12-31' }),
      'x/one',
      'checked · until 2026-12-31 · a.ts:3',
    ],
    [
      'that hides several',
      suppression(3, { scope: 'file', hidden: [hidden, hidden] }),
      'x/one (2)',
      'checked · a.ts:3',
    ],
    ['unused', suppression(3, { state: 'unused', hidden: [] }), 'x/one', 'unused · checked · a.ts:3'],
    [
      'expired',
      suppression(3, { state: 'expired', until: '2026-01-31', hidden: [] }),
      'x/one',
      'expired 2026-01-31 · checked · a.ts:3',
    ],
    [
      'not valid',
      suppression(3, { state: 'invalid', reason: undefined as never, hidden: [] }),
      'x/one',
      'not valid · a.ts:3',
    ],
    [
      'without a rule',
      suppression(3, { state: 'invalid', ruleId: undefined as never, hidden: [] }),
      'no rule',
      'not valid · checked · a.ts:3',
    ],
  ];
  for (const [what, listed, label, description] of texts) {
    it(`say what is ${what}`, () => {
      const text = suppressionText(first(listed), english);
      assert.deepEqual([text.label, text.description], [label, description]);
      assert.doesNotMatch(text.spoken, /undefined|\$\(|·/);
    });
  }

  it('are spoken as sentences', () => {
    const row = first(suppression(3, { until: '2026-12-31' }));
    assert.equal(
      suppressionText(row, english).spoken,
      'x/one, Hides 1 problem in its line., checked, until 2026-12-31, src/a.ts, line 3',
    );
    assert.deepEqual(hiddenText(row.hidden[0]!, english), {
      label: 'a.b is wrong',
      description: 'line 4',
      spoken: 'a.b is wrong, src/a.ts, line 4',
    });
  });

  it('tell more in the tooltip', () => {
    assert.deepEqual(
      suppressionDetails(
        first(suppression(3, { scope: 'files', files: ['a/**', 'b'], hidden: [hidden, hidden] })),
        english,
      ),
      ['Reason: checked', 'Hides 2 problems in the open files.', 'Files: a/**, b', 'src/a.ts:3'],
    );
    assert.deepEqual(
      suppressionDetails(
        first(
          suppression(3, {
            state: 'expired',
            until: '2026-01-31',
            problem: 'It is over. Decide.',
            hidden: [],
          }),
        ),
        english,
      ),
      ['It is over. Decide.', 'Reason: checked', 'src/a.ts:3'],
    );
  });

  const configured = suppression(3, {
    ...{ kind: 'configuration', uri: 'file:///project/web/.countersignrc.json', version: null },
    ...{ ruleId: 'x/*', scope: 'files', files: ['gen/**', '*.json'], hidden: [] },
  });

  it('tell globs and folder of a configuration', () => {
    const row = first(configured);
    assert.deepEqual(suppressionText(row, english), {
      label: 'x/*',
      description: 'gen/**, *.json · checked · web/.countersignrc.json:3',
      spoken: 'x/*, gen/**, *.json, checked, web/.countersignrc.json, line 3',
    });
    assert.equal(suppressionLine(row), 'web/.countersignrc.json:3: x/* in gen/**, *.json -- checked');
  });

  it('say why they cannot be taken back, and are known to the menus by that', () => {
    const fixed = first({ ...configured, fixedBecause: 'It is of a package.' });
    assert.ok(suppressionDetails(fixed, english).includes('It is of a package.'));
    const names = [first(suppression(3)), first(configured), fixed].map(suppressionContext);
    assert.deepEqual(names, [
      'suppression.comment',
      'suppression.configuration',
      'suppression.configuration.fixed',
    ]);
    const manifest = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8'));
    const entries: { command: string; when: string }[] = manifest.contributes.menus['view/item/context'];
    const undoing = entries.filter(({ command }) => command === 'countersign.undoSuppression');
    assert.equal(undoing.length, 2);
    for (const { when } of undoing) {
      const pattern = new RegExp(/viewItem =~ \/(.*)\/$/.exec(when)?.[1] ?? '(?!)');
      assert.deepEqual(
        names.map((name) => pattern.test(name)),
        [true, true, false],
        when,
      );
    }
  });

  it('are copied as one line', () => {
    const listed = suppression(3, { until: '2026-12-31' });
    assert.equal(suppressionLine(first(listed)), 'src/a.ts:3: x/one -- checked until 2026-12-31');
  });
});

describe('what commands are called with', () => {
  const row = first(suppression(3));
  const finding = { kind: 'finding', id: '', finding: { uri: 'u', fingerprint: 'f', ruleId: 'x/one' } };

  it('may be a row', () => {
    assert.equal(suppressionRow(row), row);
    assert.equal(suppressionRow(finding), undefined);
    assert.equal(findingRow(finding), finding);
    assert.equal(findingRow(row), undefined);
    assert.deepEqual(findingIn(finding), finding.finding);
  });

  it('may be what a code action names', () => {
    assert.deepEqual(findingIn({ uri: 'u', fingerprint: 'f', more: 1 }), { uri: 'u', fingerprint: 'f' });
  });

  it('may be anything, as key bindings are written by hand', () => {
    for (const argument of [undefined, null, 7, 'x', [], {}, { uri: 'u' }, { uri: 'u', fingerprint: 7 }]) {
      assert.equal(findingIn(argument), undefined);
      assert.equal(findingRow(argument), undefined);
      assert.equal(suppressionRow(argument), undefined);
    }
  });

  it('leads to the rule', () => {
    assert.equal(ruleIdIn(row), 'x/one');
    assert.equal(ruleIdIn(finding), 'x/one');
    assert.equal(ruleIdIn({ kind: 'group', by: 'rule', ruleId: 'x/two' }), 'x/two');
    assert.equal(ruleIdIn({ kind: 'group', by: 'file', ruleId: 'x/two' }), undefined);
    assert.equal(ruleIdIn('x/three'), 'x/three');
    assert.equal(ruleIdIn(undefined), undefined);
  });
});
