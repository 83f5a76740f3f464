/** The pieces that an SQL text is put together from, and where in it each value stands. */
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { constantString } from '../../analysis/value';
import {
  DEEPEST_TEXT,
  MOST_PARTS,
  partsOfText,
  piecesOfString,
  type TextValue,
  variableAt,
} from './composed-text';

/**
 * - `quoted`: between quotes; `value`: where a number or a quoted text may stand.
 * - `name`: of a table or column; `order`: behind `ORDER BY`, where a column or a direction stands.
 * - `number`: behind `LIMIT` and the like.
 * - `part`: anything else, such as a whole condition.
 */
export type Position = 'quoted' | 'value' | 'name' | 'order' | 'number' | 'part';

export interface SqlPiece extends TextValue {
  readonly position: Position;
}

export interface SqlText {
  readonly pieces: readonly SqlPiece[];
  /** Whether it begins as SQL does. */
  readonly hasVerb: boolean;
  /** Whether it reads as a whole statement, so that it is SQL and not a sentence: `UPDATE … SET …`. */
  readonly isStatement: boolean;
  /** Whether the text has anything that is written in the code. */
  readonly hasLiteral: boolean;
}

const VERB =
  /^[\s(;]*(?:--[^\n]*\n\s*)?(?:select|insert\s+(?:or\s+\w+\s+)?into|update\b[\s\S]*\bset|update|delete\s+from|with|alter|drop|create|merge\s+into|replace\s+into|truncate|call|exec(?:ute)?|grant|explain|pragma|set|show|copy|use|refresh)\b/i;

/** Words that stand in statements in this order. */
const STATEMENTS: readonly (readonly RegExp[])[] = [
  [/\bselect\b/i, /\bfrom\b/i, /\b(?:where|order\s+by|limit|having|join)\b|\bfrom\s*[`"[]?\s*$/i],
  [/\binsert\s+(?:or\s+\w+\s+|ignore\s+)?into\b/i, /\b(?:values|select|set)\b/i],
  [/\bdelete\s+from\b/i, /\bwhere\b/i],
  [/\bupdate\b/i, /\bset\b/i, /=/],
];

function readsAsStatement(text: string): boolean {
  return STATEMENTS.some((words) => {
    let rest = text;
    return words.every((word, i) => {
      const at = rest.search(word);
      // The last one may be what the one before it ends with.
      if (at >= 0 && i < words.length - 2) rest = rest.slice(at + 1);
      return at >= 0;
    });
  });
}

export function sqlTextOf(expression: Node): SqlText {
  return new ComposedSql(expression, partsOfText(expression, piecesOfString, true));
}

/** Most texts are none of SQL, so that nobody asks for more than one of these. */
class ComposedSql implements SqlText {
  readonly #expression: Node;
  readonly #parts: ReturnType<typeof partsOfText>;
  #pieces: readonly SqlPiece[] | undefined;

  constructor(expression: Node, parts: ReturnType<typeof partsOfText>) {
    this.#expression = expression;
    this.#parts = parts;
  }

  get pieces(): readonly SqlPiece[] {
    this.#pieces ??= piecesIn(this.#parts);
    return this.#pieces;
  }

  get hasVerb(): boolean {
    return beginsAsSql(this.#expression);
  }

  get isStatement(): boolean {
    const written = this.#parts.filter((part) => typeof part === 'string').join(' ');
    return readsAsStatement(written.slice(0, NEAR));
  }

  get hasLiteral(): boolean {
    return this.#parts.some((part) => typeof part === 'string' && /[a-z]/i.test(part));
  }
}

function piecesIn(parts: ReturnType<typeof partsOfText>): readonly SqlPiece[] {
  const pieces: SqlPiece[] = [];
  let before = '';
  let isQuoted = false;
  for (const [i, part] of parts.entries()) {
    if (typeof part === 'string') {
      before = (before + part).slice(-NEAR);
      if (quotesIn(part) % 2 === 1) isQuoted = !isQuoted;
      continue;
    }
    if (pieces.length === MOST_PARTS) break;
    const next = parts[i + 1];
    const after = typeof next === 'string' ? next.slice(0, NEAR) : '';
    pieces.push({ ...part, position: isQuoted ? 'quoted' : positionOf(before, after) });
    // Stands for the value, so that what follows is seen behind one.
    before += '0';
  }
  return pieces;
}

/** So much of the text around a value is looked at, in UTF-16 units: patterns take long on longer ones. */
const NEAR = 1_000;

/** Of those that stand for text, what comments have left out. */
function quotesIn(literal: string): number {
  return literal.includes("'") ? (literal.replace(/--[^\n]*/g, '').match(/'/g)?.length ?? 0) : 0;
}

/** So many expressions are looked at: in parsers that are generated, each variable has many values of others. */
const MOST_BEGINNINGS = 100;

/** Whether a text begins as SQL does, whatever is added to it later. */
export function beginsAsSql(
  expression: Node,
  depth = DEEPEST_TEXT,
  steps = { left: MOST_BEGINNINGS },
): boolean {
  const node = unwrap(expression);
  const constant = constantString(node);
  if (constant !== undefined) return VERB.test(constant.slice(0, NEAR));
  if (depth === 0 || steps.left-- <= 0) return false;
  const [first, second] = piecesOfString(node) ?? [];
  if (typeof first === 'string')
    return VERB.test((typeof second === 'string' ? first + second : first).slice(0, NEAR));
  if (first) return !first.is(node) && beginsAsSql(first, depth - 1, steps);
  return variableAt(node)?.values.some((value) => beginsAsSql(value, depth - 1, steps)) === true;
}

const NAME =
  /\b(?:from|join|into|update|table|view|index|exists|database|schema|truncate|order\s+by|group\s+by|partition\s+by|by|column|as|on|references|use|add|distinct|select|constraint|trigger|function|procedure|role|user|type|sequence|set)\s+(?:[\w.$"`[\]]+\s*,\s*)*["`[]?(?:[\w$]+["`\]]?\.["`[]?)?$/i;
const VALUE =
  /(?:=|<|>|!=|<>|\b(?:like|ilike|between|and|in|values|any|all|then|else|regexp|match|is|not)|[(,*/+-]|\|\|)\s*\(?\s*$/i;

function positionOf(before: string, after: string): Position {
  // MySQL and SQLite read what stands behind an operator in double quotes as text.
  if (/(?:=|<|>|\blike|\bin\s*\(|\bvalues\s*\([^)]*)\s*"%?$/i.test(before)) return 'quoted';
  if (/\b(?:limit|offset|top|fetch\s+(?:first|next)|interval)\s*\(?$/i.test(before.trimEnd()))
    return 'number';
  if (isSorting(before)) return 'order';
  if (/["`[]$/.test(before) || NAME.test(before)) return 'name';
  // `SELECT count(${column})`, `${field} = ?`
  if (/^\s*(?:=|<|>|!=|\blike\b|\bin\b|\bis\b|asc\b|desc\b)/i.test(after)) return 'name';
  if (/\bset\b[^=]*$/i.test(before) && /^\s*=/.test(after)) return 'name';
  if (VALUE.test(before)) return isInColumns(before) ? 'name' : 'value';
  return 'part';
}

/** Whether only columns and directions stand between `ORDER BY` and a place. */
function isSorting(before: string): boolean {
  const at = [...before.matchAll(/\border\s+by\s/gi)].at(-1);
  return at !== undefined && /^[\w.$"`[\]\s,]*$/.test(before.slice(at.index + at[0].length));
}

/** `INSERT INTO t (${columns})`, `SELECT a, ${columns}` */
function isInColumns(before: string): boolean {
  return (
    /\binsert\s+(?:or\s+\w+\s+)?into\s+\S+\s*\([^)]*$/i.test(before) ||
    /\bselect\b(?:(?!\b(?:from|where)\b)[\s\S])*$/i.test(before)
  );
}
