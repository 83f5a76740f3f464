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
  ...{ profile: undefined, ai: undefined, customizations: [], suppressions: [], isIgnored: false },
};
const NOBODY: PersonalSettings = { profile: undefined, customizations: [], ai: undefined };

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

  it('are judged by the AI switch where it is on: as the person says, else the configuration, else on', () => {
    const on = (configuration: boolean | undefined, personal: boolean | undefined) =>
      shownSettings({ ...NOTHING, ai: configuration }, { ...NOBODY, ai: personal }).ai;
    assert.deepEqual(
      [on(undefined, undefined), on(false, undefined), on(true, undefined)],
      [true, false, true],
    );
    assert.deepEqual([on(false, true), on(true, false), on(undefined, false)], [true, false, false]);
    const reason = { words: 'said so', tool: undefined, source: 's', commit: undefined };
    const ai = {
      rule: () => ({ severity: 'warning', aiSeverity: 'error' }) as const,
      reasonAt: () => reason,
    };
    const suppressions = [{ rule: 'auth/b', reason: 'demo' }];
    for (const isOn of [true, false]) {
      const settings = shownSettings({ ...NOTHING, suppressions }, { ...NOBODY, ai: isOn });
      const { shown, suppressed } = shownFindings(FINDINGS, 'src/a.ts', settings, ai);
      const severity = isOn ? 'error' : 'warning';
      assert.deepEqual(
        shown.map((each) => `${each.severity} ${each.ruleId}`),
        [`${severity} auth/a`, `${severity} secrets/c`],
      );
      assert.deepEqual(
        suppressed.map((each) => each.finding.ruleId),
        isOn ? ['auth/b'] : [],
        'what joins is suppressed all the same',
      );
    }
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
