// What the AI switch does to findings: by who wrote their lines, how that is known, and what a person wants.
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../server/src/analysis/finding';
import { type Customization, type Selection, select } from '../../server/src/analysis/selection';
import { aiLines } from '../../server/src/origin/ai-lines';
import {
  type Claim,
  type Evidence,
  evidenceOf,
  SOURCES,
  type Source,
} from '../../server/src/origin/evidence';
import { lineOrigin } from '../../server/src/origin/precedence';
import { aiCodeOf } from '../../server/src/session/ai-code-of';

const COMMIT = '3f2a1c9'.padEnd(40, '0');
const RULES = new Map([
  ['auth/a', { severity: 'warning', aiSeverity: 'error' }],
  ['auth/same', { severity: 'warning', aiSeverity: 'warning' }],
  ['auth/less', { severity: 'warning', aiSeverity: 'info' }],
  ['secrets/a', { severity: 'warning', aiSeverity: 'error' }],
] as const);
const NOTE = evidenceOf('git-ai-note', 'ai', { tool: 'Claude Code', commit: COMMIT });
const BY_NOTE = 'written by Claude Code, note on 3f2a1c9';

/** Five lines of ten characters each. */
const TEXT = TextDocument.create('file:///a.ts', 'typescript', 1, `${'123456789\n'.repeat(4)}123456789`);

const finding = (given: Partial<Finding> = {}): Finding => ({
  ruleId: 'auth/a',
  start: 20,
  end: 25,
  message: 'Wrong. Mend it.',
  severity: 'warning',
  confidence: 'high',
  cwe: [],
  related: [],
  fingerprint: 'f',
  fixes: () => [],
  ...given,
});

interface Case extends Partial<Selection> {
  readonly finding?: Partial<Finding>;
  readonly evidence?: readonly Evidence[];
  readonly former?: readonly Evidence[];
  readonly lines?: { readonly start: number; readonly end: number };
  readonly path?: string;
}

/** `severity message`, or nothing where it is not shown. The evidence is of the third line unless told. */
function outcome({ lines = { start: 2, end: 3 }, evidence = [NOTE], former = [], ...given }: Case): string {
  const { profile = 'recommended', customizations = [], path = 'src/a.ts' } = given;
  const runs = [{ ...lines, origin: lineOrigin({ evidence, former }) }];
  const ai = aiCodeOf(TEXT, () => aiLines(runs), RULES);
  const [shown] = select([finding(given.finding)], { profile, customizations }, path, ai);
  return shown ? `${shown.severity} ${shown.message}` : '';
}

const PLAIN = 'warning Wrong. Mend it.';
const RAISED = `error Wrong. Mend it. (raised: ${BY_NOTE})`;
const wish = (rule: string, severity: Customization['severity']) => ({
  customizations: [{ rule, severity }],
});

describe('the AI switch', () => {
  describe('goes by what is known of the line', () => {
    const words: Readonly<Partial<Record<Source, string>>> = {
      override: 'marked by a person',
      'recorder-exact': 'its edit was recorded',
      'recorder-matched': 'its edit was recorded and found by its text',
      'git-ai-note': 'git-ai note',
      'git-ai-working-log': "git-ai's log of uncommitted work",
      agentblame: 'agentblame note',
      'agent-trace': 'Agent Trace',
    };
    const others: Source[] = [
      ...(['git-ai-old-note', 'commit-author', 'commit-co-author', 'commit-trailer'] as const),
      ...(['agent-trace-unverified', 'file-marker', 'range-marker', 'file-percentage', 'hint'] as const),
    ];
    for (const [source, name] of Object.entries(words) as [Source, string][]) {
      it(`${source}: raises where an AI tool wrote it, with the reason`, () => {
        const by = (claim: Claim, known: Partial<Evidence> = {}) =>
          outcome({ evidence: [evidenceOf(source, claim, { tool: 'Cursor', ...known })] });
        assert.equal(by('ai'), `error Wrong. Mend it. (raised: written by Cursor, ${name})`);
        assert.equal(
          by('ai', { tool: undefined }),
          `error Wrong. Mend it. (raised: written by an AI tool, ${name})`,
        );
        assert.equal(by('ai', { confidence: 0.75 }), by('ai'));
        for (const claim of ['ai-commit', 'mixed', 'human'] as const) assert.equal(by(claim), PLAIN, claim);
        assert.equal(by('ai', { confidence: 0.74 }), PLAIN);
      });
    }
    for (const source of others) {
      it(`${source}: never raises`, () => {
        // What is of lines and weak by its nature is not sure in any case.
        const known = SOURCES[source].isLineExact && source !== 'git-ai-old-note' ? {} : { confidence: 1 };
        for (const claim of ['ai', 'ai-commit', 'mixed', 'human'] as const) {
          assert.equal(outcome({ evidence: [evidenceOf(source, claim, known)] }), PLAIN, claim);
        }
      });
    }

    it('names the commit of a note, shortened', () => {
      assert.equal(outcome({}), RAISED);
      const evidence = [evidenceOf('agentblame', 'ai', { commit: COMMIT })];
      assert.match(outcome({ evidence }), /\(raised: written by an AI tool, agentblame note on 3f2a1c9\)$/);
    });

    it('leaves unknown, edited and attested lines alone', () => {
      assert.equal(outcome({ evidence: [] }), PLAIN);
      assert.equal(outcome({ evidence: [], former: [NOTE] }), PLAIN, 'edited since');
      assert.equal(
        outcome({ evidence: [NOTE, evidenceOf('override', 'human')] }),
        PLAIN,
        'a person said otherwise',
      );
    });
  });

  describe('goes by the lines that a finding covers', () => {
    const cases: [what: string, start: number, end: number, lines: [number, number], isRaised: boolean][] = [
      ['its line', 20, 25, [2, 3], true],
      ['the line above', 20, 25, [1, 2], false],
      ['the line below', 20, 25, [3, 4], false],
      ['its first of two lines', 25, 35, [2, 3], true],
      ['its last of two lines', 25, 35, [3, 4], true],
      ['a line between', 5, 45, [2, 3], true],
      ['the line behind its line end', 20, 30, [3, 4], false],
      ['the line of an empty stretch', 20, 20, [2, 3], true],
    ];
    for (const [what, start, end, [first, behind], isRaised] of cases) {
      it(what, () => {
        const lines = { start: first, end: behind };
        assert.equal(outcome({ finding: { start, end }, lines }), isRaised ? RAISED : PLAIN);
      });
    }
  });

  describe('takes what the rule says', () => {
    const cases: [what: string, given: Partial<Finding>, expected: string][] = [
      ['the same severity', { ruleId: 'auth/same' }, PLAIN],
      ['a lower severity', { ruleId: 'auth/less' }, PLAIN],
      ['no such rule', { ruleId: 'auth/none' }, PLAIN],
      [
        'a finding that weighs less than its rule',
        { severity: 'hint' },
        `info Wrong. Mend it. (raised: ${BY_NOTE})`,
      ],
      ['a finding that weighs more than its rule', { severity: 'error' }, 'error Wrong. Mend it.'],
      ['medium confidence', { confidence: 'medium' }, `error Wrong. Mend it. (shown and raised: ${BY_NOTE})`],
      [
        'medium confidence of the same severity',
        { confidence: 'medium', ruleId: 'auth/same' },
        `warning Wrong. Mend it. (shown: ${BY_NOTE})`,
      ],
      ['low confidence', { confidence: 'low' }, ''],
    ];
    for (const [what, given, expected] of cases)
      it(what, () => assert.equal(outcome({ finding: given }), expected));

    it('medium confidence in the profile that shows it anyway', () => {
      assert.equal(outcome({ finding: { confidence: 'medium' }, profile: 'strict' }), RAISED);
      assert.equal(outcome({ finding: { confidence: 'medium' }, evidence: [] }), '');
    });
  });

  describe("leaves a person's word alone", () => {
    const medium = { finding: { confidence: 'medium' as const } };
    const cases: [what: string, given: Case, expected: string][] = [
      ['off', wish('auth/a', 'off'), ''],
      ['off, of medium confidence', { ...medium, ...wish('auth/*', 'off') }, ''],
      ['a level', wish('auth/a', 'warn'), PLAIN],
      ['a lower level', wish('auth/*', 'hint'), 'hint Wrong. Mend it.'],
      [
        'a level of a pattern, medium',
        { ...medium, ...wish('auth/*', 'info') },
        `info Wrong. Mend it. (shown: ${BY_NOTE})`,
      ],
      ['a level of a rule, medium', { ...medium, ...wish('auth/a', 'info') }, 'info Wrong. Mend it.'],
      ['upgrade, which comes to the same', wish('auth/a', 'upgrade'), 'error Wrong. Mend it.'],
      [
        'downgrade after raising',
        wish('auth/a', 'downgrade'),
        `warning Wrong. Mend it. (raised: ${BY_NOTE})`,
      ],
      ['default', wish('auth/a', 'default'), RAISED],
      [
        'the last word',
        {
          customizations: [
            ...wish('auth/a', 'hint').customizations,
            ...wish('auth/*', 'default').customizations,
          ],
        },
        RAISED,
      ],
    ];
    for (const [what, given, expected] of cases) it(what, () => assert.equal(outcome(given), expected));
  });

  it('leaves what is a hint in tests at that, but not secrets', () => {
    const path = 'test/a.test.ts';
    assert.equal(outcome({ path }), 'hint Wrong. Mend it.');
    assert.equal(outcome({ path, finding: { confidence: 'medium' } }), '');
    assert.equal(outcome({ path, finding: { ruleId: 'secrets/a' } }), RAISED);
    assert.equal(outcome({ path, profile: 'strict' }), RAISED);
  });

  it('keeps fingerprint, place and fixes, and what the rule says', () => {
    const one = finding();
    const ai = aiCodeOf(
      TEXT,
      () => aiLines([{ start: 2, end: 3, origin: lineOrigin({ evidence: [NOTE] }) }]),
      RULES,
    );
    const [shown] = select([one], { profile: 'recommended', customizations: [] }, 'a.ts', ai);
    const { severity, message, raised, ...same } = shown as Finding;
    const { severity: _, message: rule, ...before } = one;
    assert.deepEqual(same, before);
    assert.deepEqual(raised, {
      ...{ how: 'raised', words: BY_NOTE, message: rule },
      ...{ tool: 'Claude Code', source: 'git-ai-note', commit: COMMIT },
    });
  });

  it('asks who wrote lines only where that matters', () => {
    let asked = 0;
    const ai = aiCodeOf(
      TEXT,
      () => {
        asked++;
        return [];
      },
      RULES,
    );
    const ask = (given: Partial<Finding>, customizations: readonly Customization[] = []) =>
      select([finding(given)], { profile: 'recommended', customizations }, 'a.ts', ai);
    ask({ ruleId: 'auth/same' });
    ask({ confidence: 'low' });
    ask({}, [{ rule: '*', severity: 'error' }]);
    assert.equal(asked, 0);
    ask({});
    ask({});
    assert.equal(asked, 1);
  });
});
