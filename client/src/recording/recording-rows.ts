/** What the picker of agents says. */
import type { RecordingPlace, RecordingTarget } from '../../../protocol/recording';
import type { Translate } from '../translate';

/** A place in the list, or with `heading` what stands above some of them. */
export type RecordingRow =
  | { readonly heading: string }
  | {
      readonly heading?: undefined;
      readonly place: RecordingPlace;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    };

/**
 * @param places for removing: only those where there is something to remove are listed.
 * @param folderName what a person calls a workspace folder
 */
export function recordingRows(
  places: readonly RecordingPlace[],
  isRemoval: boolean,
  folderName: (uri: string) => string,
  t: Translate,
): RecordingRow[] {
  const listed = isRemoval ? places.filter(isRemovable) : places;
  const folders = [...new Set(listed.map(({ folder }) => folder))];
  return folders.flatMap((folder): RecordingRow[] => [
    { heading: folder === null ? t('In all that you do') : t('In the folder {0} alone', folderName(folder)) },
    ...listed
      .filter((place) => place.folder === folder)
      .map((place) => ({
        ...{ place, label: place.name, description: stateWords(place, t), detail: place.file },
      })),
  ]);
}

/** The place that an argument of the command names, as keybindings and walkthroughs may; undefined for what names none. */
export function namedPlace(argument: unknown, places: readonly RecordingPlace[]): RecordingPlace | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { agent, folder = null } = argument as Partial<RecordingTarget>;
  return places.find((place) => place.agent === agent && place.folder === folder);
}

/** `settings.json: …`, where a list has the state of each. */
function stateWords({ state, problem }: RecordingPlace, t: Translate): string {
  switch (state) {
    case 'none':
      return t('not set up');
    case 'set-up':
      return t('set up');
    case 'other':
      return t('set up by another version, or in another way');
    case 'broken':
      return t('cannot be set up: {0}', problem ?? '');
  }
}

function isRemovable({ state }: RecordingPlace): boolean {
  return state === 'set-up' || state === 'other';
}
