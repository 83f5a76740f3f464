/** How each open document is checked: what the client says, on top of the nearest configuration file. */
import type { ConfigurationFiles } from './configuration/configuration-files';
import { type PersonalSettings, type ShownSettings, shownSettings } from './shown-findings';
import type { WorkspaceFolders } from './workspace-folders';

/** What the client says of a document. */
export interface ClientSettings extends PersonalSettings {
  readonly isEnabled: boolean;
  readonly run: 'onType' | 'onSave';
  /** Whether the person wants to see who wrote lines, where the client can show it. */
  readonly hasMarkers: boolean;
  /** Whether fixes that are applied and saved are recorded in the repository. */
  readonly recordsFixes: boolean;
}

/** How a document is checked. */
export interface DocumentSettings extends ShownSettings {
  /** False also where the configuration leaves the file out. */
  readonly isEnabled: boolean;
  readonly run: 'onType' | 'onSave';
  /** Whether who wrote its lines is to be shown; also where it is not checked because the configuration leaves it out. */
  readonly hasMarkers: boolean;
}

export class SettingsOfDocuments {
  readonly #files: ConfigurationFiles;
  readonly #folders: WorkspaceFolders;
  readonly #byClient = new Map<string, ClientSettings>();
  readonly #inForce = new Map<string, DocumentSettings>();

  constructor(files: ConfigurationFiles, folders: WorkspaceFolders) {
    this.#files = files;
    this.#folders = folders;
  }

  /** Undefined until the client's are known. */
  get(uri: string): DocumentSettings | undefined {
    return this.#inForce.get(uri);
  }

  set(uri: string, byClient: ClientSettings): void {
    this.#byClient.set(uri, byClient);
    this.#inForce.set(uri, this.inForce(uri, byClient));
  }

  /** Also for a file that is not open; nothing is kept. */
  inForce(uri: string, byClient: ClientSettings): DocumentSettings {
    const configuration = this.#files.inForce(uri, this.#folders.rootOf(uri));
    return {
      isEnabled: byClient.isEnabled && !configuration.isIgnored,
      run: byClient.run,
      hasMarkers: byClient.isEnabled && byClient.hasMarkers,
      ...shownSettings(configuration, byClient),
    };
  }

  delete(uri: string): void {
    this.#byClient.delete(uri);
    this.#inForce.delete(uri);
  }

  /** Reads the configuration files again; answers the documents that are checked in another way now. */
  reload(): readonly string[] {
    this.#files.forget();
    const changed: string[] = [];
    for (const [uri, byClient] of this.#byClient) {
      const before = JSON.stringify(this.#inForce.get(uri));
      this.set(uri, byClient);
      if (JSON.stringify(this.#inForce.get(uri)) !== before) changed.push(uri);
    }
    return changed;
  }
}
