/** The last steps with a file that was checked: its fixes, applied or looked for. */
import type { Finding } from '../../analysis/finding';
import { encodeText } from '../../host/encoding';
import { codeOf } from '../../host/read-bytes';
import { replaceFile } from '../../host/replace-file';
import type { CheckedFile } from '../../session/check-file';
import { DECIDED, SAFE } from '../../session/combined-fixes';
import type { ReportedFile } from '../output/report';
import { applyFixes } from './apply-fixes';
import type { CheckedPath } from './check-path';
import { checkedFixes } from './checked-fixes';
import { uninterrupted } from './uninterrupted';

export interface FinishedFile {
  readonly reported: ReportedFile;
  /** How many of its findings were fixed. */
  readonly fixed: number;
  /** Why findings or fixes may be missing. */
  readonly causes: readonly string[];
}

const CUT = 'There are many fixes in it, and only the first were looked at.';

export class FixingScan {
  readonly #kind: 'safe' | 'decided' | undefined;
  readonly #onError: (message: string) => void;

  constructor(kind: 'safe' | 'decided' | undefined, onError: (message: string) => void) {
    this.#kind = kind;
    this.#onError = onError;
  }

  /** @param path absolute. */
  async finish(file: CheckedPath, path: string): Promise<FinishedFile> {
    const onFixError = (finding: Finding, error: unknown) =>
      this.#onError(`The fixes of ${finding.ruleId} failed on ${file.path}: ${error}`);
    const { present, fixed, trouble } = await this.#fixed(file, path, onFixError);
    const { fixes, isCut } = checkedFixes(present, onFixError);
    return {
      reported: {
        path: file.path,
        text: present.text,
        checked: present.checked,
        shown: present.shown.map((finding, i) => ({ finding, fixes: fixes[i] ?? [] })),
        suppressed: present.suppressed,
      },
      fixed,
      causes: [...present.causes, ...trouble, ...(isCut ? [CUT] : [])],
    };
  }

  async #fixed(
    file: CheckedPath,
    path: string,
    onFixError: (finding: Finding, error: unknown) => void,
  ): Promise<{ present: CheckedFile; fixed: number; trouble: string[] }> {
    const asItWas = (...trouble: string[]) => ({ present: file, fixed: 0, trouble });
    if (this.#kind === undefined || file.shown.length === 0) return asItWas();
    // What was lost in reading would be lost in the file.
    if (!file.decoded.isWhole) return asItWas();
    const result = applyFixes(file, this.#kind === 'safe' ? SAFE : DECIDED, file.checkText, onFixError);
    if (result.fixed === 0) return asItWas();
    const bytes = encodeText(result.checked.file.text, file.decoded.encoding);
    try {
      if (await uninterrupted(() => replaceFile(path, file.bytes, bytes))) {
        return { present: result, fixed: result.fixed, trouble: [] };
      }
      return asItWas('Somebody else wrote it meanwhile, so nothing was fixed in it.');
    } catch (error) {
      return asItWas(`It cannot be written (${codeOf(error)}), so nothing was fixed in it.`);
    }
  }
}
