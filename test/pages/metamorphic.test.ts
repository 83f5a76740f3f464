import assert from 'node:assert/strict';
import type { Check, CheckedFinding } from './checker';
import { metamorphic } from './metamorphic';
import { readPage } from './page';
import { TRANSFORMATIONS } from './transformations';

/** A rule that goes by the wording: each `decode(` in the text of a file that names the package. */
const findWording: Check = (files) =>
  files.flatMap(({ name: file, text }) =>
    !text.includes("'jwt'")
      ? []
      : [...text.matchAll(/jwt\.decode\(/g)].map(({ index: start }): CheckedFinding => {
          const end = start + 'jwt.decode'.length;
          return { ...{ file, ruleId: 'a/b', message: 'Not verified', start, end }, related: [], fixes: [] };
        }),
  );

function run(options: { general?: string; own?: string; check?: Check; transformations?: string[] }) {
  const source = [
    '# a/b\n\nFinds x.\n\nWhy.\n',
    options.general ?? '',
    '## Flagged\n',
    options.own ?? '',
    "```ts\nimport jwt from 'jwt';\njwt.decode(token);\n//~~~~~~~~\n```",
    '## Left alone\n\nOne.\n',
    "```ts\nimport jwt from 'jwt';\njwt.verify(token);\n```",
  ].join('\n');
  const page = readPage('a/b.md', source);
  const chosen = TRANSFORMATIONS.filter(({ name }) => options.transformations?.includes(name) ?? true);
  const results = [...metamorphic(page, options.check ?? findWording, chosen)];
  return { results, failures: results.flatMap(({ failure }) => failure ?? []) };
}

describe('the metamorphic test', () => {
  it('passes what stays found, left alone, or silent without its library', () => {
    const { results, failures } = run({ transformations: ['crlf', 'shadow-library', 'casts'] });
    assert.deepEqual(failures, []);
    assert.deepEqual(
      results.map(({ title }) => title),
      [11, 20].flatMap((line) =>
        ['casts', 'crlf', 'shadow-library'].map((name) => `a/b.md:${line} after ${name}`),
      ),
    );
  });

  it('shows the changed code where a finding is lost', () => {
    const { failures } = run({ transformations: ['import-alias'] });
    assert.deepEqual(failures, [
      [
        'a/b.md:11 after import-alias: 1 finding expected, 0 found',
        '  example.ts',
        "    import jwt_ from 'jwt';",
        '    jwt_.decode(token);',
      ].join('\n'),
    ]);
  });

  it('shows the changed code with marks where there is a finding too many', () => {
    const everywhere: Check = (files) =>
      findWording(files.map(({ name, text }) => ({ name, text: `${text}//'jwt'` })));
    const { failures } = run({ check: everywhere, transformations: ['shadow-library'] });
    assert.equal(failures.length, 1);
    assert.match(
      failures[0]!,
      /no finding expected, 1 found\n.*\n {4}const jwt = .*\n {4}jwt\.decode\(token\);\n {4}\/\/.*Not verified$/s,
    );
  });

  it('accepts exceptions that are needed, of an example and of all', () => {
    const exception = '<!-- except import-alias: goes by the name -->\n';
    assert.deepEqual(run({ own: exception, transformations: ['import-alias'] }).failures, []);
    assert.deepEqual(run({ general: exception, transformations: ['import-alias'] }).failures, []);
  });

  it('refuses exceptions that are not needed, do not apply or are unknown', () => {
    const crlf = '<!-- except crlf: why not -->\n';
    assert.match(
      run({ own: crlf }).failures.join('\n'),
      /^a\/b\.md:10: Remove the exception from crlf; the example passes without it\.$/m,
    );
    assert.match(run({ general: crlf }).failures.join('\n'), /^a\/b\.md:7: Remove the exception from crlf/m);
    const templates = '<!-- except template-to-concat: why not -->\n';
    assert.match(run({ own: templates }).failures.join('\n'), /does not apply to the example/);
    const unknown = '<!-- except nothing: why not -->\n';
    assert.match(
      run({ own: unknown }).failures.join('\n'),
      /a\/b\.md:10: There is no transformation nothing; there are arrow-to-function, /,
    );
  });

  it('fails where the rule throws', () => {
    const throws: Check = () => {
      throw new Error('boom');
    };
    assert.match(run({ check: throws, transformations: ['crlf'] }).failures[0]!, /Error: boom/);
  });
});
