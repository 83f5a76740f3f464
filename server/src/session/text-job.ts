/** Checks the text of an open document, as a job for a thread: plain data in, plain data out. */
import { TextDocument } from 'vscode-languageserver-textdocument';

import type { Grammar } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { ENGINE_RULES } from '../analysis/engine-rules';
import { type PlainFinding, toPlain } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { SourceFile } from '../analysis/source-file';
import { stackOf } from '../analysis/stack-of';
import type { PlainSuppression } from '../analysis/suppression';
import type { Host } from '../host/host';
import { type PlacedTouch, touchesIn } from '../models/security-touches';
import { ConfigurationFiles } from './configuration/configuration-files';
import { startDocument } from './start-document';

export interface TextJob {
  readonly kind: 'text';
  readonly uri: string;
  /** Below the workspace folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Whether nobody waits for it, and somebody wants to know what security depends on in it. */
  readonly isBackground?: true;
}

export interface TextAnswer {
  /** In the order of the text, suppressed ones left out, before selection. */
  readonly findings: readonly PlainFinding[];
  readonly suppressions: readonly PlainSuppression[];
  /** What security depends on; only of a job in the background. */
  readonly touches?: readonly PlacedTouch[];
  /** Why findings may be missing. */
  readonly cause: string | undefined;
  /** Milliseconds that it took. */
  readonly took: number;
  /** What failed, for the log. */
  readonly errors: readonly string[];
}

/** What a thread needs for it. */
export interface TextJobParts {
  readonly host: Host;
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  readonly rules: readonly Rule[];
}

/** @throws when the text cannot be parsed or evaluated at all. */
export function answerTextJob(job: TextJob, { host, parsers, rules }: TextJobParts): TextAnswer {
  const { uri, path, languageId, text, today } = job;
  const began = host.now();
  const errors: string[] = [];
  const ruleIds = new Set([...rules, ...ENGINE_RULES].map(({ id }) => id));
  // A configuration so large is not in force; what it extends is not looked at.
  const files = new ConfigurationFiles(host, ruleIds, false);
  const document = startDocument(TextDocument.create(uri, languageId, 0, text), {
    path,
    parsers,
    rules,
    problemsOf: (whole) => files.problemsOf(whole, uri, undefined),
    onRuleError: (rule, file, error) => errors.push(`${rule.id} failed on ${file.path}: ${stackOf(error)}`),
    suppression: () => ({ today, isRule: (id) => ruleIds.has(id) }),
    // Whoever waits for the answer has a limit.
    now: () => 0,
    isOnce: true,
  });
  try {
    return {
      findings: document.findings.map(toPlain),
      suppressions: (document.suppressions ?? []).map(({ directive, hidden, ...rest }) => {
        const { start, end, form, ruleIds: named, reason, until } = directive;
        return {
          ...rest,
          directive: { start, end, form, ruleIds: named, reason, until },
          hidden: hidden.map(plain),
        };
      }),
      ...(job.isBackground && document.file instanceof SourceFile && { touches: touchesIn(document.file) }),
      cause: document.degradedBy,
      took: host.now() - began,
      errors,
    };
  } finally {
    document.dispose();
  }
}

/** Also of what is taken for plain already. */
function plain(finding: PlainFinding): PlainFinding {
  return toPlain({ fixes: () => [], ...finding });
}
