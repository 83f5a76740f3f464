// What a text of `.countersignrc.json` says, and what is wrong with it: nothing that is written in it may throw.
import assert from 'node:assert/strict';
import { configurationFindings } from '../../server/src/session/configuration/configuration-findings';
import { nearestName } from '../../server/src/session/configuration/nearest-name';
import { readConfiguration } from '../../server/src/session/configuration/read-configuration';

const RULES = new Set([
  'auth/fail-open-catch',
  'auth/jwt-unverified',
  'config/bad-value',
  'secrets/fallback',
]);
const read = (text: string) => readConfiguration(text, { ruleIds: RULES, today: '2026-02-27' });

/** `profile ai rule=severity …` */
function inForce(text: string): string {
  const { profile, ai, customizations } = read(text);
  const isAi = ai === undefined ? [] : [ai ? 'ai' : 'no-ai'];
  return [
    profile ?? 'none',
    ...isAi,
    ...customizations.map(({ rule, severity }) => `${rule}=${severity}`),
  ].join(' ');
}

/** `rule "what is underlined" message`, in the order of the text. */
function problems(text: string): string[] {
  return read(text).problems.map(({ rule, start, end, message }) => {
    return `${rule.id} ${JSON.stringify(text.slice(start, end))} ${message}`;
  });
}

describe('configuration: what is in force', () => {
  const texts: [text: string, says: string][] = [
    ['{}', 'none'],
    ['{ "profile": "strict" }', 'strict'],
    ['{ "$schema": 7, "profile": "recommended" }', 'recommended'],
    ['\r\n// why\r\n{ /* a */ "profile": "strict", }\r\n', 'strict'],
    ['{ "\\u0070rofile": "strict" }', 'strict'],
    ['{ "ai": true }', 'none ai'],
    ['{ "ai": false, "profile": "strict" }', 'strict no-ai'],
    ['{ "rules": {} }', 'none'],
    [
      '{ "rules": { "auth/*": "error", "auth/jwt-unverified": "off", } }',
      'none auth/*=error auth/jwt-unverified=off',
    ],
    ['{ "rules": { "*": "hint", "*/jwt-*": "upgrade" } }', 'none *=hint */jwt-*=upgrade'],
  ];
  for (const [text, says] of texts) {
    it(`of ${text}`, () => {
      assert.equal(inForce(text), says);
      assert.deepEqual(problems(text), []);
    });
  }
});

describe('configuration: what is wrong', () => {
  const PROFILE = 'This is no profile, so the default holds. Write "recommended" or "strict".';
  const SEVERITY =
    'This is no severity, so nothing is changed. Write "off", "hint", "info", "warn", "error", "upgrade", "downgrade" or "default".';
  const texts: [text: string, says: string, wrong: string[]][] = [
    [
      '{ "ai": "off" }',
      'none',
      [
        'config/bad-value "\\"off\\"" This is neither `true` nor `false`, so the default holds: the AI switch is on. Write one of them.',
      ],
    ],
    [
      '',
      'none',
      ['config/bad-value "" The configuration is empty. Write an object, such as `{ "profile": "strict" }`.'],
    ],
    [
      '// nothing\n',
      'none',
      [
        'config/bad-value "// nothing\\n" The configuration is empty. Write an object, such as `{ "profile": "strict" }`.',
      ],
    ],
    ['[]', 'none', ['config/bad-value "[]" A configuration is an object. Write `{ "profile": "strict" }`.']],
    [
      '"strict"',
      'none',
      ['config/bad-value "\\"strict\\"" A configuration is an object. Write `{ "profile": "strict" }`.'],
    ],
    ['{ "profile": "Strict" }', 'none', [`config/bad-value "\\"Strict\\"" ${PROFILE}`]],
    ['{ "profile": null }', 'none', [`config/bad-value "null" ${PROFILE}`]],
    ['{ "profile": ["strict"] }', 'none', [`config/bad-value "[\\"strict\\"]" ${PROFILE}`]],
    [
      '{ "profil": "strict" }',
      'none',
      ['config/unknown-key "\\"profil\\"" There is no key `profil`. Did you mean `profile`?'],
    ],
    [
      '{ "RULES": {}, "profile": "strict" }',
      'strict',
      ['config/unknown-key "\\"RULES\\"" There is no key `RULES`. Did you mean `rules`?'],
    ],
    [
      '{ "__proto__": 1, "constructor": 2 }',
      'none',
      ['__proto__', 'constructor'].map(
        (key) =>
          `config/unknown-key "\\"${key}\\"" There is no key \`${key}\`. The keys are \`$schema\`, \`ai\`, \`extends\`, \`ignore\`, \`overrides\`, \`profile\`, \`review\`, \`rules\` and \`suppress\`.`,
      ),
    ],
    [
      '{ "rules": { "auth/jwt": "off", "secrets/fallback": "off" } }',
      'none secrets/fallback=off',
      [
        'config/unknown-key "\\"auth/jwt\\"" There is no rule `auth/jwt`. Did you mean `auth/jwt-unverified`?',
      ],
    ],
    [
      '{ "rules": { "no-eval": "off" } }',
      'none',
      [
        'config/unknown-key "\\"no-eval\\"" There is no rule `no-eval`. Write it as `group/name`, or a pattern such as `auth/*`.',
      ],
    ],
    [
      '{ "rules": { "crypto/*": "off" } }',
      'none',
      [
        'config/unknown-key "\\"crypto/*\\"" No rule matches `crypto/*`. The groups of rules are `auth/*`, `config/*` and `secrets/*`.',
      ],
    ],
    [
      '{ "rules": { "auth/*": "warning", "secrets/fallback": 2, "config/*": "info" } }',
      'none config/*=info',
      [`config/bad-value "\\"warning\\"" ${SEVERITY}`, `config/bad-value "2" ${SEVERITY}`],
    ],
    [
      '{ "rules": ["auth/*"] }',
      'none',
      [
        'config/bad-value "[\\"auth/*\\"]" This is no object, so no rule is changed. Write `{ "auth/*": "error" }`.',
      ],
    ],
    [
      '{ "rules": { "auth/*": "off", "*": "info", "auth/*": "error" } }',
      'none *=info auth/*=error',
      [
        'config/bad-value "\\"auth/*\\"" The key `auth/*` is there again below, and the last one counts. Remove one of them.',
      ],
    ],
  ];
  for (const [text, says, wrong] of texts) {
    it(`with ${JSON.stringify(text)}`, () => {
      assert.deepEqual(problems(text), wrong);
      assert.equal(inForce(text), says, 'the rest is in force');
    });
  }

  const broken: [text: string, says: string, wrong: string][] = [
    ['{ "profile": "strict"', 'strict', '"" A closing brace is missing here. Add it.'],
    [
      '{\n"profile": "strict"\n"rules": { "*": "off" } }',
      'strict *=off',
      '"\\"rules\\"" A comma is missing here.',
    ],
    [
      '{\n"profile" "strict",\n"rules": { "*": "off" } }',
      'none *=off',
      '"\\"strict\\"" A colon is missing here.',
    ],
    [
      '{\n\'profile\': \'strict\',\n"rules": { "*": "off" } }',
      'none *=off',
      '"\'profile\'" This is neither a string',
    ],
    ['{\n"profile": ,\n"rules": { "*": "off" } }', 'none *=off', '"," A value is missing here.'],
    ['{\n"profile": "strict" }\n}', 'strict', '"}" The configuration ended before this.'],
    ['{ "profile": "strict" } /* why', 'strict', '"/* why" This comment has no end.'],
    [
      '{\n"profile": "strict,\n"rules": { "*": "off" } }',
      'none *=off',
      '"\\"strict," This string has no end in its line.',
    ],
    ['{ "profile": "\\strict" }', 'none', '"\\"\\\\strict\\"" There is no such escape.'],
    ['{ "profile": "a\tb" }', 'none', '"\\"a\\tb\\"" This is no JSON. Correct it.'],
    [
      `{ "a": ${'['.repeat(200)}`,
      'none',
      '"[" This is nested more than 100 levels deep, so nothing is read.',
    ],
  ];
  for (const [text, says, wrong] of broken) {
    it(`with broken syntax: ${JSON.stringify(text.slice(0, 60))}`, () => {
      const [first = '', ...others] = problems(text);
      assert.ok(first.startsWith(`config/bad-value ${wrong}`), first);
      const lines = [first, ...others].length;
      assert.ok(lines <= text.split('\n').length, `one problem for each line at most: ${others}`);
      assert.equal(inForce(text), says, 'the rest is in force');
    });
  }

  it('without an end, and quickly, whatever stands there', () => {
    const million = 1024 * 1024;
    for (const text of [
      '['.repeat(million),
      '{"a":'.repeat(million / 8),
      '"\\'.repeat(million / 4),
      `{${'"a":1,'.repeat(million / 8)}}`,
      `{"rules":{${Array.from({ length: 50_000 }, (_, i) => `"auth/a${i}":"off"`).join(',\n')}}}`,
      '\n'.repeat(million),
      '\u0000\uFFFF\uD800{'.repeat(10_000),
    ]) {
      const { problems: all } = read(text);
      assert.ok(all.length >= 1 && all.length <= 100, `${all.length} problems of ${text.slice(0, 20)}`);
    }
  }).timeout(20_000);

  it('and echoes what is written in a harmless and short form', () => {
    const [problem] = read(`{ "${'x'.repeat(500)}\\u001b\`](command:a)": 1 }`).problems;
    assert.ok(problem && problem.message.length < 200, problem?.message);
    const [other] = read('{ "a`\\u001b\\n": 1 }').problems;
    assert.match(other?.message ?? '', /^There is no key `a\?\?\?`\. /);
  });

  it('has fingerprints that differ, and outlast edits elsewhere', () => {
    const printsOf = (text: string) =>
      configurationFindings(text, read(text).problems).map(({ fingerprint }) => fingerprint);
    const before = printsOf('{ "a": 1, "b": 1, "rules": { "a": 1 } }');
    assert.equal(new Set(before).size, 3);
    assert.deepEqual(printsOf('{\n"b": 1,\n"profile": "strict", "rules": { "a": 1 } }'), before.slice(1));
  });
});

describe('configuration: the name that was meant', () => {
  const names = ['profile', 'rules', 'auth/jwt-unverified', 'auth/fail-open-catch'];
  const cases: [string, string | undefined][] = [
    ['profil', 'profile'],
    ['Profiles', 'profile'],
    ['rule', 'rules'],
    ['auth/jwt', 'auth/jwt-unverified'],
    ['auth/jwt-unverifed', 'auth/jwt-unverified'],
    ['auth', 'auth/jwt-unverified'],
    ['au', undefined],
    ['', undefined],
    ['extends', undefined],
    ['r'.repeat(10_000), undefined],
  ];
  for (const [written, meant] of cases) {
    it(`by ${JSON.stringify(written.slice(0, 30))} is ${meant}`, () => {
      assert.equal(nearestName(written, names), meant);
    });
  }
});
