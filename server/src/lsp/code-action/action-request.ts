import type { CancellationToken } from 'vscode-languageserver';

import type { Finding } from '../../analysis/finding';
import type { OpenDocument } from '../../session/open-document';
import type { Context } from '../context';
import type { OfferedFixes } from './offered-fixes';

/** One document at one version, for which actions are asked. */
export interface ActionRequest {
  readonly context: Context;
  readonly document: OpenDocument;
  /** All findings that are shown of the document. */
  readonly shown: readonly Finding[];
  /** Undefined while no fix can be offered. */
  readonly fixes: OfferedFixes | undefined;
  readonly token: CancellationToken;
}
