/** A configuration with all that it extends: found, read, and put into the order in which they hold. */
import { CONFIG_BAD_VALUE } from '../../analysis/engine-rules';
import type { RuleMeta } from '../../analysis/rule';
import type { Configuration, Extended } from './configuration';
import { CONFIGURATION_NAME } from './configuration-name';
import { type ConfigurationProblem, linesOf } from './configuration-problem';
import type { ExtendedFiles, Origin } from './extended-files';
import { MOST_GLOB_CHARACTERS } from './glob-reader';
import { quoted } from './message-words';

/** So many files may one extend, those counted that they extend in turn. */
const MOST_EXTENDED = 20;

/** One file's part in what is in force. */
export interface Layer {
  readonly uri: string;
  readonly text: string;
  /** The URI of the folder that its globs are relative to, without a slash at the end. */
  readonly folder: string;
  readonly configuration: Configuration;
}

export interface Chain {
  /** Weakest first; the file itself is the last. */
  readonly layers: readonly Layer[];
  /** What is wrong with what is extended, each at an entry of `extends` of the file itself. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Something wrong with what is extended. */
interface Fault {
  readonly rule: RuleMeta;
  readonly message: string;
  /** The file that it is in, as a person knows it, and the line there, counted from 1; undefined for the entry itself. */
  readonly at: { readonly file: string; readonly line: number } | undefined;
}

/** A file that was read, on its way into the chain. */
interface Source extends Origin {
  /** The folder that the globs are relative to of what it extends and is no file of a folder. */
  readonly globFolder: string;
  /** The real URIs of the files that lead here, this one included. */
  readonly trail: readonly string[];
}

/** @param origin of the configuration, and @param text what it was read from. */
export function chainOf(
  configuration: Configuration,
  text: string,
  origin: Origin,
  files: ExtendedFiles,
): Chain {
  const globFolder = folderOf(origin.uri);
  const links = new Links(files, configuration.globCharacters);
  const source = { ...origin, globFolder, trail: [files.realUri(origin.uri) ?? origin.uri] };
  const problems = configuration.extended.flatMap((entry) => {
    return summaries(links.add(entry, source)).map(({ rule, message }) => {
      const { name, start, end } = entry;
      return { rule, message, start, end, keys: ['extends', name] };
    });
  });
  return {
    layers: [...links.layers, { uri: origin.uri, text, folder: globFolder, configuration }],
    problems,
  };
}

class Links {
  readonly layers: Layer[] = [];
  readonly #files: ExtendedFiles;
  #count = 0;
  #globCharacters: number;

  constructor(files: ExtendedFiles, globCharacters: number) {
    this.#files = files;
    this.#globCharacters = globCharacters;
  }

  /** Adds what an entry stands for; answers what is wrong with it. */
  add(entry: Extended, from: Source): Fault[] {
    const refusal = (message: string) => [{ rule: CONFIG_BAD_VALUE, message, at: undefined }];
    // Those that are not there count as well: looking for them takes its time.
    if (++this.#count > MOST_EXTENDED) {
      const isFirst = this.#count === MOST_EXTENDED + 1;
      return isFirst
        ? refusal(`More than ${MOST_EXTENDED} files are extended; the others are left out. Extend fewer.`)
        : [];
    }
    const found = this.#files.find(entry.name, from);
    if ('fault' in found) return refusal(found.fault);
    const at = from.trail.indexOf(found.realUri);
    if (at >= 0) {
      const names = [...from.trail.slice(at), found.realUri].map((uri) => fileName(uri)).join(' → ');
      return refusal(
        `This comes back to a file that it started from: ${quoted(names)}. Remove one of the entries.`,
      );
    }
    const { uri, root, isOfPackage, onLook, configuration, text } = found;
    if (this.#globCharacters + configuration.globCharacters > MOST_GLOB_CHARACTERS) {
      return refusal(
        `With this file, all globs together have more than ${MOST_GLOB_CHARACTERS} characters, and it is left out. Write fewer.`,
      );
    }
    this.#globCharacters += configuration.globCharacters;
    const isOfFolder = !isOfPackage && fileName(uri) === CONFIGURATION_NAME;
    const globFolder = isOfFolder ? folderOf(uri) : from.globFolder;
    const trail = [...from.trail, found.realUri];
    const source = { uri, root, isOfPackage, onLook, globFolder, trail };
    const file = decodeURIComponent(uri.slice(root.length + 1));
    const inFile = (fault: Omit<Fault, 'at'>, line = 0): Fault => ({
      ...fault,
      at: { file, line: line + 1 },
    });
    const faults = configuration.extended.flatMap((each) =>
      this.add(each, source).map((fault) =>
        fault.at ? fault : inFile(fault, linesOf(text, [each.start])[0]),
      ),
    );
    const { problems } = configuration;
    const lines = linesOf(
      text,
      problems.map(({ start }) => start),
    );
    const own = problems.map(({ rule, message }, i) => inFile({ rule, message }, lines[i]));
    this.layers.push({ uri, text, folder: globFolder, configuration });
    return [...faults, ...own];
  }
}

/** One for each file and rule, with the first fault there. */
function summaries(faults: readonly Fault[]): { rule: RuleMeta; message: string }[] {
  const keyOf = ({ rule, at }: Fault) => `${rule.id} ${at?.file}`;
  return [...new Set(faults.map(keyOf))].flatMap((key) => {
    const group = faults.filter((fault) => keyOf(fault) === key);
    const [first] = group.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
    if (!first) return [];
    const where = first.at ? `In ${quoted(first.at.file)}, line ${first.at.line}: ` : '';
    const more = group.length > 1 ? ` (${group.length - 1} more)` : '';
    return { rule: first.rule, message: `${where}${first.message}${more}` };
  });
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
