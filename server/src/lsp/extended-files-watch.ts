/** Has the client watch the files that configuration files extend: these, by name, and no others. */
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesRegistrationOptions,
  type Disposable,
} from 'vscode-languageserver/node';

import type { Cancel } from '../host/host';
import type { Context } from './context';
import { guarded } from './guard';

/** Several files that become known in a row are registered together. */
const PAUSE_MS = 50;

export class ExtendedFilesWatch {
  readonly #context: Context;
  #cancel: Cancel | undefined;
  #watched: readonly string[] = [];
  #registration: Disposable | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  /** To be called when there may be others to watch. */
  update(): void {
    const { client, session } = this.#context;
    if (!client.watchesFiles) return;
    this.#cancel?.();
    this.#cancel = session.host.after(PAUSE_MS, () => {
      this.#cancel = undefined;
      void guarded('watching extended files', session.host.log, undefined, () => this.#register());
    });
  }

  dispose(): void {
    this.#cancel?.();
  }

  async #register(): Promise<void> {
    const { client, connection, session } = this.#context;
    const uris = [...session.extendedFiles].sort();
    if (uris.join('\n') === this.#watched.join('\n')) return;
    this.#watched = uris;
    const former = this.#registration;
    this.#registration = undefined;
    const options = { watchers: watchersOf(uris, client.hasRelativePatterns) };
    const registration = await connection.client.register(DidChangeWatchedFilesNotification.type, options);
    // Meanwhile there may have been another one.
    if (this.#watched === uris) this.#registration = registration;
    else registration.dispose();
    former?.dispose();
  }
}

type Watchers = DidChangeWatchedFilesRegistrationOptions['watchers'];

/** Clients that know no folders in patterns watch all files of these names. */
function watchersOf(uris: readonly string[], hasRelativePatterns: boolean): Watchers {
  const places = uris.map((uri) => {
    const end = uri.lastIndexOf('/');
    return { baseUri: uri.slice(0, end), pattern: literal(decodeURIComponent(uri.slice(end + 1))) };
  });
  if (hasRelativePatterns) return places.map((globPattern) => ({ globPattern }));
  const names = new Set(places.map(({ pattern }) => pattern));
  return [...names].map((name) => ({ globPattern: `**/${name}` }));
}

/** A name without what means something in a pattern: there, any character will do. */
function literal(name: string): string {
  return name.replace(/[*?{}[\]]/g, '?');
}
