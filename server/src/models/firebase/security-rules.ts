/** Reads the security rules of Firestore and Cloud Storage: which paths allow what, and on which condition. */
import type { Span } from '../../analysis/span';

export interface Allowance {
  /** The whole statement. */
  readonly at: Span;
  readonly methods: readonly string[];
  /** Behind `if`; undefined where there is none, so that everybody may. */
  readonly condition: (Span & { readonly text: string }) | undefined;
  /** The paths of the `match` blocks around it, from the outside. */
  readonly paths: readonly string[];
}

/** Longer texts (UTF-16 units) are no rules that somebody wrote. */
const LONGEST = 500_000;
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\bmatch\s+(\/[^\s]*)|\ballow\b|[{};]/g;

/** In the order of the text; nothing for a text that is something else. Linear in its length. */
export function allowancesIn(text: string): readonly Allowance[] {
  if (text.length > LONGEST || !/\bservice\s+(?:cloud\.firestore|firebase\.storage)\b/.test(text)) return [];
  const found: Allowance[] = [];
  const blocks: (string | undefined)[] = [];
  let pending: string | undefined;
  let statement: number | undefined;
  for (const { 0: token, 1: path, index } of text.matchAll(TOKEN)) {
    if (token.startsWith('match')) pending = path;
    else if (token === 'allow') statement ??= index;
    else if (token === '{' && statement === undefined) {
      blocks.push(pending);
      pending = undefined;
    } else if (token === ';' || token === '}') {
      // The last statement of a block may stand without its semicolon.
      if (statement !== undefined) {
        const paths = blocks.flatMap((each) => each ?? []);
        const allowance = allowanceAt(text, { start: statement, end: index }, paths);
        if (allowance) found.push(allowance);
        statement = undefined;
      }
      if (token === '}') blocks.pop();
    }
  }
  return found;
}

function allowanceAt(text: string, at: Span, paths: readonly string[]): Allowance | undefined {
  const written = text.slice(at.start, at.end).trimEnd();
  const head = /^allow\s+([\w\s,]+?)\s*(?::\s*if\b\s*|$)/.exec(written);
  if (!head) return undefined;
  const methods = (head[1] as string).split(/\s*,\s*/);
  const end = at.start + written.length;
  const start = at.start + head[0].length;
  const condition = head[0].includes(':') ? { start, end, text: text.slice(start, end) } : undefined;
  return { at: { start: at.start, end }, methods, condition, paths };
}
