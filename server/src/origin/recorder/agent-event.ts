/** What an agent's hook tells of its edits, in one form for all agents. Prompts and answers are not in it. */

export interface AgentEvent {
  /** The tool as a person knows it, `Claude Code`. */
  readonly tool: string;
  readonly model: string | undefined;
  readonly session: string | undefined;
  /** The agent's name of this one edit: the same where two hooks are told of it. */
  readonly toolUseId: string | undefined;
  /** Milliseconds since 1970; undefined where the agent does not say. */
  readonly time: number | undefined;
  /** The absolute folder that relative paths of edits start from. */
  readonly folder: string | undefined;
  readonly edits: readonly FileEdit[];
  readonly answer: AnswerKind;
  /** Whether the agent has ended its turn, so that all of its edits can be looked at. */
  readonly isStop: boolean;
  /** Whether the agent goes on only because a hook said so: it is not to be kept from its end again. */
  readonly isRepeated: boolean;
}

/** In which form the agent reads what a hook answers to this event. */
export type AnswerKind =
  /** `decision` and `reason`. */
  | 'block'
  /** `hookSpecificOutput` with `additionalContext`. */
  | 'context'
  /** `followup_message`. */
  | 'follow-up'
  /** It reads none. */
  | 'none';

/** What is known of one edit of one file. The first that can be placed in the text counts, in the order below. */
export interface FileEdit {
  /** As the agent wrote it. */
  readonly path: string;
  /** Whether the person changed the proposal before it was written. */
  readonly isAmended?: boolean | undefined;
  /** Lines with their numbers in the text after the edit. */
  readonly hunks?: readonly NumberedHunk[] | undefined;
  /** Where the text was replaced. */
  readonly spans?: readonly ReplacedSpan[] | undefined;
  /** The whole text after the edit. */
  readonly whole?: WholeText | undefined;
  /** In the order in which they were done. */
  readonly replacements?: readonly Replacement[] | undefined;
  /** Of a patch without line numbers. */
  readonly patch?: readonly PatchHunk[] | undefined;
}

export interface NumberedHunk {
  /** Line from 0 of the text after the edit. */
  readonly start: number;
  /** With `+`, `-` or a space before each. */
  readonly lines: readonly string[];
}

export interface ReplacedSpan {
  /** From 0, in the text before and after the edit. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface WholeText {
  readonly text: string;
  /** Null where the file is new, undefined where that is not known. */
  readonly before: string | null | undefined;
}

export interface Replacement {
  readonly before: string;
  readonly after: string;
  /** Whether it was done wherever `before` stood. */
  readonly isEverywhere: boolean;
}

export interface PatchHunk {
  /** What stands behind `@@`: a line somewhere above. */
  readonly heading: string | undefined;
  /** With `+`, `-` or a space before each. */
  readonly lines: readonly string[];
}
