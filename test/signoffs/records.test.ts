// Files that say what a person reviewed: written, read back, and everything that is no such file.
import assert from 'node:assert/strict';
import { sha256 } from '../../server/src/host/digest';
import { canonicalJson } from '../../server/src/signoffs/canonical-json';
import type { ReviewRecord } from '../../server/src/signoffs/record';
import { LONGEST_RECORD, readRecord, recordFile, signedText } from '../../server/src/signoffs/record-file';
import { override, signOff } from './made';

const LINES = ['one', 'two', 'three'];
const whole = signOff(
  LINES,
  { start: 0, end: 2 },
  { note: 'see the threat model', link: 'https://example.org/1' },
);

/** A file that says something else, under the name that it would have. */
function fileOf(value: unknown): { path: string; text: string } {
  const id = sha256(canonicalJson(value) ?? '');
  return { path: `.countersign/signoffs/${id.slice(0, 2)}/${id}.json`, text: JSON.stringify(value) };
}

function reasonOf({ path, text }: { path: string; text: string | undefined }): string {
  const read = readRecord(path, text, sha256);
  return 'reason' in read ? read.reason : 'none';
}

describe('records of reviews', () => {
  it('are read as they were written, under the hash of what they say', () => {
    const marked = override(LINES, { start: 1, end: 3 });
    const signed = { ...whole, signature: { kind: 'ssh', text: 'x\ny\n' } } as const;
    for (const record of [whole, marked, signed] as const) {
      const file = recordFile(record, sha256);
      assert.deepEqual(readRecord(file.path, file.text, sha256), { id: file.id, record });
      assert.match(file.path, /^\.countersign\/(signoffs|origin)\/(..)\/\2[0-9a-f]{62}\.json$/);
    }
  });

  it('keep their name when somebody formats them or git changes line ends', () => {
    const { path, text } = recordFile(whole, sha256);
    const turned = Object.fromEntries(Object.entries(JSON.parse(text)).reverse());
    assert.equal(reasonOf({ path, text: text.replaceAll('\n', '\r\n') }), 'none');
    assert.equal(reasonOf({ path, text: JSON.stringify(turned, undefined, 8) }), 'none');
  });

  it('are signed over everything but the signature', () => {
    const signature = { kind: 'ssh', text: 'x' } as const;
    assert.equal(signedText({ ...whole, signature }), signedText(whole));
    assert.notEqual(signedText({ ...whole, note: 'other' }), signedText(whole));
  });

  it('are invalid as soon as one character of them is another', () => {
    const { path, text } = recordFile(whole, sha256);
    for (const [from, to] of [
      ['src/a.ts', 'src/b.ts'],
      ['ann@', 'eve@'],
      ['"start": 1', '"start": 2'],
    ] as const) {
      assert.ok(text.includes(from));
      assert.match(reasonOf({ path, text: text.replace(from, to) }), /name is not the hash/);
    }
  });

  it('are refused where they are not what they have to be, in time and without an error', () => {
    const json = JSON.parse(recordFile(whole, sha256).text);
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [{ ...json, version: 2 }, /version/],
      [{ ...json, path: '../a.ts' }, /what a record has to say/],
      [{ ...json, path: '/etc/passwd' }, /what a record has to say/],
      [{ ...json, path: 'a\\b.ts' }, /what a record has to say/],
      [{ ...json, path: '.' }, /what a record has to say/],
      [{ ...json, more: 1 }, /what a record has to say/],
      [{ ...json, reviewer: { name: 'Ann' } }, /what a record has to say/],
      [{ ...json, reviewer: { name: 'A\u202enn', email: 'ann@example.org' } }, /what a record has to say/],
      [{ ...json, reviewer: { name: 'Ann', email: 'ann' } }, /what a record has to say/],
      [{ ...json, region: { ...json.region, lines: 0 } }, /what a record has to say/],
      [{ ...json, region: { ...json.region, lines: 1e9 } }, /what a record has to say/],
      [{ ...json, region: { ...json.region, hash: 'A'.repeat(64) } }, /what a record has to say/],
      [{ ...json, time: '2026-99-99T00:00:00.000Z' }, /what a record has to say/],
      [{ ...json, link: 'javascript:x' }, /what a record has to say/],
      [{ ...json, origin: new Array(21).fill(json.origin[0]) }, /what a record has to say/],
      [{ ...json, kind: 'override', claim: 'human', reason: 'x' }, /what a record has to say/],
      [null, /version/],
      [[], /version/],
    ];
    for (const [value, reason] of wrong) assert.match(reasonOf(fileOf(value)), reason, JSON.stringify(value));
    const { path } = recordFile(whole, sha256);
    assert.match(reasonOf({ path, text: undefined }), /too long/);
    assert.match(reasonOf({ path, text: ' '.repeat(LONGEST_RECORD + 1) }), /too long/);
    assert.match(reasonOf({ path, text: '{' }), /no JSON/);
    assert.match(reasonOf({ path, text: '['.repeat(30_000) + ']'.repeat(30_000) }), /name is not the hash/);
    assert.match(reasonOf({ path, text: '{"a":"\\ud800"}' }), /name is not the hash/);
    assert.match(reasonOf({ path, text: '{"a":1.5}' }), /name is not the hash/);
    assert.match(reasonOf({ path: '.countersign/signoffs/README.md', text: '' }), /name is not one/);
    const other = fileOf(json).path.replace('signoffs', 'origin');
    assert.match(reasonOf({ path: other, text: JSON.stringify(json) }), /wrong folder/);
    const start = path.replace(/\/..\//, '/zz/');
    assert.match(reasonOf({ path: start, text: JSON.stringify(json) }), /name is not one/);
  });

  it('are not written where they would not be read', () => {
    for (const more of [
      { path: '../a.ts' },
      { note: 'two\nlines' },
      { note: '' },
    ] as Partial<ReviewRecord>[]) {
      assert.throws(() => recordFile({ ...whole, ...more } as ReviewRecord, sha256), /no record/);
    }
  });
});

describe('canonical JSON', () => {
  it('is one text for one meaning', () => {
    assert.equal(canonicalJson({ b: [1, true, null], a: 'ü\n"' }), '{"a":"ü\\n\\"","b":[1,true,null]}');
    assert.equal(canonicalJson(JSON.parse('{"__proto__":1}')), '{"__proto__":1}');
    assert.equal(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2 }), '{"\u{1f600}":2,"\ufb33":1}');
    for (const none of [0.5, 1e300, undefined, '\ud800', { '\ud800': 1 }, [[[[[[[[[]]]]]]]]]]) {
      assert.equal(canonicalJson(none), undefined);
    }
  });
});
