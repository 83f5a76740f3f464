/** A configuration with all that it extends: found, read, and put into the order in which they hold. */
import { CONFIG_BAD_VALUE } from '../../analysis/engine-rules';
import type { RuleMeta } from '../../analysis/rule';
import type { Configuration, Extended } from './configuration';
import { CONFIGURATION_NAME } from './configuration-name';
import { type ConfigurationProblem, linesOf } from './configuration-problem';
import type { ExtendedFiles, Origin } from './extended-files';
import { quoted } from './message-words';

/** So many files may one extend, those counted that they extend in turn. */
const MOST_EXTENDED = 20;

/** One file's part in what is in force. */
export interface Layer {
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

/** Something wrong in a file, with its line there, counted from 1. */
interface Fault {
  readonly rule: RuleMeta;
  readonly line: number;
  readonly message: string;
}

/** A file that was read, on its way into the chain. */
interface Source extends Origin {
  /** The folder that the globs are relative to of what it extends and is no file of a folder. */
  readonly globFolder: string;
  /** The real URIs of the files that lead here, this one included. */
  readonly trail: readonly string[];
}

/** @param origin of the configuration. */
export function chainOf(configuration: Configuration, origin: Origin, files: ExtendedFiles): Chain {
  const globFolder = folderOf(origin.uri);
  const links = new Links(files);
  const source = { ...origin, globFolder, trail: [files.realUri(origin.uri) ?? origin.uri] };
  const problems = configuration.extended.flatMap((entry) => {
    const faults = links.add(entry, source);
    return faults.map(({ rule, message }) => ({
      rule,
      message,
      ...spanOf(entry),
      keys: ['extends', entry.name],
    }));
  });
  return { layers: [...links.layers, { folder: globFolder, configuration }], problems };
}

class Links {
  readonly layers: Layer[] = [];
  readonly #files: ExtendedFiles;
  #count = 0;

  constructor(files: ExtendedFiles) {
    this.#files = files;
  }

  /** Adds what an entry stands for; answers what is wrong with it, to be told where the entry is. */
  add(entry: Extended, from: Source): Omit<Fault, 'line'>[] {
    const refusal = (message: string) => [{ rule: CONFIG_BAD_VALUE, message }];
    const found = this.#files.find(entry.name, from);
    if ('fault' in found) return refusal(found.fault);
    const at = from.trail.indexOf(found.realUri);
    if (at >= 0) {
      const names = [...from.trail.slice(at), found.realUri].map((uri) => fileName(uri)).join(' → ');
      return refusal(
        `This comes back to a file that it started from: ${quoted(names)}. Remove one of the entries.`,
      );
    }
    if (++this.#count > MOST_EXTENDED) {
      return refusal(
        `More than ${MOST_EXTENDED} files are extended, and this one is left out. Extend fewer.`,
      );
    }
    const isOfFolder = !found.isOfPackage && fileName(found.uri) === CONFIGURATION_NAME;
    const globFolder = isOfFolder ? folderOf(found.uri) : from.globFolder;
    const { configuration } = found;
    const trail = [...from.trail, found.realUri];
    const { uri, root, isOfPackage, onLook } = found;
    const source = { uri, root, isOfPackage, onLook, globFolder, trail };
    const inFile: Fault[] = configuration.extended.flatMap((each) =>
      this.add(each, source).map((fault) => ({ ...fault, line: lineOf(found.text, each.start) })),
    );
    for (const { rule, start, message } of configuration.problems) {
      inFile.push({ rule, message, line: lineOf(found.text, start) });
    }
    this.layers.push({ folder: globFolder, configuration });
    return summaries(inFile, entry.name);
  }
}

/** One for each rule: which file it is, and the first of its faults. */
function summaries(faults: readonly Fault[], name: string): Omit<Fault, 'line'>[] {
  const rules = [...new Set(faults.map(({ rule }) => rule))];
  return rules.map((rule) => {
    const own = faults.filter((fault) => fault.rule === rule).sort((a, b) => a.line - b.line);
    const more = own.length > 1 ? ` (${own.length - 1} more)` : '';
    return { rule, message: `In ${quoted(name)}, line ${own[0]?.line}: ${own[0]?.message}${more}` };
  });
}

function lineOf(text: string, offset: number): number {
  return (linesOf(text, [offset])[0] ?? 0) + 1;
}

function spanOf({ start, end }: Extended): { start: number; end: number } {
  return { start, end };
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
