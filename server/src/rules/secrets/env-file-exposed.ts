import type { Fix } from '../../analysis/fix';
import type { Rule } from '../../analysis/rule';
import type { Span } from '../../analysis/span';
import type { TextFile } from '../../analysis/text-file';
import { tellableSecrets } from '../../models/secrets/tellable-secrets';

export const envFileExposed: Rule = {
  id: 'secrets/env-file-exposed',
  title: 'A file of environment variables has secrets in it',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'medium',
  cwe: ['CWE-798', 'CWE-540', 'CWE-312'],
  owasp: ['A01:2025', 'A06:2025'],
  fixable: true,

  *checkText(file) {
    if (file.format !== 'env') return;
    const isExample = EXAMPLE.test(file.path);
    for (const { start, end, name, confidence, isInTests } of tellableSecrets(file)) {
      const at = { start, end };
      yield {
        at,
        keys: [name],
        message: isExample
          ? `Everyone who has this example file has \`${name}\`. Leave the value empty, and change the secret.`
          : `Whoever gets this file has \`${name}\`. Leave the file out of the repository, and change the secret if it was ever in there.`,
        // Whether git leaves the file out cannot be seen in its text.
        confidence: confidence === 'low' ? 'low' : 'medium',
        ...(isInTests && { severity: 'hint' as const }),
        fixes: () => (isExample ? fixesFor(file, at) : []),
      };
    }
  },
};

const EXAMPLE = /example|sample|template|\.dist$|defaults?$/i;

/** An example file is there for its names: whoever copies it fills in a value. */
function fixesFor({ entries }: TextFile, { start, end }: Span): readonly Fix[] {
  const entry = entries.find(({ value }) => value.start <= start && end <= value.end);
  return entry
    ? [{ title: 'Leave the value empty', safety: 'choice', edits: [{ ...entry.value, text: '' }] }]
    : [];
}
