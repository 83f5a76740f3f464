// What is shown of findings, and what is suppressed and why, once the configuration and the person have spoken.
import assert from 'node:assert/strict';
import type { Finding } from '../../server/src/analysis/finding';
import type { ConfigurationInForce } from '../../server/src/session/configuration/configuration-in-force';
import { type PersonalSettings, shownFindings, shownSettings } from '../../server/src/session/shown-findings';

const finding = (ruleId: string, confidence: Finding['confidence'] = 'high'): Finding => ({
  ...{ ruleId, confidence, start: 0, end: 1, message: 'm', severity: 'warning', cwe: [], related: [] },
  ...{ fingerprint: 'f', fixes: () => [] },
});
const FINDINGS = [finding('auth/a'), finding('auth/b', 'medium'), finding('secrets/c')];
const NOTHING: ConfigurationInForce = {
  ...{ profile: undefined, customizations: [], suppressions: [], isIgnored: false },
};
const NOBODY: PersonalSettings = { profile: undefined, customizations: [] };

/** `severity rule … -rule (reason) …` */
function outcome(
  configuration: Partial<ConfigurationInForce>,
  personal: Partial<PersonalSettings> = {},
): string {
  const settings = shownSettings({ ...NOTHING, ...configuration }, { ...NOBODY, ...personal });
  const { shown, suppressed } = shownFindings(FINDINGS, 'src/a.ts', settings);
  return [
    ...shown.map(({ severity, ruleId }) => `${severity} ${ruleId}`),
    ...suppressed.map(({ finding: { ruleId }, reason }) => `-${ruleId} (${reason})`),
  ].join(' ');
}

describe('shown findings', () => {
  it('are those of the configuration, on top of the defaults', () => {
    assert.equal(outcome({}), 'warning auth/a warning secrets/c');
    assert.equal(outcome({ profile: 'strict' }), 'warning auth/a warning auth/b warning secrets/c');
    const customizations = [{ rule: 'auth/*', severity: 'error' } as const];
    assert.equal(outcome({ customizations }), 'error auth/a warning secrets/c');
  });

  it('are those of the person, on top of the configuration', () => {
    const off = [{ rule: 'auth/*', severity: 'off' } as const];
    const error = [{ rule: '*', severity: 'error' } as const];
    assert.equal(
      outcome({ profile: 'strict' }, { profile: 'recommended' }),
      'warning auth/a warning secrets/c',
    );
    assert.equal(outcome({ customizations: off }, { customizations: error }), 'error auth/a error secrets/c');
    assert.equal(outcome({ customizations: error }, { customizations: off }), 'error secrets/c');
  });

  it('lack what the configuration suppresses, which is told with the first reason', () => {
    const suppressions = [
      { rule: 'auth/*', reason: 'demo' },
      { rule: 'auth/a', reason: 'other' },
    ];
    assert.equal(
      outcome({ suppressions }),
      'warning secrets/c -auth/a (demo)',
      'auth/b would not be shown anyway',
    );
    assert.equal(
      outcome({ suppressions }, { profile: 'strict' }),
      'warning secrets/c -auth/a (demo) -auth/b (demo)',
    );
    const customizations = [{ rule: 'auth/a', severity: 'off' } as const];
    assert.equal(outcome({ suppressions, customizations }), 'warning secrets/c');
  });
});
