/** Edits that read an environment variable so that the program stops at start-up when it is not set. */
import type { Edit } from './fix';
import { FUNCTION_KINDS } from './kind';
import { isLoading } from './loading';
import { canonicalName } from './name';
import { Node } from './node';
import type { SourceFile } from './source-file';

const HELPER = 'requireEnv';

export interface RequiredVariable {
  /** The call that answers the variable's value or throws. */
  readonly call: string;
  /** What else has to be done: the function is added where the file has none like it. */
  readonly edits: readonly Edit[];
}

/** How a variable is required in a file; undefined where the name of the function means something else. */
export function requiredVariable(at: Node, variable: string): RequiredVariable | undefined {
  const { file } = at.item;
  const program = new Node(file.root, 0);
  const quote = /^\w+$/.test(variable) ? `'${variable}'` : JSON.stringify(variable);
  const known = program.parts.flatMap((statement) => helperIn(statement, at) ?? [])[0];
  if (known !== undefined) return { call: `${known}(${quote})`, edits: [] };
  const declared = file.lookUp(HELPER, at);
  const isImported = declared && file.nodeOf(declared).parent?.kind === 'import_specifier';
  if (declared && !isImported) return undefined;
  return { call: `${HELPER}(${quote})`, edits: isImported ? [] : [insertion(file, program)] };
}

/** The name of a function of the file that does it already: it reads `process.env[name]`, and it throws. */
function helperIn(statement: Node, at: Node): string | undefined {
  const inner = statement.kind === 'export_statement' ? statement.child('declaration') : statement;
  const declarator = inner?.childOf('variable_declarator');
  const made = declarator?.child('value') ?? inner;
  const name = (declarator ?? inner)?.child('name');
  if (!made || !name || !FUNCTION_KINDS.has(made.kind) || made.hasKeyword('async')) return undefined;
  // A constant is not there yet in the lines above it.
  if (declarator && at.start < statement.end) return undefined;
  const [first, ...others] = made.child('parameters')?.parts ?? [];
  const parameter = first?.child('pattern') ?? first;
  if (
    parameter?.kind !== 'identifier' ||
    others.some((other) => other.kind === 'required_parameter' && !other.child('value'))
  )
    return undefined;
  const inside = [...made.walk()];
  const reads = inside.some(
    (node) =>
      node.kind === 'subscript_expression' &&
      node.child('index')?.text === parameter.text &&
      canonicalName(node.child('object') ?? node) === 'process.env',
  );
  const throws = inside.some((node) => node.kind === 'throw_statement');
  const answers = inside.some((node) => node.kind === 'return_statement' && node.parts.length > 0);
  return reads && throws && answers ? name.text : undefined;
}

/** Behind the imports; in a file without any at its end, where it takes no comment from what follows. */
function insertion(file: SourceFile, program: Node): Edit {
  const { text } = file;
  const isTyped = /\.[cm]?tsx?$/.test(file.path);
  const lines = [
    `function ${HELPER}(${isTyped ? 'name: string): string' : 'name)'} {`,
    '  const value = process.env[name];',
    `  if (!value) throw new Error(\`\${name} is not set\`);`,
    '  return value;',
    '}',
  ];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const last = program.parts.findLast(isLoading);
  if (last) return { start: last.end, end: last.end, text: ['', '', ...lines].join(eol) };
  const before = text.endsWith('\n') ? [''] : ['', ''];
  return { start: text.length, end: text.length, text: [...before, ...lines, ''].join(eol) };
}
