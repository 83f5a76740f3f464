// The JSON schema that editors get and the reader of the server say the same of every configuration.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'jsonc-parser';
import { ENGINE_RULES } from '../../server/src/analysis/engine-rules';
import { RULES } from '../../server/src/rules/index';
import { CONFIGURATION_NAME } from '../../server/src/session/configuration/configuration-name';
import {
  CONFIGURATION_KEYS,
  readConfiguration,
} from '../../server/src/session/configuration/read-configuration';
import { FILE_OF_PACKAGE } from '../../server/src/session/configuration/read-extended';
import { repositoryRoot } from '../repository-root';

type Value = unknown;

const ids = [...RULES, ...ENGINE_RULES].map(({ id }) => id);
const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(repositoryRoot(), 'schemas', `countersignrc.${name}.json`), 'utf8'));
const schema = schemaOf('schema');
// VS Code has keywords of its own, and `format` there knows dates.
const ajv = new Ajv({ strict: false, validateSchema: true });
addFormats(ajv);
const isValid = ajv.compile(schema);

const problemsOf = (value: Value) =>
  readConfiguration(JSON.stringify(value), { ruleIds: new Set(ids), today: '2026-02-27' }).problems;

/** What is wrong in a configuration, where the reader and the schema do not agree on whether anything is. */
function disagreement(value: Value): string | undefined {
  const problems = problemsOf(value);
  if (isValid(value) === (problems.length === 0)) return undefined;
  const reader = problems.map(({ message }) => message).join(' ') || 'nothing';
  return `${JSON.stringify(value)}\n  reader: ${reader}\n  schema: ${ajv.errorsText(isValid.errors)}`;
}

const override = {
  files: 'a/**',
  excludedFiles: ['*.test.ts'],
  profile: 'strict',
  ai: false,
  rules: { '*': 'off' },
};
const suppression = { rule: ids[0], files: ['a'], reason: 'why', until: '2999-12-31' };
const WHOLE = {
  $schema: 'x',
  extends: ['./a.json', '@acme/base'],
  profile: 'recommended',
  ai: true,
  rules: { [ids[0] as string]: 'warn', 'auth/*': 'off' },
  overrides: [override, { files: ['b'] }],
  suppress: [suppression],
  review: {
    approvals: 2,
    authorMayReview: false,
    requireSignature: true,
    requireTrailer: true,
    reviewers: ['codeowners', '@acme/security', 'ann@example.org'],
    people: { '@acme/security': ['ben@example.org', '@cleo'], '@cleo': 'cleo@example.org' },
    overrides: [
      { files: 'a/**', excludedFiles: ['b'], approvals: 0 },
      { files: ['c'], reviewers: '@cleo' },
    ],
  },
  ignore: ['dist'],
};

const ANYTHING: Value[] = [
  ...[null, true, 0, 2, '', ' ', 'x', 'off', 'strict', [], {}, [null], [''], ['x'], [[]], { x: 1 }],
  ...[{ '*': 'off' }, { files: 'a' }, [{ files: 'a' }], [{}], [suppression], [override], ['x', 1]],
];

/** A value with each of its parts changed into anything, taken out, or one more put in. */
function* changed(value: Value): Generator<Value> {
  yield* ANYTHING;
  if (Array.isArray(value)) {
    for (const [i, element] of value.entries()) {
      for (const other of changed(element)) yield value.with(i, other);
      yield value.toSpliced(i, 1);
    }
    for (const more of ANYTHING) yield [...value, more];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, element] of Object.entries(value)) {
      for (const other of changed(element)) yield { ...value, [key]: other };
      yield Object.fromEntries(Object.entries(value).filter(([each]) => each !== key));
      // A pattern that matches no rule is beyond the schema, see below.
      yield { ...value, [`${key.replaceAll('*', 'x')}s`]: element };
    }
  }
}

describe('the JSON schema of the configuration', () => {
  it('is told to VS Code, for the files that are read by these names', () => {
    const manifest = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8'));
    assert.deepEqual(manifest.contributes.jsonValidation, [
      { fileMatch: CONFIGURATION_NAME, url: './schemas/countersignrc.completion.json' },
      { fileMatch: FILE_OF_PACKAGE, url: './schemas/countersignrc.schema.json' },
    ]);
  });

  it('is a schema, with all keys and all rules', () => {
    assert.equal(ajv.validateSchema(schema), true);
    assert.deepEqual(Object.keys(schema.properties).sort(), [...CONFIGURATION_KEYS].sort());
    const named = Object.keys(schema.definitions.rules.properties).filter((name) => !name.includes('*'));
    assert.deepEqual(named, [...ids].sort());
    for (const [key, { markdownDescription, $ref }] of Object.entries<Record<string, string>>(
      schema.properties,
    )) {
      assert.ok(markdownDescription || $ref, `${key} is described`);
    }
  });

  it('agrees with the reader on a whole configuration with anything in any place', () => {
    const values = [WHOLE, ...changed(WHOLE)];
    const [good, bad] = [values.filter((value) => isValid(value)), values.filter((value) => !isValid(value))];
    assert.ok(good.length > 100 && bad.length > 500, `${good.length} good, ${bad.length} bad`);
    assert.deepEqual(
      values.flatMap((value) => disagreement(value) ?? []),
      [],
    );
  });

  const WORDS: [where: (word: string) => Value, good: string[], bad: string[]][] = [
    [
      (glob) => ({ ignore: glob }),
      [
        '*.ts',
        './a',
        '**',
        'a/**/b',
        'src/',
        '[id].ts',
        '\\[id\\]/a',
        '{a,b}/c',
        '.env',
        '..a/b',
        'a/...',
        '(a)/b',
        'a.b/c',
        'x'.repeat(500),
      ],
      [
        '',
        '!a',
        '/a',
        'C:/a',
        '~/a',
        '../a',
        'a/../b',
        'a/..',
        '..',
        'a//b',
        'a/./b',
        'a/.',
        './',
        '.',
        '@(a|b)',
        'a/*(b)',
        'a\\b',
        '\\\\a\\b',
        'x'.repeat(501),
      ],
    ],
    [
      (name) => ({ extends: name }),
      [
        './a.json',
        '../a.json',
        '../.countersignrc.json',
        './a b/ü.json',
        'base',
        '@acme/base',
        'base/a.json',
        '@acme/base/b/.c.json',
        '-',
      ],
      [
        '',
        '.',
        '/a.json',
        './a.js',
        './a',
        'a.json/',
        'Base',
        '@acme',
        '@acme/',
        'https://a.b/c.json',
        'C:\\a.json',
        'base/../a.json',
        'base/./a.json',
        'base//a.json',
        'base/a',
        './a?.json',
        './%2e.json',
        `./${'a'.repeat(500)}.json`,
      ],
    ],
    [
      (until) => ({ suppress: [{ ...suppression, until }] }),
      ['2999-12-31', '2028-02-29'],
      ['', 'never', '2999-02-30', '2999-13-01', '2999-1-1', '31.12.2999', '2999-12-31T00:00:00Z'],
    ],
    [(reason) => ({ suppress: [{ ...suppression, reason }] }), ['why', ' why '], ['', ' ', '\n\t']],
    [
      (rule) => ({ suppress: [{ ...suppression, rule }] }),
      [...ids, '*', 'auth/*', '*/jwt-*'],
      ['', 'auth', 'auth/nothing'],
    ],
    [
      (rule) => ({ rules: { [rule]: 'off' } }),
      [...ids, '*', 'auth/*'],
      ['', 'auth', 'auth/nothing', 'toString'],
    ],
  ];
  for (const [where, good, bad] of WORDS) {
    it(`agrees with the reader on words, as in ${JSON.stringify(where('…')).slice(0, 30)}`, () => {
      for (const word of good) assert.equal(isValid(where(word)), true, word);
      for (const word of bad) assert.equal(isValid(where(word)), false, word);
      assert.deepEqual(
        [...good, ...bad].flatMap((word) => disagreement(where(word)) ?? []),
        [],
      );
    });
  }

  it('agrees with the reader on the examples of docs/configuration.md, which are right', () => {
    const page = readFileSync(join(repositoryRoot(), 'docs/configuration.md'), 'utf8');
    const examples = [...page.matchAll(/^```jsonc\n(.*?)^```$/gms)].map(([, text]) => text ?? '');
    assert.ok(examples.length >= 4);
    for (const text of examples) {
      const ruleIds = new Set(ids);
      assert.deepEqual(readConfiguration(text, { ruleIds, today: '2026-02-27' }).problems, [], text);
      assert.equal(isValid(parse(text)), true, text);
    }
    for (const key of CONFIGURATION_KEYS)
      assert.ok(page.includes(`\`${key}\``) || page.includes(`## ${key}\n`), `${key} is explained`);
  });

  // What takes more than a schema: the day, the rules that a pattern matches, and the syntax of a glob.
  const ONLY_READER: Value[] = [
    { suppress: [{ ...suppression, until: '2026-02-26' }] },
    { rules: { 'nothing/*': 'off' } },
    { suppress: [{ ...suppression, rule: 'nothing/*' }] },
    { ignore: 'src/{a' },
    { ignore: 'src/[a' },
    { ignore: 'src/{a}' },
    { ignore: '{a,b}'.repeat(10) },
    { ignore: Array.from({ length: 200 }, () => 'x'.repeat(400)) },
  ];
  for (const value of ONLY_READER) {
    it(`leaves to the reader ${JSON.stringify(value).slice(0, 60)}`, () => {
      assert.equal(isValid(value), true);
      assert.ok(problemsOf(value).length > 0);
    });
  }
});

describe('the JSON schema for completion in VS Code', () => {
  const completion = schemaOf('completion');

  it('refuses nothing, since the language server says it better', () => {
    const accepts = ajv.compile(completion);
    for (const value of [WHOLE, ...changed(WHOLE)]) assert.equal(accepts(value), true, JSON.stringify(value));
  });

  it('names the same keys and words as the one that refuses, with the same texts', () => {
    assert.deepEqual(wordsOf(completion), wordsOf(schema));
    assert.ok(wordsOf(completion).some((word) => word.includes('"strict"')));
  });
});

/** Keys, words to choose from and what is said of them, in the order of the schema. */
function wordsOf(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    const isNamed = /^(?:enum|markdown\w*|defaultSnippets|title|allow\w*|items|\$ref)$/.test(key);
    const own = isNamed && key !== 'items' ? [`${key} ${JSON.stringify(value)}`] : [];
    const names = /^(?:p\w*P|p)roperties$|^definitions$/.test(key) ? Object.keys(value) : [];
    return [...own, ...names, ...wordsOf(value)];
  });
}
