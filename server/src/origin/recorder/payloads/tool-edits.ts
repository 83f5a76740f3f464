/**
 * What the tools of agents write, by their names. Fields that no documentation names exactly are read under each
 * name that was seen: a wrong guess finds nothing in the file.
 */
import { asObject, type JsonObject, member, objectsIn } from '../../small-json';
import type { FileEdit, NumberedHunk, Replacement } from '../agent-event';
import { readApplyPatch } from '../apply-patch';
import { field, textField } from './payload';

/** One call of a tool. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
  readonly response: unknown;
}

const MOST = 10_000;

type Reader = (input: JsonObject, call: ToolCall) => FileEdit | readonly FileEdit[] | undefined;

/** By the name in lower case, without `_`. What is not here wrote no file that it could name. */
const TOOLS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  // Claude Code.
  ['edit', readEdit],
  ['multiedit', readEdit],
  ['write', readWrite],
  // VS Code.
  ['createfile', readCreate],
  ['replacestringinfile', readEdit],
  ['multireplacestringinfile', readEdits],
  // Copilot's command line.
  ['create', readCreate],
  ['strreplace', readEdit],
  // Gemini CLI.
  ['writefile', readWrite],
  ['replace', readEdit],
  // Codex, VS Code, Copilot.
  ['applypatch', readPatch],
]);

/** Nothing for a tool that writes no file, that failed, or whose edit only waits to be written. */
export function readToolEdits(call: ToolCall): readonly FileEdit[] {
  const read = TOOLS.get(call.name.toLowerCase().replaceAll('_', ''));
  if (read === undefined || hasFailed(call.response)) return [];
  const patch = patchIn(call.input);
  if (patch !== undefined) return readApplyPatch(patch);
  const input = asObject(call.input);
  const edits = input && read(input, call);
  return edits === undefined ? [] : 'path' in edits ? [edits] : edits;
}

function hasFailed(response: unknown): boolean {
  const object = asObject(response);
  const kind = textField(object, 'resultType', 'result_type');
  return (
    field(object, 'error') !== undefined ||
    field(object, 'staged') === true ||
    (kind !== undefined && kind !== 'success')
  );
}

/** Some tools are given a patch as their whole input, or in a field. */
function patchIn(input: unknown): string | undefined {
  const object = asObject(input);
  const values =
    object === undefined ? [input] : ['command', 'patch', 'input'].map((name) => member(object, name));
  return values.flat().find((value) => typeof value === 'string' && value.includes('*** Begin Patch')) as
    | string
    | undefined;
}

function readPatch(): undefined {
  return undefined;
}

function readEdit(input: JsonObject, call: ToolCall): FileEdit | undefined {
  const path = pathOf(input);
  // Claude Code answers with an object; a text in its place is an error. Others answer with texts.
  if (path === undefined || (isClaude(input, call) && typeof call.response === 'string')) return undefined;
  const response = asObject(call.response);
  const replacements = replacementsOf(input);
  const before = textField(response, 'originalFile', 'originalFileContents');
  const after = before === undefined ? undefined : applied(replacements, before);
  return {
    path,
    isAmended: field(response, 'userModified') === true,
    hunks: hunksOf(response),
    whole: after === undefined ? undefined : { text: after, before },
    replacements,
  };
}

/** Several edits, each with a path of its own. */
function readEdits(input: JsonObject, call: ToolCall): readonly FileEdit[] {
  return objectsIn(field(input, 'replacements', 'edits'), MOST).flatMap((each) => readEdit(each, call) ?? []);
}

function readWrite(input: JsonObject, call: ToolCall): FileEdit | undefined {
  const path = pathOf(input);
  const text = textOf(input);
  if (
    path === undefined ||
    text === undefined ||
    (isClaude(input, call) && typeof call.response === 'string')
  ) {
    return undefined;
  }
  const response = asObject(call.response);
  const isNew = field(response, 'type') === 'create';
  return {
    path,
    isAmended: field(response, 'userModified') === true,
    hunks: hunksOf(response),
    whole: { text, before: isNew ? null : textField(response, 'originalFile') },
  };
}

/** A tool that refuses to write where a file is. */
function readCreate(input: JsonObject): FileEdit | undefined {
  const path = pathOf(input);
  const text = textOf(input);
  return path === undefined || text === undefined ? undefined : { path, whole: { text, before: null } };
}

function isClaude(input: JsonObject, { name }: ToolCall): boolean {
  return /^[A-Z]/.test(name) && typeof member(input, 'file_path') === 'string';
}

export function pathOf(input: JsonObject): string | undefined {
  const path = textField(input, 'file_path', 'filePath', 'path');
  // Windows paths come as `/c:/…`, too.
  return path === '' ? undefined : path?.replace(/^\/(?=[A-Za-z]:[/\\])/, '');
}

function textOf(input: JsonObject): string | undefined {
  return textField(input, 'content', 'file_text', 'fileText');
}

function replacementsOf(input: JsonObject): Replacement[] {
  const several = objectsIn(field(input, 'edits'), MOST);
  return (several.length > 0 ? several : [input]).flatMap((each) => readReplacement(each) ?? []);
}

export function readReplacement(edit: JsonObject): Replacement | undefined {
  const before = textField(edit, 'old_string', 'oldString', 'old_str', 'oldStr');
  const after = textField(edit, 'new_string', 'newString', 'new_str', 'newStr');
  if (before === undefined || after === undefined) return undefined;
  const isEverywhere = field(edit, 'replace_all', 'replaceAll', 'allow_multiple') === true;
  return { before, after, isEverywhere };
}

/** The text after the edits; undefined where one of them does not fit. */
function applied(replacements: readonly Replacement[], text: string): string | undefined {
  let result: string | undefined = text;
  for (const { before, after, isEverywhere } of replacements) {
    if (before === '') return text === '' ? after : undefined;
    if (!result?.includes(before)) return undefined;
    result = isEverywhere ? result.replaceAll(before, () => after) : result.replace(before, () => after);
  }
  return replacements.length === 0 ? undefined : result;
}

/** Claude Code tells where it wrote what. */
function hunksOf(response: JsonObject | undefined): NumberedHunk[] | undefined {
  const patch = field(response, 'structuredPatch');
  if (!Array.isArray(patch)) return undefined;
  return objectsIn(patch, MOST).flatMap((hunk) => {
    const start = member(hunk, 'newStart');
    const lines = member(hunk, 'lines');
    if (!Number.isSafeInteger(start) || !Array.isArray(lines)) return [];
    return [{ start: (start as number) - 1, lines: lines.filter((line) => typeof line === 'string') }];
  });
}
