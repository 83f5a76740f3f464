// Which items are evaluated again after an edit: those that changed and those that looked at what changed.
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Parser } from '../../grammars/parser';
import { nameByType } from '../../server/src/analysis/declared-type';
import type { Report } from '../../server/src/analysis/finding';
import { canonicalName } from '../../server/src/analysis/name';
import type { Node } from '../../server/src/analysis/node';
import { callsOfOwn } from '../../server/src/analysis/own-calls';
import type { Rule } from '../../server/src/analysis/rule';
import { usesOf } from '../../server/src/analysis/uses';
import { resolvedValue } from '../../server/src/analysis/value';
import { CodeDocument } from '../../server/src/session/code-document';
import { rethrow, testParsers } from '../engine';

/** A rule that says something of the first argument of each `here(…)`. */
function ruleOf(say: (argument: Node) => string | undefined): Rule {
  return {
    id: 'demo/here',
    title: 'Says what it sees',
    severity: 'info',
    aiSeverity: 'info',
    confidence: 'high',
    cwe: [],
    owasp: [],
    fixable: false,
    *check(facts): Generator<Report> {
      for (const { args, name, node } of facts.calls) {
        const message = name === 'globalThis.here' && args[0] ? say(args[0]) : undefined;
        if (message !== undefined) yield { at: node, message };
      }
    },
  };
}

const naming = ruleOf((argument) => canonicalName(argument) ?? '?');
const typed = ruleOf((argument) => nameByType(argument) ?? '?');
const reading = ruleOf((argument) => resolvedValue(argument).text.replace(/\s+/g, ' '));

describe('an edit', () => {
  let parser: Parser;
  before(async () => {
    parser = (await testParsers())('a.ts');
  });

  const open = (rule: Rule, text: string) => {
    const document = new CodeDocument(TextDocument.create('file:///a.ts', 'typescript', 1, text), {
      path: 'a.ts',
      grammar: 'typescript',
      parser,
      rules: [rule],
      onRuleError: rethrow,
      suppression: () => ({ today: '2026-01-01', isRule: () => true }),
      now: () => 0,
    });
    return {
      says: () => document.findings.map(({ message }) => message),
      /** Replaces a stretch; answers how many items were evaluated. */
      replace: (old: string, by: string) => {
        const at = document.text.getText().indexOf(old);
        assert.ok(at >= 0, `no ${old}`);
        const range = { start: document.text.positionAt(at), end: document.text.positionAt(at + old.length) };
        document.change(document.text.version + 1, [{ range, text: by }], false);
        const fresh = open(rule, document.text.getText());
        assert.deepEqual(
          document.findings.map(({ message }) => message),
          fresh.says(),
          `stale after ${JSON.stringify(old)} became ${JSON.stringify(by)}`,
        );
        return document.work.evaluated;
      },
    };
  };

  const LONG = `"${'long '.repeat(20)}"`;
  const MANY = Array.from({ length: 25 }, (_, i) => `  fill(${i}, ${LONG});`).join('\n');

  it('of an import evaluates what uses it, and nothing else', () => {
    const uses = Array.from({ length: 10 }, (_, i) => `function f${i}() { here(exec); }`).join('\n');
    const others = Array.from({ length: 30 }, (_, i) => `function g${i}() { here(other${i}); }`).join('\n');
    const document = open(naming, `import { exec } from 'a';\nimport { x } from 'x';\n${uses}\n${others}\n`);
    assert.equal(document.says().filter((name) => name === 'a.exec').length, 10);
    // The program, the import, the ten uses.
    assert.equal(document.replace("'a'", "'b'"), 12);
    assert.equal(document.says().filter((name) => name === 'b.exec').length, 10);
    assert.equal(document.replace("'x'", "'y'"), 2, 'nobody uses x');
    assert.equal(document.replace('{ x }', '{ x as exec2 }'), 2);
    assert.equal(document.replace('{ exec }', '{ execFile as exec }'), 12);
  });

  it('in a function evaluates no other', () => {
    const text = Array.from({ length: 40 }, (_, i) => `function f${i}() { here(exec); }`).join('\n');
    const document = open(naming, text);
    assert.equal(document.replace('f7() { here', 'f7() { 1; here'), 2, 'the program and the function');
    assert.equal(document.replace('f9() { here(exec); }', 'f9() { here(other); const a = 1; }'), 2);
  });

  it('in a statement of a long function evaluates it and those around it', () => {
    const inner = (i: number) => `  function g${i}() {\n    here(exec, ${LONG});\n  }`;
    const body = Array.from({ length: 20 }, (_, i) => inner(i)).join('\n');
    const document = open(naming, `class A { m() {\n${body}\n} }\nfunction other() { here(exec); }\n`);
    const evaluated = document.replace('here(exec, ', 'here(1, exec, ');
    assert.ok(evaluated <= 5, `${evaluated} items were evaluated`);
  });

  it('that declares or assigns a name evaluates its uses', () => {
    const text = `let cp = require('child_process');\nfunction f() { here(cp.exec); }\nfunction g() {\n${MANY}\n}\n`;
    const document = open(naming, text);
    assert.deepEqual(document.says(), ['child_process.exec']);
    document.replace('fill(3', 'cp = 1; fill(3');
    assert.deepEqual(document.says(), ['?'], 'cp is assigned to now');
    document.replace('cp = 1; ', '');
    assert.deepEqual(document.says(), ['child_process.exec']);
    document.replace('here(', 'var cp; here(');
    assert.deepEqual(document.says(), ['?'], 'another cp is nearer');
    document.replace('var cp; ', '');
    document.replace('f()', 'f(cp)');
    assert.deepEqual(document.says(), ['?'], 'cp is a parameter');
    document.replace('f(cp)', 'f()');
    document.replace("require('child_process')", "require('fs')");
    assert.deepEqual(document.says(), ['fs.exec']);
    document.replace('let cp', 'let cp2');
    assert.deepEqual(document.says(), ['globalThis.cp.exec']);
  });

  it('of a block in a long function evaluates what sees its names', () => {
    const text = `import { exec } from 'a';\nfunction f() {\n${MANY}\n  if (a) {\n    fill(${LONG});\n    here(exec, ${LONG});\n  }\n}\n`;
    const document = open(naming, text);
    assert.deepEqual(document.says(), ['a.exec']);
    document.replace('  if (a) {', `  const exec = ${LONG};\n  if (a) {`);
    assert.deepEqual(document.says(), ['?']);
    document.replace('const exec', 'const execs');
    assert.deepEqual(document.says(), ['a.exec']);
    document.replace('here(exec', `var exec = ${LONG}; here(exec`);
    assert.deepEqual(document.says(), ['?']);
    document.replace('var exec', '{ let exec');
    document.replace('; here(exec', '; } here(exec');
    assert.deepEqual(document.says(), ['a.exec']);
  });

  it('of the head of a long function evaluates what sees its names from within', () => {
    const text = `function f(a) {\n${MANY}\n  if (a) {\n    here(exec, ${LONG});\n  }\n}\n`;
    const document = open(naming, text);
    assert.deepEqual(document.says(), ['globalThis.exec']);
    assert.ok(document.replace('f(a)', 'f(exec)') < 8, 'the statements that do not use it are left alone');
    assert.deepEqual(document.says(), ['?']);
    document.replace('f(exec)', 'f(a, { b: [exec] = [] })');
    assert.deepEqual(document.says(), ['?']);
    document.replace('exec] =', 'c] =');
    assert.deepEqual(document.says(), ['globalThis.exec']);
    document.replace('function f', 'import { exec } from "m"; function f');
    assert.deepEqual(document.says(), ['m.exec']);
  });

  it('of the head of a long function is seen by statements of which nothing was said', () => {
    const isLocal = ruleOf((argument) => (canonicalName(argument) ? undefined : 'local'));
    const text = `function f(a) {\n${MANY}\n  if (a) {\n    here(exec, ${LONG});\n  }\n}\n`;
    const document = open(isLocal, text);
    assert.deepEqual(document.says(), []);
    document.replace('f(a)', 'f(exec)');
    assert.deepEqual(document.says(), ['local']);
    document.replace('f(exec)', 'f(a)');
    assert.deepEqual(document.says(), []);
  });

  it('of a member of a class evaluates who uses it, not who uses others', () => {
    const uses = Array.from(
      { length: 30 },
      (_, i) => `  m${i}() {\n    here(this.jwt.decode, ${LONG});\n  }`,
    ).join('\n');
    const document = open(
      typed,
      `import { A, B } from 'm';\nclass C {\n  jwt: A = make(${LONG});\n${uses}\n}\nconst a = ${LONG};\n`,
    );
    assert.deepEqual(new Set(document.says()), new Set(['m.A().decode']));
    assert.ok(document.replace('m7() {\n', 'm7() {\n    f();\n') <= 3, 'no other method depends on it');
    document.replace('  m9()', '  other: B;\n  m9()');
    document.replace('jwt: A', 'jwt: B');
    assert.deepEqual(new Set(document.says()), new Set(['m.B().decode']));
    document.replace('jwt: B', 'jwts: B');
    assert.deepEqual(new Set(document.says()), new Set(['?']));
    document.replace('  m9()', '  constructor(private jwt: A) {}\n  m9()');
    assert.deepEqual(new Set(document.says()), new Set(['m.A().decode']));
    document.replace('  m9()', '  inner = class { m() { here(this.jwt.decode); } };\n  m9()');
    assert.deepEqual(
      document.says().filter((name) => name === '?').length,
      1,
      'that class has no such field',
    );
  });

  it('in a member of a class evaluates nobody who only passes by', () => {
    const beside = ruleOf((argument) => {
      const method = argument.enclosing(new Set(['method_definition']));
      const siblings = method?.parent?.children ?? [];
      return `${method?.previous?.kind} ${siblings.filter(({ kind }) => kind === 'comment').length}`;
    });
    const methods = Array.from({ length: 30 }, (_, i) => `  m${i}() {\n    here(${i}, ${LONG});\n  }`).join(
      '\n',
    );
    const document = open(beside, `class C {\n${methods}\n}\n`);
    assert.equal(document.says()[7], 'method_definition 0');
    assert.ok(document.replace('here(7', 'here(70') <= 3, 'what is in a sibling is not looked at');
    document.replace('  m7()', '  // note\n  m7()');
    assert.equal(document.says()[7], 'comment 1');
    assert.equal(document.says()[8], 'method_definition 1');
  });

  it('of a value evaluates who follows it, through variables and properties', () => {
    const text =
      'const a = { b: 1 };\nconst c = a.b;\nfunction f() { here(c); }\nfunction g() { here(d); }\n';
    const document = open(reading, text);
    assert.deepEqual(document.says(), ['1', 'd']);
    assert.equal(document.replace('b: 1', 'b: 2'), 3, 'the program, the object, f');
    assert.deepEqual(document.says(), ['2', 'd']);
    document.replace('const c = a.b', 'const c = a.e');
    document.replace('b: 2', 'e: 3');
    assert.deepEqual(document.says(), ['3', 'd']);
  });

  it('deep in a value evaluates who reads the text of the whole', () => {
    const members = Array.from({ length: 30 }, (_, i) => `  m${i}: { text: ${LONG} },`).join('\n');
    const document = open(reading, `const a = {\n${members}\n};\nfunction f() { here(a); }\n`);
    assert.match(document.says()[0] ?? '', /m7: \{ text: "long/);
    document.replace('m7: { text: "long', 'm7: { text: "short');
    assert.match(document.says()[0] ?? '', /m7: \{ text: "short/);
  });

  it('of what a question about the whole file reads evaluates those who asked only when the answer is another one', () => {
    const others = Array.from({ length: 20 }, (_, i) => `function g${i}() { other(${i}); }`).join('\n');
    const asking = ruleOf((argument) =>
      argument.item.file.ofWholeFile('has debug', () => /\bdebug\b/.test(argument.item.file.text))
        ? 'yes'
        : 'no',
    );
    const document = open(asking, `function f() { here(1); }\n${others}\n`);
    assert.deepEqual(document.says(), ['no']);
    assert.equal(document.replace('other(7)', 'other(77)'), 2, 'the program and the function');
    assert.equal(document.replace('other(8)', 'debug(8)'), 3, 'who asked as well');
    assert.deepEqual(document.says(), ['yes']);
    assert.equal(document.replace('other(9)', 'debug(9)'), 2, 'the answer is the same');
    assert.equal(document.replace('debug(8)', 'other(8)'), 2);
    assert.equal(document.replace('debug(9)', 'other(9)'), 3);
    assert.deepEqual(document.says(), ['no']);
  });

  it('of a use of a variable evaluates who asked for its uses, and nobody else', () => {
    const counting = ruleOf((argument) => {
      const { file } = argument.item;
      const declaration = file.lookUp(argument.text, argument);
      return declaration ? `${usesOf(declaration, file).length}` : undefined;
    });
    const others = Array.from({ length: 20 }, (_, i) => `function g${i}() { fill(${i}); }`).join('\n');
    const document = open(
      counting,
      `const a = 1;\nconst b = 1;\nfunction f() { here(a); }\nfunction h() { here(b); }\n${others}\n`,
    );
    assert.deepEqual(document.says(), ['1', '1']);
    assert.equal(document.replace('fill(3)', 'fill(c)'), 2, 'neither a nor b');
    assert.equal(document.replace('fill(4)', 'fill(a)'), 3, 'who asked for a');
    assert.deepEqual(document.says(), ['2', '1']);
    assert.equal(document.replace('g5() { ', 'g5(a) { a; '), 2, 'another a is no use');
    document.replace('(a) { a;', '(c) { a;');
    assert.deepEqual(document.says(), ['3', '1']);
    document.replace('fill(a)', 'fill(4)');
    assert.deepEqual(document.says(), ['2', '1']);
    document.replace('const b', 'let b');
    document.replace('fill(6)', 'b = 2');
    assert.deepEqual(document.says(), ['2', '2']);
    document.replace('const a = 1;', 'const a2 = 1;');
    assert.deepEqual(document.says(), ['2']);
  });

  it('of a call of a method evaluates who asked for its calls, and nobody else', () => {
    const counting = ruleOf((argument) => {
      const method = argument.enclosingFunction;
      const body = method?.parent;
      const name = method?.child('name')?.text;
      return body && name !== undefined ? `${callsOfOwn(body, name).length}` : undefined;
    });
    const others = Array.from({ length: 20 }, (_, i) => `  g${i}() { fill(${i}, ${LONG}); }`).join('\n');
    const document = open(
      counting,
      `class A {\n  m() { here(1, ${LONG}); }\n${others}\n}\nclass B { n() {} }\n`,
    );
    assert.deepEqual(document.says(), ['0']);
    const few = (old: string, by: string) => {
      const evaluated = document.replace(old, by);
      assert.ok(evaluated <= 5, `${evaluated} items were evaluated`);
    };
    few('fill(3', 'this.k(3');
    assert.deepEqual(document.says(), ['0']);
    few('fill(4', 'this.m(4');
    assert.deepEqual(document.says(), ['1']);
    few('fill(5', 'other.m(5');
    few('n() {}', 'n() { this.m(); }');
    assert.deepEqual(document.says(), ['1'], 'another class has its own');
    few('fill(6', 'await this.m(6');
    assert.deepEqual(document.says(), ['2']);
    few('this.m(4', 'this.k(4');
    assert.deepEqual(document.says(), ['1']);
  });
});
