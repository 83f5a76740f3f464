/** The entry of a configuration file that suppresses a rule in a file without comments, such as JSON. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../analysis/fix';
import { pathBelow } from './configuration/configuration-in-force';
import { suppressEntryInsertion } from './configuration/suppress-entry-insertion';
import type { Session } from './session';
import { type Suppression, SuppressionRefusal } from './suppression-edit';

export interface ConfiguredSuppression {
  /** The configuration: of the editor where it is open, else of the disk. */
  readonly text: TextDocument;
  /** Null for a file that is not open. */
  readonly version: number | null;
  readonly edits: readonly Edit[];
}

/**
 * The entry goes into the configuration that counts for the file.
 *
 * @throws SuppressionRefusal where there is none, or it is no JSON at present.
 */
export function configuredSuppression(
  session: Session,
  uri: string,
  { ruleId, reason, until }: Pick<Suppression, 'ruleId' | 'reason' | 'until'>,
): ConfiguredSuppression {
  const layer = session.configurationFor(uri)?.layers.at(-1);
  if (!layer) throw new SuppressionRefusal(NO_CONFIGURATION);
  const open = session.text(layer.uri);
  const text = open ?? TextDocument.create(layer.uri, 'jsonc', 0, layer.text);
  const entry = {
    rule: ruleId,
    files: globOf(pathBelow(layer.folder, uri) ?? ''),
    reason,
    ...(until === undefined ? {} : { until }),
  };
  const edits = suppressEntryInsertion(text.getText(), entry);
  if (!edits) throw new SuppressionRefusal(BROKEN);
  return { text, version: open?.version ?? null, edits };
}

const NO_CONFIGURATION =
  'Such a file has no comments, and there is no .countersignrc.json. Add one with an entry in `suppress`.';

const BROKEN = 'The .countersignrc.json is not as it should be. Mend it and try again.';

/** For the file alone: without a slash it would be one for all files of that name. */
function globOf(path: string): string {
  const literal = path.replace(/[[\]{}*?!()]/g, '\\$&');
  return literal.includes('/') ? literal : `./${literal}`;
}
