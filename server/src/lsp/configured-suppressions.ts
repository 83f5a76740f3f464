/** The part of `countersign/suppressions` and `countersign/undoSuppression` that is about configuration files. */
import type { WorkspaceEdit } from 'vscode-languageserver';

import type { ListedSuppression, UndoSuppressionRequest } from '../../../protocol/suppressions';
import { suppressEntryRemoval } from '../session/configuration/suppress-entry-removal';
import { type ConfiguredEntry, configuredEntries } from '../session/configured-suppressions';
import type { Context } from './context';
import { refused } from './refused';
import { toHidden, toRange, toWorkspaceEdit } from './to-lsp';

export function configuredSuppressions({ session }: Context): readonly ListedSuppression[] {
  return configuredEntries(session).map(toListed);
}

/** @throws ResponseError when the entry is not as it was listed; its message is for the person. */
export function undoConfiguredSuppression(
  { session, client }: Context,
  { uri, version, start, ruleId }: UndoSuppressionRequest,
): WorkspaceEdit {
  const ofFile = configuredEntries(session).filter((each) => each.text.uri === uri);
  if (ofFile.length === 0) throw refused('The suppression is not there any more.');
  if (ofFile.some((each) => each.version !== version))
    throw refused('The file changed meanwhile. Try again.');
  const found = ofFile.find((each) => {
    const place = toRange(each.text, each.span ?? NOWHERE).start;
    return each.entry.rule === ruleId && place.line === start.line && place.character === start.character;
  });
  if (!found) throw refused('The suppression is not there any more.');
  const { text, span } = found;
  const why = reasonForFixed(found);
  if (why !== undefined) throw refused(why);
  const edits = span && suppressEntryRemoval(text.getText(), span.start);
  if (!edits) throw refused('The suppression is not there any more.');
  return toWorkspaceEdit(text, edits, client, found.version);
}

const NOWHERE = { start: 0, end: 0 };

function toListed(listed: ConfiguredEntry): ListedSuppression {
  const { entry, text, version, span, state, problem, hidden } = listed;
  const { rule, files, reason, until } = entry;
  const fixedBecause = reasonForFixed(listed);
  return {
    ...{ kind: 'configuration', uri: text.uri, version, range: toRange(text, span ?? NOWHERE) },
    ...(rule !== undefined && { ruleId: rule }),
    ...{ scope: 'files', files },
    ...(reason !== undefined && { reason: reason.replace(/\s+/g, ' ') }),
    ...(until !== undefined && { until }),
    state,
    ...(problem !== undefined && { problem }),
    ...(fixedBecause !== undefined && { fixedBecause }),
    hidden: hidden.map((each) => toHidden(each.text, each.finding)),
  };
}

function reasonForFixed({ text: { uri }, span }: ConfiguredEntry): string | undefined {
  if (!span) return 'The entry is removed in the editor already. Save the file, so that it holds no longer.';
  const [, packageName] = /.*\/node_modules\/((?:(?:@|%40)[^/]+\/)?[^/]+)\//i.exec(uri) ?? [];
  if (packageName === undefined) return undefined;
  const name = decodeURIComponent(packageName);
  return `The entry comes from the package \`${name}\`, and a change there is lost when it is installed again. Ask who maintains it, or extend another file.`;
}
