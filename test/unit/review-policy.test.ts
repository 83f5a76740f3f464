// Who has to countersign a file: the policy of a configuration, and CODEOWNERS as GitHub reads it.
import assert from 'node:assert/strict';
import { NO_CODE_OWNERS, readCodeOwners } from '../../server/src/session/configuration/code-owners';
import { readConfiguration } from '../../server/src/session/configuration/read-configuration';
import { requirementsFor } from '../../server/src/session/configuration/review-policy';

function policyOf(review: unknown) {
  const text = JSON.stringify({ review });
  const { review: policy, problems } = readConfiguration(text, { ruleIds: new Set(), today: '2026-02-27' });
  assert.deepEqual(problems, []);
  assert.ok(policy);
  return policy;
}

function problemsOf(review: unknown): string[] {
  const text = JSON.stringify({ review });
  return readConfiguration(text, { ruleIds: new Set(), today: '2026-02-27' }).problems.map(
    ({ message }) => message,
  );
}

describe('a policy for reviews', () => {
  it('asks for one person, whoever that is, where it says nothing', () => {
    assert.deepEqual(requirementsFor(policyOf({}), 'a.ts', NO_CODE_OWNERS), {
      approvals: 1,
      authorMayReview: true,
      requireSignature: false,
      reviewers: undefined,
    });
    assert.equal(policyOf({}).requireTrailer, true);
  });

  it('lets a later override win, key by key', () => {
    const policy = policyOf({
      reviewers: '@ann',
      requireSignature: true,
      overrides: [
        { files: 'src/**', approvals: 2 },
        { files: 'src/auth', excludedFiles: '*.md', reviewers: ['BEN@example.org'], authorMayReview: false },
        { files: '*.test.ts', approvals: 0 },
      ],
    });
    const of = (path: string) => requirementsFor(policy, path, NO_CODE_OWNERS);
    assert.deepEqual([of('a.ts').approvals, of('a.ts').reviewers], [1, ['@ann']]);
    assert.deepEqual(of('src/auth/b.ts'), {
      approvals: 2,
      authorMayReview: false,
      requireSignature: true,
      reviewers: ['ben@example.org'],
    });
    assert.deepEqual(of('src/auth/b.md').reviewers, ['@ann']);
    assert.equal(of('src/auth/b.test.ts').approvals, 0);
  });

  it('knows whom names mean, also in a circle', () => {
    const people = { '@Acme/All': ['@acme/sec', '@acme/all'], '@acme/sec': ['Ann@example.org', '@ben'] };
    const policy = policyOf({ reviewers: ['@acme/all'], people });
    assert.deepEqual(requirementsFor(policy, 'a.ts', NO_CODE_OWNERS).reviewers, [
      '@acme/all',
      '@acme/sec',
      '@ben',
      'ann@example.org',
    ]);
  });

  it('takes owners from CODEOWNERS, and leaves what has none to anybody', () => {
    const owners = readCodeOwners('* @all\n/src/ @ann\n/src/free.ts\n');
    const policy = policyOf({ reviewers: 'codeowners' });
    const of = (path: string) => requirementsFor(policy, path, owners).reviewers;
    assert.deepEqual([of('a.ts'), of('src/b.ts'), of('src/free.ts')], [['@all'], ['@ann'], undefined]);
    const more = policyOf({ reviewers: ['codeowners', '@cleo'] });
    assert.deepEqual(requirementsFor(more, 'src/free.ts', owners).reviewers, ['@cleo']);
  });

  it('is told what is wrong in it, with what to write', () => {
    const cases: readonly (readonly [unknown, RegExp])[] = [
      ['yes', /no policy for reviews.*Write `\{ "approvals"/],
      [{ approvals: 1.5 }, /no number of people.*from 0 to 10/],
      [{ approvals: '2' }, /no number of people/],
      [{ requireSignature: 'yes' }, /neither yes nor no.*Write `true` or `false`/],
      [{ reviewers: ['ann'] }, /names nobody.*`"codeowners"`/],
      [{ reviewers: [] }, /empty and names nobody/],
      [{ reviewers: [1] }, /names nobody/],
      [{ people: { ann: 'ann@example.org' } }, /no name of people/],
      [{ people: { '@ann': 'codeowners' } }, /names nobody/],
      [{ people: [] }, /of nobody who it is/],
      [{ reviewer: '@ann' }, /no key `reviewer`. Did you mean `reviewers`/],
      [{ overrides: [{ approvals: 0 }] }, /for which files/],
      [{ overrides: {} }, /no list/],
    ];
    for (const [review, message] of cases) {
      const problems = problemsOf(review);
      assert.equal(problems.length, 1, JSON.stringify(review));
      assert.match(problems[0] ?? '', message);
    }
    const faulty = { overrides: [{ files: 'a', approvals: 0, reviewer: '@ann' }] };
    const { review } = readConfiguration(JSON.stringify({ review: faulty }), {
      ruleIds: new Set(),
      today: '2026-02-27',
    });
    assert.deepEqual(review?.overrides, [], 'an entry with a fault never lowers what is asked for');
  });
});

describe('CODEOWNERS', () => {
  // The table of GitHub's documentation, pattern by pattern, in our own words.
  const PATTERNS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['*', ['a.js', 'a/b/c'], []],
    ['*.js', ['a.js', 'x/y.js'], ['a.ts', 'a.jsx']],
    ['/build/logs/', ['build/logs/a', 'build/logs/b/c'], ['build/logs', 'x/build/logs/a', 'build/log']],
    ['docs/*', ['docs/a.md'], ['docs/b/c.md', 'x/docs/a.md']],
    ['apps/', ['apps/a', 'x/apps/b/c'], ['apps']],
    ['/docs/', ['docs/a', 'docs/b/c'], ['x/docs/a']],
    ['/scripts', ['scripts', 'scripts/a/b'], ['x/scripts']],
    ['apps/github', ['apps/github', 'apps/github/a'], ['x/apps/github']],
    ['**/logs', ['logs/a', 'build/logs/a', 'x/y/logs'], ['logsx']],
    ['/src/app-*', ['src/app-a', 'src/app-a/b/c'], ['src/lib']],
    ['/a/**/b', ['a/b', 'a/x/y/b', 'a/x/b/c'], ['a/x/c']],
    ['/{x}/a', ['{x}/a'], ['x/a']],
    ['a\\ b/c', ['a b/c'], ['a/c']],
    ['/app/(group)/page.tsx', ['app/(group)/page.tsx'], ['app/group/page.tsx']],
    ['name', ['name', 'x/name', 'name/y', 'x/name/y'], ['names']],
    ['/a?c', ['abc'], ['ac', 'a/c']],
  ];
  for (const [pattern, yes, no] of PATTERNS) {
    it(`knows for what ${pattern} is`, () => {
      const owners = readCodeOwners(`${pattern} @ann\n`);
      assert.deepEqual(owners.faults, []);
      for (const path of yes) assert.deepEqual(owners.ownersOf(path), ['@ann'], path);
      for (const path of no) assert.deepEqual(owners.ownersOf(path), [], path);
    });
  }

  it('has comments, several owners, and lines that take owners away', () => {
    const text = '# all\r\n\r\n* @a @acme/b c@example.org # why\r\n/x/\r\n/x/y @d #e\r\n';
    const owners = readCodeOwners(text);
    assert.deepEqual(owners.faults, []);
    assert.deepEqual(owners.ownersOf('a'), ['@a', '@acme/b', 'c@example.org']);
    assert.deepEqual(owners.ownersOf('x/a'), []);
    assert.deepEqual(owners.ownersOf('x/y'), ['@d']);
  });

  it('passes over lines that mean nothing, and names them', () => {
    const text = '* @a\n!x @b\n[a-z].js @c\n*.ts nobody\n[Section] @d\n/ @e\n../x @f\n';
    const owners = readCodeOwners(text);
    assert.deepEqual(owners.faults, [2, 3, 4, 5, 6, 7]);
    assert.deepEqual(owners.ownersOf('x/b.ts'), ['@a']);
  });
});
