import type { OriginRun, OriginsParams } from '../../../protocol/origin';
import { type LineChange, movedRuns } from './moved-runs';

/** So many edits may pass between a version and what the server says of it. */
const KEPT_EDITS = 1_000;

/**
 * What the server said of one document, moved to where its lines are. The server may speak of an older text
 * than the editor has; the edits since are kept to move its lines by, and what is older still is left out.
 */
export class DocumentOrigins {
  #said: OriginsParams | undefined;
  #runs: readonly OriginRun[] = [];
  /** Ascending, all above the version that was last told of. */
  #edits: readonly { readonly version: number; readonly changes: readonly LineChange[] }[] = [];
  #forgottenEdit = Number.NEGATIVE_INFINITY;

  /** What was last said, with the lines of its own version; undefined while nothing was. */
  get said(): OriginsParams | undefined {
    return this.#said;
  }

  /** The runs in the document as it is. */
  get runs(): readonly OriginRun[] {
    return this.#runs;
  }

  /** Takes what the server said. Answers false when it is too old to be of use; there will be more. */
  tell(params: OriginsParams): boolean {
    const { version } = params;
    if (version < this.#forgottenEdit || (this.#said && version < this.#said.version)) return false;
    this.#said = params;
    this.#edits = this.#edits.filter((edit) => edit.version > version);
    this.#runs = this.#edits.flatMap(({ changes }) => changes).reduce(movedRuns, params.runs);
    return true;
  }

  /**
   * Takes an edit.
   * @param version of the document after it
   * @param changes in the order in which they are applied, each to the result of those before
   * @returns whether something else is to be drawn: lines came or went, or were ticked before
   */
  edit(version: number, changes: readonly LineChange[]): boolean {
    if (this.#said && version <= this.#said.version) return false;
    this.#edits = [...this.#edits, { version, changes }];
    if (this.#edits.length > KEPT_EDITS) {
      this.#forgottenEdit = this.#edits[0]!.version;
      this.#edits = this.#edits.slice(1);
    }
    const before = this.#runs;
    this.#runs = changes.reduce(movedRuns, before);
    return before.length > 0 && this.#runs !== before;
  }
}
