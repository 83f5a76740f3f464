// The editor parses with WebAssembly, the command line natively where it can: both must say the same.
import assert from 'node:assert/strict';
import { loadNativeRuntime } from '../../grammars/native-runtime';
import type { Parser } from '../../grammars/parser';
import { RULES } from '../../server/src/rules/index';
import { analyseText } from '../../server/src/session/analyse-text';
import { rethrow, testParsers } from '../engine';
import { probe } from '../probe-rule';
import { readRealFile, realFiles } from '../real-files';
import { shapeOf } from '../shape';

const AWKWARD: Readonly<Record<string, string>> = {
  'empty.ts': '',
  'emoji.ts': "const smile = '😀'; eval(smile + x); // 😀\nfoo(`😀 ${y}`);\n",
  'crlf.ts': 'import a from "a";\r\n\r\na.b(`x\r\n${c}`);\r\n',
  'broken.ts': 'class A { method( { } }\nfunction (\nconst x = ;\neval(x',
  'long.js': `x(${'"a", '.repeat(20_000)}1);\n`,
  'bom.ts': '\ufeffimport a from "a";\na();\n',
  'surrogate.ts': 'const lone = "\ud83d"; eval(lone + x);\n',
};

describe('both runtimes of tree-sitter', function () {
  this.timeout(120_000);
  let wasm: (path: string) => Parser;
  let native: (path: string) => Parser;

  before(async () => {
    const runtime = loadNativeRuntime();
    assert.ok(
      runtime,
      'the native runtime does not load: is the optional package tree-sitter 0.21.1 installed?',
    );
    wasm = await testParsers();
    native = await testParsers(runtime);
  });

  const compare = (path: string, text: string) => {
    const [first, second] = [wasm, native].map((parserOf) => {
      const options = { path, parser: parserOf(path), rules: [...RULES, probe], onRuleError: rethrow };
      const { file, hasError, findings } = analyseText(text, options);
      const facts = findings.map(({ ruleId, start, end, message, fingerprint }) => ({
        ruleId,
        start,
        end,
        message,
        fingerprint,
      }));
      return { shape: shapeOf(file), hasError, facts };
    });
    assert.deepEqual(first, second, `WebAssembly and native differ on ${path}`);
  };

  it('agree on every node and finding of real files', () => {
    for (const path of realFiles()) compare(path, readRealFile(path));
  });

  for (const [path, text] of Object.entries(AWKWARD)) it(`agree on ${path}`, () => compare(path, text));
});
