/** The configuration files on disk: which one counts for a document, and what is wrong with it. */
import { CONFIG_BAD_VALUE } from '../../analysis/engine-rules';
import type { Host } from '../../host/host';
import { type ConfigurationProblem, linesOf } from './configuration-problem';
import { type Configuration, readConfiguration } from './read-configuration';

export const CONFIGURATION_NAME = '.countersignrc.json';

/** So many problems of one file are logged. */
const MOST_LOGGED = 10;

/** A configuration file as it was read. */
export interface ConfigurationFile {
  readonly uri: string;
  readonly configuration: Configuration;
  /** Why not all of it is in force; undefined when all is. */
  readonly cause: string | undefined;
}

export function isConfigurationFile(uri: string): boolean {
  return uri.endsWith(`/${CONFIGURATION_NAME}`);
}

export class ConfigurationFiles {
  readonly #host: Host;
  readonly #ruleIds: ReadonlySet<string>;
  #isTrusted: boolean;
  /** By the URI of the folder. */
  #files = new Map<string, ConfigurationFile | undefined>();
  /** What was logged last of a file, by its URI: nothing is said twice. */
  readonly #logged = new Map<string, string>();

  /** @param isTrusted whether files may be read; whoever wrote them can silence findings. */
  constructor(host: Host, ruleIds: ReadonlySet<string>, isTrusted: boolean) {
    this.#host = host;
    this.#ruleIds = ruleIds;
    this.#isTrusted = isTrusted;
  }

  /**
   * The file that counts for a document: the one in its folder or the nearest above.
   *
   * **Invariant:** nothing above the workspace folder is read, and nothing while that is not trusted.
   *
   * @param root the document's workspace folder, without a slash at the end; without one nothing counts.
   */
  nearest(uri: string, root: string | undefined): ConfigurationFile | undefined {
    if (!this.#isTrusted || root === undefined || !root.startsWith('file:')) return undefined;
    const below = uri.slice(root.length);
    if (!isPlainPath(below)) return undefined;
    let folder = uri;
    do {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      const file = this.#in(folder);
      if (file) return file;
    } while (folder.length > root.length);
    return undefined;
  }

  trust(): void {
    this.#isTrusted = true;
  }

  /** Files are read again when they are needed next. */
  forget(): void {
    this.#files = new Map();
  }

  #in(folder: string): ConfigurationFile | undefined {
    if (!this.#files.has(folder)) this.#files.set(folder, this.#read(`${folder}/${CONFIGURATION_NAME}`));
    return this.#files.get(folder);
  }

  #read(uri: string): ConfigurationFile | undefined {
    const file = this.#host.readFile(uri);
    if (!file) {
      this.#logged.delete(uri);
      return undefined;
    }
    const isRead = 'text' in file;
    const text = isRead ? file.text : '';
    const configuration = isRead ? readConfiguration(text, this.#ruleIds) : unreadable(file.refusal);
    const lines = isRead ? located(text, configuration.problems) : configuration.problems.map(messageOf);
    this.#log(uri, lines);
    const [first] = lines;
    const more = lines.length > 1 ? ` (${lines.length - 1} more)` : '';
    return { uri, configuration, cause: first === undefined ? undefined : `${first}${more}` };
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

function unreadable(reason: string): Configuration {
  const message = `The configuration is not read, so the defaults hold: ${reason}.`;
  const problem = { rule: CONFIG_BAD_VALUE, start: 0, end: 0, message, keys: [] };
  return { profile: undefined, customizations: [], problems: [problem] };
}

/** `Line 3: what is wrong. What to do.` */
function located(text: string, problems: readonly ConfigurationProblem[]): string[] {
  const lines = linesOf(
    text,
    problems.map(({ start }) => start),
  );
  return problems.map(({ message }, i) => `Line ${(lines[i] ?? 0) + 1}: ${message}`);
}

function messageOf({ message }: ConfigurationProblem): string {
  return message;
}

/** Whether the end of a URI names what it seems to: no way upwards, however it is written, and no query. */
function isPlainPath(path: string): boolean {
  return !/[?#\\]|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}
