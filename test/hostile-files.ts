/**
 * Files that were made, or came about, to break what reads them; built when they are asked for. Of each it holds that
 * what is in it is found, or that the file is told to be unchecked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRealFile } from './real-files';
import { repositoryRoot } from './repository-root';

export interface HostileFile {
  readonly path: string;
  readonly content: () => string | Buffer;
  /** The rule that finds something in it; undefined where there is nothing to be found. */
  readonly rule: string | undefined;
}

const EVAL = 'injection/eval-dynamic';
const CODE = 'eval(process.argv[2]);\n';
const MB = 1024 * 1024;
const LEVELS = 100_000;

const filled = (pattern: string, length: number) => pattern.repeat(Math.ceil(length / pattern.length));
const nested = (open: string, middle: string, close: string, levels = LEVELS) =>
  open.repeat(levels) + middle + close.repeat(levels);
const numbered = (count: number, of: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => of(i)).join('');

function* code(): Generator<[string, () => string | Buffer]> {
  yield [
    'one line of 5 MB',
    () => CODE + filled('function a(b,c){return b?c.d(e,{f:1}):g[h]||"i"}', 4.9 * MB),
  ];
  yield ['one string of 5 MB', () => `${CODE}const a = "${filled('lorem ipsum ', 4.9 * MB)}";`];
  yield ['one array of 5 MB', () => `${CODE}const a = [${filled('12,', 4.9 * MB)}];`];
  yield [
    '2 MB in ordinary lines',
    () => CODE + filled('export function a(b) {\n  return b.c(1);\n}\n', 2 * MB),
  ];
  yield ['parentheses', () => `${CODE}f(${nested('(', 'a', ')')});`];
  yield ['arrays', () => `${CODE}f(${nested('[', 'a', ']')});`];
  yield ['objects', () => `${CODE}f(${nested('{a:', '1', '}')});`];
  yield ['calls', () => `${CODE}${nested('f(', 'a', ')')};`];
  yield ['elements', () => `${CODE}f(${nested('<p>', '', '</p>', 50_000)});`];
  yield ['templates', () => `${CODE}f(${nested('`${', 'a', '}`')});`];
  yield ['alternatives', () => `${CODE}${'if (a) {} else '.repeat(LEVELS / 2)}b();`];
  yield ['conditions', () => `${CODE}${'if (a) '.repeat(LEVELS)}b();`];
  yield ['ternaries', () => `${CODE}${'a ? b : '.repeat(LEVELS / 2)}c;`];
  yield ['negations', () => `${CODE}if (${'!'.repeat(LEVELS)}a) b();`];
  yield ['members', () => `${CODE}a${'.b'.repeat(LEVELS)};`];
  yield ['chained calls', () => `${CODE}a${'.b()'.repeat(LEVELS)};`];
  yield ['sums', () => `${CODE}f(a${' + b'.repeat(LEVELS)});`];
  yield ['or', () => `${CODE}if (a${' || b'.repeat(LEVELS / 4)}) c();`];
  yield ['and, or', () => `${CODE}if (a${' && b || c'.repeat(LEVELS / 8)}) c();`];
  yield ['arrow functions', () => `${CODE}${'() => '.repeat(LEVELS)}a;`];
  yield ['functions', () => CODE + nested('function f() {', '', '}', 20_000)];
  yield ['attempts', () => CODE + nested('try {', 'a()', '} catch {}', 10_000)];
  yield ['random numbers of one name', () => `${CODE}${'const a = Math.random();\n'.repeat(10_000)}`];
  yield ['random numbers', () => `${CODE}${numbered(10_000, (i) => `const a${i} = Math.random();\n`)}`];
  yield ['imports', () => `${CODE}${numbered(20_000, (i) => `import { a${i} } from 'express';\n`)}`];
  yield [
    'suppressions',
    () => `${CODE}${`// countersign-disable-next-line ${EVAL} -- made for a test\n`.repeat(10_000)}`,
  ];
  yield ['brackets that open', () => `${CODE}${'([{<`${'.repeat(10_000)}`];
  yield ['brackets that close', () => `${CODE}${')]}>`'.repeat(20_000)}`];
  yield ['a template without an end', () => `${CODE}\`${'b();\n'.repeat(150_000)}`];
  yield ['a comment without an end', () => `${CODE}/*${'b();\n'.repeat(150_000)}`];
  yield ['a string without an end', () => `${CODE}"${'b();'.repeat(150_000)}`];
  yield ['an expression without an end', () => `${CODE}a = /[${'b();'.repeat(150_000)}`];
  yield ['empty lines', () => `${'\n'.repeat(MB - 100)}${CODE}`];
  yield ['blanks', () => `${' '.repeat(MB - 100)}${CODE}`];
  yield ['carriage returns', () => `${'a();\r'.repeat(10_000)}${CODE}`];
  yield ['half characters', () => `${CODE}f("${'\ud83d'.repeat(1_000)}\udc00");`];
  yield ['NUL bytes', () => `${CODE}\0\0\0`];
  yield [
    'invalid UTF-8',
    () => Buffer.concat([Buffer.from(CODE), Buffer.from([0x2f, 0x2f, 0xff, 0xc0, 0x80, 0xf5])]),
  ];
  yield ['UTF-16', () => Buffer.from(`\ufeff${CODE}`, 'utf16le')];
  yield ['UTF-16, the other way round', () => Buffer.from(`\ufeff${CODE}`, 'utf16le').swap16()];
  for (const at of [0.31, 0.57, 0.83]) {
    yield [
      `real code cut off at ${at}`,
      () => {
        const text = readRealFile('test/workspaces/shop/server/src/routes/customers.ts');
        return CODE + text.slice(0, Math.floor(text.length * at));
      },
    ];
  }
}

function* others(): Generator<HostileFile> {
  const tls = 'transport/tls-verify-off';
  const off = ['NODE_TLS', 'REJECT_UNAUTHORIZED'].join('_');
  yield {
    path: 'wasm.ts',
    content: () => readFileSync(join(repositoryRoot(), 'dist/web-tree-sitter.wasm')),
    rule: EVAL,
  };
  yield { path: 'node.ts', content: () => readFileSync(process.execPath).subarray(0, MB), rule: EVAL };
  yield { path: 'deep.json', content: () => nested('[', '1', ']'), rule: undefined };
  yield { path: 'deep-object.json', content: () => nested('{"a":', '1', '}'), rule: undefined };
  yield { path: 'large.json', content: () => `[${filled('{"a":"b","c":1},', 4.9 * MB)}1]`, rule: undefined };
  yield { path: 'flow.yaml', content: () => `a: ${nested('[', '1', ']')}`, rule: undefined };
  yield { path: 'large.yaml', content: () => filled('a: "b"\n', 4.9 * MB), rule: undefined };
  yield { path: '.env', content: () => `${off}=0\n${filled('A="b"\n', 4.9 * MB)}`, rule: tls };
  yield {
    path: 'Dockerfile',
    content: () => `FROM a\nENV ${off}=0\n${'RUN a \\\n'.repeat(100_000)}`,
    rule: tls,
  };
}

/** By the name of what is hostile in it. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  ...[...code()].map(([name, content]) => ({
    path: `${name.replace(/\W+/g, '-')}.jsx`,
    content,
    rule: EVAL,
  })),
  ...others(),
];
