import assert from 'node:assert/strict';
import { commitEvidence } from '../../server/src/origin/commits/commit-evidence';
import { readCommit } from '../../server/src/origin/commits/commit-object';
import { IDENTITIES } from '../../server/src/origin/commits/identities';
import { bytesOf, decode } from './bytes-of';

const ID = 'd'.repeat(40);
const ANN = 'Ann <ann@example.org>';

interface Written {
  readonly author?: string;
  readonly committer?: string;
  readonly headers?: string;
}

function objectOf(
  message: string,
  { author = ANN, committer = ANN, headers = '' }: Written = {},
): Uint8Array {
  const parent = headers.includes('parent ') ? '' : `parent ${'b'.repeat(40)}\n`;
  const persons = `author ${author} 1700000000 +0100\ncommitter ${committer} 1700000009 +0000\n`;
  return bytesOf(`tree ${'a'.repeat(40)}\n${parent}${persons}${headers}\n${message}`);
}

function evidenceOf(message: string, written: Written = {}) {
  const commit = readCommit(objectOf(message, written), decode);
  assert.ok(commit !== undefined, 'It is a commit.');
  return commitEvidence(ID, commit);
}

/** Source, confidence, tool and what else is known. */
function said(message: string, written: Written = {}): string[] {
  return evidenceOf(message, written).map(({ source, confidence, tool, model, session }) =>
    [source, confidence, tool ?? '?', model, session].filter((part) => part !== undefined).join(' '),
  );
}

const line = (text: string) => said(`subject\n\n${text}\n`);
const byAuthor = (author: string) => said('subject\n', { author });

describe('commits', () => {
  it('an object has headers, persons and a message', () => {
    const signature =
      'gpgsig -----BEGIN SSH SIGNATURE-----\n author Devin <x@y> 1 +0000\n \n encoding KOI8-R\n';
    const commit = readCommit(
      objectOf('subject\n\nauthor B <b@c> 2 +0000\n', { headers: signature }),
      decode,
    );
    assert.deepEqual(commit, {
      parents: ['b'.repeat(40)],
      author: { name: 'Ann', address: 'ann@example.org' },
      committer: { name: 'Ann', address: 'ann@example.org' },
      time: 1_700_000_000_000,
      message: 'subject\n\nauthor B <b@c> 2 +0000\n',
    });
  });

  it('merges, roots and messages that are empty', () => {
    const headers = `parent ${'1'.repeat(40)}\nparent ${'2'.repeat(64)}\n`;
    assert.deepEqual(readCommit(objectOf('', { headers }), decode)?.parents, [
      '1'.repeat(40),
      '2'.repeat(64),
    ]);
    const root = bytesOf(`tree ${'a'.repeat(40)}\nauthor ${ANN} 1 +0000\ncommitter ${ANN} 1 +0000\n`);
    assert.deepEqual(readCommit(root, decode)?.parents, []);
    assert.equal(readCommit(root, decode)?.message, '');
  });

  it('another encoding, and one that nobody knows', () => {
    const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
    const object = (encoding: string) =>
      latin(
        `tree ${'a'.repeat(40)}\nauthor Zo\u00eb <z@e.org> 1 +0000\ncommitter ${ANN} 1 +0000\nencoding ${encoding}\n\n\u00fc`,
      );
    assert.equal(readCommit(object('ISO-8859-1'), decode)?.author.name, 'Zoë');
    assert.equal(readCommit(object('ISO-8859-1'), decode)?.message, 'ü');
    assert.equal(readCommit(object('x-nobody'), decode)?.message, '\uFFFD');
  });

  it('what is no commit is none', () => {
    for (const text of [
      '',
      'tree',
      'blob\n\n',
      '\n\nauthor A <a@b> 1 +0000',
      'object x\ntype commit\ntag v1\n\n',
    ]) {
      assert.equal(readCommit(bytesOf(text), decode), undefined, text);
    }
  });
});

describe('what commits say of AI tools', () => {
  it('nothing, of people and of robots', () => {
    const people = [
      ANN,
      'Boris <boris@anthropic.com>',
      'Agus <agus@zed.dev>',
      'Paul <paul@aider.chat>',
      'Claude Dupont <claude@example.org>',
      'Claude <noreply@anthropic.com.example.org>',
      'Devin <devin@example.org>',
      'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
      'renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>',
      'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
      'gemini-cli-robot <gemini-cli-robot@google.com>',
      'stainless-app[bot] <142633134+stainless-app[bot]@users.noreply.github.com>',
      'GitHub <noreply@github.com>',
      'Ann <1+ann+copilot@users.noreply.github.com>',
      'Ann <1+claude@users.noreply.github.com>',
      'Ann <1+codex@users.noreply.github.com>',
      ' <>',
    ];
    for (const person of people) {
      assert.deepEqual(byAuthor(person), [], person);
      assert.deepEqual(line(`Co-authored-by: ${person}`), [], person);
    }
  });

  it('an agent is the author', () => {
    const cases: [string, string][] = [
      ['Claude <noreply@anthropic.com>', 'commit-author 0.85 Claude Code'],
      ['Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>', 'commit-author 0.85 Devin'],
      [
        'copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>',
        'commit-author 0.85 GitHub Copilot',
      ],
      ['Cursor Agent <cursoragent@cursor.com>', 'commit-author 0.85 Cursor'],
      [
        'google-labs-jules[bot] <google-labs-jules[bot]@users.noreply.github.com>',
        'commit-author 0.85 Jules',
      ],
      ['Ann (aider) <ann@example.org>', 'commit-author 0.85 Aider'],
      ['VS Code <copilot@github.com>', 'hint 0.3 GitHub Copilot'],
    ];
    for (const [author, expected] of cases) assert.deepEqual(byAuthor(author), [expected], author);
  });

  it('others may have written in what was squashed', () => {
    const written = { author: 'Claude <noreply@anthropic.com>', committer: 'GitHub <noreply@github.com>' };
    assert.deepEqual(said('Add it (#12)\n', written), ['commit-author 0.75 Claude Code']);
    assert.deepEqual(said('Add it\n', written), ['commit-author 0.85 Claude Code']);
  });

  it('a committer says nothing: aider commits what people wrote', () => {
    assert.deepEqual(said('subject\n', { committer: 'Ann (aider) <ann@example.org>' }), []);
    assert.deepEqual(said('subject\n', { committer: 'Claude <noreply@anthropic.com>' }), []);
  });

  it('an agent is a co-author, by its address', () => {
    const cases: [string, string][] = [
      ['Claude <noreply@anthropic.com>', 'Claude Code'],
      ['Claude Opus 4.6 (1M context) <noreply@anthropic.com>', 'Claude Code Claude Opus 4.6 (1M context)'],
      ['GPT-5.6 Sol <noreply@anthropic.com>', 'Claude Code GPT-5.6 Sol'],
      ['claude[bot] <209825114+claude[bot]@users.noreply.github.com>', 'Claude Code'],
      ['Whatever <NoReply@Anthropic.com>', 'Claude Code Whatever'],
      ['Codex <noreply@openai.com>', 'Codex'],
      ['openai-code-agent[bot] <242516109+Codex@users.noreply.github.com>', 'Codex'],
      ['aider (gpt-4o) <aider@aider.chat>', 'Aider gpt-4o'],
      ['aider <noreply@aider.dev>', 'Aider'],
      ['Copilot <223556219+Copilot@users.noreply.github.com>', 'GitHub Copilot'],
      ['Qwen-Coder <qwen-coder@alibabacloud.com>', 'Qwen Code'],
    ];
    for (const [person, expected] of cases) {
      assert.deepEqual(line(`Co-Authored-By: ${person}`), [`commit-co-author 0.65 ${expected}`], person);
    }
    assert.deepEqual(line('co-authored-by:  Amp <amp@ampcode.com>  \r'), ['commit-co-author 0.65 Amp']);
  });

  it('what is less than it seems', () => {
    const suggestion = evidenceOf(
      's\n\nCo-authored-by: x <176961590+gemini-code-assist[bot]@users.noreply.github.com>\n',
    )[0];
    assert.equal(suggestion?.confidence, 0.4);
    assert.equal(suggestion?.detail, 'often one applied suggestion of a review');
    assert.deepEqual(line('Co-authored-by: Copilot <copilot@github.com>'), ['hint 0.3 GitHub Copilot']);
    assert.deepEqual(line('Co-authored-by: Zed <noreply@zed.dev>'), ['hint 0.35 Zed']);
    assert.deepEqual(line('Co-authored-by: Cascade <cascade@windsurf.ai>'), [
      'commit-co-author 0.5 Windsurf',
    ]);
  });

  it('sessions', () => {
    const uuid = '0e6d8c3e-5f0b-4f6e-9b57-3d9b8c1d2e3f';
    const cases: [string, string][] = [
      ['Claude-Session: https://claude.ai/code/session_01Ab', 'Claude Code session_01Ab'],
      [`Amp-Thread-ID: https://ampcode.com/threads/T-${uuid}`, `Amp T-${uuid}`],
      [`Agent-Logs-Url: https://github.com/o/r/sessions/${uuid}`, `GitHub Copilot ${uuid}`],
      ['Entire-Checkpoint: 0123456789ab', '? 0123456789ab'],
      ['Entire-Checkpoint: 01ARZ3NDEKTSV4RRFFQ69G5FAV', '? 01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    ];
    for (const [text, expected] of cases)
      assert.deepEqual(line(text), [`commit-co-author 0.65 ${expected}`], text);
    const other = [
      'Claude-Session: https://evil.example/session_1',
      'Entire-Checkpoint: none',
      'Amp-Thread-ID: 7',
    ];
    for (const text of other) assert.deepEqual(line(text), [], text);
  });

  it('how much of a commit was a session', () => {
    const checkpoint = 'Entire-Checkpoint: 0123456789ab\nEntire-Agent: Claude Code\n';
    const [evidence] = evidenceOf(`s\n\n${checkpoint}Entire-Attribution: 73% agent (146/200 lines)\n`);
    assert.equal(evidence?.confidence, 0.73);
    assert.equal(evidence?.detail, '73 % of the commit');
    assert.equal(evidence?.tool, 'Claude Code');
    assert.deepEqual(line(`${checkpoint}Entire-Attribution: 0% agent (0/20 lines)`), []);
    assert.deepEqual(line(`${checkpoint}Entire-Attribution: 100%`), [
      'commit-co-author 0.95 Claude Code 0123456789ab',
    ]);
    const squash =
      'Entire-Attribution: 100% agent (10/10 lines)\n\n* next\n\nEntire-Attribution: 0% agent (0/30 lines)';
    assert.deepEqual(line(`${checkpoint}${squash}`), ['commit-co-author 0.25 Claude Code 0123456789ab']);
    assert.deepEqual(line(`${checkpoint}Entire-Attribution: 900%`), [
      'commit-co-author 0.65 Claude Code 0123456789ab',
    ]);
  });

  it('lines that tools write', () => {
    const made = 'commit-trailer 0.55';
    assert.deepEqual(line('🤖 Generated with [Claude Code](https://claude.com/claude-code)'), [
      `${made} Claude Code`,
    ]);
    assert.deepEqual(line('Generated with [opencode](https://opencode.ai)'), [`${made} opencode`]);
    assert.deepEqual(line('Made with Cursor'), [`${made} Cursor`]);
    assert.deepEqual(line('Made-with: Cursor'), [`${made} Cursor`]);
    const others = [
      'Made with love',
      'Generated with [protoc](https://x.org)',
      'It was generated with Cursor',
      'Made with care by Ann',
    ];
    for (const text of others) assert.deepEqual(line(text), [], text);
  });

  it('names of tools behind keys', () => {
    const cases: [string, string][] = [
      ['Assisted-by: Claude:claude-3-opus coccinelle sparse', '0.45 Claude claude-3-opus'],
      ['Assisted-by: Claude:claude-3-opus [coccinelle] [sparse]', '0.45 Claude claude-3-opus'],
      ['Assisted-By: ChatGPTv5', '0.45 ChatGPT ChatGPTv5'],
      ['Assisted-by: generic LLM chatbot', '0.45 ?'],
      ['Assisted-by: Claude Opus 4.5', '0.45 Claude Claude Opus 4.5'],
      ['Assisted-by: GitHub Copilot', '0.45 GitHub Copilot'],
      ['Assisted-by: Cursor with claude-4.5-sonnet', '0.45 Cursor claude-4.5-sonnet'],
      ['Assisted-by: Claude Code <noreply@anthropic.com>', '0.45 Claude Code'],
      ['Assisted-by: Some Agent <noreply@agent.example>', '0.45 Some Agent'],
      ['Assisted-by: gpt-5-codex', '0.45 ? gpt-5-codex'],
      ['Assisted-by: Devin AI', '0.45 Devin'],
      ['Assisted-by: SomeAgent:claude-opus-5', '0.45 SomeAgent claude-opus-5'],
      ['Generated-by: Claude Code 2.1', '0.55 Claude Code'],
      ['Generated-by: Codex', '0.55 Codex'],
      ['Assisted-by: Claude (Anthropic)', '0.45 Claude'],
      ['Assisted-by: Claude / Grok', '0.45 Claude'],
      ['Assisted-by: Claude (Anthropic AI) <noreply@anthropic.com>', '0.45 Claude Code'],
      ['AI-Assisted-By: Claude Code (model: claude-sonnet-5)', '0.45 Claude Code claude-sonnet-5'],
      ['AI-Assistant: Cursor', '0.45 Cursor'],
      ['ai-authored-by: kiro', '0.45 Kiro'],
    ];
    for (const [text, expected] of cases) assert.deepEqual(line(text), [`commit-trailer ${expected}`], text);
  });

  it('people and programs behind the same keys', () => {
    const people = [
      ...[
        'Jay Satiro',
        'Daniel Stenberg',
        'Viktor Szakats',
        'Claude Monet',
        'Devin Smith',
        'Jules Verne',
        'Jules',
      ],
      ...[
        'Claude Dupont <claude@example.org>',
        'Claude <claude@example.org>',
        'Ann <ann@users.noreply.github.com>',
      ],
      ...[
        'Ann <1+ann@users.noreply.github.com>',
        'GitHub <noreply@github.com>',
        'gemini13 on IRC',
        'Claudette',
      ],
      ...[
        'none',
        'None',
        'n/a',
        'no AI',
        'none (no LLM used)',
        'human',
        '-',
        'not Claude',
        'without Copilot',
      ],
      ...[
        'https://example.org/',
        'RFC:9110',
        'Ai Nakamura',
        'Opus Dei',
        'Cursor Mundi',
        'Amp Fiddler',
        'OSS-Fuzz',
      ],
    ];
    for (const person of people) assert.deepEqual(line(`Assisted-by: ${person}`), [], person);
    const programs = [
      'StageFreight',
      'protoc 3.1',
      'openapi-generator:v6.2',
      'Docs <noreply@docs.example>',
      'make',
      'AutoGen',
    ];
    for (const program of programs) assert.deepEqual(line(`Generated-by: ${program}`), [], program);
  });

  it('the subject, prose and other keys say nothing', () => {
    const claude = 'Claude <noreply@anthropic.com>';
    assert.deepEqual(said(`Co-authored-by: ${claude}\n`), []);
    assert.deepEqual(said(`\n\nCo-authored-by: ${claude}\n`), []);
    const prose = [
      `We add "Co-authored-by: ${claude}" to commits.`,
      `  Co-authored-by: ${claude}`,
      `> Co-authored-by: ${claude}`,
      `Signed-off-by: ${claude}`,
      `Reviewed-by: ${claude}`,
      'agent: use Claude Code',
      'Co-authored-by: Claude noreply@anthropic.com',
      `constructor: ${claude}`,
      `__proto__: ${claude}`,
    ];
    for (const text of prose) assert.deepEqual(line(text), [], text);
  });

  it('trailers in the middle of a squash, each once', () => {
    const trailer = 'Co-authored-by: Claude <noreply@anthropic.com>';
    const message = `Add it (#7)\n\n* one\n\n${trailer}\n\n* two\n\n${trailer}\nAssisted-by: none\n\n---------\n\nCo-authored-by: Ann <ann@example.org>\n`;
    assert.deepEqual(said(message), ['commit-co-author 0.65 Claude Code']);
  });

  it('knows commit and time', () => {
    const [evidence] = evidenceOf('s\n\nMade with Cursor\n');
    assert.equal(evidence?.commit, ID);
    assert.equal(evidence?.time, 1_700_000_000_000);
    assert.equal(evidence?.claim, 'ai-commit');
  });

  it('of a stranger is bounded and clean', () => {
    const many = Array.from(
      { length: 5000 },
      (_, index) => `Co-authored-by: M${index} <noreply@anthropic.com>`,
    );
    assert.equal(line(many.join('\n')).length, 32);
    const long = `Co-authored-by: ${'x'.repeat(2_000_000)} <noreply@anthropic.com>`;
    assert.deepEqual(line(long), []);
    assert.deepEqual(line(`Assisted-by: ${'Claude '.repeat(200_000)}`), []);
    assert.deepEqual(line('Co-authored-by: \u202Eevil\u0007 <noreply@anthropic.com>'), [
      'commit-co-author 0.65 Claude Code evil',
    ]);
    assert.deepEqual(line(`Made with ${' '.repeat(900)}x`), []);
    assert.deepEqual(line(`a-b${' \t'.repeat(450)}`), []);
    readCommit(bytesOf(`tree ${'a'.repeat(40)}\n${'x y\n'.repeat(1_000_000)}`), decode);
  });

  it('every identity is in lower case and is told once', () => {
    const all = IDENTITIES.flatMap(({ addresses = [], accounts = [] }) => [...addresses, ...accounts]);
    assert.deepEqual(
      all.filter((one) => one !== one.toLowerCase()),
      [],
    );
    assert.equal(new Set(all).size, all.length);
  });
});
