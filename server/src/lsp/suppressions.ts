/** countersign/suppressions: what is suppressed in the open documents, by what, and what that hides. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { ListedSuppression, SuppressionsAnswer } from '../../../protocol/suppressions';
import type { Directive } from '../analysis/directive';
import type { PlainSuppression } from '../analysis/suppression';
import { configuredSuppressions } from './configured-suppressions';
import type { Context } from './context';
import { settingsOf } from './settings';
import { toHidden, toRange } from './to-lsp';

export const NO_SUPPRESSIONS: SuppressionsAnswer = { suppressions: [], pending: [] };

export async function suppressions(context: Context): Promise<SuppressionsAnswer> {
  const { session } = context;
  await Promise.all(session.uris.map((uri) => settingsOf(context, uri)));
  const pending: string[] = [];
  const listed: ListedSuppression[] = [];
  for (const uri of session.uris) {
    const document = session.document(uri);
    if (!document || !session.settings(uri)?.isEnabled) continue;
    const { suppressions: written, text } = document;
    if (!written) pending.push(uri);
    else for (const suppression of written) listed.push(toListed(text, suppression));
  }
  return { suppressions: [...listed, ...configuredSuppressions(context)], pending };
}

const SCOPES: Readonly<Record<Directive['form'], ListedSuppression['scope']>> = {
  'next-line': 'line',
  line: 'line',
  block: 'block',
  enable: 'block',
  file: 'file',
};

function toListed(text: TextDocument, suppression: PlainSuppression): ListedSuppression {
  const { directive, ruleId, state, problem, hidden } = suppression;
  const { form, reason, until } = directive;
  return {
    kind: 'comment',
    uri: text.uri,
    version: text.version,
    range: toRange(text, directive),
    ...(ruleId !== undefined && { ruleId }),
    scope: SCOPES[form],
    ...(reason !== undefined && { reason: reason.replace(/\s+/g, ' ') }),
    ...(until !== undefined && { until }),
    state,
    ...(problem !== undefined && { problem }),
    hidden: hidden.map((finding) => toHidden(text, finding)),
  };
}
