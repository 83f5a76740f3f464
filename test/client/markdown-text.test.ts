import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { markdownText } from '../../client/src/markdown-text';

describe('text in Markdown', () => {
  it('keeps words and blanks as they are', () => {
    assert.equal(markdownText('Not everything was checked'), 'Not everything was checked');
  });

  it('takes the meaning of what Markdown and HTML know', () => {
    assert.equal(
      markdownText('[a](command:x) <b> `c` &lt; $(d)'),
      '\\[a\\]\\(command\\:x\\) &lt;b\\> \\`c\\` &amp;lt; \\$\\(d\\)',
    );
  });

  it('is one line', () => {
    assert.equal(markdownText('a\n\n# b'), 'a \\# b');
  });
});
