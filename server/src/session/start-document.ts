/** Which kind of document a text is. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { type Grammar, grammarForDocument } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { formatOf } from '../syntax/formats/format-of';
import { CodeDocument } from './code-document';
import { configurationFindings } from './configuration/configuration-findings';
import { isConfigurationFile } from './configuration/configuration-name';
import type { ConfigurationProblem } from './configuration/configuration-problem';
import type { OpenDocument, OpenDocumentOptions } from './open-document';
import { TextFileDocument } from './text-file-document';

export interface StartOptions extends OpenDocumentOptions {
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  /** What is wrong with the text of a configuration file. */
  readonly problemsOf: (text: string) => readonly ConfigurationProblem[];
  /** Milliseconds. */
  readonly now: () => number;
  /** Whether no edit is expected, and it may take as long as it takes: `isTooSlow` is never true. */
  readonly isOnce?: boolean;
}

/** @throws when the text cannot be parsed or evaluated at all. */
export function startDocument(text: TextDocument, options: StartOptions): OpenDocument {
  const { path, parsers, problemsOf } = options;
  const grammar = grammarForDocument(path, text.languageId);
  if (grammar) return new CodeDocument(text, { ...options, grammar, parser: parsers[grammar] });
  const format = formatOf(path, text.languageId);
  if (!isConfigurationFile(text.uri)) return new TextFileDocument(text, { ...options, format });
  // What is in force is the file on disk; what is said here is about the text in the editor.
  const furtherFindings = (whole: string) => configurationFindings(whole, problemsOf(whole));
  return new TextFileDocument(text, { ...options, format, furtherFindings });
}
