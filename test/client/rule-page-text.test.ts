import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isRuleId, pageSummary, readablePage } from '../../client/src/rule-page-text';
import { english } from './english';

const page = (...lines: string[]) => lines.join('\n');
const read = (...lines: string[]) => readablePage(page(...lines), english);

describe('a rule page, read', () => {
  it('has no comments for the tests', () => {
    assert.equal(
      read('Why.', '', '<!-- except shadow-library: by name -->', '', '```ts', 'a();', '```'),
      page('Why.', '', '```ts', 'a();', '```'),
    );
    assert.equal(read('a', '<!-- except x:', 'two lines -->', 'b'), page('a', 'b'));
  });

  it('keeps marks, comments and blank lines inside code', () => {
    const code = ['```html', '<!-- kept -->', '', '', '<b>', '//~~~ message', '```'];
    assert.equal(read(...code), page(...code));
  });

  it('keeps a comment sign in the middle of a sentence', () => {
    assert.equal(
      read('Text such as `<!-- do this -->` is read by agents.'),
      'Text such as `<!-- do this -->` is read by agents.',
    );
  });

  it('says which block is the code after a fix, and which file it is', () => {
    const captions = (info: string) => read(`\`\`\`${info}`, '```').split('\n')[0];
    assert.equal(captions('ts'), '```ts');
    assert.equal(captions('ts fixed'), '*After the fix:*');
    assert.equal(captions('ts fixed="Use SHA-256"'), '*After the fix “Use SHA-256”:*');
    assert.equal(captions('ts file=src/a.ts'), '`src/a.ts`:');
    assert.equal(captions('ts file="src/a b.ts" fixed'), '*After the fix*, `src/a b.ts`:');
  });

  it('knows where a block ends', () => {
    const code = ['~~~ts fixed', '```', '<!-- kept -->', '~~~'];
    assert.deepEqual(
      read(...code, '<!-- removed -->', 'end')
        .split('\n')
        .slice(2),
      [...code, 'end'],
    );
  });

  it('has a summary of one sentence', () => {
    assert.equal(
      pageSummary(page('# a/b', '', 'Finds `exec` where', 'a shell is started.', '', 'Finds more.')),
      'Finds exec where a shell is started.',
    );
    assert.equal(pageSummary('# a/b'), undefined);
  });
});

describe('the id of a rule', () => {
  it('is a group and a name, and never a way out of a folder', () => {
    for (const id of ['auth/fail-open-catch', 'crypto/md5']) assert.ok(isRuleId(id));
    const others = [
      'auth',
      '../etc/passwd',
      'auth/../x',
      'a/b/c',
      'Auth/x',
      'auth/x.md',
      '/auth/x',
      'auth/',
      'auth/x\n',
      7,
      undefined,
    ];
    for (const other of others) assert.ok(!isRuleId(other), String(other));
  });
});
