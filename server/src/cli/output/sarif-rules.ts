/** Rules and classes of weaknesses as SARIF describes them. */
import type { Severity } from '../../analysis/finding';
import type { RuleMeta } from '../../analysis/rule';

export interface DescribedRule {
  readonly rule: RuleMeta;
  /** Its Markdown page; undefined when there is none. */
  readonly page: string | undefined;
}

export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** GitHub makes of these numbers: high from 7.0, medium from 4.0, low below. */
const SCORES: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.5', info: '3.0', hint: '1.0' };
const PRECISIONS = { high: 'high', medium: 'medium', low: 'low' } as const;

export function sarifRule({ rule, page = '' }: DescribedRule): object {
  const { id, title, severity, confidence, cwe, owasp } = rule;
  const { finds, reason } = introductionOf(page);
  const help = reason === '' ? finds || title : reason;
  const isSecurity = cwe.length > 0;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: plain(finds === '' ? title : finds) },
    help: { text: plain(help), markdown: help },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(isSecurity && {
      relationships: cwe.map((id) => ({
        target: { id: id.replace('CWE-', ''), toolComponent: { name: 'CWE', index: 0 } },
        kinds: ['superset'],
      })),
    }),
    properties: {
      tags: [
        ...(isSecurity ? ['security', ...cwe.map((id) => `external/cwe/${id.toLowerCase()}`)] : []),
        ...owasp.map((id) => `external/owasp/${id.toLowerCase()}`),
      ],
      precision: PRECISIONS[confidence],
      ...(isSecurity && { 'security-severity': SCORES[severity] }),
    },
  };
}

export function sarifTaxonomy(rules: readonly DescribedRule[]): object {
  const ids = [...new Set(rules.flatMap(({ rule }) => rule.cwe))].map((id) => id.replace('CWE-', ''));
  return {
    name: 'CWE',
    organization: 'MITRE',
    shortDescription: { text: 'Common Weakness Enumeration' },
    informationUri: 'https://cwe.mitre.org/',
    isComprehensive: false,
    taxa: ids
      .sort((a, b) => Number(a) - Number(b))
      .map((id) => ({ id, helpUri: `https://cwe.mitre.org/data/definitions/${id}.html` })),
  };
}

/** The first paragraph of a page, which says what is found, and those after it, which say why. */
function introductionOf(page: string): { finds: string; reason: string } {
  const [, text = ''] = /^# .*\n([\s\S]*?)(?:^## |$(?![\s\S]))/m.exec(page.replaceAll('\r\n', '\n')) ?? [];
  const paragraphs = text
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  const [finds = '', ...reason] = paragraphs;
  return { finds, reason: reason.join('\n\n') };
}

function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}
