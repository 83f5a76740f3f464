// Which files a scan looks at, and what it says of those that it does not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IgnoreRules } from '../../server/src/host/ignore-files';
import { walk } from '../../server/src/host/walk';
import { EVIL, withProject } from './project';

const EVAL = 'injection/eval-dynamic';
const at = (...files: string[]) => files.map((file) => `${file} ${EVAL}`);

describe('command line: scanned files', function () {
  this.timeout(60_000);

  it(
    'are those below the present folder unless paths are given, in the order of their names',
    withProject({ 'b.js': EVIL, 'a/z.ts': EVIL, 'a/.hidden/x.mjs': EVIL }, (project) => {
      assert.deepEqual(project.found(), at('a/.hidden/x.mjs', 'a/z.ts', 'b.js'));
      assert.deepEqual(project.found('b.js', 'a'), at('b.js', 'a/.hidden/x.mjs', 'a/z.ts'));
      assert.deepEqual(project.found('b.js', 'b.js', './b.js', '.'), at('b.js', 'a/.hidden/x.mjs', 'a/z.ts'));
    }),
  );

  it(
    'are told from the folder that was given, else from the working folder, else from what holds them all',
    withProject({ 'a/b/x.js': EVIL, 'a/c/y.js': EVIL }, (project) => {
      const rootOf = (cwd: string, ...paths: string[]) => {
        const { out } = project.run(['scan', '--format', 'json', ...paths], { cwd: project.path(cwd) });
        const { root, findings } = JSON.parse(out) as { root: string; findings: { file: string }[] };
        return [root.slice(project.folder.length), ...findings.map(({ file }) => file)];
      };
      assert.deepEqual(rootOf('.', 'a/b'), ['/a/b', 'x.js']);
      assert.deepEqual(rootOf('.', 'a/b/x.js'), ['', 'a/b/x.js']);
      assert.deepEqual(rootOf('.', 'a/b', 'a/c'), ['', 'a/b/x.js', 'a/c/y.js']);
      assert.deepEqual(rootOf('a/b', '.', '../c'), ['/a', 'b/x.js', 'c/y.js']);
      assert.deepEqual(rootOf('a/b', '../c/y.js'), ['/a/c', 'y.js']);
    }),
  );

  it(
    'are judged by the words of their path below that folder only',
    withProject({ 'test/fixtures/a.js': EVIL }, (project) => {
      const severities = (...args: string[]) =>
        project.scan(...args).findings.map(({ severity }) => severity);
      assert.deepEqual(severities(), ['hint']);
      assert.deepEqual(severities('test/fixtures'), ['error']);
      assert.deepEqual(severities('--profile', 'strict'), ['error']);
    }),
  );

  it(
    'leave out what .gitignore files do, nested ones too, but nothing that is named',
    withProject(
      {
        '.gitignore': 'dist/\n*.gen.js\n!keep.gen.js\n/only-top.js\n',
        'dist/a.js': EVIL,
        'a.gen.js': EVIL,
        'keep.gen.js': EVIL,
        'only-top.js': EVIL,
        'sub/only-top.js': EVIL,
        'sub/.gitignore': '!b.gen.js\nlocal.js\n',
        'sub/b.gen.js': EVIL,
        'sub/local.js': EVIL,
        'node_modules/x/index.js': EVIL,
        '.git/hooks/x.js': EVIL,
        '.git/info/exclude': 'excluded.js\n',
        'excluded.js': EVIL,
      },
      (project) => {
        assert.deepEqual(project.found(), at('keep.gen.js', 'sub/b.gen.js', 'sub/only-top.js'));
        assert.deepEqual(project.found('sub'), at('b.gen.js', 'only-top.js'));
        assert.deepEqual(project.found('dist'), at('a.js'));
        assert.deepEqual(project.found('dist/a.js', 'a.gen.js'), at('dist/a.js', 'a.gen.js'));
        assert.deepEqual(project.found('node_modules/x'), at('index.js'));
      },
    ),
  );

  it(
    'are counted where git ignores them, and folders as such',
    withProject(
      {
        '.gitignore': '.env\n*.log\ndist/\n',
        ...{ '.env': EVIL, 'a.log': EVIL, 'dist/a.js': EVIL, 'dist/b/c.js': EVIL, 'src/dist/d.js': EVIL },
        ...{ 'node_modules/x/a.js': EVIL, 'b.js': EVIL, 'left.js': EVIL },
        '.countersignrc.json': '{ "ignore": "left.js" }',
      },
      (project) => {
        assert.deepEqual(project.scan().ignored, {
          byGit: { files: 2, folders: 2 },
          byConfiguration: 1,
        });
        const said = /^2 files and 2 folders left out by `\.gitignore`; name a path/m;
        assert.match(project.run(['scan']).out, said);
        assert.match(project.run(['scan', '--format', 'sarif', '--output', 'r.sarif']).err, said);
        const [run] = JSON.parse(project.read('r.sarif')).runs;
        assert.deepEqual(run.invocations[0].properties.ignored.byGit, { files: 2, folders: 2 });
        assert.deepEqual(project.scan('a.log', 'b.js').ignored.byGit, { files: 0, folders: 0 });
        assert.doesNotMatch(project.run(['scan', 'b.js']).out, /gitignore/);
      },
    ),
  );

  it(
    'agree with git about what is ignored',
    withProject(
      {
        '.gitignore':
          'a/**/z.js\nb/*\n!b/keep.js\n**/c/d.js\n\\#e.js\nf?.js\n[gh].js\ni.js/\nJ.js\nk\\ .js\n',
      },
      (project) => {
        const names = [
          'a/z.js',
          'a/x/y/z.js',
          'a/zz.js',
          'b/x.js',
          'b/keep.js',
          'b/n/x.js',
          'c/d.js',
          'x/c/d.js',
        ];
        names.push('#e.js', 'fa.js', 'fab.js', 'g.js', 'gh.js', 'i.js', 'j.js', 'k .js', 'ä ö.js');
        for (const name of names) project.write(name, EVIL);
        execFileSync('git', ['init', '-q'], { cwd: project.folder });
        const listed = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard', '*.js'], {
          cwd: project.folder,
          encoding: 'utf8',
        });
        const expected = listed.split('\0').filter((name) => name !== '');
        assert.ok(expected.length > 5);
        assert.deepEqual(project.found().sort(), at(...expected).sort());
      },
    ),
  );

  it(
    'are not hidden by patterns that would take for ever, and that is said',
    withProject(
      { '.gitignore': `${'*a'.repeat(30)}b\nx.js\n`, ['a'.repeat(200)]: EVIL, 'x.js': EVIL },
      (project) => {
        const { findings, degraded } = project.scan();
        assert.deepEqual(findings, []);
        assert.deepEqual(degraded, [
          {
            file: '.gitignore',
            cause: 'Line 1 has more than 3 stars beside other characters and leaves nothing out.',
          },
        ]);
      },
    ),
  );

  it(
    'are not hidden by a .gitignore file beyond all measure, nor by a folder of that name',
    withProject(
      { 'a/.gitignore': '*.js\n'.repeat(60_000), 'a/x.js': EVIL, 'b/.gitignore/x': '', 'b/x.js': EVIL },
      (project) => {
        assert.deepEqual(project.found(), at('a/x.js', 'b/x.js'));
        assert.deepEqual(project.scan().degraded, [
          {
            file: 'a/.gitignore',
            cause: 'It is not read, so it leaves nothing out: it is larger than 256 kB.',
          },
        ]);
      },
    ),
  );

  it('are told where a folder cannot be read', () => {
    const path = join(tmpdir(), 'countersign-is-not-there');
    assert.deepEqual(
      [...walk(path, { rules: new IgnoreRules(), except: new Set() })],
      [{ path, cause: 'The folder cannot be read: ENOENT.' }],
    );
  });

  it(
    'are no links, so that circles end and nothing outside is read; a link that is named is followed',
    withProject({ 'in/a.js': EVIL, 'out/b.js': EVIL }, (project) => {
      symlinkSync('..', project.path('in/circle'));
      symlinkSync(project.path('out'), project.path('in/folder'));
      symlinkSync('../out/b.js', project.path('in/file.js'));
      assert.deepEqual(project.found('in'), at('a.js'));
      assert.deepEqual(project.found('in/file.js'), at('in/file.js'));
      assert.deepEqual(project.found('in/folder'), at('b.js'));
    }),
  );

  it(
    'do not hold what the scan writes itself',
    withProject({ 'a.js': EVIL, 'out.json': '' }, (project) => {
      const { code, out } = project.run(['scan', '--format', 'json', '--output', 'out.json']);
      assert.deepEqual([code, out], [1, '']);
      const { findings, degraded } = JSON.parse(project.read('out.json')) as Record<string, unknown[]>;
      assert.deepEqual([findings?.length, degraded], [1, []]);
    }),
  );

  it(
    'are of all kinds of text',
    withProject(
      {
        script: `#!/usr/bin/env node\n${EVIL}`,
        'a.es6': EVIL,
        'notes.txt': EVIL,
        'types.d.ts': EVIL,
        '.countersignrc.json': '{ "profil": "strict" }',
      },
      (project) => {
        assert.deepEqual(project.found(), [
          '.countersignrc.json config/unknown-key',
          ...at('a.es6', 'script'),
        ]);
      },
    ),
  );

  it(
    'are left out by the configuration, even where they are named, and that is said',
    withProject(
      { '.countersignrc.json': '{ "ignore": ["gen/", ".countersignrc.json"] }', 'gen/a.js': EVIL },
      (project) => {
        assert.deepEqual(project.scan().degraded, []);
        assert.match(project.run(['scan']).out, /^1 file left out by `ignore` in the configuration\.$/m);
        assert.deepEqual(project.scan('gen/a.js').degraded, [
          { file: 'gen/a.js', cause: 'It is left out by `ignore` in the configuration and was not checked.' },
        ]);
      },
    ),
  );
});

describe('command line: degraded', function () {
  this.timeout(60_000);

  const causes: [string, Readonly<Record<string, string | Uint8Array>>, string, number][] = [
    ['an error in the syntax', { 'a.ts': `${EVIL}function (\n` }, 'The syntax has an error at line ', 1],
    [
      'code that takes too long',
      { 'a.js': `${EVIL}${')]}>`\n'.repeat(800_000)}` },
      'Checking it takes longer than 2 s, so it was not checked. Split it, or leave it out with `ignore` in .countersignrc.json if nobody maintains it by hand.',
      0,
    ],
    [
      'a file of more than 5 MB',
      { 'a.csv': 'a,b\n'.repeat(1_400_000) },
      'It is larger than 5 MB and was not checked.',
      0,
    ],
    [
      'what is not UTF-8, which is checked as far as it can be read',
      { 'a.js': Buffer.concat([Buffer.from(EVIL), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a])]) },
      'It is not valid UTF-8, so some of its characters are lost.',
      1,
    ],
    [
      'code with NUL bytes, which must not hide it',
      { 'a.js': `${EVIL}// \0\n` },
      'It has NUL bytes, so it is taken for binary and was not checked.',
      0,
    ],
    [
      'minified code',
      { 'a.js': `${EVIL}${'f(1);'.repeat(3_000)}` },
      'It looks minified and was not checked. Name the file, or use `--profile strict`, to check it.',
      0,
    ],
  ];
  for (const [name, files, cause, count] of causes) {
    it(
      `tells ${name}`,
      withProject(files, (project) => {
        const { degraded, findings } = project.scan();
        assert.equal(degraded.length, 1);
        assert.equal(degraded[0]?.file, Object.keys(files)[0]);
        assert.ok(degraded[0]?.cause.startsWith(cause), degraded[0]?.cause);
        assert.equal(findings.length, count);
        assert.ok(
          project.run(['scan']).out.includes(`Not checked, or not wholly:\n  ${degraded[0]?.file}: ${cause}`),
        );
      }),
    );
  }

  it(
    'passes over no minified code that is named, nor in strict',
    withProject({ 'a.js': `${EVIL}${'f(1);'.repeat(3_000)}` }, (project) => {
      assert.equal(project.found('a.js').length, 1);
      assert.equal(project.found('--profile', 'strict').length, 1);
    }),
  );

  it(
    'passes over binary files in silence, unless they are named',
    withProject({ 'a.png': Buffer.from([137, 80, 0, 1]), 'b.bin': Buffer.alloc(6_000_000) }, (project) => {
      assert.deepEqual(project.scan().degraded, []);
      assert.deepEqual(project.scan('a.png', 'b.bin').degraded, [
        { file: 'a.png', cause: 'It has NUL bytes, so it is taken for binary and was not checked.' },
        { file: 'b.bin', cause: 'It is binary and was not checked.' },
      ]);
    }),
  );

  it(
    'reads UTF-16 and byte order marks as editors do',
    withProject(
      {
        'le.ts': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(EVIL, 'utf16le')]),
        'be.ts': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(EVIL, 'utf16le').swap16()]),
        'mark.ts': `\uFEFF${EVIL}`,
      },
      (project) => {
        const { findings, degraded } = project.scan();
        assert.deepEqual(
          findings.map(({ file, line, column }) => `${file}:${line}:${column}`),
          ['be.ts:1:1', 'le.ts:1:1', 'mark.ts:1:1'],
        );
        assert.deepEqual(degraded, []);
      },
    ),
  );

  it(
    'tells what cannot be read',
    withProject({ 'a.js': EVIL }, (project) => {
      if (process.platform === 'win32') return;
      execFileSync('mkfifo', [project.path('pipe')]);
      mkdirSync(project.path('folder.js'));
      symlinkSync('circle', project.path('circle'));
      assert.deepEqual(project.scan().degraded, []);
      assert.deepEqual(project.scan('pipe').degraded, [
        { file: 'pipe', cause: 'It is no plain file and was not checked.' },
      ]);
      assert.deepEqual(project.run(['scan', 'circle']).code, 2);
    }),
  );
});
