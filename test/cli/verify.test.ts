// `countersign verify` as a process, on repositories that are made for it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { repositoryRoot } from '../repository-root';
import { ReviewedRepository } from '../signoffs/reviewed-repository';
import { runCli } from './project';

const CODE = 'one();\n\ntwo();\nthree();\n';
const ALL = 'unreviewed-ai src/ai.ts:1-4';

describe('command line: verify', function () {
  this.timeout(120_000);

  /** Runs a test in a repository that is removed after it. */
  const within =
    (
      files: Readonly<Record<string, string>>,
      test: (repository: ReviewedRepository) => void | Promise<void>,
    ): (() => Promise<void>) =>
    async () => {
      const repository = new ReviewedRepository(files);
      try {
        await test(repository);
      } finally {
        repository.remove();
      }
    };

  it(
    'finds AI regions of the range that nobody countersigned, and nothing else',
    within({}, (repository) => {
      repository.write('src/b.ts', 'person();\nagain();\n');
      repository.commit('By a person');
      assert.deepEqual(repository.missing(), [0]);
      repository.commitAi('src/ai.ts', CODE);
      assert.deepEqual(repository.missing(), [1, ALL]);
      const { findings, lines } = repository.report();
      assert.deepEqual(lines, { reviewed: 0, unproven: 0, unreviewed: 3 });
      assert.match(
        findings.find(({ line }) => line === 1)?.message ?? '',
        /^Claude Code wrote this: nobody has/,
      );
      repository.commitAi('src/a.ts', 'person();\nmachine();\n', { lines: '2' });
      assert.deepEqual(repository.missing(), [1, 'unreviewed-ai src/a.ts:2-2', ALL]);
      const later = repository.git('rev-parse', 'HEAD');
      assert.equal(repository.verify(['--base', later]).code, 0, 'what the base has is not asked for again');
    }),
  );

  it(
    'takes lines of a commit with an AI trailer alone for AI, too',
    within({}, (repository) => {
      repository.write('src/ai.ts', CODE);
      repository.commit('Change\n\nCo-authored-by: Claude <noreply@anthropic.com>');
      assert.deepEqual(repository.missing(), [1, ALL]);
    }),
  );

  it(
    'is content with a sign-off, until the text changes',
    within({}, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      repository.add(repository.signOff('src/ai.ts', 1, 4));
      assert.deepEqual(repository.missing(), [1, ALL], 'what is not committed does not count');
      repository.commit('Countersign');
      assert.deepEqual(repository.missing(), [0]);
      assert.deepEqual(repository.report().lines, { reviewed: 3, unproven: 3, unreviewed: 0 });
      repository.write('src/ai.ts', `before();\n${CODE}`);
      repository.commit('Move it');
      assert.deepEqual(repository.missing(), [0]);
      repository.write('src/other.ts', `before();\n${CODE}`);
      repository.git('rm', '--quiet', 'src/ai.ts');
      repository.commit('Give it another name');
      assert.deepEqual(repository.missing(), [0]);
      repository.write('src/other.ts', `before();\n${CODE.replace('two', 'four')}`);
      repository.commit('Edit it');
      assert.deepEqual(repository.missing(), [
        1,
        'unreviewed-ai src/other.ts:2-2',
        'unreviewed-ai src/other.ts:5-5',
      ]);
    }),
  );

  it(
    'does not take a copy for reviewed',
    within({}, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      repository.add(repository.signOff('src/ai.ts', 1, 4));
      repository.commit('Countersign');
      repository.commitAi('src/copy.ts', CODE);
      assert.deepEqual(repository.missing(), [1, 'unreviewed-ai src/copy.ts:1-4']);
    }),
  );

  it(
    'merges reviews of two branches without a conflict',
    within({}, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      repository.commitAi('src/more.ts', CODE);
      repository.git('checkout', '--quiet', '-b', 'other');
      repository.add(repository.signOff('src/ai.ts', 1, 4));
      repository.commit('Countersign one');
      repository.git('checkout', '--quiet', 'main');
      repository.add(repository.signOff('src/more.ts', 1, 4));
      repository.commit('Countersign the other');
      repository.git('merge', '--quiet', '--no-edit', 'other');
      assert.deepEqual(repository.missing(), [0]);
    }),
  );

  it(
    'finds commits with AI lines that do not say so',
    within({}, (repository) => {
      const commit = repository.commitAi('src/ai.ts', CODE, {
        trailer: 'Reviewed-by: Ben <ben@example.org>',
      });
      repository.add(repository.signOff('src/ai.ts', 1, 4));
      repository.commit('Countersign');
      assert.deepEqual(repository.missing(), [1, 'ai-commit-untagged src/ai.ts:1-1']);
      const [finding] = repository.report().findings.filter(({ severity }) => severity === 'error');
      assert.equal(finding?.commit, commit);
      assert.match(finding?.message ?? '', /\(Change src\/ai\.ts\).*Assisted-by/);
    }),
  );

  it(
    'leaves trailers alone where the base says so',
    within(
      { '.countersignrc.json': '{ "review": { "requireTrailer": false, "approvals": 0 } }' },
      (repository) => {
        repository.commitAi('src/ai.ts', CODE, { trailer: '' });
        assert.deepEqual(repository.missing(), [0]);
      },
    ),
  );

  it(
    'takes a record for void that an AI commit brings',
    within({}, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      repository.add(repository.signOff('src/ai.ts', 1, 4));
      repository.commit('Countersign\n\nCo-authored-by: Claude <noreply@anthropic.com>');
      assert.deepEqual(repository.missing(), [1, 'bad-record .countersign/signoffs/*.json', ALL]);
      const [record, region] = repository.report().findings.filter(({ severity }) => severity === 'error');
      assert.match(
        record?.message ?? '',
        /void: the commit that brings it is AI by evidence: Claude Code, [0-9a-f]{7}/,
      );
      assert.match(region?.message ?? '', /no sign-off counts; the sign-off of ben@example\.org is void/);
    }),
  );

  it(
    'names records that are damaged, and what hides between them',
    within({}, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      const path = repository.add(repository.signOff('src/ai.ts', 1, 4));
      const text = readFileSync(join(repository.folder, path), 'utf8');
      repository.write(path, text.replace('ben@', 'eve@'));
      repository.commit('Countersign');
      assert.deepEqual(repository.missing(), [1, 'bad-record .countersign/signoffs/*.json', ALL]);
      repository.write(path, text);
      repository.commitAi('.countersign/signoffs/code.ts', CODE);
      assert.deepEqual(repository.missing(), [
        1,
        'bad-record .countersign/signoffs/code.ts',
        'unreviewed-ai .countersign/signoffs/code.ts:1-4',
      ]);
    }),
  );

  const GATE = JSON.stringify({
    review: { reviewers: 'codeowners', requireSignature: true, people: { '@ben': 'ben@example.org' } },
  });
  const OWNERS = '* @ben\n';

  it(
    'asks as the base says, whatever the branch says',
    within({ '.countersignrc.json': GATE, '.github/CODEOWNERS': OWNERS }, async (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      repository.write('.countersignrc.json', '{ "review": { "approvals": 0 } }');
      repository.write('.github/CODEOWNERS', '* @eve\n');
      repository.write('.countersign/allowed_signers', `ben@example.org ${repository.publicKey('eve')}\n`);
      const forged = await repository.signed(repository.signOff('src/ai.ts', 1, 4), 'eve');
      repository.add(forged);
      repository.add(
        repository.signOff('src/ai.ts', 1, 4, { reviewer: { name: 'Eve', email: 'eve@example.org' } }),
      );
      repository.commit('Open the gate');
      assert.deepEqual(repository.missing(), [1, ALL]);
      const message = repository.report().findings.find(({ file }) => file === 'src/ai.ts')?.message ?? '';
      assert.match(message, /recorded, not proven: no list of allowed signers is known/);
      assert.match(message, /eve@example\.org may not countersign this file/);
    }),
  );

  it(
    'believes signatures with keys that the base or the person names',
    within({ '.countersignrc.json': GATE, '.github/CODEOWNERS': OWNERS }, async (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      repository.add(await repository.signed(repository.signOff('src/ai.ts', 1, 4), 'ben'));
      repository.commit('Countersign');
      assert.deepEqual(repository.missing(), [1, ALL]);
      const signers = join(repository.around, 'signers');
      writeFileSync(signers, `ben@example.org ${repository.publicKey('ben')}\n`);
      const settings = join(repository.around, 'gitconfig');
      writeFileSync(settings, `[gpg "ssh"]\n\tallowedSignersFile = ${signers}\n`);
      assert.deepEqual(repository.missing({ GIT_CONFIG_GLOBAL: settings }), [0]);
      repository.git('config', 'gpg.ssh.allowedSignersFile', signers);
      assert.deepEqual(repository.missing(), [1, ALL], 'settings of the repository name no keys');

      // The same with the key at the base.
      repository.git('checkout', '--quiet', '-b', 'next', repository.base);
      repository.write('.countersign/allowed_signers', `ben@example.org ${repository.publicKey('ben')}\n`);
      const base = repository.commit('Name a key');
      repository.git('checkout', '--quiet', 'main');
      assert.equal(repository.verify(['--base', base]).code, 0);
    }),
  );

  it(
    'takes a wrong signature for void, also where none is needed',
    within({}, async (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      const signed = await repository.signed(repository.signOff('src/ai.ts', 1, 4), 'ben');
      repository.add({ ...signed, note: 'added later' });
      repository.commit('Countersign');
      assert.deepEqual(repository.missing(), [1, 'bad-record .countersign/signoffs/*.json', ALL]);
    }),
  );

  it(
    'asks authors for another person where the base says so',
    within({ '.countersignrc.json': '{ "review": { "authorMayReview": false } }' }, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      const reviewer = { name: 'Ann', email: 'ann@example.org' };
      repository.add(repository.signOff('src/ai.ts', 1, 4, { reviewer }));
      repository.commit('Countersign what I committed');
      assert.deepEqual(repository.missing(), [1, ALL]);
      repository.add(repository.signOff('src/ai.ts', 1, 4));
      repository.commit('Countersign as another');
      assert.deepEqual(repository.missing(), [0]);
    }),
  );

  it(
    'lists overrides, and lets one to human count only when it is signed',
    within({}, async (repository) => {
      const key = repository.publicKey('ben');
      repository.write('.countersign/allowed_signers', `ben@example.org ${key}\n`);
      const base = repository.commit('Name a key');
      repository.commitAi('src/ai.ts', CODE);
      repository.write('src/hand.ts', 'x();\n');
      repository.commit('By hand, it seems');
      const human = repository.override('src/ai.ts', 1, 4, 'human');
      repository.add(human);
      repository.add(repository.override('src/hand.ts', 1, 1, 'ai'));
      repository.commit('Mark lines');
      assert.deepEqual(repository.missing(), [1, ALL, 'unreviewed-ai src/hand.ts:1-1']);
      const told = repository.report().findings.filter(({ ruleId }) => ruleId === 'governance/override');
      assert.equal(told.length, 2);
      assert.ok(
        told.some(({ message }) =>
          /a person wrote lines of src\/ai\.ts: typed by hand \(recorded, not proven/.test(message),
        ),
      );
      repository.add(await repository.signed(human, 'ben'));
      repository.add(repository.signOff('src/hand.ts', 1, 1));
      repository.commit('Sign the mark');
      assert.equal(repository.verify(['--base', base]).code, 0);
    }),
  );

  it(
    'says what the base leaves open, without failing for it',
    within({}, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      repository.add(repository.signOff('src/ai.ts', 1, 4));
      repository.commit('Countersign');
      const { code, findings } = repository.report();
      assert.equal(code, 0);
      assert.deepEqual(
        findings.map(({ ruleId, severity }) => [ruleId, severity]),
        [
          ['governance/policy-missing', 'info'],
          ['governance/policy-missing', 'info'],
        ],
      );
    }),
  );

  it(
    'reports as text and as valid SARIF, to a file if asked',
    within({}, (repository) => {
      repository.commitAi('src/ai.ts', CODE);
      const pretty = repository.verify();
      assert.equal(pretty.code, 1);
      assert.match(
        pretty.out,
        /^src\/ai\.ts:1-4 {2}error {2}Claude Code wrote this: nobody has countersigned it\. /m,
      );
      assert.match(
        pretty.out,
        /^3 AI lines, 3 not reviewed\. \w{10}\.\.\w{10}: 1 commit, 1 changed file\.$/m,
      );
      const file = join(repository.around, 'report.sarif');
      const { code, out } = repository.verify(['--base', repository.base, '-f', 'sarif', '-o', file]);
      assert.deepEqual([code, out], [1, '']);
      const sarif = JSON.parse(readFileSync(file, 'utf8'));
      const ajv = new Ajv({ strict: false });
      addFormats(ajv);
      const schema = join(repositoryRoot(), 'test/cli/sarif-schema/sarif-schema-2.1.0.json');
      // Of draft 4; see the test of a scan's SARIF.
      const { $schema: _, id: __, ...rest } = JSON.parse(readFileSync(schema, 'utf8'));
      const isValid = ajv.compile(rest);
      assert.ok((isValid as (value: unknown) => boolean)(sarif), ajv.errorsText(isValid.errors));
      const [result] = sarif.runs[0].results.filter(({ level }: { level: string }) => level === 'error');
      assert.equal(result.ruleId, 'governance/unreviewed-ai');
      const { rules } = sarif.runs[0].tool.driver;
      assert.equal(rules[result.ruleIndex].id, result.ruleId);
      for (const { help } of rules) assert.match(help.markdown, /To mend it|for reading, and fails nothing/);
      assert.deepEqual(result.locations[0].physicalLocation.region, { startLine: 1, endLine: 4 });
    }),
  );

  it(
    'tells wrong use from what is missing',
    within({}, (repository) => {
      const { folder } = repository;
      const cases: readonly (readonly [readonly string[], RegExp])[] = [
        [[], /needs the base of the range/],
        [['--base', 'nowhere'], /There is no commit `nowhere` here.*--unshallow/],
        [['--base', '--all'], /needs a value/],
        [['--base', 'HEAD', 'src'], /takes no paths/],
        [['--base', 'HEAD', '--sign'], /no option `--sign`/],
      ];
      for (const [args, message] of cases) {
        const { code, err } = repository.verify(args);
        assert.equal(code, 2, args.join(' '));
        assert.match(err, message);
      }
      const elsewhere = runCli(['verify', '--base', 'HEAD'], {
        cwd: repository.around,
        env: PLAIN_ENVIRONMENT,
      });
      assert.deepEqual([elsewhere.code, elsewhere.err], [2, 'This folder is in no git work tree.\n']);
      repository.write(
        '.countersignrc.json',
        '{ "reviews": {}, "review": { "approvals": "two" }, "rules": { "x": 1 } }',
      );
      const base = repository.commit('Ask for something');
      const { code, err } = repository.verify(['--base', base]);
      assert.equal(code, 2);
      assert.match(
        err,
        /policy of the base is wrong.*\n.*line 1: There is no key `reviews`.*\n.*line 1: This is no number/,
      );
      assert.ok(!err.includes('`x`'), 'what has nothing to do with reviews is not asked for');
      execFileSync('git', ['checkout', '--quiet', '--orphan', 'empty'], {
        cwd: folder,
        env: PLAIN_ENVIRONMENT,
      });
      assert.match(repository.verify(['--base', 'main']).err, /no commit yet/);
    }),
  );

  it(
    'looks at odd files: binary, empty, links, odd names, other line ends',
    within({}, (repository) => {
      repository.write('empty.ts', '');
      repository.write('binary.bin', Buffer.from([1, 0, 2]));
      repository.write('src/ü b%20#.ts', 'x();\r\ny();\r\n');
      execFileSync('ln', ['-s', 'a.ts', join(repository.folder, 'src/link.ts')]);
      repository.commit('Change\n\nCo-authored-by: Claude <noreply@anthropic.com>');
      assert.deepEqual(repository.missing(), [1, 'unreviewed-ai src/ü b%20#.ts:1-2']);
      repository.add(repository.signOff('src/ü b%20#.ts', 1, 2));
      repository.commit('Countersign');
      repository.write('src/ü b%20#.ts', 'x();\ny();\n');
      repository.commit('Other line ends');
      assert.deepEqual(repository.missing(), [0]);
    }),
  );
});
