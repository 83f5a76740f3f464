/** Starts a program with its arguments in a list, where a command is nothing but words. */
import type { Edit, Fix } from '../../analysis/fix';
import { importedName } from '../../analysis/imported-name';
import { callAt } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import type { CommandSink } from './command-sinks';
import { PROGRAMS } from './commands';

/** What a shell does more with than to put it into a word. */
const SPEAKING = /[|&;<>()$`\\*?[\]#~=!{}\n]/;

export function commandFixes(sink: CommandSink): Fix[] {
  const { call, row, shell } = sink;
  const [text] = sink.texts;
  if (shell === 'option') return withoutShell(sink);
  const template = text && unwrap(text);
  const [argument] = call.args;
  if (!row.instead || template?.kind !== 'template_string' || !argument?.contains(template)) return [];
  const words = wordsOf(template);
  if (!words) return [];
  const { callee } = call;
  // A promisified function is made elsewhere, from the other.
  if (callee.kind === 'identifier' && !isImported(callee)) return [];
  const name = importedName(callee, 'child_process', row.instead);
  if (!name || canonicalName(callee) === undefined) return [];
  const {
    words: [program, ...args],
    isQuoted,
  } = words;
  // A value with blanks was several arguments for the shell, and is one without it; between quotes it was one.
  const isSame = isQuoted && PROGRAMS.has(program?.slice(1, -1) ?? '') && !call.args.some(namesShell);
  // With the parentheses around it, in which two arguments would be one expression.
  const list: Edit = { start: argument.start, end: argument.end, text: `${program}, [${args.join(', ')}]` };
  return [
    {
      title: `Use \`${row.instead}\` with a list of arguments`,
      safety: isSame ? 'safe' : 'unsafe',
      edits: [...name.edits, { start: callee.start, end: callee.end, text: name.text }, list],
    },
  ];
}

function isImported(callee: Node): boolean {
  const { file } = callee.item;
  const declaration = file.lookUp(callee.text, callee);
  const { parent } = declaration ? file.nodeOf(declaration) : callee;
  if (parent?.kind === 'import_specifier') return true;
  for (const outer of declaration ? file.nodeOf(declaration).ancestors() : []) {
    if (outer.kind === 'variable_declarator') return /^require\(/.test(outer.child('value')?.text ?? '');
  }
  return false;
}

/** Options that may say which shell reads the command, or that are not written here. */
function namesShell(argument: Node): boolean {
  const { kind, text } = resolvedValue(argument);
  return kind === 'object'
    ? /\bshell\b|\.\.\./.test(text)
    : /^(?:call_expression|member_expression)$/.test(kind);
}

interface CommandWords {
  /** Expressions. */
  readonly words: readonly string[];
  /** Whether each value stands between double quotes. */
  readonly isQuoted: boolean;
}

/** The words of a command; undefined where it is more than a program with arguments. */
function wordsOf(template: Node): CommandWords | undefined {
  const { text } = template.item.file;
  const words: string[] = [];
  let word = '';
  let holes: Node[] = [];
  let quote = '';
  let isOpen = false;
  let isQuoted = true;
  const end = () => {
    if (isOpen)
      words.push(
        holes.length === 0 ? `'${word}'` : word === HOLE ? alone(holes[0] as Node) : filled(word, holes),
      );
    word = '';
    holes = [];
    isOpen = false;
  };
  const take = (literal: string): boolean => {
    for (const sign of literal) {
      if (quote === '' && /\s/.test(sign) && sign !== '\n') end();
      else if (sign === quote) quote = '';
      else if (quote === '' && /["']/.test(sign)) {
        quote = sign;
        isOpen = true;
      } else if ((SPEAKING.test(sign) && !(sign === '=' && words.length > 0)) || sign === "'") return false;
      else {
        word += sign;
        isOpen = true;
      }
    }
    return true;
  };
  let from = template.start + 1;
  for (const part of template.children) {
    if (part.kind !== 'template_substitution') continue;
    const value = part.parts[0];
    if (!take(text.slice(from, part.start)) || !value || value.text.includes('`')) return undefined;
    if (quote !== '"') isQuoted = false;
    word += HOLE;
    holes.push(value);
    isOpen = true;
    from = part.end;
  }
  if (!take(text.slice(from, template.end - 1)) || quote !== '') return undefined;
  end();
  // Which program is run must stand in the code.
  return words[0]?.startsWith("'") ? { words, isQuoted } : undefined;
}

const HOLE = '\u0000';

/** An argument must be a text, where a template made one of anything. */
function alone(value: Node): string {
  return isText(value) ? value.text : `String(${value.text})`;
}

function isText(expression: Node): boolean {
  const node = resolvedValue(expression);
  if (node.kind === 'string' || node.kind === 'template_string') return true;
  if (node.kind === 'call_expression')
    return /^(?:path\.|globalThis\.String$)/.test(callAt(node)?.name ?? '');
  if (node.kind === 'member_expression') return /\.(?:query|params|headers)\b/.test(node.text);
  const declaration = node.kind === 'identifier' ? node.item.file.lookUp(node.text, node) : undefined;
  const declared = declaration && node.item.file.nodeOf(declaration).parent;
  return declared?.kind === 'required_parameter' && /^:\s*string$/.test(declared.child('type')?.text ?? '');
}

function filled(word: string, holes: readonly Node[]): string {
  let i = 0;
  return `\`${word.replace(/\0/g, () => `\${${(holes[i++] as Node).text}}`)}\``;
}

/** Takes `shell: true` out, where the arguments are in a list already. */
function withoutShell({ call, row }: CommandSink): Fix[] {
  const list = call.args[row.text + 1];
  const program = call.args[row.text];
  if (!list || resolvedValue(list).kind !== 'array' || program?.kind !== 'string' || /\s/.test(program.text))
    return [];
  const options = call.args.find((argument) => argument.kind === 'object');
  const parts = options?.parts ?? [];
  const index = parts.findIndex((part) => part.kind === 'pair' && part.child('key')?.text === 'shell');
  const pair = parts[index];
  if (!options || !pair) return [];
  const [previous, next] = [parts[index - 1], parts[index + 1]];
  const edit: Edit =
    parts.length === 1
      ? { start: list.end, end: options.end, text: '' }
      : next
        ? { start: pair.start, end: next.start, text: '' }
        : { start: (previous as Node).end, end: pair.end, text: '' };
  return [{ title: 'Leave the shell out', safety: 'unsafe', edits: [edit] }];
}
