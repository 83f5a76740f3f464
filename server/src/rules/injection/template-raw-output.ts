import type { Rule } from '../../analysis/rule';
import { dangerOf, rawOutputsIn } from '../../models/html/template-outputs';

export const templateRawOutput: Rule = {
  id: 'injection/template-raw-output',
  title: 'A template writes a value without escaping it',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-79'],
  owasp: ['A05:2025'],
  fixable: false,

  *checkText(file) {
    if (file.format !== 'text') return;
    for (const { start, end, value } of rawOutputsIn(file.path, file.text)) {
      const confidence = dangerOf(value);
      if (!confidence) continue;
      const message = `The page shows \`${shown(value)}\` as HTML. Use the form that escapes, or sanitise it first.`;
      yield { at: { start, end }, message, confidence };
    }
  },
};

function shown(value: string): string {
  return value.length > 40 || /[`\n]/.test(value) ? 'a value' : value;
}
