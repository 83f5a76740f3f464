/** Makes the document that belongs to an open text: in this thread, or checked in another where it is large or slow. */
import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { Grammar } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import type { Rule } from '../analysis/rule';
import { stackOf } from '../analysis/stack-of';
import type { Host } from '../host/host';
import type { ConfigurationProblem } from './configuration/configuration-problem';
import type { OpenDocument, OpenDocumentOptions } from './open-document';
import { RemoteDocument } from './remote-document';
import { LARGE } from './size-limits';
import { startDocument } from './start-document';
import type { StartTextRun } from './text-runs';

export interface DocumentMakerOptions {
  readonly host: Host;
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  readonly rules: readonly Rule[];
  readonly startRun: StartTextRun;
  readonly onRuleError: OpenDocumentOptions['onRuleError'];
  readonly isRule: (id: string) => boolean;
  /** Below the workspace folder, with `/`. */
  readonly pathOf: (uri: string) => string;
  /** What is wrong with a text that may become the one of a document. */
  readonly problemsOf: (whole: string, text: TextDocument) => readonly ConfigurationProblem[];
  /** Called when a text was checked in another thread; `isChanged` says whether other findings are shown. */
  readonly onChecked: (uri: string, isChanged: boolean) => void;
}

export class DocumentMaker {
  readonly #options: DocumentMakerOptions;

  constructor(options: DocumentMakerOptions) {
    this.#options = options;
  }

  /** Undefined where the text cannot be checked at all. */
  make(text: TextDocument): OpenDocument | undefined {
    if (text.getText().length > LARGE) return this.makeRemote(text);
    const { host, parsers, rules, onRuleError, isRule, problemsOf, pathOf } = this.#options;
    const path = pathOf(text.uri);
    try {
      const document = startDocument(text, {
        path,
        parsers,
        rules,
        problemsOf: (whole) => problemsOf(whole, text),
        onRuleError,
        suppression: () => ({ today: host.today(), isRule }),
        now: () => host.now(),
      });
      if (!document.isTooSlow) return document;
      document.dispose();
      return this.makeRemote(text);
    } catch (error) {
      host.log('error', `${path} cannot be checked: ${stackOf(error)}`);
      return undefined;
    }
  }

  /** A document that is checked in another thread. */
  makeRemote(text: TextDocument): OpenDocument {
    const { uri, languageId } = text;
    const { host, startRun, pathOf, onChecked } = this.#options;
    const path = pathOf(uri);
    return new RemoteDocument(text, {
      path,
      after: (milliseconds, action) => host.after(milliseconds, action),
      log: host.log,
      start: (present) =>
        startRun({ kind: 'text', uri, path, languageId, text: present.getText(), today: host.today() }),
      onChecked: (isChanged) => onChecked(uri, isChanged),
    });
  }
}
