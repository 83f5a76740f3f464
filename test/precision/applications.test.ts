import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root';
import { type Application, type ApplicationKey, applicationTables, foundOf, judge } from './applications';
import type { ReportedFinding } from './scan-report';

const application: Application = {
  name: 'shop',
  repository: 'https://example.org/shop.git',
  commit: '0123456789abcdef',
  flaws: [
    { flaw: 'SQL', cwe: ['CWE-89', 'CWE-943'], file: 'a.js', line: 10, lastLine: 12, source: 'README.md' },
  ],
};

const finding = (change: Partial<ReportedFinding>): ReportedFinding => ({
  ruleId: 'x/y',
  file: 'a.js',
  line: 11,
  endLine: 11,
  confidence: 'high',
  cwe: ['CWE-89'],
  ...change,
});

describe('precision: vulnerable applications', () => {
  const found = (change: Partial<ReportedFinding>) => foundOf([judge(application, [finding(change)])]).strict;

  it('a flaw is found by a finding of its kind at its place', () => {
    assert.equal(found({}), 1);
    assert.equal(found({ cwe: ['CWE-1', 'CWE-943'] }), 1);
    assert.equal(found({ cwe: ['CWE-79'] }), 0);
    assert.equal(found({ file: 'b.js' }), 0);
  });

  it('a line more or less is forgiven, two are not', () => {
    assert.deepEqual(
      [8, 9, 13, 14].map((line) => found({ line, endLine: line })),
      [0, 1, 1, 0],
    );
    assert.equal(found({ line: 1, endLine: 9 }), 1);
  });

  it('the surest finding is told', () => {
    const judged = judge(application, [finding({ confidence: 'medium' }), finding({ ruleId: 'x/z' })]);
    assert.equal(judged.flaws[0]?.finding?.ruleId, 'x/z');
    assert.deepEqual(foundOf([judged]), { recommended: 1, strict: 1 });
    assert.match(applicationTables([judged]), /\| shop \| 1 \| 1 \(100 %\) \| 1 \(100 %\) \| 1 and 2 \|/);
    assert.match(applicationTables([judge(application, [])]), /`a\.js:10` \| README\.md \| missed/);
  });

  it('the key names a commit, and for each flaw its kinds, place and source', () => {
    const text = readFileSync(join(repositoryRoot(), 'test', 'corpora', 'apps.json'), 'utf8');
    const { applications } = JSON.parse(text) as ApplicationKey;
    assert.equal(applications.length, 5);
    for (const { name, commit, flaws } of applications) {
      assert.match(commit, /^[0-9a-f]{40}$/, name);
      for (const flaw of flaws) {
        const isComplete =
          flaw.flaw !== '' &&
          flaw.source !== '' &&
          flaw.line > 0 &&
          (flaw.lastLine ?? flaw.line) >= flaw.line &&
          flaw.cwe.length > 0 &&
          flaw.cwe.every((cwe) => /^CWE-\d+$/.test(cwe));
        assert.ok(isComplete, `${name}: ${JSON.stringify(flaw)}`);
      }
    }
  });
});
