// What each agent tells its hook, field by field, and which lines that is. Written from the documented fields; none
// is a recording of a live agent.
import assert from 'node:assert/strict';
import type { AgentEvent } from '../../../server/src/origin/recorder/agent-event';
import type { AgentName } from '../../../server/src/origin/recorder/payloads/agent-names';
import { readPayload, transcriptPath } from '../../../server/src/origin/recorder/payloads/read-payload';
import { writtenLines } from '../../../server/src/origin/recorder/written-lines';

const PATH = '/home/ada/shop/src/cart.ts';
const BEFORE = 'const a = 1;\nconst b = 2;\nconst c = 3;\n';
const AFTER = 'const a = 1;\nconst b = 20;\nconst d = 4;\nconst c = 3;\n';

function read(agent: AgentName, payload: object | string): AgentEvent {
  const event = readPayload(agent, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return event ?? assert.fail('it is a payload');
}

/** `1-2 exact` for the lines that the only edit wrote, from 0 with the end excluded. */
function written(event: AgentEvent, text = AFTER): string {
  assert.equal(event.edits.length, 1);
  const [edit] = event.edits;
  assert.ok(edit);
  const found = writtenLines(edit, text);
  return found
    ? `${found.ranges.map(({ start, end }) => `${start}-${end}`).join(' ')} ${found.placing}`
    : 'nowhere';
}

const CLAUDE = {
  session_id: 'f7a1',
  transcript_path: '/home/ada/.claude/projects/-home-ada-shop/f7a1.jsonl',
  cwd: '/home/ada/shop',
  permission_mode: 'acceptEdits',
  hook_event_name: 'PostToolUse',
  tool_name: 'Edit',
  tool_input: { file_path: PATH, old_string: 'const b = 2;', new_string: 'const b = 20;\nconst d = 4;' },
  tool_response: {
    filePath: PATH,
    oldString: 'const b = 2;',
    newString: 'const b = 20;\nconst d = 4;',
    originalFile: BEFORE,
    structuredPatch: [
      {
        ...{ oldStart: 1, oldLines: 3, newStart: 1, newLines: 4 },
        lines: [' const a = 1;', '-const b = 2;', '+const b = 20;', '+const d = 4;', ' const c = 3;'],
      },
    ],
    userModified: false,
    replaceAll: false,
  },
  tool_use_id: 'toolu_1',
  duration_ms: 12,
};

describe('payloads of agents', () => {
  describe('Claude Code', () => {
    it('tells lines by its patch', () => {
      const event = read('claude', CLAUDE);
      const { tool, session, toolUseId, folder, answer, isStop } = event;
      assert.deepEqual(
        [tool, session, toolUseId, folder],
        ['Claude Code', 'f7a1', 'toolu_1', '/home/ada/shop'],
      );
      assert.deepEqual([answer, isStop, event.edits[0]?.path], ['block', false, PATH]);
      assert.equal(written(event), '1-3 exact');
      assert.equal(transcriptPath(JSON.stringify(CLAUDE)), CLAUDE.transcript_path);
    });

    it('is believed only where the text has the lines', () => {
      const moved = `// first\n${AFTER}`;
      const event = read('claude', CLAUDE);
      assert.equal(written(event, moved), '2-4 matched', 'found by what was written');
      assert.equal(written(event, BEFORE), 'nowhere');
      assert.equal(written(event, AFTER.replaceAll('\n', '\r\n')), '1-3 exact', 'ends of lines aside');
    });

    it('tells lines by the texts before and after, where the patch is empty', () => {
      const { structuredPatch: _, ...response } = CLAUDE.tool_response;
      const event = read('claude', { ...CLAUDE, tool_response: { ...response, structuredPatch: [] } });
      assert.equal(written(event), '1-3 exact');
    });

    it('tells a new file and a file that is written anew', () => {
      const tool_input = { file_path: PATH, content: AFTER };
      const write = (response: object) =>
        read('claude', { ...CLAUDE, tool_name: 'Write', tool_input, tool_response: response });
      const about = { filePath: PATH, content: AFTER, structuredPatch: [] };
      assert.equal(written(write({ ...about, type: 'create', originalFile: null })), '0-4 exact');
      assert.equal(written(write({ ...about, type: 'update', originalFile: BEFORE })), '1-3 exact');
      assert.equal(written(write({ ...about, type: 'update' })), '0-4 whole', 'what was there is not known');
      assert.equal(written(write({ ...about, type: 'update', originalFile: BEFORE }), BEFORE), 'nowhere');
    });

    it('tells several edits in one', () => {
      const edits = [
        { old_string: 'const b = 2;', new_string: 'const b = 20;\nconst d = 3;' },
        { old_string: 'd = 3', new_string: 'd = 4' },
      ];
      const multi = { ...CLAUDE, tool_name: 'MultiEdit', tool_input: { file_path: PATH, edits } };
      assert.equal(
        written(read('claude', { ...multi, tool_response: { edits, originalFileContents: BEFORE } })),
        '1-3 exact',
      );
      assert.equal(written(read('claude', { ...multi, tool_response: { edits } })), '1-3 matched');
    });

    it('says nothing for an error, for what is only staged, and for tools that write no file', () => {
      const none = (change: object) => assert.deepEqual(read('claude', { ...CLAUDE, ...change }).edits, []);
      none({ tool_response: 'Error: String to replace not found in file.' });
      none({ tool_response: { ...CLAUDE.tool_response, staged: true } });
      none({ tool_name: 'Bash', tool_input: { command: 'cat > a.ts' } });
      none({ tool_name: 'Read' });
      none({ tool_name: 'constructor' });
      none({ tool_input: null });
      none({ hook_event_name: 'PreToolUse' });
    });

    it('says so when a person changed the proposal', () => {
      const event = read('claude', {
        ...CLAUDE,
        tool_response: { ...CLAUDE.tool_response, userModified: true },
      });
      assert.equal(event.edits[0]?.isAmended, true);
    });

    it('can be at its end, and be kept from it once', () => {
      const stop = { ...CLAUDE, hook_event_name: 'Stop', stop_hook_active: false };
      assert.deepEqual([read('claude', stop).isStop, read('claude', stop).isRepeated], [true, false]);
      assert.equal(read('claude', { ...stop, stop_hook_active: true }).isRepeated, true);
    });
  });

  describe('VS Code', () => {
    const event = {
      timestamp: '2026-06-03T10:00:00.000Z',
      cwd: '/home/ada/shop',
      sessionId: 's-1',
      hookEventName: 'PostToolUse',
      transcript_path:
        '/home/ada/.config/Code/User/workspaceStorage/1/github.copilot-chat/transcripts/s-1.jsonl',
      tool_name: 'replace_string_in_file',
      tool_input: { filePath: PATH, oldString: 'const b = 2;', newString: 'const b = 20;\nconst d = 4;' },
      tool_use_id: 'call_1',
      tool_response: 'The file was edited.',
    };

    it('tells what it replaced', () => {
      const { tool, session, time, answer } = read('copilot', event);
      assert.deepEqual([tool, session, answer], ['GitHub Copilot', 's-1', 'block']);
      assert.equal(time, Date.parse(event.timestamp));
      assert.equal(written(read('copilot', event)), '1-3 matched');
    });

    it('names fields in either way', () => {
      const { sessionId, hookEventName, ...rest } = event;
      const snake = read('copilot', { ...rest, session_id: sessionId, hook_event_name: hookEventName });
      assert.deepEqual(snake, read('copilot', event));
    });

    it('is known by its transcript where it runs the hooks of Claude Code', () => {
      assert.equal(read('claude', event).tool, 'GitHub Copilot');
      assert.equal(
        read('claude', { ...event, transcript_path: undefined }).tool,
        'GitHub Copilot',
        'by the tool',
      );
    });

    it('makes files and applies patches', () => {
      const made = { ...event, tool_name: 'create_file', tool_input: { filePath: PATH, content: AFTER } };
      assert.equal(written(read('copilot', made)), '0-4 exact');
      const input = [
        '*** Begin Patch',
        `*** Update File: ${PATH}`,
        '@@',
        ' const a = 1;',
        '-const b = 2;',
        '+const b = 20;',
        '+const d = 4;',
        '*** End Patch',
      ].join('\n');
      assert.equal(
        written(read('copilot', { ...event, tool_name: 'apply_patch', tool_input: { input } })),
        '1-3 matched',
      );
    });
  });

  describe("Copilot's command line", () => {
    it('names no event in camel case', () => {
      const event = read('copilot', {
        ...{ sessionId: 'c-1', timestamp: 1_780_000_000_000, cwd: '/home/ada/shop', toolName: 'edit' },
        toolArgs: JSON.stringify({
          path: PATH,
          old_str: 'const b = 2;',
          new_str: 'const b = 20;\nconst d = 4;',
        }),
        toolResult: { resultType: 'success', textResultForLlm: 'done' },
      });
      assert.equal(written(event), '1-3 matched');
      assert.deepEqual([event.session, event.time, event.answer], ['c-1', 1_780_000_000_000, 'none']);
    });

    it('says nothing for what failed or was denied', () => {
      const toolArgs = { path: PATH, old_str: 'a', new_str: 'b' };
      const event = { sessionId: 'c-1', toolName: 'edit', toolArgs, toolResult: { resultType: 'denied' } };
      assert.deepEqual(read('copilot', event).edits, []);
    });

    it('has a patch as its whole input', () => {
      const tool_input = `*** Begin Patch\n*** Add File: src/cart.ts\n${AFTER.replace(/^(?=.)/gm, '+')}*** End Patch\n`;
      const event = read('copilot', {
        ...{
          hook_event_name: 'PostToolUse',
          session_id: 'c-1',
          cwd: '/home/ada/shop',
          tool_name: 'Write',
          tool_input,
        },
        tool_result: { result_type: 'success' },
      });
      assert.equal(event.edits[0]?.path, 'src/cart.ts');
      assert.equal(written(event), '0-4 exact');
    });

    it('is told of findings at its end', () => {
      const event = read('copilot', {
        sessionId: 'c-1',
        timestamp: 1_780_000_000_000,
        cwd: '/home/ada/shop',
      });
      assert.deepEqual([event.isStop, event.answer], [true, 'block']);
    });
  });

  it('Codex tells patches, and its model', () => {
    const event = read('codex', {
      ...{
        session_id: 'x',
        turn_id: 't',
        transcript_path: null,
        cwd: '/home/ada/shop',
        permission_mode: 'default',
      },
      ...{ hook_event_name: 'PostToolUse', model: 'gpt-5', tool_name: 'apply_patch', tool_use_id: 'u' },
      tool_input: {
        command:
          '*** Begin Patch\n*** Update File: src/cart.ts\n@@ const a = 1;\n-const b = 2;\n+const b = 20;\n+const d = 4;\n*** End Patch',
      },
      tool_response: 'Success. Updated the following files:\nM src/cart.ts',
    });
    assert.deepEqual([event.tool, event.model, event.answer], ['Codex', 'gpt-5', 'block']);
    assert.equal(written(event), '1-3 matched');
  });

  describe('Cursor', () => {
    const common = {
      ...{ conversation_id: 'k', generation_id: 'g', model: 'claude-4.5-sonnet', cursor_version: '2.0.0' },
      ...{ workspace_roots: ['/home/ada/shop'], user_email: null, transcript_path: null },
    };
    const edits = [{ old_string: 'const b = 2;', new_string: 'const b = 20;\nconst d = 4;' }];

    it('tells what it replaced', () => {
      const event = read('cursor', { ...common, hook_event_name: 'afterFileEdit', file_path: PATH, edits });
      const { tool, model, session, folder, answer } = event;
      assert.deepEqual([tool, model, session], ['Cursor', 'claude-4.5-sonnet', 'k']);
      assert.deepEqual([folder, answer], ['/home/ada/shop', 'none']);
      assert.equal(written(event), '1-3 matched');
    });

    it('tells where a completion was accepted', () => {
      const range = { start_line_number: 2, start_column: 11, end_line_number: 2, end_column: 12 };
      const tab = [
        { old_string: '2', new_string: '20', range, old_line: 'const b = 2;', new_line: 'const b = 20;' },
      ];
      const event = read('cursor', {
        ...common,
        hook_event_name: 'afterTabFileEdit',
        file_path: PATH,
        edits: tab,
      });
      assert.equal(written(event), '1-2 exact');
      assert.equal(written(event, BEFORE), 'nowhere');
    });

    it('leaves open what was in a file that is written whole', () => {
      const whole = [{ old_string: '', new_string: AFTER }];
      const event = read('cursor', {
        ...common,
        hook_event_name: 'afterFileEdit',
        file_path: PATH,
        edits: whole,
      });
      assert.equal(written(event), '0-4 whole');
    });

    it('writes paths of Windows with a slash before', () => {
      const event = read('cursor', {
        ...common,
        hook_event_name: 'afterFileEdit',
        file_path: '/c:/shop/a.ts',
        edits,
      });
      assert.equal(event.edits[0]?.path, 'c:/shop/a.ts');
    });

    it('is known where it runs the hooks of Claude Code', () => {
      const event = read('claude', { ...CLAUDE, cursor_version: '2.0.0' });
      assert.deepEqual([event.tool, event.answer], ['Cursor', 'none']);
    });

    it('is told of findings at its end, twice at most', () => {
      const stop = { ...common, hook_event_name: 'stop', status: 'completed', loop_count: 0 };
      const { isStop, answer, isRepeated } = read('cursor', stop);
      assert.deepEqual([isStop, answer, isRepeated], [true, 'follow-up', false]);
      assert.equal(read('cursor', { ...stop, loop_count: 2 }).isRepeated, true);
    });
  });

  describe('Gemini CLI', () => {
    const common = {
      ...{ session_id: 'g', transcript_path: '/t', cwd: '/home/ada/shop', hook_event_name: 'AfterTool' },
      timestamp: '2026-06-03T10:00:00.000Z',
      tool_response: { llmContent: 'ok', returnDisplay: 'ok' },
    };

    it('tells what it replaced', () => {
      const tool_input = {
        file_path: PATH,
        old_string: 'const b = 2;',
        new_string: 'const b = 20;\nconst d = 4;',
      };
      const event = read('gemini', { ...common, tool_name: 'replace', tool_input });
      assert.deepEqual([event.tool, event.answer], ['Gemini CLI', 'context']);
      assert.equal(written(event), '1-3 matched');
      const failed = {
        ...common,
        tool_name: 'replace',
        tool_input,
        tool_response: { error: { message: 'no' } },
      };
      assert.deepEqual(read('gemini', failed).edits, []);
    });

    it('leaves open what was in a file that is written whole', () => {
      const event = read('gemini', {
        ...common,
        tool_name: 'write_file',
        tool_input: { file_path: PATH, content: AFTER },
      });
      assert.equal(written(event), '0-4 whole');
    });
  });

  it('Windsurf has raw control characters in its JSON', () => {
    const payload = JSON.stringify(
      {
        ...{
          agent_action_name: 'post_write_code',
          trajectory_id: 'w',
          execution_id: 'e',
          model_name: 'SWE-1',
        },
        timestamp: '2026-06-03T10:00:00Z',
        tool_info: {
          file_path: PATH,
          edits: [{ old_string: 'const b = 2;', new_string: 'const b = 20;\nconst d = 4;' }],
        },
      },
      null,
      2,
    ).replace('20;\\nconst', '20;\nconst');
    assert.throws(() => JSON.parse(payload));
    const event = read('windsurf', payload);
    assert.deepEqual(
      [event.tool, event.model, event.session, event.answer],
      ['Windsurf', 'SWE-1', 'w', 'none'],
    );
    assert.equal(written(event), '1-3 matched');
  });

  it('what is no payload is none', () => {
    for (const text of ['', 'null', '[]', '"x"', '{', '{"a":', '\u0000', '{}x']) {
      assert.equal(readPayload('claude', text), undefined, JSON.stringify(text));
    }
    assert.deepEqual(read('claude', '{"__proto__": {"tool_name": "Edit"}, "hook_event_name": 7}').edits, []);
    const deep = `{"hook_event_name":"PostToolUse","tool_name":"Edit","tool_input":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    assert.deepEqual(read('claude', deep).edits, []);
  });
});
