// Comments of files that are no code: found where they are, and not in texts.
import assert from 'node:assert/strict';
import {
  commentSyntaxOf,
  commentsIn,
  isEmbedded,
  writtenComment,
} from '../../server/src/syntax/formats/comment-syntax';

const syntaxOf = (name: string) => commentSyntaxOf(name, 'text') ?? assert.fail(`${name} has no comments`);
const comments = (name: string, text: string) =>
  commentsIn(text, syntaxOf(name)).map(({ start, end }) => text.slice(start, end));

describe('comments of files that are no code', () => {
  const CASES: readonly (readonly [name: string, text: string, ...expected: string[]])[] = [
    ['a.sql', "select '-- a', 'it''s' -- b\r\n/* c\nd */ select \"--\";", '-- b', '/* c\nd */'],
    ['a.sql', "insert into a values ('\n-- a\n'); -- b", '-- b'],
    ['firestore.rules', "allow read: if a == '//'; // b\n/* c */", '// b', '/* c */'],
    ['a.sh', 'a=$#; b=${#c} # d\n#e', '# d', '#e'],
    ['a.py', "'''\n# a\n''' # b\nc = '#' # d\n", '# b', '# d'],
    ['a.sh', "echo don't # a\n# b", '# b'],
    ['a.rs', "fn a<'b>(c: &'b str) {} // d", '// d'],
    ['a.html', '<a href="http://x"> <!-- b -->\n<script>\n  // c\n</script>', '<!-- b -->', '// c'],
    ['a.ini', 'a = b;c ; d\n; e', '; d', '; e'],
    ['a.ps1', '<# a\n#> # b', '<# a\n#>', '# b'],
    ['Makefile', 'a:\n\tb # c', '# c'],
    ['.npmrc', '# a', '# a'],
    ['a.css', 'a { b: url(//c) } /* d */ /* e', '/* d */', '/* e'],
    ['a.go', 'a := "\\"//" // b', '// b'],
  ];
  for (const [name, text, ...expected] of CASES)
    it(`are found in ${name}: ${JSON.stringify(text)}`, () =>
      assert.deepEqual(comments(name, text), expected));

  it('are unknown where a file has none', () => {
    for (const name of ['notes.txt', 'a.csv', 'a.log', 'LICENSE', 'a.pem'])
      assert.equal(commentSyntaxOf(name, 'text'), undefined);
    assert.equal(commentSyntaxOf('a.json', 'json'), undefined);
  });

  it('are found as they are written, in every syntax', () => {
    for (const name of ['a.sql', 'a.rules', 'a.tf', 'a.css', 'a.html', 'a.ini', 'a.ps1', 'a.tex', 'a.lua']) {
      const written = writtenComment(syntaxOf(name), 'why', false);
      assert.deepEqual(comments(name, `${written}\na`), [written]);
    }
    const page = '<style>\n  a\n</style>\nb';
    assert.ok(isEmbedded(page, page.indexOf('a'), syntaxOf('a.vue')));
    assert.ok(!isEmbedded(page, page.indexOf('b'), syntaxOf('a.vue')));
    assert.deepEqual(comments('a.vue', '<script>\n/* why */\n</script>'), ['/* why */']);
  });

  it('take time as the text is long, whatever it is', () => {
    const began = performance.now();
    for (const piece of ['"', '\\"', "'", '"""', '/*', '<!--', '#', '" \\', '//', '--', 'a#'])
      for (const name of ['a.sql', 'a.py', 'a.go', 'a.html', 'a.ini']) comments(name, piece.repeat(300_000));
    // Were it quadratic, it would be minutes.
    assert.ok(performance.now() - began < 30_000);
  });
});
