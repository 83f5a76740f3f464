// Texts that were made to be slow to read. An expression that goes back and forth in them never ends here, or
// only long after the limit of the test.
import assert from 'node:assert/strict';
import { sqlTextOf } from '../../server/src/models/flow/sql-text';
import { hiddenIn } from '../../server/src/models/hidden-characters';
import { providerKeysIn } from '../../server/src/models/provider-keys';
import { tlsSettingsIn } from '../../server/src/models/tls-settings';
import { readTextFile } from '../../server/src/syntax/formats/read-text-file';
import { argumentOfHere, syntaxReader } from './syntax-of';

const LENGTH = 500_000;

function filled(pattern: string): string {
  return pattern.repeat(Math.ceil(LENGTH / pattern.length));
}

describe('a hostile text', () => {
  const begin = `-----${'BEGIN'} PRIVATE KEY-----`;
  const texts = {
    'a key that never ends': begin + filled('A'),
    'the lines of a key that never ends': begin + filled(`${'A'.repeat(64)}\n`),
    'keys that begin and never end': filled(`${begin}${'A'.repeat(20)} `),
    'addresses without an end': filled('http://a:b'),
    'addresses without a host': filled('://x:'),
    'tokens without an end': filled('eyJ'),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`has no key: ${name}`, () => assert.deepEqual([...providerKeysIn(text)], []));
  }

  it('has its hidden characters found in one long line', () => {
    assert.equal([...hiddenIn('a\u202a'.repeat(20_000))].length, 20_000);
  });

  it('has its settings read where blanks have no end', () => {
    const text = `strict-ssl${filled(' ')}x\n${filled(' \t')}`;
    assert.deepEqual([...tlsSettingsIn(readTextFile('.npmrc', 'text', text))], []);
  });

  it('has its SQL told apart', async () => {
    const read = await syntaxReader();
    const texts = {
      'columns without an end': `select 1 order by ${filled('a1 asc, ')}`,
      'blanks without an end': `select 1 where a = ${filled(' ')}`,
      'words that begin a list': filled('select insert into a ('),
      quotes: filled("'"),
    };
    for (const [name, text] of Object.entries(texts)) {
      const { pieces } = sqlTextOf(argumentOfHere(read(`here("${text}" + value + "'");`)));
      assert.equal(pieces.length, 1, name);
    }
  });
});
