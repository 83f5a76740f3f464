import assert from 'node:assert/strict';
import { Fragments } from '../../server/src/analysis/fragments';

function of(...texts: readonly string[]): Fragments {
  const fragments = new Fragments();
  for (const text of texts) fragments.add(text);
  return fragments;
}

describe('the fragments of a text', () => {
  it('have each word that is in it, in either case', () => {
    const text = 'const Session_Id = request.headers["X-Api-Key"]; // naïve 漢字 webhook';
    for (let from = 0; from < text.length; from++) {
      for (let to = from + 2; to <= Math.min(text.length, from + 12); to++) {
        const word = text.slice(from, to);
        assert.ok(of(text).mayHave([word.toLowerCase()]), word);
        assert.ok(of(text).mayHave([word.replace(/[a-z]/g, (letter) => letter.toUpperCase())]), word);
      }
    }
  });

  it('tell that none of some words is in it', () => {
    const fragments = of('export function add(a: number, b: number) { return a + b; }');
    assert.equal(fragments.mayHave(['cookie', 'session', 'qq']), false);
    assert.equal(fragments.mayHave(['cookie', 'session', 'un']), true);
  });

  it('have the words of all texts, also of those that came after it was asked', () => {
    const words = ['cookie'];
    const fragments = of('first');
    assert.equal(fragments.mayHave(words), false);
    fragments.add('a Cookie');
    assert.equal(fragments.mayHave(words), true);
  });
});
