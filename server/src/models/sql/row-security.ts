/** What migrations say of row level security: tables, policies and functions that run with their owner's rights. */
import type { Span } from '../../analysis/span';
import type { Statement, Token } from './statements';

export interface TableSecurity {
  readonly created: readonly Table[];
  /** By their names as `tableKey` makes them. */
  readonly enabled: ReadonlySet<string>;
  readonly dropped: ReadonlySet<string>;
  readonly disabled: readonly Table[];
  /** Whether a loop enables it for tables that are not named here. */
  readonly isDynamic: boolean;
}

export interface Table {
  readonly at: Span;
  /** As written, with its schema. */
  readonly shown: string;
  readonly key: string;
  /** Where its statement ends, behind the semicolon. */
  readonly end: number;
}

export interface Policy {
  readonly statement: Statement;
  readonly name: string;
  readonly table: Omit<Table, 'end'>;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  /** None where everybody is meant. */
  readonly roles: readonly string[];
  readonly using: Condition | undefined;
  readonly check: Condition | undefined;
  /** Where a `to` may be put in. */
  readonly roleAt: number;
}

interface Condition extends Span {
  readonly tokens: readonly Token[];
  readonly isTrue: boolean;
}

export function tableSecurity(statements: readonly Statement[]): TableSecurity {
  const created: Table[] = [];
  const disabled: Table[] = [];
  const enabled = new Set<string>();
  const dropped = new Set<string>();
  let isDynamic = false;
  for (const statement of statements) {
    const words = statement.tokens.map(({ text }) => text);
    const [first, second] = words;
    if (first === 'execute' || first === 'do') {
      isDynamic ||= statement.tokens.some(
        ({ kind, text }) => kind !== 'word' && /enable\s+row\s+level\s+security/i.test(text),
      );
    } else if (first === 'create') {
      const at = words.indexOf('table');
      // Of a session alone, and what is a part of another table.
      const isOwn = at > 0 && at < 3 && !/^temp(?:orary)?$/.test(second ?? '') && !isPartition(words);
      const table = isOwn ? tableAt(statement, behindOptional(words, at + 1)) : undefined;
      if (table) created.push(table);
    } else if (first === 'alter' && second === 'table') {
      const table = tableAt(statement, behindOptional(words, 2));
      const said = words.join(' ');
      if (table && /\benable row level security$/.test(said)) enabled.add(table.key);
      if (table && /\bdisable row level security$/.test(said)) disabled.push(table);
    } else if (first === 'drop' && second === 'table') {
      const table = tableAt(statement, behindOptional(words, 2));
      if (table) dropped.add(table.key);
    }
  }
  return { created, enabled, dropped, disabled, isDynamic };
}

function isPartition(words: readonly string[]): boolean {
  return words.some((word, i) => word === 'partition' && words[i + 1] === 'of');
}

/** Behind `if not exists`, `if exists`, `only`. */
function behindOptional(words: readonly string[], at: number): number {
  let next = at;
  while (/^(?:if|not|exists|only)$/.test(words[next] ?? '')) next++;
  return next;
}

function tableAt({ tokens, end }: Statement, index: number): Table | undefined {
  const first = tokens[index];
  if (!first || (first.kind !== 'word' && first.kind !== 'name')) return undefined;
  const isDotted = tokens[index + 1]?.text === '.';
  const last = isDotted ? tokens[index + 2] : first;
  if (!last) return undefined;
  const schema = isDotted ? first.text : 'public';
  return {
    at: { start: first.start, end: last.end },
    shown: isDotted ? `${first.text}.${last.text}` : last.text,
    key: `${schema}.${last.text}`,
    end: end + 1,
  };
}

/** Policies that are not dropped behind it. */
export function policiesIn(statements: readonly Statement[]): readonly Policy[] {
  const found: Policy[] = [];
  for (const statement of statements) {
    const { tokens } = statement;
    const [first, second, third] = tokens;
    if (second?.text !== 'policy' || !third) continue;
    if (first?.text === 'create') {
      const policy = policyOf(statement);
      if (policy) found.push(policy);
    } else if (first?.text === 'drop') {
      const named =
        tokens[
          behindOptional(
            tokens.map(({ text }) => text),
            2,
          )
        ];
      const at = found.findIndex(({ name }) => name === named?.text);
      if (at >= 0) found.splice(at, 1);
    }
  }
  return found;
}

function policyOf(statement: Statement): Policy | undefined {
  const { tokens } = statement;
  const words = tokens.map(({ text }) => text);
  const name = words[2] as string;
  const on = words.indexOf('on', 3);
  const table = on === 3 ? tableAt(statement, 4) : undefined;
  if (!table) return undefined;
  let behind = tokens.findIndex(({ start }) => start >= table.at.end);
  if (behind < 0) behind = tokens.length;
  const using = conditionBehind(tokens, behind, 'using');
  const check = conditionBehind(tokens, behind, 'check');
  const head = tokens.slice(behind, Math.min(using?.first ?? tokens.length, check?.first ?? tokens.length));
  const command = head.find((_, i) => head[i - 1]?.text === 'for')?.text;
  const to = head.findIndex(({ text }) => text === 'to');
  const roles = to < 0 ? [] : head.slice(to + 1).filter(({ text }) => text !== ',' && text !== 'with');
  if (/\brestrictive\b/.test(head.map(({ text }) => text).join(' '))) return undefined;
  return {
    statement,
    name,
    table,
    command: /^(?:select|insert|update|delete)$/.test(command ?? '') ? (command as Policy['command']) : 'all',
    roles: roles.map(({ text }) => text),
    using: using?.condition,
    check: check?.condition,
    roleAt: (head.findLast(({ text }) => text !== 'with') ?? tokens[behind - 1])?.end ?? statement.end,
  };
}

function conditionBehind(tokens: readonly Token[], from: number, word: string) {
  const at = tokens.findIndex(({ kind, text }, i) => i >= from && kind === 'word' && text === word);
  const open = tokens[at + 1];
  if (at < 0 || open?.text !== '(') return undefined;
  let depth = 0;
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind !== 'sign') continue;
    if (token.text === '(') depth++;
    else if (token.text === ')' && --depth === 0) {
      const inner = tokens.slice(at + 2, i);
      const said = inner.map(({ text }) => text).join('');
      const isTrue = /^\(*(?:true|1=1|\(true\)::boolean)\)*$/.test(said);
      const first = tokens[at - 1]?.text === 'with' ? at - 1 : at;
      return { first, condition: { start: open.start, end: token.end, tokens: inner, isTrue } };
    }
  }
  return undefined;
}

export interface DefinerFunction {
  readonly at: Span;
  readonly name: string;
  /** Behind `security definer`, where a setting may be put in. */
  readonly settingAt: number;
}

/** Functions with their owner's rights that look names up where the caller says. */
export function openDefiners(statements: readonly Statement[]): readonly DefinerFunction[] {
  const altered = new Set<string>();
  const found: DefinerFunction[] = [];
  for (const { tokens } of statements) {
    const words = tokens.map(({ kind, text }) => (kind === 'word' ? text : ''));
    const at = words.indexOf('function');
    const name = tokens[at + 1];
    if (at < 1 || at > 3 || !name) continue;
    const last = tokens[at + 2]?.text === '.' ? tokens[at + 3] : name;
    const hasPath = words.some((word, i) => word === 'set' && words[i + 1] === 'search_path');
    if (words[0] === 'alter' && hasPath && last) altered.add(last.text);
    const definer = words.findIndex((word, i) => word === 'definer' && words[i - 1] === 'security');
    if (words[0] !== 'create' || definer < 0 || hasPath || !last) continue;
    const security = tokens[definer - 1] as Token;
    const end = (tokens[definer] as Token).end;
    found.push({ at: { start: security.start, end }, name: last.text, settingAt: end });
  }
  return found.filter(({ name }) => !altered.has(name));
}
