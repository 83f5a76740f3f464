/** The prompt with which an AI tool writes a piece of code anew, without a finding. */

/** Request, client to server. */
export const REGENERATION_PROMPT_REQUEST = 'countersign/regenerationPrompt';

/** Also the argument of the command `ClientCommand.copyPrompt`. */
export interface RegenerationPromptRequest {
  readonly uri: string;
  /** Names the finding; it is in the `data` of its diagnostic. */
  readonly fingerprint: string;
}

export interface RegenerationPrompt {
  /** Markdown. Credentials are masked. */
  readonly text: string;
  /** What is to be written anew, as a person calls it: a name, or lines. */
  readonly subject: string;
}

/** What the server puts into `data` of each diagnostic. */
export interface DiagnosticData {
  /** Stays the same when the document changes elsewhere; no two findings of a document share it. */
  readonly fingerprint: string;
}
