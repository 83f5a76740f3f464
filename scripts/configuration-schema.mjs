// The JSON schema of `.countersignrc.json`, for editors: from the rules and the words that the reader knows.

/**
 * @typedef {{ id: string, finds: string }} RuleEntry
 * @typedef {{ profiles: readonly string[], severities: readonly string[], extendedName: string, longestGlob: number, review: ReviewWords }} Words
 * @typedef {{ address: string, handle: string, codeOwners: string, mostApprovals: number }} ReviewWords
 */

/** @type {Readonly<Record<string, string>>} */
const PROFILE_TEXTS = {
  recommended: 'Only findings of high confidence: what is underlined is almost always a defect.',
  strict: 'Also findings of medium confidence: more is found, and some of it needs a second look.',
};

/** @type {Readonly<Record<string, string>>} */
const SEVERITY_TEXTS = {
  off: 'Not reported.',
  hint: 'As a hint: three dots under the first characters; not in the Problems panel.',
  info: 'As information.',
  warn: 'As a warning.',
  error: 'As an error.',
  upgrade: 'One level more severe than the rule says.',
  downgrade: 'One level less severe than the rule says.',
  default: 'As the rule says; takes an earlier entry back.',
};

/**
 * What the reader refuses of a glob, as far as a regular expression can say it without a parser: a beginning that
 * turns it round or leaves the folder, `..`, empty names, groups in parentheses, backslashes between folders.
 */
const GLOB = [
  '^(?!!)(?![/~]|[A-Za-z]:|\\\\[\\w\\\\])',
  '(?!(?:.*/)?\\.\\.(?:/|$))(?!.*//)(?!.+/\\./)(?!.+/\\.$)(?!\\./?$)',
  '(?!.*[@!+?*]\\()(?!.*\\\\[A-Za-z0-9])',
].join('');

const GLOBS_TEXT =
  'Globs are relative to the folder of this file; one without a slash is for names in any folder.';

/**
 * @param {readonly RuleEntry[]} rules in alphabetical order
 * @param {Words} words
 */
export function configurationSchema(rules, { profiles, severities, extendedName, longestGlob, review }) {
  const groups = [...new Set(rules.map(({ id }) => `${id.split('/')[0]}/*`))];
  /** @param {readonly string[]} values @param {Readonly<Record<string, string>>} texts */
  const oneOfWords = (values, texts) => ({
    type: 'string',
    enum: values,
    markdownEnumDescriptions: values.map((value) => texts[value] ?? ''),
  });
  const ofRule = [
    ...groups.map((group) => [group, `All rules of the group \`${group.split('/')[0]}\`.`]),
    ...rules.map(({ id, finds }) => [id, finds]),
  ];
  const glob = { type: 'string', minLength: 1, maxLength: longestGlob, pattern: GLOB };
  const extended = { type: 'string', maxLength: 500, pattern: extendedName };
  const globs = {
    anyOf: [{ $ref: '#/definitions/glob' }, { type: 'array', items: { $ref: '#/definitions/glob' } }],
  };
  const someGlobs = {
    anyOf: [
      { $ref: '#/definitions/glob' },
      { type: 'array', minItems: 1, items: { $ref: '#/definitions/glob' } },
    ],
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of Countersign',
    markdownDescription:
      'Holds for the files of its folder and of all folders below, up to the next file of this name there.',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    additionalProperties: false,
    defaultSnippets: [
      { label: 'Show more', description: 'The profile `strict`', body: { profile: 'strict' } },
      {
        label: 'Extend a shared configuration',
        description: 'A file of the workspace or of a package',
        body: { extends: ['${1:./shared.json}'] },
      },
    ],
    properties: {
      $schema: { markdownDescription: 'Where the schema of this file is, for other editors than VS Code.' },
      extends: {
        markdownDescription:
          'What this configuration builds on: a JSON file of the workspace, `./shared.json`, or a file of a package, `@acme/countersign-config` or `@acme/countersign-config/strict.json`. Later ones win over earlier, and this file over all.',
        anyOf: [
          { $ref: '#/definitions/extended' },
          { type: 'array', items: { $ref: '#/definitions/extended' } },
        ],
      },
      profile: { $ref: '#/definitions/profile' },
      ai: { $ref: '#/definitions/ai' },
      rules: { $ref: '#/definitions/rules' },
      review: reviewSchema(review, { globs, someGlobs }),
      overrides: {
        markdownDescription:
          'What else holds for some files. Entries are applied in order, so a later one wins.',
        type: 'array',
        items: {
          type: 'object',
          required: ['files'],
          additionalProperties: false,
          defaultSnippets: [
            {
              label: 'Override for some files',
              body: { files: '${1:scripts/**}', rules: { '${2:auth/*}': '${3:off}' } },
            },
          ],
          properties: {
            files: { markdownDescription: `The files that it is for. ${GLOBS_TEXT}`, ...someGlobs },
            excludedFiles: {
              markdownDescription: 'Files that it is not for, although `files` has them.',
              ...globs,
            },
            profile: { $ref: '#/definitions/profile' },
            ai: { $ref: '#/definitions/ai' },
            rules: { $ref: '#/definitions/rules' },
          },
        },
      },
      suppress: {
        markdownDescription:
          'Findings that were looked at and are not shown, each with its reason. In code, a comment beside the finding is better: `// countersign-disable-next-line rule -- reason`.',
        type: 'array',
        items: {
          type: 'object',
          required: ['rule', 'files', 'reason'],
          additionalProperties: false,
          defaultSnippets: [
            {
              label: 'Suppress a rule in some files',
              body: { rule: '${1:group/name}', files: '${2:fixtures/**}', reason: '$3' },
            },
          ],
          properties: {
            rule: {
              markdownDescription: 'A rule, or a pattern with `*`, such as `auth/*`.',
              type: 'string',
              anyOf: [{ enum: ofRule.map(([id]) => id) }, { pattern: '\\*' }],
            },
            files: { markdownDescription: `The files that it is for. ${GLOBS_TEXT}`, ...someGlobs },
            reason: {
              markdownDescription: 'Why. Without it the entry suppresses nothing.',
              type: 'string',
              pattern: '\\S',
              patternErrorMessage: 'A suppression needs its reason.',
            },
            until: {
              markdownDescription: 'The last day on which it holds, as `YYYY-MM-DD`.',
              type: 'string',
              format: 'date',
              pattern: '^\\d{4}-\\d{2}-\\d{2}$',
              patternErrorMessage: 'Write a date as YYYY-MM-DD.',
            },
          },
        },
      },
      ignore: { markdownDescription: `Files that are not checked at all. ${GLOBS_TEXT}`, ...globs },
    },
    definitions: {
      profile: {
        markdownDescription:
          'How sure a finding must be to be shown. A profile that somebody chose in the settings of VS Code wins.',
        ...oneOfWords(profiles, PROFILE_TEXTS),
      },
      ai: {
        markdownDescription:
          'The AI switch: whether findings on lines that an AI tool is known to have written are reported with the severity that their rule has there, and those of medium confidence as well. What somebody chose in the settings of VS Code wins.',
        type: 'boolean',
        default: true,
      },
      rules: {
        markdownDescription:
          'What rules report, by their names or by patterns with `*`. Entries are applied in order, so a later one wins.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          ofRule.map(([id, markdownDescription]) => [
            id,
            { markdownDescription, allOf: [{ $ref: '#/definitions/severity' }] },
          ]),
        ),
        patternProperties: { '\\*': { $ref: '#/definitions/severity' } },
      },
      severity: oneOfWords(severities, SEVERITY_TEXTS),
      glob,
      extended,
    },
  };
}

/**
 * @param {ReviewWords} words
 * @param {{ globs: object, someGlobs: object }} parts
 */
function reviewSchema({ address, handle, codeOwners, mostApprovals }, { globs, someGlobs }) {
  const name = { type: 'string', anyOf: [{ pattern: handle }, { pattern: address }] };
  const reviewer = {
    type: 'string',
    anyOf: [{ enum: [codeOwners] }, { pattern: handle }, { pattern: address }],
  };
  /** @param {object} one */
  const oneOrMore = (one) => ({ anyOf: [one, { type: 'array', minItems: 1, items: one }] });
  const settings = {
    approvals: {
      markdownDescription: 'How many people have to countersign; 1 unless given, 0 where none has to.',
      type: 'integer',
      minimum: 0,
      maximum: mostApprovals,
    },
    authorMayReview: {
      markdownDescription:
        'Whether it counts when somebody countersigns lines of an own commit. `true` unless given.',
      type: 'boolean',
    },
    requireSignature: {
      markdownDescription:
        'Whether only signed sign-offs count. `false` unless given: then anybody can write any name into one.',
      type: 'boolean',
    },
    reviewers: {
      markdownDescription:
        'Who may countersign: addresses, `@name`, `@organisation/team`, or `codeowners` for whom CODEOWNERS names. Anybody unless given.',
      ...oneOrMore(reviewer),
    },
  };
  return {
    markdownDescription:
      'Who has to countersign AI code. Only that of the file at the top of the repository counts; `countersign verify` reads it at the base revision.',
    type: 'object',
    additionalProperties: false,
    defaultSnippets: [
      {
        label: 'Reviews by code owners, signed',
        body: { reviewers: ['codeowners'], requireSignature: true },
      },
    ],
    properties: {
      ...settings,
      requireTrailer: {
        markdownDescription:
          'Whether a commit with lines that an AI wrote has to say so in its message. `true` unless given.',
        type: 'boolean',
      },
      people: {
        markdownDescription:
          'Who is meant by `@name` and `@organisation/team`: addresses, as commits have them.',
        type: 'object',
        additionalProperties: false,
        patternProperties: { [handle]: oneOrMore(name) },
      },
      overrides: {
        markdownDescription: 'What else holds for some files. Of those that fit, a later one wins.',
        type: 'array',
        items: {
          type: 'object',
          required: ['files'],
          additionalProperties: false,
          properties: {
            files: { markdownDescription: `The files that it is for. ${GLOBS_TEXT}`, ...someGlobs },
            excludedFiles: {
              markdownDescription: 'Files that it is not for, although `files` has them.',
              ...globs,
            },
            ...settings,
          },
        },
      },
    },
  };
}

const VALIDATING = new Set([
  ...[
    'additionalProperties',
    'format',
    'maximum',
    'maxLength',
    'minimum',
    'minItems',
    'minLength',
    'pattern',
    'patternErrorMessage',
  ],
  ...['required', 'type'],
]);

/**
 * The same for completion and hovers only: it refuses nothing. VS Code gets it, where the language server tells what is
 * wrong, with a remedy, and nothing shall be told twice.
 *
 * @param {unknown} schema
 * @returns {unknown}
 */
export function completionSchema(schema) {
  if (Array.isArray(schema)) return schema.map((each) => completionSchema(each));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { enum: values, markdownEnumDescriptions, ...rest } = /** @type {Record<string, unknown>} */ (schema);
  const kept = Object.entries(rest).flatMap(([key, value]) => {
    if (VALIDATING.has(key)) return [];
    const isMap = key === 'properties' || key === 'patternProperties' || key === 'definitions';
    if (isMap) return [[key, mapped(/** @type {Record<string, unknown>} */ (value))]];
    return [[key, key === 'defaultSnippets' ? value : completionSchema(value)]];
  });
  // Of alternatives each completes, and the last one takes all.
  const words = markdownEnumDescriptions ? { enum: values, markdownEnumDescriptions } : { enum: values };
  const either = values === undefined ? {} : { anyOf: [words, {}] };
  return { ...Object.fromEntries(kept), ...either };
}

/** @param {Record<string, unknown>} schemas by their names, which may be any word */
function mapped(schemas) {
  return Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, completionSchema(each)]));
}
