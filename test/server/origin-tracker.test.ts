// How much of a document is asked for may change while git is asked: what it says of less is not all.
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileOrigins, OriginsRequest } from '../../server/src/origin/lines/file-origins';
import { LoadedOrigins } from '../../server/src/origin/lines/loaded-origins';
import { OriginTracker } from '../../server/src/session/origin/origin-tracker';
import { FakeHost } from './fake-host';

describe('who wrote the lines of open documents', () => {
  it('is not taken from an answer to another question', async () => {
    const asked: { readonly request: OriginsRequest; readonly answer: (loaded: LoadedOrigins) => void }[] =
      [];
    const origins = {
      load: (request: OriginsRequest) =>
        new Promise((resolve) => asked.push({ request, answer: (loaded) => resolve(loaded) })),
    } as unknown as FileOrigins;
    const file = {
      repository: { root: 'file:///r', gitFolder: 'file:///r/.git', commonFolder: 'file:///r/.git' },
      path: 'a.ts',
    };
    const loaded = (missing: string) => new LoadedOrigins({ file, sources: [], missing: [missing] });
    const tracker = new OriginTracker({
      origins,
      host: new FakeHost(),
      isTrusted: true,
      onChanged: () => {},
    });
    const text = TextDocument.create('file:///r/a.ts', 'typescript', 1, 'one();\n');
    const settled = () => new Promise((resolve) => setImmediate(resolve));

    tracker.follow(text, 'raising');
    tracker.follow(text, 'all');
    const [forRaising, forAll] = asked;
    assert.ok(forRaising && forAll && asked.length === 2);
    assert.ok(forRaising.request.signal?.aborted && forRaising.request.isForRaising);
    assert.equal(forAll.request.isForRaising, false);
    forRaising.answer(loaded('much'));
    await settled();
    assert.equal(tracker.of(text.uri)?.state, 'loading');
    forAll.answer(loaded('little'));
    await settled();
    assert.deepEqual(
      [tracker.of(text.uri)?.state, tracker.of(text.uri)?.cause],
      ['ready', 'Not known of little.'],
    );
    tracker.follow(text, 'raising');
    assert.equal(tracker.of(text.uri)?.state, 'loading');
    tracker.dispose();
  });
});
