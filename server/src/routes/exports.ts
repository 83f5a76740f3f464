/** Under which names routers, guards and handlers leave a file. */
import { FUNCTION_KINDS } from '../analysis/kind';
import { propertyName, stringLiteral, unwrap } from '../analysis/literal';
import { Node } from '../analysis/node';
import type { Ref, RouteFacts } from './facts';
import type { References } from './references';
import { isRelevantFunction, isTellingName } from './relevance';

const MOST = 200;
const EXPORTS = /^(?:module\.exports|exports|module\.exports\.default|exports\.default)$/;

type Exports = Pick<RouteFacts, 'exports' | 'reexports'>;

export function exportsOf(references: References): Exports {
  const exports: Record<string, Ref> = {};
  const reexports: string[] = [];
  let count = 0;
  const put = (name: string, value: Node, always = false) => {
    const isWhole = always && !(isView && FUNCTION_KINDS.has(declared(value).kind));
    if (count >= MOST || (!isWhole && !isWorthIt(value, name))) return;
    const ref = references.of(value);
    if (ref.is === 'unknown') return;
    exports[name] = ref;
    count++;
  };
  const { file } = references;
  // Components are functions as well.
  const isView = /\.[jt]sx$/.test(file.path) || file.says(/from ['"]react['"]/);
  const program = new Node(file.root, 0);
  for (const statement of program.parts) {
    if (statement.kind === 'export_statement') ofStatement(statement, put, exports, reexports);
    else if (statement.kind === 'expression_statement') ofAssignment(statement.parts[0], put);
    else if (/^(?:lexical|variable)_declaration$/.test(statement.kind)) {
      // `const app = module.exports = express()`
      for (const { kind, child } of statement.parts.map((part) => ({
        kind: part.kind,
        child: part.child('value'),
      })))
        if (kind === 'variable_declarator' && child?.kind === 'assignment_expression')
          ofAssignment(child, put);
    }
  }
  return { exports, reexports };
}

type Put = (name: string, value: Node, always?: boolean) => void;

function ofStatement(statement: Node, put: Put, exports: Record<string, Ref>, reexports: string[]): void {
  const source = statement.child('source');
  const from = source && stringLiteral(source);
  const clause = statement.childOf('export_clause');
  for (const specifier of clause?.parts ?? []) {
    const name = specifier.child('name');
    const exported = (specifier.child('alias') ?? name)?.text.replace(/^['"]|['"]$/g, '');
    if (!name || exported === undefined) continue;
    if (from !== undefined) exports[exported] = { is: 'import', from, path: [name.text] };
    else put(exported, name);
  }
  if (clause) return;
  if (from !== undefined) {
    const namespace = statement.childOf('namespace_export')?.parts[0]?.text;
    if (namespace !== undefined) exports[namespace] = { is: 'import', from, path: [] };
    else reexports.push(from);
    return;
  }
  const declaration = statement.child('declaration');
  const value = statement.child('value');
  if (statement.hasKeyword('default') || (value && !declaration)) {
    const exported = value ?? declaration;
    if (exported) put('default', exported, true);
    return;
  }
  for (const declarator of declaration?.parts ?? []) {
    if (declarator.kind !== 'variable_declarator') continue;
    const name = declarator.child('name');
    if (name?.kind === 'identifier') put(name.text, name);
    else if (name?.kind === 'object_pattern')
      for (const part of name.parts) {
        const bound = part.child('value') ?? part;
        put(bound.text, bound);
      }
  }
  const name = declaration?.child('name');
  if (declaration && name) put(name.text, declaration);
}

/** `module.exports = …`, `exports.login = …`, chains of them included. */
function ofAssignment(expression: Node | undefined, put: Put): void {
  const assignment = expression && unwrap(expression);
  if (assignment?.kind !== 'assignment_expression') return;
  const [left, right] = [assignment.child('left'), assignment.child('right')];
  if (!left || !right) return;
  const written = left.text.replace(/\s+/g, '');
  const object = left.child('object');
  const property = left.child('property');
  const name = property && propertyName(property);
  if (written === 'module.exports') put('=', right, true);
  else if (object && name !== undefined && EXPORTS.test(object.text.replace(/\s+/g, ''))) put(name, right);
  if (right.kind === 'assignment_expression') ofAssignment(right, put);
}

/** What has nothing to do with requests is not looked into. */
function isWorthIt(value: Node, name: string): boolean {
  const node = declared(value);
  if (FUNCTION_KINDS.has(node.kind)) return isRelevantFunction(node, name);
  if (/^(?:abstract_)?class(?:_declaration)?$/.test(node.kind))
    return isTellingName(node.child('name')?.text ?? name) || HOLDING.test(node.child('name')?.text ?? name);
  return /^(?:call_expression|new_expression|object|array|identifier|member_expression|await_expression)$/.test(
    node.kind,
  );
}

/** Classes that hold routes or what is put before them. */
const HOLDING = /route|controller|module|strategy|middleware|guard|server|app$|api$/i;

/** What an identifier is declared as. */
function declared(value: Node): Node {
  const node = unwrap(value);
  if (node.kind !== 'identifier') return node;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const parent = declaration && file.nodeOf(declaration).parent;
  if (!parent || /import/.test(parent.kind)) return node;
  const initial = parent.kind === 'variable_declarator' ? parent.child('value') : undefined;
  return initial ? unwrap(initial) : parent;
}
