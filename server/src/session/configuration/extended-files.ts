/**
 * The files that configurations extend: where a name leads, and what is there.
 *
 * **Invariant:** no file is read that is outside the workspace folder once all symbolic links are followed.
 */
import type { FileText, Host } from '../../host/host';
import type { Configuration } from './configuration';
import { quoted } from './message-words';
import { parseExtendedName } from './read-extended';

/** So much is remembered; whoever types a name into `extends` asks for each of its beginnings. */
const MOST_REMEMBERED = 500;

/** A file whose `extends` is followed. */
export interface Origin {
  readonly uri: string;
  /** The workspace folder as it is written in `uri`, without a slash at the end. */
  readonly root: string;
  /** Whether a package brought it, itself or by a file of its own. */
  readonly isOfPackage: boolean;
  /** Told the URI of each file that is looked for, whether it is there or not. */
  readonly onLook: (uri: string) => void;
}

export interface ExtendedFile extends Origin {
  readonly realUri: string;
  readonly text: string;
  readonly configuration: Configuration;
}

/** Why there is none: what is wrong and what to do. */
export interface NoFile {
  readonly fault: string;
}

interface Content {
  readonly file: FileText | undefined;
  readonly configuration: Configuration | undefined;
}

export class ExtendedFiles {
  readonly #host: Host;
  readonly #read: (text: string) => Configuration;
  #contents = new Map<string, Content>();
  #realUris = new Map<string, string | undefined>();

  /** @param read what a text says. */
  constructor(host: Host, read: (text: string) => Configuration) {
    this.#host = host;
    this.#read = read;
  }

  forget(): void {
    this.#contents = new Map();
    this.#realUris = new Map();
  }

  /** The URI behind all symbolic links; undefined when nothing is there. */
  realUri(uri: string): string | undefined {
    if (!this.#realUris.has(uri)) {
      if (this.#realUris.size >= MOST_REMEMBERED) this.#realUris.clear();
      this.#realUris.set(uri, this.#host.realUri(uri));
    }
    return this.#realUris.get(uri);
  }

  /** @param name as it stands in `extends` of a file. */
  find(name: string, from: Origin): ExtendedFile | NoFile {
    const parsed = parseExtendedName(name);
    if (!parsed) return { fault: 'This is no name of a file to extend.' };
    if ('path' in parsed) return this.#open(name, { ...from, uri: resolved(parsed.path, from.uri) });
    return this.#inPackage(name, parsed.package, parsed.file, from);
  }

  /** As Node looks for packages, but not above the workspace folder. */
  #inPackage(name: string, packageName: string, file: string, from: Origin): ExtendedFile | NoFile {
    for (const folder of foldersUpTo(from.root, from.uri)) {
      const ofPackage = `${folder}/node_modules/${packageName}`;
      const uri = resolved(file, `${ofPackage}/`);
      if (this.realUri(ofPackage) === undefined) {
        // Installing it makes it known.
        from.onLook(uri);
        continue;
      }
      if (this.realUri(uri) === undefined) {
        from.onLook(uri);
        const fault = `The package ${quoted(packageName)} has no file ${quoted(file)}. Name one that it has: ${quoted(`"${packageName}/…"`)}.`;
        return { fault };
      }
      const found = this.#open(name, { ...from, uri, isOfPackage: true });
      if ('fault' in found) return found;
      // What it extends in turn is looked for where the package really is, as Node does.
      return { ...found, uri: found.realUri, root: this.realUri(from.root) ?? from.root };
    }
    const path = `./${name.endsWith('.json') ? name : `${name}.json`}`;
    const isPath = parseExtendedName(path) && this.realUri(resolved(path, from.uri)) !== undefined;
    const advice = isPath ? `Did you mean ${quoted(path)}?` : 'Install it, or write `./` before a path.';
    return {
      fault: `There is no package ${quoted(packageName)} in \`node_modules\` here or above in the workspace folder. ${advice}`,
    };
  }

  #open(name: string, origin: Origin): ExtendedFile | NoFile {
    const { uri, root, onLook } = origin;
    const outside = {
      fault: `${quoted(name)} leads out of the workspace folder, where nothing is read. Put a copy into the folder.`,
    };
    if (!uri.startsWith(`${root}/`)) return outside;
    onLook(uri);
    const [realUri, realRoot] = [this.realUri(uri), this.realUri(root)];
    if (realUri === undefined || realRoot === undefined) {
      return { fault: `There is no file ${quoted(name)}. Correct the name, or remove it.` };
    }
    if (!realUri.startsWith(`${realRoot}/`)) return outside;
    if (realUri !== uri) onLook(realUri);
    const { file, configuration } = this.#content(realUri);
    if (!file || !configuration) {
      const reason = file && 'refusal' in file ? file.refusal : 'it is gone';
      return { fault: `${quoted(name)} is not read: ${reason}. Mend that, or remove it from here.` };
    }
    return { ...origin, realUri, configuration, text: 'text' in file ? file.text : '' };
  }

  #content(uri: string): Content {
    const known = this.#contents.get(uri);
    if (known) return known;
    const file = this.#host.readFile(uri);
    const configuration = file && 'text' in file ? this.#read(file.text) : undefined;
    if (this.#contents.size >= MOST_REMEMBERED) this.#contents.clear();
    this.#contents.set(uri, { file, configuration });
    return { file, configuration };
  }
}

/** A path that was written in a file, as a URI. */
function resolved(path: string, from: string): string {
  return new URL(encodeURI(path), from).href;
}

/** The folder of a file, then the one above, and so on to the root. */
function foldersUpTo(root: string, uri: string): string[] {
  const folders: string[] = [];
  for (let folder = uri; folder.length > root.length && folder.startsWith(root); ) {
    folder = folder.slice(0, folder.lastIndexOf('/'));
    folders.push(folder);
  }
  return folders;
}
