/** The fixes of a document that passed their check, and edits that put several of them together. */
import type { CancellationToken } from 'vscode-languageserver';

import type { Finding } from '../../analysis/finding';
import type { Edit, Fix, FixSafety } from '../../analysis/fix';
import { type CheckedText, checkFix } from '../../analysis/fix-check';
import { combinedFixes, type FixOfFinding } from '../../session/combined-fixes';
import type { OpenDocument } from '../../session/open-document';
import type { Session } from '../../session/session';

/** Editors ask whenever the cursor moves; what was checked stays so for as long as the text is the same. */
const offeredFor = new WeakMap<CheckedText['findings'], OfferedFixes>();

export class OfferedFixes {
  readonly #offered = new Map<Finding['fixes'], readonly FixOfFinding[]>();
  readonly #session: Session;
  readonly #document: OpenDocument;
  readonly #checked: CheckedText;

  private constructor(session: Session, document: OpenDocument, checked: CheckedText) {
    this.#session = session;
    this.#document = document;
    this.#checked = checked;
  }

  /** Undefined while the findings are only moved along with the edits: their fixes belong to an earlier text. */
  static of(session: Session, document: OpenDocument): OfferedFixes | undefined {
    const { checked } = document;
    if (!checked) return undefined;
    const offered = offeredFor.get(checked.findings) ?? new OfferedFixes(session, document, checked);
    offeredFor.set(checked.findings, offered);
    return offered;
  }

  /** All fixes of a finding that pass their check. Gives way between two checks, and stops when cancelled. */
  async for(finding: Finding, token: CancellationToken): Promise<readonly FixOfFinding[]> {
    const known = this.#offered.get(finding.fixes);
    if (known) return known;
    const offered: FixOfFinding[] = [];
    for (const fix of this.#proposed(finding)) {
      if (await this.#isOver(token)) return [];
      if (!checkFix(this.#checked, finding, fix, this.#recheck)) offered.push({ finding, fix });
    }
    this.#offered.set(finding.fixes, offered);
    return offered;
  }

  /**
   * Edits that apply one fix of each finding, as many as go together; the whole is checked, not only its
   * parts. Undefined when there is none.
   */
  async together(
    findings: readonly Finding[],
    safeties: ReadonlySet<FixSafety>,
    token: CancellationToken,
  ): Promise<readonly Edit[] | undefined> {
    const candidates = findings.flatMap((finding) => {
      const fix = this.#proposed(finding).find(({ safety }) => safeties.has(safety));
      return fix ? [{ finding, fix }] : [];
    });
    const steps = combinedFixes(this.#checked, candidates, this.#recheck);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value?.edits;
      if (await this.#isOver(token)) return undefined;
    }
  }

  /** What the rule proposes; one that throws loses the fixes of this finding only. */
  #proposed(finding: Finding): readonly Fix[] {
    try {
      return finding.fixes();
    } catch (error) {
      const { host } = this.#session;
      host.log('error', `The fixes of ${finding.ruleId} failed on ${this.#document.path}: ${error}`);
      return [];
    }
  }

  readonly #recheck = (text: string): CheckedText => this.#document.recheck(text);

  async #isOver(token: CancellationToken): Promise<boolean> {
    // Messages, such as the one that cancels, are read between two tasks only.
    await new Promise((resolve) => setImmediate(resolve));
    return token.isCancellationRequested || this.#document.checked?.findings !== this.#checked.findings;
  }
}
