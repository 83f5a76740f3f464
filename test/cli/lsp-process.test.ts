// How the process of `countersign lsp --stdio` ends, and what it makes of input that is no message.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { EVIL } from './project';
import { framed, PUSH_ONLY, withServer } from './raw-client';

const EVAL = 'injection/eval-dynamic';

describe('countersign lsp: its end', function () {
  this.timeout(60_000);

  it(
    'is orderly after a shutdown, and what comes in between is answered',
    withServer({}, async (client) => {
      await client.initialize();
      const uri = client.open('a.js', EVIL);
      await client.published(uri, 1, EVAL);
      assert.equal(await client.request('shutdown'), null);
      assert.deepEqual(
        await client.actions(uri, { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } }),
        [],
      );
      client.notify('exit');
      assert.deepEqual(await client.ended, { code: 0, signal: null });
    }),
  );

  it(
    'has exit code 1 without a shutdown',
    withServer({}, async (client) => {
      await client.initialize();
      client.notify('exit');
      assert.deepEqual(await client.ended, { code: 1, signal: null });
    }),
  );

  it(
    'has exit code 1 before anything was said',
    withServer({}, async (client) => {
      client.notify('exit');
      assert.deepEqual(await client.ended, { code: 1, signal: null });
    }),
  );

  it(
    'comes when the client closes the input',
    withServer({}, async (client) => {
      await client.initialize();
      client.open('a.js', EVIL);
      client.closeInput();
      assert.deepEqual(await client.ended, { code: 1, signal: null });
    }),
  );

  it(
    'comes when the client is gone, though the input stays open',
    withServer({}, async (client) => {
      const gone = spawn(process.execPath, ['-e', '']);
      await once(gone, 'exit');
      await client.initialize(PUSH_ONLY, { processId: gone.pid });
      assert.deepEqual(await client.ended, { code: 1, signal: null });
    }),
  );

  it(
    'does not come while the client may live on, or names no process',
    withServer({}, async (client) => {
      await client.initialize(PUSH_ONLY, { processId: null });
      await client.published(client.open('a.js', EVIL), 1, EVAL);
      assert.deepEqual(await client.shutdown(), { code: 0, signal: null });
    }),
  );
});

describe('countersign lsp: what is no message', function () {
  this.timeout(60_000);

  const unframed: Readonly<Record<string, string>> = {
    'a header without a length': 'X-Length: 3\r\n\r\n',
    'a line of text': 'hello\n',
    'a length that is no number': 'Content-Length: many\r\n\r\n{}',
    'a length below zero': 'Content-Length: -5\r\n\r\n{}',
    'text without an end': 'Content-Length: 2'.repeat(1_000),
  };
  for (const [name, bytes] of Object.entries(unframed)) {
    it(
      `ends the server where nobody can know any more what a message is: ${name}`,
      withServer({}, async (client) => {
        await client.initialize();
        client.writeBytes(bytes);
        assert.deepEqual(await client.ended, { code: 2, signal: null });
        assert.match(client.err, /^What came over standard input is no message [^\n]*\n$/);
        client.err = '';
      }),
    );
  }

  it(
    'is passed over where only that message is bad',
    withServer({}, async (client) => {
      await client.initialize();
      const bodies = [
        ...['{ "id": 1', '', 'null', '42', '[]', '{}', '"\u0000"', '{"jsonrpc":"2.0","id":77,"result":null}'],
        '{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}',
        '{"jsonrpc":"2.0","method":"textDocument/didOpen"}',
        '{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":1}}}',
        '{"jsonrpc":"2.0","method":"textDocument/didClose","params":[7]}',
        '{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration"}',
        '{"jsonrpc":"2.0","method":"workspace/didChangeWatchedFiles","params":{}}',
      ];
      for (const [index, body] of bodies.entries()) {
        client.writeBytes(framed(body));
        await client.published(client.open(`${index}.js`, EVIL), 1, EVAL);
      }
      assert.deepEqual(await client.shutdown(), { code: 0, signal: null });
    }),
  );

  it(
    'is answered with an error where it is a request',
    withServer({}, async (client) => {
      await assert.rejects(client.request('textDocument/hover', {}), 'before initialize');
      await client.initialize();
      await assert.rejects(client.request('countersign/nonsense'), /Unhandled method/);
      await assert.rejects(client.request('textDocument/codeAction'));
      await assert.rejects(client.request('countersign/suppress', {}), /not open any more/);
    }),
  );

  it(
    'is read in whatever pieces it comes',
    withServer({}, async (client) => {
      await client.initialize();
      const uri = client.uriOf('a.js');
      const textDocument = { uri, languageId: 'javascript', version: 1, text: `/* ä🙂 */ ${EVIL}` };
      const bytes = Buffer.from(
        framed(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument } })),
      );
      for (const byte of bytes) client.writeBytes(Uint8Array.of(byte));
      await client.published(uri, 1, EVAL);
    }),
  );
});
