// What configuration files and all that they extend say of a file, and what is told of them.
import assert from 'node:assert/strict';
import { ConfigurationFiles } from '../../server/src/session/configuration/configuration-files';
import { FakeHost } from '../server/fake-host';

const RULES = new Set(['auth/jwt', 'auth/open', 'config/bad-value', 'secrets/fallback']);
const FILE = '.countersignrc.json';
const ROOT = 'file:///w';

type Files = Readonly<Record<string, unknown>>;

function hostWith(files: Files): FakeHost {
  const host = new FakeHost();
  for (const [path, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    host.files.set(path.startsWith('file:') ? path : `${ROOT}/${path}`, { text });
  }
  return host;
}

/** `profile rule=severity … -rule (reason) … ignored` */
function inForce(files: Files | FakeHost, path: string, root = ROOT): string {
  const host = files instanceof FakeHost ? files : hostWith(files);
  const uri = path.startsWith('file:') ? path : `${ROOT}/${path}`;
  const found = new ConfigurationFiles(host, RULES, true).inForce(uri, root);
  return [
    found.profile ?? 'none',
    ...found.customizations.map(({ rule, severity }) => `${rule}=${severity}`),
    ...found.suppressions.map(({ rule, reason }) => `-${rule} (${reason})`),
    ...(found.isIgnored ? ['ignored'] : []),
  ].join(' ');
}

/** `what is underlined: message`, or the message where there is no text. */
function problems(files: Files | FakeHost, path = 'src/a.ts'): string[] {
  const host = files instanceof FakeHost ? files : hostWith(files);
  const file = new ConfigurationFiles(host, RULES, true).nearest(`${ROOT}/${path}`, ROOT);
  return (file?.problems ?? []).map(
    ({ start, end, message }) => `${file?.text.slice(start, end)}: ${message}`,
  );
}

describe('configuration in force: overrides', () => {
  const overrides = [
    { files: 'src/**', rules: { 'auth/*': 'error' } },
    { files: ['**/*.test.ts', 'e2e'], excludedFiles: 'src/api/**', rules: { 'auth/jwt': 'off' } },
    { files: 'src/pay/**', profile: 'strict' },
  ];
  const files = { [FILE]: { overrides, profile: 'recommended', rules: { '*': 'warn' } } };
  const cases: [path: string, says: string][] = [
    ['lib/a.ts', 'recommended *=warn'],
    ['src/a.ts', 'recommended *=warn auth/*=error'],
    ['src/a.test.ts', 'recommended *=warn auth/*=error auth/jwt=off'],
    ['src/api/a.test.ts', 'recommended *=warn auth/*=error'],
    ['e2e/deep/a.ts', 'recommended *=warn auth/jwt=off'],
    ['src/pay/a.ts', 'strict *=warn auth/*=error'],
    ['src%2Fa.ts', 'recommended *=warn auth/*=error'],
    ['lib/%E0%A4', 'recommended *=warn'],
  ];
  for (const [path, says] of cases) {
    it(`hold for ${path} in the order of the text`, () => assert.equal(inForce(files, path), says));
  }

  it('have globs that are relative to the folder of their file', () => {
    const below = { overrides: [{ files: './a.ts', profile: 'strict' }] };
    assert.equal(inForce({ [`src/${FILE}`]: below }, 'src/a.ts'), 'strict');
    assert.equal(inForce({ [`src/${FILE}`]: below }, 'src/b/a.ts'), 'none');
  });
});

describe('configuration in force: suppress and ignore', () => {
  const entry = { rule: 'auth/*', files: ['demo/**', '*.json'], reason: ' no users ' };
  const files = {
    [FILE]: {
      suppress: [entry, { ...entry, rule: 'secrets/fallback', until: '2026-02-27' }],
      ignore: 'dist',
    },
  };
  const cases: [path: string, says: string][] = [
    ['demo/a.ts', 'none -auth/* (no users) -secrets/fallback (no users)'],
    ['config/keys.json', 'none -auth/* (no users) -secrets/fallback (no users)'],
    ['src/a.ts', 'none'],
    ['dist/a.ts', 'none ignored'],
    ['web/dist/demo/a.ts', 'none ignored'],
  ];
  for (const [path, says] of cases) {
    it(`hold for ${path}`, () => assert.equal(inForce(files, path), says));
  }
});

describe('configuration in force: extends', () => {
  const strict = { profile: 'strict', rules: { '*': 'info' } };
  const cases: [name: string, files: Files, path: string, says: string][] = [
    ['a file', { [FILE]: { extends: './a.json' }, 'a.json': strict }, 'src/a.ts', 'strict *=info'],
    [
      'what it says itself wins',
      {
        [FILE]: { rules: { 'auth/*': 'off' }, profile: 'recommended', extends: ['./a.json'] },
        'a.json': strict,
      },
      'src/a.ts',
      'recommended *=info auth/*=off',
    ],
    [
      'later files win, also over the overrides of earlier ones',
      {
        [FILE]: { extends: ['./b/b.json', './a.json'] },
        'a.json': strict,
        'b/b.json': { overrides: [{ files: '**', profile: 'recommended', rules: { 'auth/*': 'off' } }] },
      },
      'src/a.ts',
      'strict auth/*=off *=info',
    ],
    [
      'files that extend others, each from its own folder',
      { [FILE]: { extends: './b/b.json' }, 'b/b.json': { extends: '../c/a.json' }, 'c/a.json': strict },
      'src/a.ts',
      'strict *=info',
    ],
    [
      'one file twice',
      {
        [FILE]: { extends: ['./a.json', './b.json'] },
        'b.json': { extends: './a.json' },
        'a.json': { rules: { '*': 'info' } },
      },
      'src/a.ts',
      'none *=info *=info',
    ],
    [
      'the file of the folder above, whose globs stay relative to that',
      {
        [FILE]: { ignore: ['web/src/gen/**'], overrides: [{ files: 'src/**', profile: 'strict' }] },
        [`web/${FILE}`]: { extends: `../${FILE}` },
      },
      'web/src/gen/a.ts',
      'none ignored',
    ],
    [
      'other files, whose globs are relative to the folder of what extends them',
      { [`web/${FILE}`]: { extends: '../lists/a.json' }, 'lists/a.json': { ignore: ['src/gen/**'] } },
      'web/src/gen/a.ts',
      'none ignored',
    ],
    [
      'a package',
      { [FILE]: { extends: '@acme/base' }, 'node_modules/@acme/base/countersign.json': strict },
      'src/a.ts',
      'strict *=info',
    ],
    [
      'a file of a package of a folder above',
      { [`web/${FILE}`]: { extends: 'base/lib/a.json' }, 'node_modules/base/lib/a.json': strict },
      'web/src/a.ts',
      'strict *=info',
    ],
    [
      'the nearest package',
      {
        [`web/${FILE}`]: { extends: 'base' },
        'node_modules/base/countersign.json': strict,
        'web/node_modules/base/countersign.json': { profile: 'recommended' },
      },
      'web/src/a.ts',
      'recommended',
    ],
    [
      'a package that extends another, whose globs are relative to the folder of the workspace file',
      {
        [`web/${FILE}`]: { extends: 'base' },
        'node_modules/base/countersign.json': { extends: ['other', './lib/.countersignrc.json'] },
        'node_modules/base/node_modules/other/countersign.json': { ignore: './gen' },
        'node_modules/base/lib/.countersignrc.json': { rules: { '*': 'info' }, suppress: [] },
      },
      'web/gen/a.ts',
      'none *=info ignored',
    ],
    [
      'suppressions and ignored files of all',
      {
        [FILE]: { extends: './a.json', ignore: 'b', suppress: [{ rule: '*', files: 'c', reason: 'mine' }] },
        'a.json': { ignore: 'a', suppress: [{ rule: 'auth/*', files: 'c', reason: 'theirs' }] },
      },
      'a/c/x.ts',
      'none -auth/* (theirs) -* (mine) ignored',
    ],
    [
      'a file with blanks',
      { [FILE]: { extends: './my list.json' }, 'my%20list.json': strict },
      'a',
      'strict *=info',
    ],
  ];
  for (const [name, files, path, says] of cases) {
    it(`take over ${name}`, () => {
      assert.equal(inForce(files, path), says);
      assert.deepEqual(problems(files, path), []);
    });
  }

  it('find the packages of a linked package where it really is', () => {
    const host = hostWith({
      [FILE]: { extends: 'base' },
      'packages/base/countersign.json': { extends: 'other' },
      'packages/base/node_modules/other/countersign.json': strict,
    });
    host.links.set(`${ROOT}/node_modules/base`, `${ROOT}/packages/base`);
    assert.equal(inForce(host, 'src/a.ts'), 'strict *=info');
    assert.deepEqual(problems(host), []);
  });

  it('work where the workspace folder itself is a link', () => {
    const host = hostWith({
      'file:///link/.countersignrc.json': { extends: 'base' },
      'file:///real/node_modules/base/countersign.json': { extends: './a.json' },
      'file:///real/node_modules/base/a.json': strict,
    });
    host.links.set('file:///link', 'file:///real');
    assert.equal(inForce(host, 'file:///link/a.ts', 'file:///link'), 'strict *=info');
  });
});

describe('configuration in force: what is wrong with what is extended', () => {
  const NAME = '"./a.json"';
  const cases: [name: string, files: Files, told: string[]][] = [
    [
      'a file that is not there',
      { [FILE]: { extends: './a.json' } },
      [`${NAME}: There is no file \`./a.json\`. Correct the name, or remove it.`],
    ],
    [
      'a package that is not there',
      { [FILE]: { extends: 'a' } },
      [
        '"a": There is no package `a` in `node_modules` here or above in the workspace folder. Install it, or write `./` before a path.',
      ],
    ],
    [
      'a path that looks like a package',
      { [FILE]: { extends: 'lists/a.json' }, 'lists/a.json': {} },
      [
        '"lists/a.json": There is no package `lists` in `node_modules` here or above in the workspace folder. Did you mean `./lists/a.json`?',
      ],
    ],
    [
      'a package without the file',
      { [FILE]: { extends: 'a' }, 'node_modules/a/package.json': {} },
      ['"a": The package `a` has no file `countersign.json`. Name one that it has: `"a/…"`.'],
    ],
    [
      'a package above the workspace folder',
      { [FILE]: { extends: 'a' }, 'file:///node_modules/a/countersign.json': {} },
      [
        '"a": There is no package `a` in `node_modules` here or above in the workspace folder. Install it, or write `./` before a path.',
      ],
    ],
    [
      'a file above the workspace folder',
      { [FILE]: { extends: '../a.json' }, 'file:///a.json': {} },
      [
        '"../a.json": `../a.json` leads out of the workspace folder, where nothing is read. Put a copy into the folder.',
      ],
    ],
    [
      'a cycle',
      {
        [FILE]: { extends: './a.json' },
        'a.json': { extends: './b.json' },
        'b.json': '\n{"extends":"./a.json"}',
      },
      [
        `${NAME}: In \`b.json\`, line 2: This comes back to a file that it started from: \`a.json → b.json → a.json\`. Remove one of the entries.`,
      ],
    ],
    [
      'itself',
      { [FILE]: { extends: `./${FILE}` } },
      [
        `"./${FILE}": This comes back to a file that it started from: \`${FILE} → ${FILE}\`. Remove one of the entries.`,
      ],
    ],
    [
      'faults in a file, by their rules',
      { [FILE]: { extends: './a.json' }, 'a.json': '{\n"profil": 1,\n"profile": 1,\n"ignore": "!a" }' },
      [
        `${NAME}: In \`a.json\`, line 2: There is no key \`profil\`. Did you mean \`profile\`?`,
        `${NAME}: In \`a.json\`, line 3: This is no profile, so the default holds. Write "recommended" or "strict". (1 more)`,
      ],
    ],
    [
      'text that is no JSON',
      { [FILE]: { extends: './a.json' }, 'a.json': '{ "profile": "strict"' },
      [`${NAME}: In \`a.json\`, line 1: A closing brace is missing here. Add it.`],
    ],
    [
      'what is no name',
      { [FILE]: { extends: ['/etc/a.json', 'https://a.b/c.json', './a.js', 'a/../../b.json', 7, ''] } },
      ['"/etc/a.json"', '"https://a.b/c.json"', '"./a.js"', '"a/../../b.json"', '7', '""'].map(
        (name) =>
          `${name}: Nothing is extended by this. Write a JSON file of the workspace, \`"./shared.json"\`, or a package.`,
      ),
    ],
  ];
  for (const [name, files, told] of cases) {
    it(`is told at the entry: ${name}`, () => {
      assert.deepEqual(problems(files), told);
      const own = { ...(files[FILE] as object), rules: { 'auth/*': 'off' } };
      assert.match(
        inForce({ ...files, [FILE]: own }, 'src/a.ts'),
        / auth\/\*=off$/,
        'the rest stays in force',
      );
    });
  }

  it('is told of links that lead out of the workspace folder, and these are not read', () => {
    const host = hostWith({
      [FILE]: { extends: ['./a.json', 'base', './lists/b.json'] },
      'file:///secret/a.json': { '-----BEGIN KEY': 1 },
      'file:///secret/countersign.json': { '-----BEGIN KEY': 1 },
    });
    host.links.set(`${ROOT}/a.json`, 'file:///secret/a.json');
    host.links.set(`${ROOT}/node_modules/base`, 'file:///secret');
    host.links.set(`${ROOT}/lists`, 'file:///secret/../secret');
    const [first, second, third] = problems(host);
    for (const problem of [first, second]) assert.match(problem ?? '', /leads out of the workspace folder/);
    assert.match(third ?? '', /There is no file/);
    assert.deepEqual(
      host.read.filter((uri) => !uri.endsWith(FILE)),
      [],
    );
  });

  it('is told of files that cannot be read', () => {
    const host = hostWith({ [FILE]: { extends: './a.json' } });
    host.files.set(`${ROOT}/a.json`, { refusal: 'it is larger than 1 MB' });
    assert.deepEqual(problems(host), [
      `${NAME}: \`./a.json\` is not read: it is larger than 1 MB. Mend that, or remove it from here.`,
    ]);
  });

  it('is told where very many files are extended, of which only some are read', () => {
    const files: Record<string, unknown> = { [FILE]: { extends: './0.json' } };
    for (let i = 0; i < 60; i++) {
      const next = `./${i + 1}.json`;
      files[`${i}.json`] = { extends: [next, next, next], rules: { 'auth/*': 'off' } };
    }
    const host = hostWith(files);
    const [only, ...others] = problems(host);
    assert.deepEqual(others, []);
    assert.match(only ?? '', /^"\.\/0\.json": In `19\.json`, line 1: More than 20 files are extended/);
    assert.equal(host.read.filter((uri) => /\d\.json$/.test(uri)).length, 20);
  });
});

describe('configuration in force: very many globs', () => {
  it('hold as far as they can be matched in a bounded time, in all files together', () => {
    const ignore = Array.from({ length: 65 }, (_, i) => `${'x'.repeat(400)}${i}`);
    const files = {
      [FILE]: { extends: ['./a.json', './b.json'], ignore: [...ignore, 'mine'] },
      'a.json': { ignore: ['theirs', ...ignore], rules: { '*': 'off' } },
      'b.json': { rules: { 'auth/*': 'info' } },
    };
    assert.deepEqual(problems(files), [
      '"./a.json": With this file, all globs together have more than 50000 characters, and it is left out. Write fewer.',
    ]);
    assert.equal(inForce(files, 'mine'), 'none auth/*=info ignored');
    assert.equal(inForce(files, 'theirs'), 'none auth/*=info');
  });
});

describe('configuration in force: several workspace folders', () => {
  it('each have their own, also one inside another', () => {
    const files = {
      [FILE]: { profile: 'strict', rules: { 'auth/*': 'off' } },
      [`web/src/${FILE}`]: { extends: `../../${FILE}`, rules: { 'secrets/*': 'off' } },
      'file:///other/.countersignrc.json': { rules: { '*': 'hint' } },
    };
    assert.equal(inForce(files, 'web/src/a.ts'), 'strict auth/*=off secrets/*=off');
    assert.equal(inForce(files, 'web/a.ts'), 'strict auth/*=off');
    assert.equal(
      inForce(files, 'web/src/a.ts', `${ROOT}/web`),
      'none secrets/*=off',
      'above is another folder',
    );
    assert.equal(inForce(files, 'web/a.ts', `${ROOT}/web`), 'none');
    assert.equal(inForce(files, 'file:///other/web/src/a.ts', 'file:///other'), 'none *=hint');
    assert.equal(inForce(files, 'file:///wood/a.ts', ROOT), 'none', 'a name that only begins alike');
  });
});
