// What was recorded of a text, found again in the present one.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { RangeEvidence } from '../../../server/src/origin/evidence';
import { compactRecords } from '../../../server/src/origin/recorder/compact-records';
import {
  decodeRecord,
  type EditRecord,
  encodeRecord,
  recordsOf,
} from '../../../server/src/origin/recorder/edit-record';
import {
  recordedLines,
  recordsOfFile,
  recordsOfSession,
} from '../../../server/src/origin/recorder/recorded-lines';
import type { Placing } from '../../../server/src/origin/recorder/written-lines';
import { Random } from '../../syntax/random';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (...records: EditRecord[]) =>
  Buffer.from(records.map((record) => `\n${encodeRecord(record)}`).join(''));

const TEXT = [
  "import { db } from './db';",
  '',
  'export function total(items) {',
  '  let sum = 0;',
  '  for (const item of items) {',
  '    sum += item.price * item.count;',
  '  }',
  '  return sum;',
  '}',
  '',
  'export function clear(cart) {',
  '  cart.items.length = 0;',
  '}',
];
/** `total`, without the line that begins it. */
const OWN = { start: 3, end: 8 };

function record(
  lines: readonly string[],
  ranges: readonly { start: number; end: number }[],
  change: Partial<EditRecord> & { placing?: Placing } = {},
): EditRecord {
  const about = {
    ...{
      tool: 'Claude Code',
      model: 'claude-opus-4-5',
      session: 's',
      toolUseId: 't1',
      time: 1_780_000_000_000,
    },
    ...{ path: 'src/cart.ts', head: 'a'.repeat(40), isAmended: false, isNewFile: false, ...change },
  };
  const [only, ...more] = recordsOf(about, { ranges, placing: change.placing ?? 'exact' }, lines, sha256);
  assert.ok(only && more.length === 0);
  return only;
}

const linesIn = (ranges: readonly RangeEvidence[]) =>
  ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));

function found(lines: readonly string[], ...records: EditRecord[]) {
  const { evidence, former } = recordedLines(records, lines, sha256);
  return {
    same: linesIn(evidence),
    former: linesIn(former),
    sources: evidence.map(({ evidence: { source } }) => source),
  };
}

const changed = (change: (lines: string[]) => void) => {
  const lines = [...TEXT];
  change(lines);
  return lines;
};

describe('recorded lines', () => {
  const one = record(TEXT, [OWN]);

  it('are exact in the text that was recorded', () => {
    const { evidence, former } = recordedLines([one], TEXT, sha256);
    assert.deepEqual(former, []);
    assert.deepEqual(evidence, [
      {
        ...OWN,
        evidence: {
          ...{ source: 'recorder-exact', claim: 'ai', confidence: 0.98, tool: 'Claude Code' },
          ...{ model: 'claude-opus-4-5', session: 's', time: 1_780_000_000_000 },
        },
      },
    ]);
    const matched = record(TEXT, [OWN], { placing: 'matched' });
    assert.deepEqual(found(TEXT, matched).sources, ['recorder-matched']);
  });

  it('are found where lines came before them, and where they were moved or formatted', () => {
    const all = [3, 4, 5, 6, 7];
    const before = found(
      changed((lines) => lines.unshift('// one', '// two')),
      one,
    );
    assert.deepEqual(before, {
      same: all.map((line) => line + 2),
      former: [],
      sources: ['recorder-matched'],
    });
    const moved = found([...TEXT.slice(9), ...TEXT.slice(0, 9)], one);
    assert.deepEqual([moved.same, moved.former], [all.map((line) => line + 4), []]);
    const formatted = found(
      TEXT.map((line) => line.replace(/^ +/, '\t\t').replace(/ \* /, '*')),
      one,
    );
    assert.deepEqual([formatted.same, formatted.former], [all, []]);
  });

  it('are former where a person changed them', () => {
    const within = found(
      changed((lines) => lines.splice(5, 1, '    sum += item.price;')),
      one,
    );
    assert.deepEqual([within.same, within.former], [[3, 4, 6, 7], [5]]);
    const first = found(
      changed((lines) => lines.splice(3, 1, '  let sum = start;')),
      one,
    );
    assert.deepEqual([first.same, first.former], [[4, 5, 6, 7], [3]]);
    const last = found(
      changed((lines) => lines.splice(7, 1, '  return round(sum);')),
      one,
    );
    assert.deepEqual([last.same, last.former], [[3, 4, 5, 6], [7]]);
    const single = record(TEXT, [{ start: 5, end: 6 }]);
    const other = changed((lines) => lines.splice(5, 1, '    add(item);'));
    // The lines around are `for (…) {` and `}`, together once.
    assert.deepEqual([found(other, single).same, found(other, single).former], [[], [5]]);
  });

  it("a person's own lines among them are not theirs", () => {
    const inserted = found(
      changed((lines) => lines.splice(5, 0, '    check(item);')),
      one,
    );
    assert.deepEqual([inserted.same, inserted.former], [[3, 4, 6, 7, 8], []]);
    const more = found(
      changed((lines) => lines.splice(5, 1, '    a(item);', '    b(item);', '    c(item);')),
      one,
    );
    assert.deepEqual(more.former, [], 'which of them replaced the line is not known');
    const gone = found(
      changed((lines) => lines.splice(5, 1)),
      one,
    );
    assert.deepEqual([gone.same, gone.former], [[3, 4, 5, 6], []]);
  });

  it('lines that are everywhere are not found alone', () => {
    const own = record(TEXT, [{ start: 6, end: 9 }]);
    const rest = ['if (x) {', '  y();', '  }', '  return 1;', '}'];
    assert.deepEqual(found(rest, own), { same: [], former: [], sources: [] });
    assert.deepEqual(found(['}', '', '  }'], one).same, []);
  });

  it('a copy is not taken for the original, and of two alike none is', () => {
    const copy = found([...TEXT, '', ...TEXT.slice(3, 8)], one);
    assert.deepEqual(copy.same, [3, 4, 5, 6, 7]);
    const twice = [...TEXT.slice(2, 9), ...TEXT.slice(2, 9)];
    assert.deepEqual(found(twice, one).same, []);
  });

  it('the later edit holds, and what is known of this very text before what was found', () => {
    const cursor = record(TEXT, [{ start: 5, end: 6 }], {
      tool: 'Cursor',
      toolUseId: 't2',
      time: one.time + 1,
    });
    const { evidence } = recordedLines([one, cursor], TEXT, sha256);
    assert.deepEqual(
      evidence.map(({ start, end, evidence: { tool } }) => [start, end, tool]),
      [
        [3, 5, 'Claude Code'],
        [5, 6, 'Cursor'],
        [6, 8, 'Claude Code'],
      ],
    );
    const later = record(['// first', ...TEXT], [{ start: 4, end: 9 }], {
      tool: 'Codex',
      time: one.time + 2,
    });
    const back = recordedLines([one, later], TEXT, sha256).evidence;
    assert.deepEqual(
      back.map(({ evidence: { tool, source } }) => [tool, source]),
      [['Claude Code', 'recorder-exact']],
    );
  });

  it('claim less where a person amended the edit, and where the whole file was written', () => {
    const amended = recordedLines([record(TEXT, [OWN], { isAmended: true })], TEXT, sha256).evidence[0]
      ?.evidence;
    assert.equal(amended?.claim, 'mixed');
    const whole = record(TEXT, [{ start: 0, end: TEXT.length }], { placing: 'whole' });
    const evidence = recordedLines([whole], TEXT, sha256).evidence[0]?.evidence;
    assert.deepEqual([evidence?.source, evidence?.confidence], ['recorder-matched', 0.6]);
  });

  it('hold over random edits: what is found has the text that was written', () => {
    const random = new Random(7);
    const written = Array.from({ length: 60 }, (_, i) =>
      i % 4 === 3 ? '}' : `const value${i} = compute${i}(input);`,
    );
    const text = [...TEXT, ...written, ...TEXT];
    const own = record(text, [{ start: TEXT.length, end: TEXT.length + written.length }]);
    let kept = 0;
    for (let round = 0; round < 200; round++) {
      const lines = text.map((line) => ({ line, isOwn: false }));
      for (let i = 0; i < written.length; i++) (lines[TEXT.length + i] as { isOwn: boolean }).isOwn = true;
      for (let edits = random.below(12); edits > 0; edits--) {
        const at = random.below(lines.length);
        const humans = Array.from({ length: random.below(3) }, () => ({
          line: `person(${random.below(1e6)});`,
          isOwn: false,
        }));
        lines.splice(at, random.below(3), ...humans);
      }
      const { same } = found(
        lines.map(({ line }) => line),
        own,
      );
      for (const line of same)
        assert.ok(lines[line]?.isOwn, `line ${line} is a person's: ${lines[line]?.line}`);
      const there = lines.filter(({ isOwn, line }) => isOwn && line !== '}').length;
      kept += there === 0 ? 1 : same.filter((line) => lines[line]?.line !== '}').length / there;
    }
    assert.ok(kept / 200 > 0.98, `of the lines that remain ${kept / 200} are found`);
  });
});

describe('records', () => {
  const one = record(TEXT, [OWN]);

  it('have no text', () => {
    const line = encodeRecord(one);
    for (const text of TEXT.filter((each) => each.trim().length > 2)) assert.ok(!line.includes(text.trim()));
    assert.deepEqual(decodeRecord(line), one);
  });

  it('of strangers are refused', () => {
    const line = JSON.parse(encodeRecord(one));
    const refused = (change: object) =>
      assert.equal(decodeRecord(JSON.stringify({ ...line, ...change })), undefined);
    refused({ v: 2 });
    refused({ path: '../../etc/passwd' });
    refused({ path: '/etc/passwd' });
    refused({ placing: 'sure' });
    refused({ time: 'now' });
    assert.equal(decodeRecord(encodeRecord(one).slice(0, -5)), undefined);
    const odd = decodeRecord(
      JSON.stringify({ ...line, ranges: [{ start: -1, lines: 'x' }, { start: 1, lines: 'a b c' }, null] }),
    );
    assert.deepEqual(odd?.ranges, []);
  });

  it('are read for a file and for a conversation, each once, the oldest first', () => {
    const later = record(TEXT, [OWN], { toolUseId: 't2', time: one.time + 5, session: 'other' });
    const elsewhere = record(TEXT, [OWN], { toolUseId: 't3', path: 'src/other.ts' });
    const logs = [bytes(later, one), bytes(one, elsewhere), Buffer.from('\nhalf a rec')];
    assert.deepEqual(recordsOfFile(logs, 'src/cart.ts', decode), [one, later]);
    assert.deepEqual(recordsOfSession(logs, 's', decode), [one, elsewhere]);
  });

  it('of a long edit are several', () => {
    const lines = Array.from({ length: 4_500 }, (_, i) => `line ${i}`);
    const about = { ...one, isNewFile: true };
    const records = recordsOf(about, { ranges: [{ start: 0, end: 4_500 }], placing: 'exact' }, lines, sha256);
    assert.equal(records.length, 3);
    const read = recordsOfFile([bytes(...records)], one.path, decode);
    assert.deepEqual(linesIn(recordedLines(read, lines, sha256).evidence).length, 4_500);
    assert.deepEqual(compactRecords([bytes(...records)], decode).length, 3);
  });

  it('from before a file was made anew are not kept', () => {
    const made = record(TEXT, [OWN], { isNewFile: true, toolUseId: 't9', time: one.time + 9 });
    const other = record(TEXT, [OWN], { path: 'b.ts' });
    const kept = compactRecords([bytes(one, one, other), bytes(made, made)], decode).map(decodeRecord);
    assert.deepEqual(kept, [other, made]);
  });
});
