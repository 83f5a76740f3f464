// What Codex, Cursor, Gemini CLI and Windsurf tell their hooks, as payloads.test.ts has it of the others.
import assert from 'node:assert/strict';
import { writtenLines } from '../../../server/src/origin/recorder/written-lines';
import { AFTER, BEFORE, PATH, read, written } from './told-edits';

describe('payloads of other agents', () => {
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

  it('Codex tells several files in one patch: made, changed, moved and removed ones', () => {
    const patch = [
      ...['*** Begin Patch', '*** Add File: new.ts', '+one();', '*** Delete File: old.ts'],
      ...['*** Update File: src/a.ts', '*** Move to: src/cart.ts', '@@', ' const a = 1;', '-const b = 2;'],
      ...['+const b = 20;', '+const d = 4;', '*** End Patch'],
    ].join('\n');
    const { edits } = read('codex', {
      ...{ session_id: 'x', cwd: '/home/ada/shop', hook_event_name: 'PostToolUse', model: 'gpt-5' },
      ...{ tool_name: 'apply_patch', tool_use_id: 'u', tool_input: { patch } },
    });
    assert.deepEqual(
      edits.map((edit) => [edit.path, writtenLines(edit, edit.path === 'new.ts' ? 'one();\n' : AFTER)]),
      [
        ['new.ts', { ranges: [{ start: 0, end: 1 }], placing: 'exact' }],
        ['src/cart.ts', { ranges: [{ start: 1, end: 3 }], placing: 'matched' }],
      ],
    );
    const shell = { tool_name: 'shell', tool_input: { command: ['bash', '-lc', 'cat > a.ts'] } };
    assert.deepEqual(read('codex', { hook_event_name: 'PostToolUse', ...shell }).edits, []);
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

    it('leaves out what it replaced at several places', () => {
      const tool_input = { file_path: PATH, old_string: '2', new_string: '20', allow_multiple: true };
      assert.equal(written(read('gemini', { ...common, tool_name: 'replace', tool_input })), 'nowhere');
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

  it('Windsurf tells where a path starts', () => {
    const edits = [{ old_string: 'const b = 2;', new_string: 'const b = 20;\nconst d = 4;' }];
    const tool_info = { file_path: 'src/cart.ts', cwd: '/home/ada/shop', edits, transcript_path: '/t' };
    const event = read('windsurf', { agent_action_name: 'post_write_code', trajectory_id: 'w', tool_info });
    assert.deepEqual([event.folder, event.edits[0]?.path], ['/home/ada/shop', 'src/cart.ts']);
    assert.deepEqual(read('windsurf', { agent_action_name: 'post_read_code', tool_info }).edits, []);
  });
});
