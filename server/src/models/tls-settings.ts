/** How the check of certificates is switched off in files of settings: environments, start scripts, package managers. */
import type { Span } from '../analysis/span';
import type { Entry, TextFile } from '../analysis/text-file';

export interface TlsSetting {
  readonly at: Span;
  /** What decides, as a message calls it. */
  readonly name: string;
  readonly keys: readonly string[];
}

const VARIABLE = 'NODE_TLS_REJECT_UNAUTHORIZED';
const IN_COMMAND = /\bNODE_TLS_REJECT_UNAUTHORIZED=(["']?)0\1(?!\d)/g;
const STRICT_SSL = /^([ \t]*)((strict-ssl)[ \t]*=[ \t]*false)[ \t]*\r?$/gm;

/** Everything in a file that switches the check off. */
export function* tlsSettingsIn(file: TextFile): Generator<TlsSetting> {
  const { text, path } = file;
  if (text.includes(VARIABLE)) {
    for (const entry of file.entries) yield* settingOf(entry, text);
    if (file.format === 'dockerfile') yield* matches(text, /^[ \t]*RUN\b.*$/gm);
  }
  if (/(?:^|\/)\.npmrc$/.test(path)) {
    for (const { index, 1: indent = '', 2: setting = '', 3: name = '' } of text.matchAll(STRICT_SSL)) {
      const start = index + indent.length;
      yield { at: { start, end: start + setting.length }, name, keys: [name] };
    }
  }
}

function* settingOf({ path, key, value, text }: Entry, whole: string): Generator<TlsSetting> {
  if (path.at(-1) === VARIABLE) {
    if (text.trim() !== '0') return;
    yield { at: { start: key?.start ?? value.start, end: value.end }, name: VARIABLE, keys: path };
    return;
  }
  // In a command, or in a list of variables as in a compose file.
  const written = whole.slice(value.start, value.end);
  for (const { index, 0: setting } of written.matchAll(IN_COMMAND)) {
    const start = value.start + index;
    yield { at: { start, end: start + setting.length }, name: VARIABLE, keys: path };
  }
}

function* matches(text: string, lines: RegExp): Generator<TlsSetting> {
  for (const { index: from, 0: line } of text.matchAll(lines)) {
    for (const { index, 0: setting } of line.matchAll(IN_COMMAND)) {
      const start = from + index;
      yield { at: { start, end: start + setting.length }, name: VARIABLE, keys: [] };
    }
  }
}
