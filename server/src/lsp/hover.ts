/** textDocument/hover: why a finding is one. What and what to do is in the diagnostic that the editor shows above. */
import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';

import type { Finding } from '../analysis/finding';
import type { RuleMeta } from '../analysis/rule';
import type { Context } from './context';
import { settingsOf } from './settings';
import { toRange } from './to-lsp';

export async function hover(
  context: Context,
  { textDocument: { uri }, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const { session } = context;
  await settingsOf(context, uri);
  const document = session.text(uri);
  if (!document || token.isCancellationRequested) return null;
  const offset = document.offsetAt(position);
  const findings = session.shown(uri).filter(({ start, end }) => start <= offset && offset <= end);
  const [first] = findings;
  if (!first) return null;
  const sections = findings.flatMap((finding) => {
    const rule = session.rules.find(({ id }) => id === finding.ruleId);
    return rule ? [sectionFor(rule, finding, session.host.rulePage(rule.id))] : [];
  });
  return {
    contents: { kind: MarkupKind.Markdown, value: sections.join('\n\n---\n\n') },
    range: toRange(document, first),
  };
}

function sectionFor(rule: RuleMeta, finding: Finding, page: string | undefined): string {
  const weaknesses = rule.cwe.map(
    (id) => `[${id}](https://cwe.mitre.org/data/definitions/${id.slice(4)}.html)`,
  );
  const facts = [
    `\`${rule.id}\``,
    `${finding.confidence} confidence`,
    ...weaknesses,
    ...rule.owasp.map((id) => `OWASP ${id}`),
  ];
  return [`**${rule.title}**`, reasonIn(page), facts.join(' · ')].filter((part) => part !== '').join('\n\n');
}

/** The paragraph behind the first sentence of a rule's page: our own text, not the user's. */
function reasonIn(page: string | undefined): string {
  const introduction = page?.split(/^## /m)[0] ?? '';
  const paragraphs = introduction.split(/\n{2,}/).map((text) => text.trim());
  return paragraphs.find((text) => !/^(?:# |Finds |<!--|$)/.test(text)) ?? '';
}
