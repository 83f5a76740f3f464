import * as vscode from 'vscode';
import { DOCUMENTS } from '../settings';
import type { KnownOrigins } from './known-origins';
import { originMarkdown, toldRunAt } from './origin-text';

/**
 * Says what is known of a line when somebody points at it. Not messages of the decorations: a file can have
 * thousands of them, and all would be sent with each change, while one is read.
 */
export function showOriginHovers(origins: KnownOrigins): vscode.Disposable {
  return vscode.languages.registerHoverProvider(DOCUMENTS, {
    provideHover: (document, position) => {
      const run = toldRunAt(origins.shown(document.uri)?.runs ?? [], position.line);
      if (!run) return undefined;
      // Tools, models and more come from the repository, so that the text must not be trusted.
      const text = new vscode.MarkdownString(originMarkdown(run, day, vscode.l10n.t));
      return new vscode.Hover(text, document.lineAt(position.line).range);
    },
  });
}

function day(time: number): string {
  return new Date(time).toLocaleDateString(vscode.env.language, { dateStyle: 'medium' });
}
