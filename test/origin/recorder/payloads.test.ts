// What each agent tells its hook, field by field, and which lines that is. Written from the documented fields; none
// is a recording of a live agent.
import assert from 'node:assert/strict';
import { readPayload, transcriptsOf } from '../../../server/src/origin/recorder/payloads/read-payload';
import { writtenLines } from '../../../server/src/origin/recorder/written-lines';
import { AFTER, BEFORE, PATH, read, written } from './told-edits';

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
      assert.deepEqual(transcriptsOf(JSON.stringify(CLAUDE)), [
        { path: CLAUDE.transcript_path, isShared: false },
      ]);
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

    it('is not who ran its hook where Cursor did', () => {
      const event = read('claude', { ...CLAUDE, cursor_version: '2.0.0' });
      assert.deepEqual([event.tool, event.answer], ['Cursor', 'none']);
    });

    it('says so when a person changed the proposal', () => {
      const event = read('claude', {
        ...CLAUDE,
        tool_response: { ...CLAUDE.tool_response, userModified: true },
      });
      assert.equal(event.edits[0]?.isAmended, true);
    });

    it('has agents of its own, whose model is in a transcript of their own', () => {
      const path = CLAUDE.transcript_path;
      assert.deepEqual(
        transcriptsOf(JSON.stringify({ ...CLAUDE, agent_id: 'a1b2', agent_type: 'Explore' })),
        [
          {
            path: '/home/ada/.claude/projects/-home-ada-shop/f7a1/subagents/agent-a1b2.jsonl',
            isShared: false,
          },
          { path, isShared: true },
        ],
      );
      assert.deepEqual(transcriptsOf(JSON.stringify({ ...CLAUDE, agent_id: '../../x' })), [
        { path, isShared: true },
      ]);
      assert.deepEqual(transcriptsOf('{"transcript_path": null}'), []);
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

  describe('VS Code, tool by tool', () => {
    const call = (tool_name: string, tool_input: object) =>
      read('copilot', {
        ...{ hook_event_name: 'PostToolUse', session_id: 's', cwd: '/home/ada/shop', tool_use_id: 'c' },
        ...{ tool_name, tool_input, tool_response: 'ok' },
      });

    it('replaces in several files at once', () => {
      const replacements = [
        { filePath: PATH, oldString: 'const b = 2;', newString: 'const b = 20;\nconst d = 4;' },
        { filePath: '/home/ada/shop/src/b.ts', oldString: 'x', newString: 'y' },
      ];
      const { edits } = call('multi_replace_string_in_file', { explanation: 'Add d', replacements });
      assert.deepEqual(
        edits.map(({ path }) => path),
        [PATH, '/home/ada/shop/src/b.ts'],
      );
      assert.deepEqual(edits[0] && writtenLines(edits[0], AFTER), {
        ranges: [{ start: 1, end: 3 }],
        placing: 'matched',
      });
    });

    it('tells of tools that write nothing that it names', () => {
      const code = '// ...existing code...\nconst d = 4;';
      assert.deepEqual(call('insert_edit_into_file', { filePath: PATH, code }).edits, [], 'a sketch');
      assert.deepEqual(call('run_in_terminal', { command: 'sed -i s/a/b/ a.ts' }).edits, []);
      assert.deepEqual(call('read_file', { filePath: PATH }).edits, []);
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

    it('makes files', () => {
      const event = read('copilot', {
        ...{ sessionId: 'c-1', timestamp: 1_780_000_000_000, cwd: '/home/ada/shop', toolName: 'create' },
        toolArgs: { path: PATH, file_text: AFTER },
        toolResult: { resultType: 'success', textResultForLlm: 'Created file' },
      });
      assert.equal(written(event), '0-4 exact');
    });

    it('names the fields of an event in snake case where the event is named so', () => {
      const event = {
        ...{ hook_event_name: 'PostToolUse', session_id: 'c-1', cwd: '/home/ada/shop', tool_name: 'edit' },
        tool_input: { path: PATH, old_str: 'const b = 2;', new_str: 'const b = 20;\nconst d = 4;' },
        tool_result: { result_type: 'success' },
      };
      assert.equal(written(read('copilot', event)), '1-3 matched');
      assert.equal(read('copilot', event).answer, 'none', 'nobody reads what is said after a tool');
      assert.deepEqual(read('copilot', { ...event, tool_result: { result_type: 'failure' } }).edits, []);
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

  it('what is no payload is none', () => {
    for (const text of ['', 'null', '[]', '"x"', '{', '{"a":', '\u0000', '{}x']) {
      assert.equal(readPayload('claude', text), undefined, JSON.stringify(text));
    }
    assert.deepEqual(read('claude', '{"__proto__": {"tool_name": "Edit"}, "hook_event_name": 7}').edits, []);
    const deep = `{"hook_event_name":"PostToolUse","tool_name":"Edit","tool_input":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    assert.deepEqual(read('claude', deep).edits, []);
  });
});
