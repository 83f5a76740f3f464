// The entries of `overrides`, `suppress`, `ignore` and `extends` in a text: what is wrong with them, and what then holds.
import assert from 'node:assert/strict';
import { readConfiguration } from '../../server/src/session/configuration/read-configuration';

const RULES = new Set(['auth/jwt', 'config/bad-value', 'secrets/fallback']);
const read = (value: unknown) =>
  readConfiguration(typeof value === 'string' ? value : JSON.stringify(value), {
    ruleIds: RULES,
    today: '2026-02-27',
  });

/** `rule "what is underlined" message`. */
function problems(value: unknown): string[] {
  const text = JSON.stringify(value);
  return read(value).problems.map(
    ({ rule, start, end, message }) => `${rule.id} ${text.slice(start, end)} ${message}`,
  );
}

const override = { files: 'a/**', profile: 'strict', rules: { 'auth/*': 'off' } };
const OVERRIDE = '`{ "files": "scripts/**", "rules": { "auth/*": "off" } }`';
const suppression = { rule: 'auth/jwt', files: 'a/**', reason: 'why' };
const SUPPRESSION =
  '`{ "rule": "auth/jwt-unverified", "files": "fixtures/**", "reason": "they hold no real tokens" }`';

describe('configuration: overrides', () => {
  const cases: [value: unknown, holds: number, told: string[]][] = [
    [[override, { files: ['a', 'b'], excludedFiles: [] }], 2, []],
    [[], 0, []],
    [
      override,
      0,
      [
        `config/bad-value ${JSON.stringify(override)} This is no list, so nothing is overridden. Write \`[…]\` with entries such as ${OVERRIDE}.`,
      ],
    ],
    [['a', override], 1, [`config/bad-value "a" This is no override and holds nowhere. Write ${OVERRIDE}.`]],
    [
      [{ profile: 'strict' }],
      0,
      [
        'config/bad-value {"profile":"strict"} This does not say for which files it is and holds nowhere. Add `"files": "src/**"`.',
      ],
    ],
    [
      [{ ...override, files: [] }],
      0,
      ['config/bad-value [] This list is empty and matches nothing. Write a glob, such as `"src/**"`.'],
    ],
    [
      [{ ...override, files: ['a', 7, null] }],
      0,
      ['7', 'null'].map(
        (node) => `config/bad-value ${node} This is no glob. Write one, such as \`"src/**"\`.`,
      ),
    ],
    [
      [{ ...override, excludedFile: 'b' }],
      0,
      ['config/unknown-key "excludedFile" There is no key `excludedFile`. Did you mean `excludedFiles`?'],
    ],
    [
      [{ ...override, extends: './a.json' }],
      0,
      [
        'config/unknown-key "extends" There is no key `extends`. The keys are `files`, `excludedFiles`, `profile`, `ai` and `rules`.',
      ],
    ],
    [
      [{ ...override, profile: 'lax', rules: { 'auth/jwt': 'off', 'auth/none': 'off' } }],
      1,
      [
        'config/bad-value "lax" This is no profile, so the default holds. Write "recommended" or "strict".',
        'config/unknown-key "auth/none" There is no rule `auth/none`. Write it as `group/name`, or a pattern such as `auth/*`.',
      ],
    ],
  ];
  for (const [value, holds, told] of cases) {
    it(`of ${JSON.stringify(value)}`, () => {
      assert.deepEqual(problems({ overrides: value }), told);
      assert.equal(read({ overrides: value }).overrides.length, holds);
    });
  }
});

describe('configuration: suppress', () => {
  const MISSING = 'This suppresses nothing, because something is missing.';
  const REASON = 'A suppression needs its reason and suppresses nothing without. Add it: `"reason": "…"`.';
  const { rule, files, reason } = suppression;
  const cases: [entry: unknown, told: string[]][] = [
    [suppression, []],
    [{ ...suppression, rule: '*', until: '2026-02-27' }, []],
    [
      'auth/jwt',
      [`config/bad-value "auth/jwt" This is no suppression and suppresses nothing. Write ${SUPPRESSION}.`],
    ],
    [
      { files, reason },
      [
        `config/bad-value ${JSON.stringify({ files, reason })} ${MISSING} Name the rule it is for: \`"rule": "auth/*"\`.`,
      ],
    ],
    [
      { rule, reason },
      [
        `config/bad-value ${JSON.stringify({ rule, reason })} ${MISSING} Say for which files it is: \`"files": "fixtures/**"\`.`,
      ],
    ],
    [{ rule, files }, [`suppression/no-reason ${JSON.stringify({ rule, files })} ${REASON}`]],
    [{ ...suppression, reason: '  ' }, [`suppression/no-reason "  " ${REASON}`]],
    [{ ...suppression, reason: 7 }, [`suppression/no-reason 7 ${REASON}`]],
    [
      { ...suppression, until: '2026-02-26' },
      [
        'suppression/expired "2026-02-26" This held until 2026-02-26 and suppresses nothing any more. Fix what it covered, or decide anew.',
      ],
    ],
    [
      { ...suppression, until: '2026-02-30' },
      [
        'config/bad-value "2026-02-30" `2026-02-30` is no date, so nothing is suppressed. Write it as "YYYY-MM-DD".',
      ],
    ],
    [
      { ...suppression, until: null },
      ['config/bad-value null This is no date, so nothing is suppressed. Write it as "YYYY-MM-DD".'],
    ],
    [
      { ...suppression, rule: 'auth/jwd' },
      ['config/bad-value "auth/jwd" There is no rule `auth/jwd`. Did you mean `auth/jwt`?'],
    ],
    [
      { ...suppression, rule: 'crypto/*' },
      [
        'config/bad-value "crypto/*" No rule matches `crypto/*`. The groups of rules are `auth/*`, `config/*` and `secrets/*`.',
      ],
    ],
    [
      { ...suppression, rule: ['auth/jwt'] },
      [
        'config/bad-value ["auth/jwt"] This is no rule, so nothing is suppressed. Write it as `"group/name"`.',
      ],
    ],
    [
      { ...suppression, rules: 'auth/jwt' },
      ['config/unknown-key "rules" There is no key `rules`. Did you mean `rule`?'],
    ],
    [
      { ...suppression, files: ['a', '!b'] },
      [
        'config/bad-value "!b" A glob cannot be turned round by `!`. Write what is meant, or use `excludedFiles`.',
      ],
    ],
  ];
  for (const [entry, told] of cases) {
    it(`of ${JSON.stringify(entry)}`, () => {
      const suppress = [entry, { ...suppression, rule: 'secrets/*' }];
      assert.deepEqual(problems({ suppress }), told);
      const held = read({ suppress }).suppressions.map((each) => each.rule);
      const own = (entry as { rule?: string }).rule;
      assert.deepEqual(
        held,
        told.length > 0 ? ['secrets/*'] : [own, 'secrets/*'],
        'wholly right or not at all',
      );
    });
  }

  it('has fingerprints that outlast a change of the order', () => {
    const keys = (suppress: unknown) => read({ suppress }).problems.map((problem) => problem.keys.join(' '));
    const [wrong, other] = [
      { ...suppression, until: 'never' },
      { ...suppression, rule: 'auth/no', until: 'ever' },
    ];
    assert.deepEqual(keys([wrong, other]).sort(), keys([other, wrong]).sort());
    assert.equal(new Set(keys([wrong, other])).size, 3);
  });
});

describe('configuration: many entries', () => {
  it('are read in a bounded time and with a bounded number of problems', () => {
    const many = <T>(length: number, value: T) => Array.from({ length }, () => value);
    for (const value of [
      { overrides: many(20_000, { files: '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', profile: 'strict' }) },
      { suppress: many(10_000, { ...suppression, rule: 'auth/none-of-them' }) },
      { suppress: many(10_000, { ...suppression, files: '**/a*/**/b*/**' }) },
      { extends: many(80_000, 'a') },
      { ignore: many(100_000, '!a') },
    ]) {
      const { problems: told } = read(value);
      assert.ok(told.length <= 100, `${told.length}`);
    }
  }).timeout(20_000);

  it('that have more globs than can be matched in time are left out and told', () => {
    const files = Array.from({ length: 200 }, (_, i) => `${'x'.repeat(400)}${i}`);
    const { ignored, problems: told } = read({ ignore: files });
    assert.ok(ignored.length > 100 && ignored.length < 150, `${ignored.length} hold`);
    assert.match(told[0]?.message ?? '', /at most 50000 characters/);
    assert.deepEqual(read({ suppress: [suppression, { ...suppression, files }] }).suppressions.length, 1);
  });
});
