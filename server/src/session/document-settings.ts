/** How each open document is checked: what the client says, on top of the nearest configuration file. */
import type { Selection } from '../analysis/selection';
import type { ConfigurationFile, ConfigurationFiles } from './configuration/configuration-files';
import type { WorkspaceFolders } from './workspace-folders';

/** What the client says of a document. */
export interface ClientSettings {
  readonly isEnabled: boolean;
  readonly run: 'onType' | 'onSave';
  /** Undefined when the person chose none: then the configuration file may. */
  readonly profile: Selection['profile'] | undefined;
  readonly customizations: Selection['customizations'];
}

/** How a document is checked. */
export interface DocumentSettings {
  readonly isEnabled: boolean;
  readonly run: 'onType' | 'onSave';
  readonly selection: Selection;
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
    this.#inForce.set(uri, combined(byClient, this.fileFor(uri)));
  }

  delete(uri: string): void {
    this.#byClient.delete(uri);
    this.#inForce.delete(uri);
  }

  /** The configuration file that counts for a document. */
  fileFor(uri: string): ConfigurationFile | undefined {
    return this.#files.nearest(uri, this.#folders.rootOf(uri));
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

/** A profile that the person chose wins; of the rules' entries, those of the person come last and so win too. */
function combined(
  { isEnabled, run, profile, customizations }: ClientSettings,
  file: ConfigurationFile | undefined,
): DocumentSettings {
  const { configuration } = file ?? {};
  return {
    isEnabled,
    run,
    selection: {
      profile: profile ?? configuration?.profile ?? 'recommended',
      customizations: [...(configuration?.customizations ?? []), ...customizations],
    },
  };
}
