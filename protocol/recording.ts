/** Setting up what records the edits of AI tools: hooks in their own settings. */
import type { Position } from './place';

/** Where an agent's edits can be recorded. */
export interface RecordingTarget {
  /** As the command line names it: `claude`. */
  readonly agent: string;
  /** URI of the workspace folder in which they are recorded; null for all that the person does. */
  readonly folder: string | null;
}

/** Request, client to server, without parameters. The answer is a list of `RecordingPlace`; nothing is written. */
export const RECORDING_PLACES_REQUEST = 'countersign/recordingPlaces';

export interface RecordingPlace extends RecordingTarget {
  /** As a person calls the agent. */
  readonly name: string;
  /** Path of the settings file. */
  readonly file: string;
  /** `other`: set up by another version or in another way. `broken`: the file cannot be changed without harm. */
  readonly state: 'none' | 'set-up' | 'other' | 'broken';
  /** With `broken`: why, for the person, and the place. */
  readonly problem?: string;
  readonly at?: Position;
}

/** Request, client to server: what would be written. The answer is a `RecordingPlan`; nothing is written. */
export const PLAN_RECORDING_REQUEST = 'countersign/planRecording';

export interface RecordingChange extends RecordingTarget {
  readonly isRemoval: boolean;
}

export interface RecordingPlan {
  /** Path of the settings file. */
  readonly file: string;
  /** Its text; null where there is no file. */
  readonly before: string | null;
  /** The text that would be written; null where the file would be removed. */
  readonly after: string | null;
  /** What a person should know before, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Request, client to server: writes what was planned and shown. The answer is null; refused, without a change, where
 * something else would be written than was shown.
 */
export const CHANGE_RECORDING_REQUEST = 'countersign/changeRecording';

export interface ChangeRecordingRequest extends RecordingChange, Pick<RecordingPlan, 'before' | 'after'> {}

/** Notification, client to server: when the server has started, and when one of them changes. */
export const RECORDING_SETTINGS_NOTIFICATION = 'countersign/recordingSettings';

export interface RecordingSettings {
  /** Whether agents are told of findings on the lines that they wrote. */
  readonly tellsFindings: boolean;
  /** Whether a person has just changed it. */
  readonly isChosen: boolean;
}
