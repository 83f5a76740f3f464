// Code that fixes put in stands where a person would have written it.
import assert from 'node:assert/strict';
import { addedFunction } from '../../server/src/analysis/added-function';
import { applyEdits, type Edit } from '../../server/src/analysis/fix';
import { importedNames } from '../../server/src/analysis/imported-name';
import { statementBefore, withMembers } from '../../server/src/analysis/insertion';
import type { Node } from '../../server/src/analysis/node';
import { withoutElement, withoutStatement } from '../../server/src/analysis/removal';
import type { SourceFile } from '../../server/src/analysis/source-file';
import { surrounded } from '../../server/src/analysis/surround';
import { argumentOfHere, syntaxReader } from './syntax-of';

describe('code that is put in', () => {
  let read: (text: string, path?: string) => SourceFile;
  before(async () => {
    read = await syntaxReader();
  });

  const edited = (text: string, edit: (here: Node) => Edit | readonly Edit[] | undefined, path?: string) => {
    const made = edit(argumentOfHere(read(text, path)));
    return applyEdits(text, made === undefined ? [] : [made].flat());
  };
  const guarded = (here: Node) => {
    const body = here.enclosingFunction?.child('body') as Node;
    return surrounded(body, 'try {', ['} catch (error) {', 'next(error);', '}']);
  };

  it('surrounds the lines of a body, each a step further in', () => {
    assert.equal(
      edited('  f(async () => {\n    here(1);\n\n    more();\n  });\n', guarded),
      '  f(async () => {\n    try {\n      here(1);\n\n      more();\n    } catch (error) {\n      next(error);\n    }\n  });\n',
    );
    assert.equal(
      edited('function f() {\r\n\there(1);\r\n}\r\n', guarded),
      'function f() {\r\n\ttry {\r\n\t\there(1);\r\n\t} catch (error) {\r\n\t\tnext(error);\r\n\t}\r\n}\r\n',
    );
    assert.equal(
      edited('f(() => { here(1); });', guarded),
      'f(() => { try { here(1); } catch (error) { next(error); } });',
    );
  });

  it('leaves texts that go on over a line end as they are', () => {
    const text = 'function f() {\n  here(1);\n  g(`a\nb ${c(\n    d)}\n  e`);\n}\n';
    assert.ok(edited(text, guarded).includes('    g(`a\nb ${c(\n    d)}\n  e`);\n'));
  });

  it('puts a statement before another, on a line of its own or beside it', () => {
    const before = (here: Node) => statementBefore(here.parent?.parent?.parent as Node, 'if (a) return;');
    assert.equal(
      edited('function f() {\n\there(1);\n}', before),
      'function f() {\n\tif (a) return;\n\there(1);\n}',
    );
    assert.equal(edited('function f() { here(1); }', before), 'function f() { if (a) return; here(1); }');
  });

  it('puts members in front of others, in the form of the object', () => {
    const members = (here: Node) => withMembers(here, ['a: 1', 'b: 2']);
    assert.equal(edited('here({ c: 3 });', members), 'here({ a: 1, b: 2, c: 3 });');
    assert.equal(edited('here({});', members), 'here({ a: 1, b: 2 });');
    assert.equal(
      edited('here({\n  // first\n  c: 3,\n});', members),
      'here({\n  // first\n  a: 1,\n  b: 2,\n  c: 3,\n});',
    );
  });

  it('takes a comment away with the line that it is about', () => {
    const first = (here: Node) => withoutElement(here.parts[0] as Node);
    assert.equal(edited('here({\n  a: 1, // why\n  b: 2,\n});', first), 'here({\n  b: 2,\n});');
    assert.equal(
      edited('here({\n  a: 1,\n  // of b\n  b: 2,\n});', first),
      'here({\n  // of b\n  b: 2,\n});',
    );
    const whole = (here: Node) => withoutStatement(here.parent?.parent?.parent as Node);
    assert.equal(edited('f();\nhere(1); // why\ng();\n', whole), 'f();\ng();\n');
  });

  it('brings a function behind the imports, once', () => {
    const helper = (here: Node) => addedFunction(here, 'twice', ['a'], ['return a + a;']);
    const typed = 'function twice(a: unknown) {\n  return a + a;\n}';
    assert.equal(
      edited("import b from 'b'; // b\nhere(1);\n", helper),
      `import b from 'b'; // b\n\n${typed}\n\nhere(1);\n`,
    );
    assert.equal(
      edited("import b from 'b';\n\nhere(1);\n", helper),
      `import b from 'b';\n\n${typed}\n\nhere(1);\n`,
    );
    assert.equal(edited("'use strict';\n\nhere(1);\n", helper), `'use strict';\n\n${typed}\n\nhere(1);\n`);
    assert.equal(
      edited('#!/usr/bin/env node\nhere(1);\n', helper, 'a.js'),
      '#!/usr/bin/env node\nfunction twice(a) {\n  return a + a;\n}\n\nhere(1);\n',
    );
    assert.deepEqual(helper(argumentOfHere(read(`${typed}\nhere(1);\n`))), []);
    assert.equal(helper(argumentOfHere(read('const twice = 2;\nhere(1);\n'))), undefined);
  });

  it('imports several names at once', () => {
    const names = (here: Node) => importedNames(here, 'path', ['relative', 'sep'])?.edits;
    assert.equal(
      edited("import { join } from 'node:path';\nhere(1);\n", names),
      "import { join, relative, sep } from 'node:path';\nhere(1);\n",
    );
    assert.equal(
      edited("import fs from 'node:fs';\nhere(1);\n", names),
      "import fs from 'node:fs';\nimport { relative, sep } from 'node:path';\nhere(1);\n",
    );
    assert.equal(
      edited("const path = require('path');\nhere(1);\n", names),
      "const path = require('path');\nhere(1);\n",
    );
    assert.equal(
      names(argumentOfHere(read("import fs from 'fs';\nconst sep = 1;\nhere(sep);\n"))),
      undefined,
    );
  });
});
