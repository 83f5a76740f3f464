// SARIF: valid by the published schema, and as GitHub's code scanning reads it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { ENGINE_RULES } from '../../server/src/analysis/engine-rules';
import { RULES } from '../../server/src/rules/index';
import { repositoryRoot } from '../repository-root';
import { EVIL, type Project, withProject } from './project';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly snippet?: { readonly text: string };
}
interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: Region;
  };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly {
      readonly locations: readonly {
        readonly executionOrder: number;
        readonly location: Location & { readonly message: { readonly text: string } };
      }[];
    }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly object[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent?: { text: string };
      }[];
    }[];
  }[];
}
interface Notification {
  readonly level: string;
  readonly message: { readonly text: string };
}
interface SarifRun {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
  readonly taxonomies: readonly { readonly taxa: readonly { readonly id: string }[] }[];
  readonly columnKind: string;
  readonly originalUriBaseIds: unknown;
  readonly results: readonly Result[];
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly exitCode: number;
    readonly toolExecutionNotifications: readonly Notification[];
    readonly toolConfigurationNotifications: readonly Notification[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly help: { readonly text: string };
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string };
  readonly relationships?: readonly { readonly target: { readonly id: string } }[];
}

function validator() {
  const path = join(repositoryRoot(), 'test/cli/sarif-schema/sarif-schema-2.1.0.json');
  // The schema is of draft 4, of which it uses nothing that draft 7 has otherwise, apart from the name of its id.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  assert.equal($schema, 'http://json-schema.org/draft-04/schema#');
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  return { validate: ajv.compile(schema), id: id as string };
}

describe('command line: sarif', function () {
  this.timeout(60_000);
  const { validate, id } = validator();

  /** The one run of a valid report. */
  function sarif(project: Project, ...args: string[]): SarifRun {
    const { out, err } = project.run(['scan', '--format', 'sarif', ...args]);
    assert.equal(err.replace(/^The configuration .*\n/gm, ''), '');
    const log = JSON.parse(out) as { $schema: string; version: string; runs: [SarifRun] };
    assert.ok(validate(log), JSON.stringify(validate.errors, null, 2));
    assert.deepEqual([log.$schema, log.version, log.runs.length], [id, '2.1.0', 1]);
    return log.runs[0];
  }

  it('is held against a schema that can fail', () => {
    assert.equal(validate({ version: '2.1.0', runs: [{ tool: {} }] }), false);
  });

  it(
    'is valid without a finding, and describes every rule',
    withProject({ 'a.js': 'f();\n' }, (project) => {
      const run = sarif(project);
      assert.deepEqual([run.results, run.columnKind], [[], 'utf16CodeUnits']);
      const { rules } = run.tool.driver;
      const all = [...RULES, ...ENGINE_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));
      assert.deepEqual(
        rules.map((rule) => rule.id),
        all.map((rule) => rule.id),
      );
      const taxa = run.taxonomies[0]?.taxa.map((taxon) => `CWE-${taxon.id}`);
      for (const [i, { cwe }] of all.entries()) {
        const rule = rules[i] as Rule;
        assert.deepEqual(rule.relationships?.map(({ target }) => `CWE-${target.id}`) ?? [], cwe);
        assert.ok(cwe.every((each) => taxa?.includes(each)));
        assert.ok(rule.help.text.length > 100, `${rule.id} has no help`);
        assert.equal(rule.properties.tags.includes('security'), cwe.length > 0);
        assert.equal(Number(rule.properties['security-severity'] ?? 0) > 0, cwe.length > 0);
      }
    }),
  );

  it(
    'has results with places, fingerprints, related places and fixes',
    withProject(
      {
        'src/[id]/ä b#1.ts': `import https from 'node:https';\nconst ü = "🙂"; https.request({ rejectUnauthorized: false });\n`,
        'src/b.js': [
          'function requireUser(req, res, next) {',
          '  try { verify(req); } catch { next(); return; }',
          '  next();',
          '}',
        ].join('\n'),
        'test/c.js': EVIL,
        'd.js': '// countersign-disable-line injection/eval-dynamic -- nothing here\n',
      },
      (project) => {
        const run = sarif(project);
        assert.deepEqual(run.originalUriBaseIds, {
          '%SRCROOT%': { uri: `${pathToFileURL(project.folder).href}/` },
        });
        const told = run.results.map(({ ruleId, level, locations: [location] }) => {
          const { artifactLocation, region } = location?.physicalLocation ?? assert.fail();
          const { startLine, startColumn, endLine, endColumn, snippet } = region;
          assert.equal(artifactLocation.uriBaseId, '%SRCROOT%');
          const place = `${artifactLocation.uri}:${startLine}:${startColumn}-${endLine}:${endColumn}`;
          return `${level} ${ruleId} ${place} ${snippet?.text}`;
        });
        assert.deepEqual(told, [
          'warning suppression/unused d.js:1:1-1:67 // countersign-disable-line injection/eval-dynamic -- nothing here',
          'error transport/tls-verify-off src/%5Bid%5D/%C3%A4%20b%231.ts:2:33-2:58 rejectUnauthorized: false',
          'error auth/fail-open-catch src/b.js:2:32-2:38 next()',
          'note injection/eval-dynamic test/c.js:1:1-1:5 eval',
        ]);
        const [unused, tls, catching] = run.results;
        assert.match(tls?.partialFingerprints['countersign/v1'] ?? '', /^[\da-f]{16}$/);
        assert.equal(run.tool.driver.rules[tls?.ruleIndex ?? -1]?.id, tls?.ruleId);
        assert.equal(catching?.relatedLocations?.[0]?.physicalLocation.region.startLine, 2);
        const [change] = unused?.fixes?.[0]?.artifactChanges ?? [];
        assert.deepEqual(change?.replacements, [
          { deletedRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 } },
        ]);
        assert.ok((tls?.fixes?.length ?? 0) > 0);
      },
    ),
  );

  it(
    'has the way of what others decide on, step by step, and none where there is no way',
    withProject(
      {
        'a.js': [
          "const { exec } = require('child_process');",
          "const listed = (folder) => exec('ls ' + folder);",
          'exports.list = (req, res) => {',
          '  const name = req.query.name;',
          '  listed(name);',
          '};',
          "const https = require('https');",
          'https.request({ rejectUnauthorized: false });',
        ].join('\n'),
      },
      (project) => {
        const { results } = sarif(project);
        const flows = results.map(({ ruleId, codeFlows }) => [
          ruleId,
          codeFlows?.[0]?.threadFlows[0]?.locations.map(
            ({ executionOrder, location }) =>
              `${executionOrder} ${location.physicalLocation.region.startLine}: ${location.message.text}`,
          ),
        ]);
        assert.deepEqual(flows, [
          [
            'injection/shell-command',
            [
              '1 4: The client sends this.',
              '2 4: It goes into `name`.',
              '3 5: It is passed on as `folder`.',
              '4 2: Here it is used.',
            ],
          ],
          ['transport/tls-verify-off', undefined],
        ]);
      },
    ),
  );

  it(
    'tells a finding by the same fingerprint when lines move and code elsewhere is edited',
    withProject({ 'a.js': `f();\nfunction run() {\n  ${EVIL}}\n` }, (project) => {
      const fingerprints = () => sarif(project).results.map(({ partialFingerprints }) => partialFingerprints);
      const before = fingerprints();
      project.write('a.js', `g(1);\n\nconst x = h();\nfunction run() {\n  start();\n\t${EVIL}}\n`);
      assert.deepEqual(fingerprints(), before);
      project.write('a.js', `function other() {\n  ${EVIL}}\n`);
      assert.notDeepEqual(fingerprints(), before);
    }),
  );

  it(
    'tells paths from the top of the repository, wherever the scan began',
    withProject({ '.git/HEAD': '', 'packages/api/a.js': EVIL }, (project) => {
      for (const path of ['.', 'packages/api', 'packages/api/a.js']) {
        const { originalUriBaseIds, results } = sarif(project, path);
        assert.equal(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri, 'packages/api/a.js');
        assert.match(JSON.stringify(originalUriBaseIds), new RegExp(`${project.folder}/"`));
      }
    }),
  );

  it(
    'has suppressed findings with who suppressed them and why, unless asked not to',
    withProject(
      {
        'a.js':
          'eval(process.argv[2]); // countersign-disable-line injection/eval-dynamic -- runs in a sandbox\n',
        'b.js': EVIL,
        'c.js': EVIL,
        '.countersignrc.json': JSON.stringify({
          suppress: [{ rule: 'injection/*', files: 'b.js', reason: 'only the build calls it' }],
        }),
      },
      (project) => {
        assert.deepEqual(
          sarif(project).results.map(({ suppressions }) => suppressions),
          [
            [{ kind: 'inSource', status: 'accepted', justification: 'runs in a sandbox' }],
            [{ kind: 'external', status: 'accepted', justification: 'only the build calls it' }],
            [],
          ],
        );
        const shown = sarif(project, '--no-suppressed').results;
        assert.deepEqual(
          shown.map(({ suppressions }) => suppressions),
          [undefined],
        );
        assert.deepEqual(project.found(), ['c.js injection/eval-dynamic']);
      },
    ),
  );

  it(
    'tells what was not checked, and a configuration that cannot be read',
    withProject(
      { 'a.ts': 'function (\n', '.countersignrc.json': '{ "profile" }', 'b.js': 'f();\n' },
      (project) => {
        const [invocation] = sarif(project, 'a.ts', 'b.js').invocations;
        assert.equal(invocation?.executionSuccessful, false);
        assert.equal(invocation?.exitCode, 2);
        assert.match(
          invocation?.toolExecutionNotifications[0]?.message.text ?? '',
          /^The syntax has an error/,
        );
        assert.equal(invocation?.toolConfigurationNotifications[0]?.level, 'error');
        project.write('.countersignrc.json', '{ "profile": "strict" }');
        const [whole] = sarif(project, 'b.js').invocations;
        assert.deepEqual(
          [whole?.executionSuccessful, whole?.exitCode, whole?.toolExecutionNotifications],
          [true, 0, []],
        );
      },
    ),
  );
});
