import assert from 'node:assert/strict';
import { cleanText, repositoryPath } from '../../server/src/origin/stranger-text';

describe('texts of strangers', () => {
  it('show one line of what can be seen', () => {
    const cases: [string, string | undefined][] = [
      ['Claude Code', 'Claude Code'],
      ['  a\t\r\n b\u2028c  ', 'a b c'],
      ['a\u0000b\u001b[31mc', 'a b [31mc'],
      ['abc\u202Edef\u2066ghi\u2069', 'abcdefghi'],
      ['a\u200B\u200D\uFEFF\u00ADb\uFE0F\u{E0101}\u{E0041}', 'ab'],
      ['"gpt-5"', 'gpt-5'],
      ["'x'", 'x'],
      ['"', '"'],
      ['""', undefined],
      [' \u200B ', undefined],
      ['\uD800x', 'x'],
      ['e\u0301\u0301\u0301\u0301\u0301', 'e\u0301\u0301'],
      ['Zoë 😀', 'Zoë 😀'],
    ];
    for (const [text, clean] of cases) assert.equal(cleanText(text), clean, JSON.stringify(text));
    for (const value of [undefined, null, 1, {}, ['a']]) assert.equal(cleanText(value), undefined);
  });

  it('are cut between characters', () => {
    assert.equal(cleanText('😀'.repeat(10), 4), '😀😀😀…');
    assert.equal(cleanText('a'.repeat(5_000_000))?.length, 200);
  });

  it('paths stay in the repository', () => {
    for (const path of ['a', 'src/a b.ts', 'src/..a/b..', '...', 'ä/😀.ts', '__proto__']) {
      assert.equal(repositoryPath(path), path);
    }
    const refused = [
      '',
      '/a',
      '\\a',
      'c:/a',
      '..',
      '../a',
      'a/../b',
      'a\\..\\b',
      'a/./b',
      'a//b',
      'a/',
      'a\u0000b',
      'a\nb',
    ];
    for (const path of [...refused, 'a'.repeat(5000), undefined, 1]) {
      assert.equal(repositoryPath(path), undefined, String(path));
    }
  });
});
