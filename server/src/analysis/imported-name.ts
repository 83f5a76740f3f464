/** Edits that make a name of a module available in a file. */
import type { Edit } from './fix';
import { stringLiteral, unwrap } from './literal';
import { isLoading } from './loading';
import { Node } from './node';

export interface ImportedName {
  /** How the file calls it: `randomInt`, `crypto.randomInt`. */
  readonly text: string;
  /** What else has to be done. */
  readonly edits: readonly Edit[];
}

/**
 * A member of one of Node's modules, through an import that the file has, or through one more. Undefined where
 * the name means something else at that place.
 *
 * @param module without `node:`.
 */
export function importedName(at: Node, module: string, name: string): ImportedName | undefined {
  const { file } = at.item;
  const program = new Node(file.root, 0);
  const known = program.parts.filter((statement) => moduleOf(statement) === module);
  const through = known.flatMap((statement) => throughStatement(statement, name) ?? [])[0];
  if (through) {
    const [first = ''] = through.text.split('.');
    const declaration = file.lookUp(first, at);
    const isTheirs = declaration && known.some((each) => each.contains(file.nodeOf(declaration)));
    return isTheirs || (!declaration && through.edits.length > 0) ? through : undefined;
  }
  if (file.lookUp(name, at)) return undefined;
  return { text: name, edits: [addition(program, module, name)] };
}

export interface ImportedNames {
  /** How the file calls them, in their order. */
  readonly texts: readonly string[];
  readonly edits: readonly Edit[];
}

/** The same for several members, with one import where there was none. */
export function importedNames(at: Node, module: string, names: readonly string[]): ImportedNames | undefined {
  const known = names.map((name) => importedName(at, module, name));
  const found = known.filter((each): each is ImportedName => each !== undefined);
  if (found.length < names.length) return undefined;
  const added = found.filter(({ text, edits }) => edits.some((edit) => edit.text.includes(`{ ${text} }`)));
  const [one] = added;
  const edits = found.filter((each) => !added.includes(each)).flatMap((each) => each.edits);
  const all = added.map(({ text }) => text).join(', ');
  const together = one?.edits.map((edit) => ({
    ...edit,
    text: edit.text.replace(`{ ${one.text} }`, `{ ${all} }`),
  }));
  return { texts: found.map(({ text }) => text), edits: [...edits, ...(together ?? [])] };
}

/** The module of an `import` or of a `require`; undefined for imports of types. */
function moduleOf(statement: Node): string | undefined {
  const source = statement.kind === 'import_statement' ? statement.child('source') : requiredIn(statement);
  if (!source || /^import\s+type\b/.test(statement.text)) return undefined;
  return stringLiteral(source)?.replace(/^node:/, '');
}

/** The `'x'` of `const y = require('x')`. */
function requiredIn(statement: Node): Node | undefined {
  const value = statement.parts[0]?.child('value');
  const call = value && unwrap(value);
  if (call?.kind !== 'call_expression' || call.child('function')?.text !== 'require') return undefined;
  return call.child('arguments')?.parts[0];
}

function throughStatement(statement: Node, name: string): ImportedName | undefined {
  const clause = statement.childOf('import_clause');
  const bound =
    statement.parts[0]?.kind === 'variable_declarator' ? statement.parts[0].child('name') : undefined;
  const whole = clause?.childOf('identifier') ?? clause?.childOf('namespace_import')?.childOf('identifier');
  const list = clause?.childOf('named_imports') ?? (bound?.kind === 'object_pattern' ? bound : undefined);
  for (const part of list?.parts ?? []) {
    const imported = part.child('name') ?? part.child('key') ?? part;
    if (imported.text === name)
      return { text: (part.child('alias') ?? part.child('value') ?? imported).text, edits: [] };
  }
  const owner = whole ?? (bound?.kind === 'identifier' ? bound : undefined);
  if (owner) return { text: `${owner.text}.${name}`, edits: [] };
  const last = list?.parts.at(-1);
  return last && { text: name, edits: [{ start: last.end, end: last.end, text: `, ${name}` }] };
}

/** An import of its own, behind the others, written as these are. */
function addition(program: Node, module: string, name: string): Edit {
  const { file } = program.item;
  const { text } = file;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const last = program.parts.findLast(isLoading);
  const isModule =
    /\.(?:[cm]?tsx?|mjs)$/.test(file.path) || program.parts.some(({ kind }) => /^(?:im|ex)port_/.test(kind));
  const quote = last && /"[^'"\n]*"/.test(last.text) ? '"' : "'";
  const end = last && !last.text.endsWith(';') ? '' : ';';
  const source = `${quote}node:${module}${quote}`;
  const line = isModule
    ? `import { ${name} } from ${source}${end}`
    : `const { ${name} } = require(${source})${end}`;
  if (last) return { start: last.end, end: last.end, text: `${eol}${line}` };
  const first = program.parts.find(({ kind }) => kind !== 'hash_bang_line');
  const isDirective = first?.kind === 'expression_statement' && first.parts[0]?.kind === 'string';
  if (first && isDirective) return { start: first.end, end: first.end, text: `${eol}${line}` };
  const start = first?.start ?? text.length;
  return { start, end: start, text: `${line}${eol}${eol}` };
}
