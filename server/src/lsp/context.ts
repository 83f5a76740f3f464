/** What every handler gets: the session, and what the client can do. */
import type { Connection, InitializeParams } from 'vscode-languageserver/node';

import type { InitializationOptions } from '../../../protocol/messages';
import type { AppliedFixes } from '../session/resolved/applied-fixes';
import type { Session } from '../session/session';
import type { ToldSettings } from './told-settings';

/** What the client says of itself at `initialize`, as far as it matters. */
export interface ClientAbilities {
  /** Findings change without an edit: whoever cannot be told to pull again is pushed to. */
  readonly pullsDiagnostics: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly hasWorkspaceFolders: boolean;
  /** Whether it watches files that the server names. */
  readonly watchesFiles: boolean;
  /** Whether it watches a file in one folder. */
  readonly hasRelativePatterns: boolean;
  /** Edits that name the version of the document. */
  readonly hasDocumentChanges: boolean;
  /** The commands of `ClientCommand` and the notifications of `protocol/messages.ts`. */
  readonly hasCommands: boolean;
}

export interface Context {
  readonly connection: Connection;
  readonly session: Session;
  readonly client: ClientAbilities;
  /** The settings that the client is being asked for, by the document's URI. */
  readonly asking: Map<string, Promise<void>>;
  readonly told: ToldSettings;
  /** Fixes that were offered, and those that were applied. */
  readonly applied: AppliedFixes;
  /** What the client was last told that the AI switch did, by the document's URI: see `raisedIn`. */
  readonly raisedTold: Map<string, string>;
}

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { workspace, textDocument } = capabilities;
  return {
    pullsDiagnostics:
      textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasRelativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    hasDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    hasCommands: (initializationOptions as InitializationOptions | undefined)?.hasCommands === true,
  };
}
