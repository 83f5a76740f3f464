import assert from 'node:assert/strict';
import { ByteJson, MalformedJson } from '../../server/src/origin/notes/byte-json';
import { bytesOf, chance, decode } from './bytes-of';

/** Everything, as `JSON.parse` would: so that both can be compared. */
function read(json: ByteJson, shape: unknown): unknown {
  if (typeof shape === 'string') return json.string();
  if (typeof shape === 'number') return json.number();
  if (Array.isArray(shape)) {
    const elements: unknown[] = [];
    json.array(() => elements.push(read(json, shape[elements.length])));
    return elements;
  }
  if (typeof shape === 'object' && shape !== null) {
    const members = new Map<string, unknown>();
    json.object((key) => members.set(key, read(json, (shape as Record<string, unknown>)[key])));
    return Object.fromEntries(members);
  }
  json.skip();
  return shape;
}

describe('JSON in bytes', () => {
  const random = chance(3);
  const texts = ['', 'a', '"', '\\', '\\"', 'ä€😀', '\u0000\n\u2028', '{[,:', '--'.repeat(9)];
  const make = (depth: number): unknown => {
    const kind = random(depth > 3 ? 4 : 6);
    if (kind === 0) return texts[random(texts.length)];
    if (kind === 1) return [0, -1, 1.5, 1e21, 12_345][random(5)];
    if (kind === 2) return [true, false, null][random(3)];
    if (kind === 4) return Array.from({ length: random(4) }, () => make(depth + 1));
    const members = Array.from(
      { length: random(4) },
      () => [texts[random(texts.length)], make(depth + 1)] as const,
    );
    return Object.fromEntries(members);
  };

  it('reads what JSON.parse reads, and skips to the same end', () => {
    for (let round = 0; round < 500; round++) {
      const value = make(0);
      const text = JSON.stringify(value, undefined, random(3));
      assert.deepEqual(read(new ByteJson(bytesOf(text), decode), value), value, text);
      const skipped = new ByteJson(bytesOf(`[${text}, "end"]`), decode);
      const found: (string | undefined)[] = [];
      skipped.array(() => {
        if (found.length === 0) skipped.skip();
        found.push(found.length === 0 ? 'skipped' : skipped.string());
      });
      assert.deepEqual(found, ['skipped', 'end'], text);
    }
  });

  it('passes by what is of another kind than asked for', () => {
    for (const text of ['1', 'true', '[1,{"a":2}]', '{"a":[]}', 'null']) {
      const json = new ByteJson(bytesOf(`[${text},7]`), decode);
      const found: unknown[] = [];
      json.array(() => found.push(found.length === 0 ? json.string() : json.number()));
      assert.deepEqual(found, [undefined, 7], text);
    }
  });

  it('says so where it is no JSON', () => {
    const reading = (text: string) => () => {
      const json = new ByteJson(bytesOf(text), decode);
      json.object((key) => (key === 's' ? json.string() : json.skip()));
    };
    const broken = [
      '',
      '{',
      '{"a"',
      '{"a":',
      '{"a":}',
      '{"a":1',
      '{"a":1,}',
      '{a:1}',
      '{"a":"b',
      '{"s":"\\x"}',
    ];
    for (const text of broken) assert.throws(reading(text), MalformedJson, text);
    reading('{"a":{"b":[1,"]"]},"s":"\\u00e4"}')();
  });
});
