/**
 * Puts our hooks into an agent's settings and takes them out again, as edits of the text: comments, unknown keys and
 * the hooks of others stay what and where they are.
 */
import {
  applyEdits,
  type FormattingOptions,
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
} from 'jsonc-parser';

import type { AgentSettings } from './agent-settings';

/** In each of our commands, and in those of nobody else. */
export const LAUNCHER_NAME = 'countersign-hook';

/** Line and character (UTF-16 units) from 0. */
export interface TextPlace {
  readonly line: number;
  readonly character: number;
}

/** Settings that cannot be changed without harm; its message is for a person. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** Where in the text, where that helps. */
  readonly at: TextPlace | undefined;

  constructor(message: string, at?: TextPlace) {
    super(message);
    this.at = at;
  }
}

/**
 * The text with our hooks in it, and with no others of ours.
 *
 * @param text empty where there is no file.
 * @throws SettingsError where the text is no settings file of this form.
 */
export function withHooks(
  text: string,
  { isGrouped, events, version }: AgentSettings,
  { command, hasFindings }: { readonly command: string; readonly hasFindings: boolean },
): string {
  let result = withoutHooks(text === '' ? '{}\n' : text);
  if (version !== undefined && nodeAt(result, ['version']) === undefined)
    result = set(result, ['version'], version);
  for (const { event, isForFindings, matcher, fields } of events) {
    if (isForFindings && !hasFindings) continue;
    const hook = { ...fields, command };
    const entry = isGrouped ? { ...(matcher !== undefined && { matcher }), hooks: [hook] } : hook;
    const present = nodeAt(result, ['hooks', event]);
    result = present
      ? set(result, ['hooks', event, present.children?.length ?? 0], entry, true)
      : set(result, ['hooks', event], [entry]);
  }
  return result;
}

/** The text without our hooks, and without what holds nothing but for them. @throws SettingsError */
export function withoutHooks(text: string): string {
  check(text);
  let result = text;
  for (let ours = ourHook(result); ours; ours = ourHook(result)) result = set(result, ours, undefined);
  return result;
}

/** Where one of our hooks is, or the largest thing that holds nothing else. */
function ourHook(text: string): JSONPath | undefined {
  const hooks = nodeAt(text, ['hooks']);
  for (const property of hooks?.children ?? []) {
    const [event, list] = [String(property.children?.[0]?.value), property.children?.[1]];
    for (const [i, entry] of (list?.children ?? []).entries()) {
      const inner = isOurs(entry) ? -1 : innerHook(entry);
      if (inner === undefined) continue;
      const group = findNodeAtLocation(entry, ['hooks']);
      if (inner >= 0 && (group?.children?.length ?? 0) > 1) return ['hooks', event, i, 'hooks', inner];
      if ((list?.children?.length ?? 0) > 1) return ['hooks', event, i];
      return (hooks?.children?.length ?? 0) > 1 ? ['hooks', event] : ['hooks'];
    }
  }
  return undefined;
}

function innerHook(entry: Node): number | undefined {
  const at = findNodeAtLocation(entry, ['hooks'])?.children?.findIndex(isOurs) ?? -1;
  return at === -1 ? undefined : at;
}

function isOurs(entry: Node): boolean {
  const command = entry.type === 'object' ? findNodeAtLocation(entry, ['command']) : undefined;
  return typeof command?.value === 'string' && command.value.includes(LAUNCHER_NAME);
}

function check(text: string): void {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (!tree || errors.length > 0) {
    const at = placeOf(text, errors[0]?.offset ?? 0);
    throw new SettingsError(
      `It is no JSON at line ${at.line + 1}, column ${at.character + 1}, so it is left alone. Mend it first.`,
      at,
    );
  }
  if (tree.type !== 'object') throw new SettingsError('It holds no settings, so it is left alone.');
  const names = (tree.children ?? []).map(({ children }) => children?.[0]?.value);
  if (names.filter((name) => name === 'hooks').length > 1)
    throw new SettingsError('It has `hooks` twice, so it is left alone. Remove one.');
  const hooks = findNodeAtLocation(tree, ['hooks']);
  if (!hooks) return;
  const isList = (value: unknown) => Array.isArray(value);
  if (hooks.type !== 'object' || !Object.values(getNodeValue(hooks)).every(isList))
    throw new SettingsError(
      'Its `hooks` have another form than is known, so it is left alone.',
      placeOf(text, hooks.offset),
    );
}

function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function nodeAt(text: string, path: JSONPath): Node | undefined {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  return tree && findNodeAtLocation(tree, path);
}

function set(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  return applyEdits(text, modify(text, path, value, { isArrayInsertion, formattingOptions: formatOf(text) }));
}

/** As the file is written already. */
function formatOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol,
  };
}
