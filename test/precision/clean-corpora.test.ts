import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root';
import { cleanTable, differences, listedFindings, type ScannedPackage, summaryOf } from './clean-corpora';
import type { ReportedFinding } from './scan-report';

const list = (...rows: string[]) =>
  [
    '# x',
    '## Each finding, with a verdict',
    '| rule | package | places | verdict | why |',
    '| --- | --- |',
    ...rows,
    '',
    '## y',
    '| a |',
  ].join('\n');

const finding = (ruleId: string, line: number, confidence: 'high' | 'medium' = 'high'): ReportedFinding => ({
  ruleId,
  file: 'lib/a.js',
  line,
  endLine: line,
  confidence,
  cwe: ['CWE-95'],
});

const scanned = (lines: number, ...findings: ReportedFinding[]): ScannedPackage => ({
  name: 'zod',
  version: '1.0.0',
  lines,
  findings,
});

describe('precision: well-kept packages', () => {
  it('reads the list of findings, several places in a row', () => {
    const document = list('| `x/y` | zod | `lib/a.js:1`, `lib/b.js:20` | right | because |');
    assert.deepEqual(listedFindings(document), [
      { ruleId: 'x/y', packageName: 'zod', place: 'lib/a.js:1' },
      { ruleId: 'x/y', packageName: 'zod', place: 'lib/b.js:20' },
    ]);
  });

  it('takes no row that lacks something', () => {
    for (const row of [
      '| x/y | zod | `lib/a.js:1` | right | because |',
      '| `x/y` | zod | `lib/a.js` | right | because |',
      '| `x/y` | zod | `lib/a.js:1` | maybe | because |',
      '| `x/y` | zod | `lib/a.js:1` | right |  |',
    ])
      assert.throws(() => listedFindings(list(row)), /is not "rule/, row);
    assert.throws(() => listedFindings('# x'), /no heading/);
  });

  it('tells of findings that are not listed, and of listed ones that are gone', () => {
    const listed = listedFindings(
      list('| `x/y` | zod | `lib/a.js:1`, `lib/a.js:1`, `lib/a.js:3` | wrong | because |'),
    );
    const packages = [scanned(10, finding('x/y', 1), finding('x/y', 2), finding('x/y', 9, 'medium'))];
    assert.deepEqual(differences(packages, listed), {
      unlisted: ['x/y in zod lib/a.js:2'],
      gone: ['x/y in zod lib/a.js:1', 'x/y in zod lib/a.js:3'],
    });
  });

  it('holds both bars', () => {
    assert.equal(summaryOf([scanned(5000, finding('x/y', 1))]).isWithinBars, true);
    assert.equal(summaryOf([scanned(4999, finding('x/y', 1))]).isWithinBars, false);
    const noisy = (count: number) =>
      Array.from({ length: count }, (_, line) => finding('x/y', line, 'medium'));
    assert.equal(summaryOf([scanned(1000, ...noisy(1))]).isWithinBars, true);
    assert.equal(summaryOf([scanned(1000, ...noisy(2))]).isWithinBars, false);
  });

  it('has a row for each package and one for all', () => {
    const rows = cleanTable([scanned(2000, finding('x/y', 1), finding('x/y', 2, 'medium'))]).split('\n');
    assert.deepEqual(rows.slice(2), [
      '| zod 1.0.0 | 2,000 | 1 | 2 | 1.00 |',
      '| all | 2,000 | 1 | 2 | 1.00 |',
    ]);
  });

  it('the list in the documentation is in its form', () => {
    const document = readFileSync(join(repositoryRoot(), 'docs', 'precision.md'), 'utf8');
    assert.ok(listedFindings(document).length > 0);
  });
});
