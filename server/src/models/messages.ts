/** Messages between windows: who listens, what is done with them, and whom they may come from. */
import type { Kind } from '../analysis/kind';
import type { Node } from '../analysis/node';
import type { SourceFile } from '../analysis/source-file';
import { resolvedValue } from '../analysis/value';
import { wordsOf } from '../analysis/words';
import { isSecretName } from './secret-names';

/** Calls and properties through which what a message says takes effect: in the page, in storage, on the network. */
export const SENDS_ON =
  /^(?:innerHTML|outerHTML|insertAdjacentHTML|write|html|append|eval|Function|setItem|fetch|post|put|open|assign|replace|href|location|src|srcdoc|cookie|navigate|push|login|signIn|setToken|setUser|setSession|dispatch|import|postMessage|send|localStorage)$/;

const NAMES: ReadonlySet<Kind> = new Set<Kind>([
  'identifier',
  'property_identifier',
  'shorthand_property_identifier',
]);
const PRIVATE = /^(?:user|session|auth|credentials?|profile|account)$/;

/** Whether a message holds what nobody else may have. */
export function isSecretMessage(data: Node): boolean {
  for (const part of [data, resolvedValue(data)])
    for (const node of part.walkOwn()) {
      // Of `user.height` the last name says what it is.
      if (!NAMES.has(node.kind) || node.field === 'object') continue;
      const { text } = node;
      if (isSecretName(text) || wordsOf(text).some((word) => PRIVATE.test(word))) return true;
    }
  return false;
}

/** Whether a file is a worker's: its messages come from the page that started it. */
export function isWorkerFile(file: SourceFile): boolean {
  return (
    file.says(/\bimportScripts\b|WorkerGlobalScope|skipWaiting/) || !file.says(/\b(?:document|window)\b/)
  );
}

/** Whether a file is of a page inside VS Code, which only the extension can send messages to. */
export function isPageOfEditor(file: SourceFile): boolean {
  return file.says(/acquireVsCodeApi/);
}
