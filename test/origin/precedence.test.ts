import assert from 'node:assert/strict';
import {
  type Circumstances,
  type Claim,
  type Evidence,
  evidenceOf,
  SOURCES,
  type Source,
} from '../../server/src/origin/evidence';
import { drawnMarkers, type LineFacts, lineOrigin } from '../../server/src/origin/precedence';

const of = (source: Source, claim: Claim = 'ai', known: Circumstances = {}) =>
  evidenceOf(source, claim, known);

/** State, marker, whether severity may be raised, and what decided. */
function shown(evidence: readonly Evidence[], facts: Omit<LineFacts, 'evidence'> = {}): string {
  const { state, marker, mayRaise, deciding } = lineOrigin({ evidence, ...facts });
  return [state, marker, mayRaise ? 'raises' : '', deciding?.source ?? '']
    .filter((word) => word !== '')
    .join(' ');
}

describe('order of evidence', () => {
  it('nothing is unknown', () => {
    assert.deepEqual(lineOrigin({ evidence: [] }), {
      ...{ state: 'unknown', deciding: undefined, evidence: [], marker: 'none', mayRaise: false },
    });
  });

  describe('each row by itself', () => {
    const rows: [Evidence, string][] = [
      [of('override', 'ai'), 'ai solid raises override'],
      [of('override', 'human'), 'human none override'],
      [of('override', 'mixed'), 'mixed hollow override'],
      [of('override', 'ai-commit'), 'ai-commit hollow override'],
      [of('recorder-exact'), 'ai solid raises recorder-exact'],
      [of('git-ai-note'), 'ai solid raises git-ai-note'],
      [of('git-ai-note-human', 'human'), 'human none git-ai-note-human'],
      [of('git-ai-working-log'), 'ai solid raises git-ai-working-log'],
      [of('git-ai-working-log', 'ai', { confidence: 0.8 }), 'ai solid raises git-ai-working-log'],
      [of('git-ai-working-log', 'human'), 'human none git-ai-working-log'],
      [of('git-ai-working-log', 'mixed'), 'mixed hollow git-ai-working-log'],
      [of('recorder-matched'), 'ai solid raises recorder-matched'],
      [of('agentblame'), 'ai solid raises agentblame'],
      [of('agentblame', 'ai', { confidence: 0.7 }), 'ai hollow agentblame'],
      [of('agentblame', 'ai', { confidence: 0.4 }), 'ai none agentblame'],
      [of('git-ai-old-note'), 'ai none git-ai-old-note'],
      [of('git-ai-old-note', 'ai', { confidence: 0.6 }), 'ai none git-ai-old-note'],
      [of('agent-trace'), 'ai solid raises agent-trace'],
      [of('agent-trace', 'mixed'), 'mixed hollow agent-trace'],
      [of('agent-trace', 'human'), 'human none agent-trace'],
      [of('commit-author', 'ai-commit'), 'ai-commit hollow commit-author'],
      [of('commit-co-author', 'ai-commit'), 'ai-commit hollow commit-co-author'],
      [of('commit-co-author', 'ai-commit', { confidence: 0.2 }), 'ai-commit none commit-co-author'],
      [of('commit-trailer', 'ai-commit'), 'ai-commit hollow commit-trailer'],
      [of('commit-trailer', 'ai-commit', { confidence: 0.45 }), 'ai-commit none commit-trailer'],
      [of('agent-trace-unverified'), 'ai hollow agent-trace-unverified'],
      [of('range-marker'), 'ai hollow range-marker'],
      [of('file-marker', 'ai-commit'), 'ai-commit hollow file-marker'],
      [of('file-percentage', 'ai-commit'), 'ai-commit hollow file-percentage'],
      [of('hint', 'ai-commit'), 'unknown none'],
      [of('hint', 'ai', { confidence: 1 }), 'unknown none'],
    ];
    for (const [evidence, expected] of rows) {
      const { source, claim, confidence } = evidence;
      it(`${source} ${claim} ${confidence}`, () => assert.equal(shown([evidence]), expected));
    }

    it('every source has a row', () => {
      const tested = new Set(rows.map(([{ source }]) => source));
      assert.deepEqual(
        Object.keys(SOURCES).filter((source) => !tested.has(source as Source)),
        [],
      );
    });
  });

  it('what ranks first decides, whatever the order and confidence, and everything is kept', () => {
    const all = (Object.keys(SOURCES) as Source[]).map((source) => of(source, 'ai'));
    for (let from = 0; from < all.length; from++) {
      const rest = all.slice(from);
      const weakFirst = rest
        .map((one, index) => (index === 0 ? { ...one, confidence: 0.01 } : one))
        .reverse();
      const origin = lineOrigin({ evidence: weakFirst });
      const expected = rest[0] as Evidence;
      const rank = SOURCES[expected.source].rank;
      if (expected.source === 'hint') assert.equal(origin.deciding, undefined);
      else assert.equal(SOURCES[(origin.deciding as Evidence).source].rank, rank);
      assert.equal(origin.evidence.length, rest.length);
      const ranks = origin.evidence.map(({ source }) => SOURCES[source].rank);
      assert.deepEqual(
        ranks,
        [...ranks].sort((a, b) => a - b),
      );
    }
  });

  it('of one rank, the surer decides', () => {
    const evidence = [
      of('commit-co-author', 'ai-commit', { confidence: 0.45 }),
      of('commit-co-author', 'ai-commit'),
    ];
    assert.equal(lineOrigin({ evidence }).deciding?.confidence, 0.65);
  });

  it('a person is found by four sources only', () => {
    const may = (Object.keys(SOURCES) as Source[]).filter((source) =>
      shown([of(source, 'human')]).startsWith('human'),
    );
    assert.deepEqual(may, ['override', 'git-ai-note-human', 'git-ai-working-log', 'agent-trace']);
    assert.equal(
      shown([of('file-marker', 'human'), of('commit-trailer', 'ai-commit')]),
      'ai-commit hollow commit-trailer',
    );
  });

  it('what is said of a commit or file never raises', () => {
    for (const source of Object.keys(SOURCES) as Source[]) {
      if (SOURCES[source].isLineExact) continue;
      for (const claim of ['ai', 'ai-commit', 'mixed'] as const) {
        assert.equal(
          lineOrigin({ evidence: [of(source, claim, { confidence: 1 })] }).mayRaise,
          false,
          source,
        );
      }
    }
  });

  describe('a reliable note on the commit', () => {
    const author = of('commit-author', 'ai-commit');
    const coAuthor = of('commit-co-author', 'ai-commit');
    const trailer = of('commit-trailer', 'ai-commit');

    it('leaves unknown what it does not attest, whatever the commit says', () => {
      assert.equal(shown([author, coAuthor, trailer], { note: 'lines' }), 'unknown none');
      assert.equal(lineOrigin({ evidence: [coAuthor], note: 'lines' }).evidence.length, 1, 'It is kept.');
    });

    it('with nothing in it leaves an agent that made the commit', () => {
      assert.equal(shown([author, coAuthor], { note: 'empty' }), 'ai-commit hollow commit-author');
      assert.equal(shown([coAuthor, trailer], { note: 'empty' }), 'unknown none');
    });

    it('says nothing against other tools', () => {
      const others: [Evidence, string][] = [
        [of('agentblame'), 'ai solid raises agentblame'],
        [of('agent-trace'), 'ai solid raises agent-trace'],
        [of('file-marker', 'ai-commit'), 'ai-commit hollow file-marker'],
        [of('override', 'ai'), 'ai solid raises override'],
      ];
      for (const [evidence, expected] of others)
        assert.equal(shown([evidence, coAuthor], { note: 'lines' }), expected);
    });

    it('there is none', () => {
      assert.equal(shown([coAuthor], { note: 'none' }), 'ai-commit hollow commit-co-author');
    });
  });

  describe('a line that was edited since', () => {
    it('was written by a tool: mixed, which does not raise', () => {
      for (const source of [
        'recorder-exact',
        'git-ai-note',
        'git-ai-working-log',
        'recorder-matched',
      ] as const) {
        assert.equal(shown([], { former: [of(source)] }), `mixed hollow ${source}`);
      }
      assert.equal(shown([], { former: [of('override', 'ai')] }), 'mixed hollow override');
      assert.equal(shown([], { former: [of('git-ai-old-note')] }), 'mixed none git-ai-old-note');
    });

    it('was a person: nobody attests the edit', () => {
      const former = [of('git-ai-note-human', 'human'), of('override', 'human')];
      assert.equal(shown([], { former }), 'unknown none');
    });

    it('came with a commit of a tool: the line is another', () => {
      assert.equal(shown([], { former: [of('commit-author', 'ai-commit')] }), 'unknown none');
    });

    it('and what made the edit is known', () => {
      const former = [of('git-ai-note'), of('override', 'human')];
      assert.equal(shown([of('recorder-exact')], { former }), 'ai solid raises recorder-exact');
      assert.equal(shown([of('git-ai-working-log', 'human')], { former }), 'human none git-ai-working-log');
      assert.equal(lineOrigin({ evidence: [of('recorder-exact')], former }).evidence.length, 3);
    });

    it('what is said of the file does not hide it', () => {
      const evidence = [of('file-marker', 'ai-commit'), of('hint', 'ai-commit')];
      assert.equal(shown(evidence, { former: [of('git-ai-note')] }), 'mixed hollow git-ai-note');
      assert.equal(
        shown(evidence, { former: [of('git-ai-note-human', 'human')] }),
        'ai-commit hollow file-marker',
      );
    });
  });
});

describe('drawn markers', () => {
  const ai = lineOrigin({ evidence: [of('git-ai-note')] });
  const commit = lineOrigin({ evidence: [of('commit-author', 'ai-commit')] });
  const human = lineOrigin({ evidence: [of('git-ai-note-human', 'human')] });
  const nothing = lineOrigin({ evidence: [] });
  const drawn = (lines: [typeof ai, string][]) =>
    drawnMarkers(
      lines.map(([origin]) => origin),
      (line) => (lines[line] as [typeof ai, string])[1],
    ).map((marker) => marker[0]);

  it('blank and closing lines take what both neighbours agree on', () => {
    assert.deepEqual(
      drawn([
        [ai, 'a'],
        [nothing, ''],
        [nothing, '  });'],
        [ai, 'b'],
      ]),
      ['s', 's', 's', 's'],
    );
    assert.deepEqual(
      drawn([
        [ai, 'a'],
        [nothing, ''],
        [commit, 'b'],
      ]),
      ['s', 'n', 'h'],
    );
    assert.deepEqual(
      drawn([
        [commit, 'a'],
        [nothing, '}'],
        [commit, 'b'],
      ]),
      ['h', 'h', 'h'],
    );
    assert.deepEqual(
      drawn([
        [nothing, ''],
        [ai, 'a'],
        [nothing, ''],
      ]),
      ['n', 's', 'n'],
    );
    assert.deepEqual(
      drawn([
        [nothing, ''],
        [nothing, ''],
      ]),
      ['n', 'n'],
    );
  });

  it('lines with a word, and lines of people, take nothing', () => {
    assert.deepEqual(
      drawn([
        [ai, 'a'],
        [nothing, 'x'],
        [ai, 'b'],
      ]),
      ['s', 'n', 's'],
    );
    assert.deepEqual(
      drawn([
        [ai, 'a'],
        [human, ''],
        [ai, 'b'],
      ]),
      ['s', 'n', 's'],
    );
    assert.deepEqual(
      drawn([
        [ai, 'a'],
        [nothing, ''],
        [nothing, 'x'],
        [nothing, ''],
        [ai, 'b'],
      ]),
      ['s', 'n', 'n', 'n', 's'],
    );
  });

  it('states stay', () => {
    const origins = [ai, nothing, ai];
    drawnMarkers(origins, () => '');
    assert.deepEqual(
      origins.map(({ state, mayRaise }) => [state, mayRaise]),
      [
        ['ai', true],
        ['unknown', false],
        ['ai', true],
      ],
    );
  });
});
