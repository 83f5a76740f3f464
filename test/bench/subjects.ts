/**
 * Three files of 5,000 lines made of real code, which is put together anew but not changed: many small
 * functions, one class, one `describe`. These are the forms that real large files have, and the last two
 * are those that an analysis by top-level statements would choke on.
 */
import type { Parser } from '../../grammars/parser';
import type { Kind } from '../../server/src/analysis/kind';
import { Node } from '../../server/src/analysis/node';
import { SourceFile } from '../../server/src/analysis/source-file';
import { readOnce } from '../../server/src/syntax/syntax-document';
import { Random } from '../syntax/random';
import type { Input } from './inputs';

export const LINES = 5_000;

export interface Subject {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** A stretch of code, and what it must be the only one of. */
interface Piece {
  readonly name: string;
  readonly text: string;
}

/** The three files, of any size: for 5,000 lines each piece stands once, beyond that they are repeated. */
export function makeSubjects(
  inputs: readonly Input[],
  parserOf: (path: string) => Parser,
  lines = LINES,
): Subject[] {
  const pools = { functions: [] as Piece[], methods: [] as Piece[], tests: [] as Piece[] };
  for (const { path, text } of inputs) {
    const isTest = /\.(?:spec|test)\.tsx?$/.test(path);
    // JSX would be an error in the two files that have none.
    if (!isTest && !path.endsWith('.ts')) continue;
    const parser = parserOf(path);
    const file = new SourceFile(path, parser.grammar);
    if (readOnce(file, parser, text)) continue;
    for (const node of new Node(file.root, 0).walk()) {
      const [pool, name] = isTest ? [pools.tests, testName(node)] : piece(node, pools);
      if (!pool || name === undefined) continue;
      const height = node.text.split('\n').length;
      if (height >= 4 && height <= 40) pool.push({ name, text: wholeLines(node) });
    }
  }
  return [
    {
      name: 'functions',
      path: 'functions.ts',
      text: filled(pools.functions, lines, (inner) => inner),
    },
    {
      name: 'class',
      path: 'class.ts',
      text: filled(pools.methods, lines, (inner) => `export class Everything extends Base {\n${inner}}\n`),
    },
    {
      name: 'describe',
      path: 'describe.spec.tsx',
      text: filled(pools.tests, lines, (inner) => `describe('everything', () => {\n${inner}});\n`),
    },
  ];
}

const FUNCTIONS: ReadonlySet<Kind> = new Set<Kind>([
  'function_declaration',
  'generator_function_declaration',
]);

function piece(
  node: Node,
  pools: { functions: Piece[]; methods: Piece[] },
): [Piece[] | undefined, string | undefined] {
  const { parent } = node;
  const isTop =
    parent?.kind === 'program' || (parent?.kind === 'export_statement' && parent.parent?.kind === 'program');
  if (FUNCTIONS.has(node.kind) && isTop) return [pools.functions, node.child('name')?.text];
  if (node.kind === 'method_definition' && parent?.kind === 'class_body') {
    const name = node.child('name')?.text;
    return [pools.methods, name === 'constructor' || node.hasKeyword('override') ? undefined : name];
  }
  return [undefined, undefined];
}

/** The text of a test's first argument. */
function testName(node: Node): string | undefined {
  if (node.kind !== 'expression_statement') return undefined;
  const call = node.parts[0];
  const callee = call?.kind === 'call_expression' ? call.child('function')?.text : undefined;
  return callee === 'it' || callee === 'test' ? call?.child('arguments')?.parts[0]?.text : undefined;
}

/** A node from the beginning of its line on, `export` and decorators left out. */
function wholeLines(node: Node): string {
  const { text } = node.item.file;
  const lineStart = text.lastIndexOf('\n', node.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, node.start))?.[0] ?? '';
  return `${indent}${node.text}\n`;
}

function filled(pool: readonly Piece[], lines: number, around: (inner: string) => string): string {
  const random = new Random(1);
  const left = [...pool];
  const names = new Set<string>();
  const chosen: string[] = [];
  let height = around('').split('\n').length - 1;
  while (height < lines) {
    if (left.length === 0) {
      left.push(...pool);
      names.clear();
    }
    const [next] = left.splice(random.below(left.length), 1) as [Piece];
    if (names.has(next.name)) continue;
    names.add(next.name);
    chosen.push(next.text);
    height += next.text.split('\n').length;
  }
  return around(`${chosen.join('\n')}\n`);
}
