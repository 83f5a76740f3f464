/** What client and server say to each other beyond the LSP. Types and names only. */

/** What the client tells at `initialize`, in `initializationOptions`. */
export interface InitializationOptions {
  /** Whether the client has the commands of `ClientCommand`; without them, actions that need one are left out. */
  readonly hasCommands?: boolean;
  /**
   * Whether the client itself underlines what is broken JSON in documents of the languages `json` and `jsonc`; then
   * the server does not say it once more.
   */
  readonly underlinesJson?: boolean;
  /** Whether the workspace is trusted; configuration files are not read while this is false. */
  readonly isTrusted?: boolean;
  /** Settings, for clients that do not answer `workspace/configuration`; unchecked. */
  readonly countersign?: unknown;
}

/** Notification, client to server: the workspace is trusted from here on. */
export const TRUSTED_NOTIFICATION = 'countersign/trusted';

/** Commands that the server's code actions name and the client carries out. */
export const ClientCommand = {
  /** Arguments: a `RegenerationPromptRequest`. Copies the prompt that the server makes. */
  copyPrompt: 'countersign.copyRegenerationPrompt',
  /** Arguments: the rule's id. Opens the rule's page. */
  showRule: 'countersign.showRule',
  /** Arguments: a `SuppressRequest` without its reason. Asks for reason and expiry, then asks the server. */
  suppress: 'countersign.suppress',
} as const;

/** Request, client to server: the edit that suppresses a finding. The answer is a `WorkspaceEdit`. */
export const SUPPRESS_REQUEST = 'countersign/suppress';

export interface SuppressRequest {
  readonly uri: string;
  /** The version of the document that the line belongs to; another one is refused. */
  readonly version: number;
  readonly ruleId: string;
  /** 0-based line of the finding. */
  readonly line: number;
  readonly scope: 'line' | 'file';
  readonly reason: string;
  /** The last day on which the suppression holds: `YYYY-MM-DD`. */
  readonly until?: string;
}

/** Notification, server to client: what the server is doing; sent when it changes. */
export const STATUS_NOTIFICATION = 'countersign/status';

export interface StatusParams {
  readonly state: 'running' | 'ready';
  /** What was not checked, or not wholly, and why. */
  readonly degraded: readonly { readonly uri: string; readonly cause: string }[];
}
