// Walks over trees go through a cursor of our own, which has to say what the package's says.
import assert from 'node:assert/strict';
import type { Tree } from 'web-tree-sitter';
import type { Cursor } from '../../grammars/parser';
import { startTestRuntime, testParsers } from '../engine';

const TEXTS: Readonly<Record<string, string>> = {
  whole: 'import { a as b } from "c";\nclass D extends E { f = (g: H) => g?.i`j${k}`; }\n',
  broken: 'function a( { if (b { c(; }\nclass { d( } const = "\n',
  'an empty text': '',
  'not in Latin letters': 'const größe = "\u{1f600}" + `${π}`; // \u{1f600}\n',
};

describe('the cursor over trees of WebAssembly', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    it(`says what the package's cursor says: ${name}`, async () => {
      const parser = (await testParsers(await startTestRuntime()))('a.ts');
      const tree = parser.parse(text);
      assert.ok(tree);
      const theirs = (tree as unknown as { readonly tree: Tree }).tree.walk();
      const expected = [...visited(theirs)];
      tree.read((cursor) => {
        assert.notEqual(cursor.constructor, theirs.constructor, 'its functions have another name or place');
        assert.deepEqual([...visited(cursor)], expected);
      });
      theirs.delete();
      tree.delete();
    });
  }
});

function* visited(cursor: Cursor): Generator<readonly unknown[]> {
  do {
    do {
      const { nodeTypeId, nodeType, nodeIsNamed, nodeIsMissing, startIndex, endIndex } = cursor;
      const { currentFieldId, currentFieldName, currentNode } = cursor;
      yield [nodeTypeId, nodeType, nodeIsNamed, nodeIsMissing, startIndex, endIndex];
      yield [currentFieldId, currentFieldName, currentNode.hasError];
    } while (cursor.gotoFirstChild());
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return;
  } while (true);
}
