import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Rule, TextReport } from '../../analysis/rule';
import { type Span, touches } from '../../analysis/span';
import { isTestPath } from '../../analysis/test-path';
import type { Entry, TextFile } from '../../analysis/text-file';
import { isAgentSettings } from '../../models/agent-files';
import { isCredentialText } from '../../models/credential-names';
import { secretLook } from '../../models/literal-secret';
import { providerKeysIn } from '../../models/provider-keys';
import { isNoSecretValue, isPlaceholder, isSecretName } from '../../models/secret-names';
import { textKindOf } from '../../models/secrets/file-kind';
import { tellableSecrets } from '../../models/secrets/tellable-secrets';

/** A telling word, so that most files are not parsed. */
const HINT =
  /secret|passw|pwd|token|api_?-?key|private_?-?key|access_?-?key|credential|authorization|encryption/i;
const REFERENCE =
  /^(?:\$|#\/|\{\{|<|ENC\[|vault:|op:\/\/|arn:|!|%|sm:\/\/|keyring:|env:|file:|\*+$)|\$\{|\$\(|\{\{|secretKeyRef/;
/** Keys under which values are described and not given. */
const DESCRIBED =
  /^(?:examples?|description|properties|schema|schemas|placeholder|enum|title|label|messages|translations|i18n|locale|paths|definitions|dependencies|devDependencies|scripts|keywords)$/i;
const LOCK =
  /(?:^|\/)(?:package-lock|npm-shrinkwrap|pnpm-lock|composer|\w+\.lock)[\w.-]*$|(?:locales?|i18n|lang|translations|language)\//i;

/** Where values are what a program is started with: containers, workflows, agents. */
type Place = 'agent' | 'compose' | 'workflow' | 'docker' | 'other';

export const configLiteral: Rule = {
  id: 'secrets/config-literal',
  title: 'A secret stands in a file of settings',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-798', 'CWE-312'],
  owasp: ['A06:2025', 'A07:2025'],
  fixable: true,

  *checkText(file) {
    const { path, format } = file;
    // What is in `.env` is kept there for a reason; that it stays out of the repository is another matter.
    if (format === 'env' || textKindOf(path).kind !== 'settings') return;
    const told: Span[] = [];
    for (const report of settingsOf(file)) {
      told.push(report.at);
      yield report;
    }
    for (const { start, end, name, confidence, isInTests } of tellableSecrets(file)) {
      if (told.some((span) => touches(span, { start, end }))) continue;
      yield {
        at: { start, end },
        keys: [name],
        message: messageFor(name),
        confidence,
        ...(isInTests && { severity: 'hint' as const }),
      };
    }
  },
};

function* settingsOf(file: TextFile): Generator<TextReport> {
  const { path, text, format } = file;
  if (format !== 'json' && format !== 'yaml' && format !== 'dockerfile') return;
  if (LOCK.test(path) || !HINT.test(text)) return;
  const place = placeOf(file);
  for (const entry of file.entries) {
    const found =
      entry.isString && !entry.path.some((key) => DESCRIBED.test(key)) ? secretIn(entry, place) : undefined;
    if (!found) continue;
    yield {
      at: found.at,
      keys: entry.path,
      message: messageFor(found.name),
      ...(isTestPath(path)
        ? { severity: 'hint' as const, confidence: 'medium' as const }
        : { confidence: confidenceOf(entry, found, place, path) }),
      fixes: () => fixesFor(file, found, place),
    };
  }
}

function confidenceOf({ path: keys }: Entry, { confidence }: Found, place: Place, path: string): Confidence {
  // A database beside a job of a workflow lives as long as the job.
  if (place === 'workflow' && keys.includes('services')) return 'low';
  return /example|sample|template/i.test(path) ? 'medium' : confidence;
}

function messageFor(name: string): string {
  return `Everyone who has this file has \`${name}\`. Refer to a variable instead, and change the secret.`;
}

function placeOf({ path, format, text }: TextFile): Place {
  if (isAgentSettings(path) || /(?:^|\/)(?:mcp|claude_desktop_config)\.json$/.test(path)) return 'agent';
  if (format === 'dockerfile') return 'docker';
  if (/(?:^|\/)\.github\/workflows\//.test(path)) return 'workflow';
  return format === 'yaml' && /^services:/m.test(text) ? 'compose' : 'other';
}

interface Found {
  readonly name: string;
  readonly at: { readonly start: number; readonly end: number };
  readonly confidence: Confidence;
}

function secretIn({ path, value, text }: Entry, place: Place): Found | undefined {
  // `- JWT_SECRET=…` in a list, `Authorization: Bearer …` in headers.
  const listed = /^([A-Za-z_]\w*)=(.+)$/s.exec(text);
  const isElement = /^\d+$/.test(path.at(-1) ?? '');
  const name = isElement && listed ? (listed[1] ?? '') : (path.at(-1) ?? '');
  const given = isElement && listed ? (listed[2] ?? '') : text;
  const said = given.replace(/^(?:Bearer|Basic|token)\s+/i, '');
  const isHeader = place === 'agent' && /^(?:authorization|x-api-key|api-key)$/i.test(name);
  if (!(isSecretName(name) || isHeader) || REFERENCE.test(said) || [...providerKeysIn(said)].length > 0)
    return undefined;
  if (isPlaceholder(said) || said.toLowerCase() === name.toLowerCase()) return undefined;
  const isStarted = place !== 'other';
  // What a container is started with is a secret, however it looks.
  const look = secretLook(said, name) ?? (isStarted && isGivenText(said, name) ? 'usual' : undefined);
  if (!look) return undefined;
  const at =
    isElement && listed
      ? { start: value.end - given.length - quoteAt(value, text), end: value.end - quoteAt(value, text) }
      : value;
  // Letters alone are what a database on the developer's own machine has.
  const confidence: Confidence = isStarted && !/^[a-z_-]+$/i.test(said) ? 'high' : 'medium';
  return { name, at, confidence };
}

function isGivenText(text: string, name: string): boolean {
  return text.length >= 8 && isCredentialText(text) && !isNoSecretValue(text, name) && !isPlaceholder(text);
}

/** The length of the quote behind a value. */
function quoteAt({ start, end }: { start: number; end: number }, text: string): number {
  return end - start - text.length === 2 ? 1 : 0;
}

/** How each of them refers to a variable. */
function fixesFor({ path }: TextFile, { name, at }: Found, place: Place): readonly Fix[] {
  if (!/^[A-Za-z_]\w*$/.test(name) || place === 'docker' || place === 'other') return [];
  const variable =
    place === 'workflow'
      ? `\${{ secrets.${name} }}`
      : /\.vscode\//.test(path)
        ? `\${env:${name}}`
        : `\${${name}}`;
  const text = place === 'agent' ? JSON.stringify(variable) : variable;
  return [{ title: `Refer to \`${name}\``, safety: 'choice', edits: [{ ...at, text }] }];
}
