/**
 * Runs the rules over a file, item by item, and keeps what it found for as long as it holds: an item is
 * evaluated again only when it was read again, or when something that its evaluation looked at elsewhere
 * answers differently.
 */
import { type Finding, type Place, type Report, spanOf } from './finding';
import { Fingerprints } from './fingerprint';
import type { Item } from './item';
import { ItemFacts } from './item-facts';
import type { Node } from './node';
import { Reads } from './reads';
import { Answers } from './remembered';
import type { Rule } from './rule';
import { choiceOf, type RuleChoice } from './rule-choice';
import type { SourceFile } from './source-file';
import type { Span } from './span';
import { withoutStrings } from './without-strings';

interface Evaluation {
  readonly syntax: Item['syntax'];
  /** Undefined where they were not recorded: then it holds for its text alone. */
  readonly reads: Reads | undefined;
  readonly reports: readonly { readonly rule: Rule; readonly report: Report }[];
  readonly unfollowed: readonly Node[];
}

/** Called when a rule throws: it loses its findings for that item only. Tests rethrow, the server logs. */
export type OnRuleError = (rule: Rule, file: SourceFile, error: unknown) => void;

/** Beside once for each item, it is asked whether it takes too long when rules looked at so many nodes: clocks are slow. */
const MOST_UNASKED = 4_000;
/** What a rule on a small item costs at least, in nodes. */
const LEAST_WORK = 20;

export class FileAnalysis {
  readonly file: SourceFile;
  /** Items evaluated by the last run, for measuring. */
  evaluated = 0;
  readonly #rules: readonly Rule[];
  readonly #choice: RuleChoice;
  readonly #onRuleError: OnRuleError;
  readonly #isOnce: boolean;
  #evaluations = new Map<Item, Evaluation>();
  /** What was done since it was last asked how long it takes. */
  #unasked = 0;

  /**
   * @param isOnce whether no edit is expected. Then it is not recorded what evaluations look at, and all share their
   *   answers; after an edit all would be evaluated again.
   */
  constructor(file: SourceFile, rules: readonly Rule[], onRuleError: OnRuleError, isOnce = false) {
    this.file = file;
    this.#rules = rules;
    this.#choice = choiceOf(rules);
    this.#onRuleError = onRuleError;
    this.#isOnce = isOnce;
  }

  /** Offsets of the places to which no data flow was followed from its beginning: it was too long. Ascending. */
  get unfollowed(): readonly number[] {
    const places = [...this.#evaluations.values()].flatMap(({ unfollowed }) => unfollowed);
    return [...new Set(places.map(({ start }) => start))].sort((a, b) => a - b);
  }

  /** All findings of the file's present text in its order, before suppression and selection. */
  run(): Finding[];
  /** @param isOver asked between two rules; once it says yes the run is given up, and so is this object. */
  run(isOver: (() => boolean) | undefined): Finding[] | undefined;
  run(isOver?: () => boolean): Finding[] | undefined {
    this.evaluated = 0;
    const change = this.file.takeChange();
    if (!change.isNothing) this.file.questions.begin(change);
    const evaluations = new Map<Item, Evaluation>();
    const shared = this.#isOnce ? new Answers() : undefined;
    for (const item of this.file.items) {
      const former = this.#evaluations.get(item);
      const holds = former?.syntax === item.syntax && former.reads?.hold(this.file, change);
      const evaluation = holds ? former : this.#evaluate(item, shared, isOver);
      if (!evaluation) return undefined;
      evaluations.set(item, evaluation);
    }
    this.#evaluations = evaluations;
    if (!change.isNothing) this.file.questions.end();
    return this.#findings();
  }

  #evaluate(
    item: Item,
    shared: Answers | undefined,
    isOver: (() => boolean) | undefined,
  ): Evaluation | undefined {
    if (isOver?.()) return undefined;
    this.#unasked = 0;
    this.evaluated++;
    const { file } = this;
    const facts = new ItemFacts(item);
    const reads = shared ? undefined : new Reads(item);
    const reports: { rule: Rule; report: Report }[] = [];
    file.reads = reads;
    file.answers = shared ?? new Answers();
    const unfollowed: Node[] = [];
    file.unfollowed = unfollowed;
    try {
      for (const place of this.#choice.for(facts)) {
        const rule = this.#rules[place] as Rule;
        if (rule.words && !file.mayMention(rule.words)) continue;
        if (isOver && this.#isTimeToAsk(item.size + LEAST_WORK) && isOver()) return undefined;
        const isWatched = !this.#choice.isKnown(place);
        if (isWatched) facts.watch();
        try {
          for (const report of rule.check?.(facts) ?? []) {
            if (!isTrusted(report)) continue;
            reports.push({ rule, report });
            if (reads) for (const node of nodesOf(report)) reads.noteItem(node.item);
          }
          const missing = isWatched ? facts.missing : undefined;
          if (missing) this.#choice.learn(place, missing);
        } catch (error) {
          this.#onRuleError(rule, file, error);
        }
      }
    } finally {
      file.reads = undefined;
      file.answers = undefined;
      file.unfollowed = undefined;
    }
    return { syntax: item.syntax, reads, reports, unfollowed };
  }

  #isTimeToAsk(work: number): boolean {
    this.#unasked += work;
    if (this.#unasked < MOST_UNASKED) return false;
    this.#unasked = 0;
    return true;
  }

  #findings(): Finding[] {
    const fingerprints = new Fingerprints();
    const reports = [...this.#evaluations.values()].flatMap((evaluation) => evaluation.reports);
    return reports
      .map(({ rule, report }) => ({ rule, report, span: spanOf(report.at) }))
      .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.rule.id, b.rule.id))
      .map(({ rule, report, span }) => ({
        ...span,
        ruleId: rule.id,
        message: report.message,
        severity: report.severity ?? rule.severity,
        confidence: report.confidence ?? rule.confidence,
        cwe: rule.cwe,
        related: (report.related ?? []).map(({ at, message, isStep }) => ({
          path: this.file.path,
          message,
          ...spanOf(at),
          ...(isStep && { isStep }),
        })),
        fingerprint: fingerprints.next(
          rule.id,
          innermostNode(report.at, span),
          withoutStrings(firstNode(report.at), span),
        ),
        fixes: report.fixes ?? (() => []),
      }));
  }
}

/** What stands in an ERROR is not what the author meant; nothing is said of it. */
function isTrusted({ at }: Report): boolean {
  const node = firstNode(at);
  if (node.kind === 'ERROR') return false;
  for (const outer of node.ancestors()) if (outer.kind === 'ERROR') return false;
  return true;
}

/** The nodes that a report's places are told by: where these are gone it must be made anew. */
function nodesOf({ at, related = [] }: Report): Node[] {
  return [at, ...related.map((each) => each.at)].flatMap((place) => {
    if ('from' in place) return [place.from, place.to];
    return 'in' in place ? [place.in] : [place];
  });
}

function firstNode(place: Place): Node {
  if ('from' in place) return place.from;
  return 'in' in place ? place.in : place;
}

/** Of a part of a node, what it is in: the node may be a whole item. */
function innermostNode(place: Place, { start, end }: Span): Node {
  let node = firstNode(place);
  if (!('in' in place)) return node;
  for (;;) {
    const inner = node.children.find((child) => child.start <= start && end <= child.end);
    if (!inner) return node;
    node = inner;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
