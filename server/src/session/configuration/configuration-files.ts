/** The configuration files on disk: which one counts for a document, what it says, and what is wrong with it. */
import { CONFIG_BAD_VALUE } from '../../analysis/engine-rules';
import type { Host } from '../../host/host';
import type { Configuration, SuppressEntry } from './configuration';
import { type Chain, chainOf, type Layer } from './configuration-chain';
import { type ConfigurationInForce, inForce, NOTHING_IN_FORCE } from './configuration-in-force';
import { CONFIGURATION_NAME, isConfigurationFile } from './configuration-name';
import { type ConfigurationProblem, linesOf } from './configuration-problem';
import { ExtendedFiles } from './extended-files';
import { MOST_PROBLEMS } from './node-reader';
import { readConfiguration, unreadConfiguration } from './read-configuration';

/** So many problems of one file are logged. */
const MOST_LOGGED = 10;
/** So many extended files are known by their names, to be watched. */
const MOST_EXTENDED = 100;

/** A configuration file as it was read. */
export interface ConfigurationFile {
  readonly uri: string;
  /** Empty when it could not be read. */
  readonly text: string;
  /** What it extends, weakest first, and the file itself as the last. */
  readonly layers: readonly Layer[];
  /** In the order of the text; also of what it extends, at the entry there. */
  readonly problems: readonly ConfigurationProblem[];
  /** Why not all of it is in force; undefined when all is. */
  readonly cause: string | undefined;
}

export class ConfigurationFiles {
  readonly #host: Host;
  readonly #ruleIds: ReadonlySet<string>;
  readonly #extended: ExtendedFiles;
  readonly #onExtended: () => void;
  #isTrusted: boolean;
  #looked = new Set<string>();
  /** By the URI of the folder. */
  #files = new Map<string, ConfigurationFile | undefined>();
  /** What was logged last of a file, by its URI: nothing is said twice. */
  readonly #logged = new Map<string, string>();

  /**
   * @param isTrusted whether files may be read; whoever wrote them can silence findings.
   * @param onExtended called when `extended` may be others.
   */
  constructor(
    host: Host,
    ruleIds: ReadonlySet<string>,
    isTrusted: boolean,
    onExtended: () => void = () => {},
  ) {
    this.#onExtended = onExtended;
    this.#host = host;
    this.#ruleIds = ruleIds;
    this.#isTrusted = isTrusted;
    this.#extended = new ExtendedFiles(host, (text) => this.#read(text));
  }

  /**
   * The file that counts for a document: the one in its folder or the nearest above.
   *
   * **Invariant:** nothing above the workspace folder is read, and nothing while that is not trusted.
   *
   * @param uri a `file:` URI, written in the same way as the root.
   * @param root the document's workspace folder, without a slash at the end; without one nothing counts.
   */
  nearest(uri: string, root: string | undefined): ConfigurationFile | undefined {
    if (!this.#mayRead(uri, root)) return undefined;
    let folder = uri;
    do {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      const file = this.#in(folder, root);
      if (file) return file;
    } while (folder.length > root.length);
    return undefined;
  }

  /** What the nearest file says of a document, with the parameters of `nearest`. */
  inForce(uri: string, root: string | undefined): ConfigurationInForce {
    const file = this.nearest(uri, root);
    if (!file) return NOTHING_IN_FORCE;
    const found = inForce(file.layers, uri);
    // What is wrong with a configuration is told, though its globs may match it.
    return isConfigurationFile(uri) ? { ...found, isIgnored: false } : found;
  }

  /** What is wrong with a text that is to be the one of a configuration file, in its order. */
  problemsOf(text: string, uri: string, root: string | undefined): readonly ConfigurationProblem[] {
    const configuration = this.#read(text);
    if (!this.#mayRead(uri, root)) return configuration.problems;
    return merged(configuration.problems, this.#chain(configuration, text, uri, root, () => {}).problems);
  }

  /** The entries of `suppress` in a text that is to be the one of a configuration. */
  suppressEntriesIn(text: string): readonly SuppressEntry[] {
    return this.#read(text).suppressEntries;
  }

  /** The URIs of the files that configuration files extend, or would extend if they were there. */
  get extended(): ReadonlySet<string> {
    return this.#looked;
  }

  trust(): void {
    this.#isTrusted = true;
  }

  /** Files are read again when they are needed next. */
  forget(): void {
    this.#files = new Map();
    this.#extended.forget();
    if (this.#looked.size > 0) this.#onExtended();
    this.#looked = new Set();
  }

  #mayRead(uri: string, root: string | undefined): root is string {
    if (!this.#isTrusted || root === undefined || !root.startsWith('file:')) return false;
    return uri.startsWith(`${root}/`) && isPlainPath(uri.slice(root.length));
  }

  #in(folder: string, root: string): ConfigurationFile | undefined {
    const known = this.#files.get(folder);
    if (known || this.#files.has(folder)) return known;
    const file = this.#open(`${folder}/${CONFIGURATION_NAME}`, root);
    this.#files.set(folder, file);
    return file;
  }

  #open(uri: string, root: string): ConfigurationFile | undefined {
    const file = this.#host.readFile(uri);
    if (!file) {
      this.#logged.delete(uri);
      return undefined;
    }
    const text = 'text' in file ? file.text : '';
    const configuration = 'text' in file ? this.#read(text) : unreadConfiguration(unreadable(file.refusal));
    const chain = this.#chain(configuration, text, uri, root, (looked) => this.#look(looked));
    const problems = merged(configuration.problems, chain.problems);
    const lines = 'text' in file ? located(text, problems) : problems.map(({ message }) => message);
    this.#log(uri, lines);
    const [first] = lines;
    const more = lines.length > 1 ? ` (${lines.length - 1} more)` : '';
    const cause = first === undefined ? undefined : `${first}${more}`;
    return { uri, text, layers: chain.layers, problems, cause };
  }

  #chain(
    configuration: Configuration,
    text: string,
    uri: string,
    root: string,
    onLook: (uri: string) => void,
  ): Chain {
    return chainOf(configuration, text, { uri, root, isOfPackage: false, onLook }, this.#extended);
  }

  #look(uri: string): void {
    if (this.#looked.has(uri) || this.#looked.size >= MOST_EXTENDED) return;
    this.#looked.add(uri);
    this.#onExtended();
  }

  #read(text: string): Configuration {
    return readConfiguration(text, { ruleIds: this.#ruleIds, today: this.#host.today() });
  }

  #log(uri: string, lines: readonly string[]): void {
    const said = lines.join('\n');
    if (said === (this.#logged.get(uri) ?? '')) return;
    this.#logged.set(uri, said);
    for (const line of lines.slice(0, MOST_LOGGED)) this.#host.log('warn', `${uri}: ${line}`);
    if (lines.length > MOST_LOGGED) {
      this.#host.log('warn', `${uri}: ${lines.length - MOST_LOGGED} more; open the file to see them.`);
    }
  }
}

function unreadable(reason: string): ConfigurationProblem {
  const message = `The configuration is not read, so the defaults hold: ${reason}.`;
  return { rule: CONFIG_BAD_VALUE, start: 0, end: 0, message, keys: [] };
}

function merged(
  some: readonly ConfigurationProblem[],
  others: readonly ConfigurationProblem[],
): readonly ConfigurationProblem[] {
  return [...some, ...others].sort((a, b) => a.start - b.start).slice(0, MOST_PROBLEMS);
}

/** `Line 3: what is wrong. What to do.` */
function located(text: string, problems: readonly ConfigurationProblem[]): string[] {
  const lines = linesOf(
    text,
    problems.map(({ start }) => start),
  );
  return problems.map(({ message }, i) => `Line ${(lines[i] ?? 0) + 1}: ${message}`);
}

/** Whether the end of a URI names what it seems to: no way upwards, however it is written, and no query. */
function isPlainPath(path: string): boolean {
  return !/[?#\\]|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}
