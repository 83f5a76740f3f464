// Which findings are shown, and as what.
import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/analysis/finding';
import { type Customization, select } from '../../server/src/analysis/selection';
import { isTestPath } from '../../server/src/analysis/test-path';

const finding = (ruleId: string, given: Partial<Finding> = {}): Finding => ({
  ruleId,
  start: 0,
  end: 1,
  message: 'm',
  severity: 'warning',
  confidence: 'high',
  cwe: [],
  related: [],
  fingerprint: 'f',
  fixes: () => [],
  ...given,
});

const custom = (rule: string, severity: Customization['severity']): Customization => ({ rule, severity });
const shown = (
  one: Finding,
  customizations: readonly Customization[] = [],
  profile: 'recommended' | 'strict' = 'recommended',
  path = 'src/a.ts',
) => select([one], { profile, customizations }, path).map(({ severity }) => severity)[0];

describe('selection', () => {
  it('shows high confidence, in strict also medium, and low only where the rule is named', () => {
    const by = (confidence: Finding['confidence'], ...rest: [Customization[]?, 'strict'?]) =>
      shown(finding('auth/a', { confidence }), ...rest);
    assert.equal(by('high'), 'warning');
    assert.equal(by('medium'), undefined);
    assert.equal(by('medium', [], 'strict'), 'warning');
    assert.equal(by('low', [], 'strict'), undefined);
    assert.equal(by('low', [custom('auth/a', 'hint')]), 'hint');
    assert.equal(by('low', [custom('auth/*', 'hint')]), undefined, 'a pattern names no rule');
    assert.equal(by('medium', [custom('auth/a', 'upgrade')]), 'error');
    assert.equal(by('medium', [custom('auth/a', 'default')]), undefined);
  });

  const patterns: [string, boolean][] = [
    ['auth/jwt-unverified', true],
    ['auth/jwt', false],
    ['*', true],
    ['**', true],
    ['auth/*', true],
    ['*/jwt-unverified', true],
    ['*jwt*', true],
    ['a*h/*-u*d', true],
    ['auth/jwt-unverified*', true],
    ['*auth/jwt-unverified', true],
    ['auth*auth*', false],
    ['auth/jwt-*-unverified', false],
    ['auth/jwt-un*nverified', false],
    ['AUTH/*', false],
    ['auth/.*', false],
    ['', false],
  ];
  for (const [pattern, matches] of patterns) {
    it(`${matches ? 'matches' : 'does not match'} auth/jwt-unverified by ${JSON.stringify(pattern)}`, () => {
      assert.equal(
        shown(finding('auth/jwt-unverified'), [custom(pattern, 'off')]),
        matches ? undefined : 'warning',
      );
    });
  }

  it('moves severities by one level and no further', () => {
    const moved = (severity: Finding['severity'], wish: Customization['severity']) =>
      shown(finding('auth/a', { severity }), [custom('*', wish)]);
    assert.deepEqual(
      (['hint', 'info', 'warning', 'error'] as const).map((severity) => moved(severity, 'upgrade')),
      ['info', 'warning', 'error', 'error'],
    );
    assert.deepEqual(
      (['hint', 'info', 'warning', 'error'] as const).map((severity) => moved(severity, 'downgrade')),
      ['hint', 'hint', 'info', 'warning'],
    );
    assert.deepEqual(
      (['hint', 'info', 'warn', 'error', 'off', 'default'] as const).map((wish) => moved('info', wish)),
      ['hint', 'info', 'warning', 'error', undefined, 'info'],
    );
  });

  it('lets later entries win', () => {
    const off = custom('auth/*', 'off');
    assert.equal(shown(finding('auth/a'), [off, custom('auth/a', 'error')]), 'error');
    assert.equal(shown(finding('auth/a'), [custom('auth/a', 'error'), off]), undefined);
    assert.equal(shown(finding('auth/a'), [off, custom('*', 'default')]), 'warning');
  });

  it('makes findings in tests hints, secrets and suppressions apart, unless strict or named', () => {
    const path = 'test/a.ts';
    assert.equal(shown(finding('auth/a', { severity: 'error' }), [], 'recommended', path), 'hint');
    assert.equal(shown(finding('auth/a', { severity: 'error' }), [], 'strict', path), 'error');
    assert.equal(shown(finding('secrets/a'), [], 'recommended', path), 'warning');
    assert.equal(shown(finding('suppression/unused'), [], 'recommended', path), 'warning');
    assert.equal(shown(finding('auth/a'), [custom('auth/a', 'error')], 'recommended', path), 'error');
    assert.equal(shown(finding('auth/a'), [custom('auth/*', 'upgrade')], 'recommended', path), 'info');
  });

  const paths: [string, boolean][] = [
    ['test/a.ts', true],
    ['src/__tests__/a.ts', true],
    ['packages/a/e2e/b.ts', true],
    ['src/a.test.ts', true],
    ['src/a.spec.jsx', true],
    ['src/a-test.mjs', true],
    ['src/A.stories.tsx', true],
    ['Tests/a.ts', true],
    ['src/testing.ts', false],
    ['src/latest/a.ts', false],
    ['src/test.ts', false],
    ['src/contest.ts', false],
    ['attest/a.ts', false],
    ['src/a.test.ts.ts', false],
  ];
  for (const [path, isTest] of paths) {
    it(`takes ${path} for ${isTest ? 'a test' : 'no test'}`, () => {
      assert.equal(isTestPath(path), isTest);
    });
  }
});
