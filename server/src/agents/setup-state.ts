import { SettingsError, type TextPlace } from './hook-entries';
import { isLauncherThere, type Surroundings } from './own-folder';
import { planSetup, type SetupRequest, settingsFile } from './recording-setup';

/** How recording stands in one settings file. */
export interface SetupState {
  /** The settings file; absolute. */
  readonly file: string;
  /** `other`: there are hooks of ours, and those of this version would be others, or what they call is gone. */
  readonly state: 'none' | 'set-up' | 'other' | 'broken';
  /** Why it is broken, for a person, and where. */
  readonly problem?: string;
  readonly at?: TextPlace;
}

/** Reads, and writes nothing. */
export function setupState(request: Omit<SetupRequest, 'isRemoval'>, surroundings: Surroundings): SetupState {
  try {
    const isChanged = (isRemoval: boolean) => planSetup({ ...request, isRemoval }, surroundings).isChanged;
    const file = settingsFile(request, surroundings);
    if (!isChanged(true)) return { file, state: 'none' };
    return { file, state: isChanged(false) || !isLauncherThere(surroundings) ? 'other' : 'set-up' };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { message, at } = error;
    const file = settingsFile(request, surroundings);
    return { file, state: 'broken', problem: message, ...(at && { at }) };
  }
}
