/** The entries of `suppress` that count for open documents: what each hides there, and whether it still can. */
import { TextDocument } from 'vscode-languageserver-textdocument';

import type { Finding } from '../analysis/finding';
import { matchesRule } from '../analysis/selection';
import type { Span } from '../analysis/span';
import type { SuppressEntry } from './configuration/configuration';
import type { Layer } from './configuration/configuration-chain';
import { pathBelow } from './configuration/configuration-in-force';
import type { GlobPlace } from './configuration/glob';
import type { Session } from './session';

/** So many paths are looked for on disk for one answer. */
const MOST_LOOKED_FOR = 200;

export interface ConfiguredEntry {
  readonly entry: SuppressEntry;
  /** The text that `span` belongs to: of the editor where the file is open, else of the disk. */
  readonly text: TextDocument;
  /** Null for a file that is not open. */
  readonly version: number | null;
  /** Undefined where the entry is not in the text of the editor any more, which is still to be saved. */
  readonly span: Span | undefined;
  readonly state: SuppressEntry['state'] | 'unused';
  /** Why it hides nothing, and what to do, for the person. */
  readonly problem: string | undefined;
  readonly hidden: readonly { readonly text: TextDocument; readonly finding: Finding }[];
}

/** What is collected of an entry; the same file may be extended from several folders. */
interface Use {
  readonly layer: Layer;
  readonly entry: SuppressEntry;
  readonly folders: Set<string>;
  readonly hidden: { text: TextDocument; finding: Finding }[];
  /** The documents that it is for, by their path below the folder: whether its rule finds anything there. */
  readonly covered: Map<string, boolean>;
}

/** In no order; each entry once. */
export function configuredEntries(session: Session): readonly ConfiguredEntry[] {
  const uses = new Map<string, Use>();
  const useOf = (layer: Layer, entry: SuppressEntry): Use => {
    const name = `${entry.start} ${layer.uri}`;
    const use = uses.get(name) ?? { layer, entry, folders: new Set(), hidden: [], covered: new Map() };
    use.folders.add(layer.folder);
    uses.set(name, use);
    return use;
  };
  for (const { layers } of session.configurations) {
    for (const layer of layers) for (const entry of layer.configuration.suppressEntries) useOf(layer, entry);
  }
  for (const uri of session.uris) {
    const document = session.document(uri);
    if (!document || !session.settings(uri)?.isEnabled) continue;
    const suppressed = session.suppressedByConfiguration(uri);
    for (const layer of session.configurationFor(uri)?.layers ?? []) {
      const path = pathBelow(layer.folder, uri);
      for (const entry of layer.configuration.suppressEntries) {
        const { rule, files } = entry.suppression ?? {};
        if (path === undefined || rule === undefined || !files?.some((glob) => glob.matches(path))) continue;
        const isIts = ({ ruleId }: Finding) => matchesRule(rule, ruleId);
        const use = useOf(layer, entry);
        use.covered.set(path, !document.checked || document.findings.some(isIts));
        use.hidden.push(...suppressed.filter(isIts).map((finding) => ({ text: document.text, finding })));
      }
    }
  }
  const places = new Places(session);
  const texts = new Texts(session);
  return [...uses.values()].map((use) => {
    const { entry, layer, hidden } = use;
    const unused = entry.state === 'active' && hidden.length === 0 ? places.problemOf(use) : undefined;
    return {
      ...{ entry, hidden, ...texts.placeOf(layer, entry) },
      state: unused === undefined ? entry.state : 'unused',
      problem: entry.problem ?? unused,
    };
  });
}

/** Tells of entries that cannot hide anything wherever one looks, as far as that can be told without looking everywhere. */
class Places {
  readonly #session: Session;
  #looked = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  problemOf({ entry, folders, covered }: Use): string | undefined {
    const globs = entry.suppression?.files ?? [];
    const places = globs.flatMap((glob) => glob.places);
    const isQuiet = (place: GlobPlace) => place.isWhole && covered.get(place.path) === false;
    const isGone = (place: GlobPlace) =>
      place.path !== '' && [...folders].every((folder) => !this.#isThere(folder, place.path));
    if (!places.every((place) => isQuiet(place) || (!covers(place, covered) && isGone(place))))
      return undefined;
    return places.some(isQuiet)
      ? `Nothing in these files is reported by \`${entry.rule}\`. Remove the entry.`
      : 'There are no such files. Correct `files`, or remove the entry.';
  }

  #isThere(folder: string, path: string): boolean {
    if (++this.#looked > MOST_LOOKED_FOR) return true;
    const uri = `${folder}/${path.split('/').map(encodeURIComponent).join('/')}`;
    return this.#session.host.realUri(uri) !== undefined;
  }
}

/** Whether a document is open in a place, though it may not be on disk. */
function covers({ path }: GlobPlace, covered: Use['covered']): boolean {
  return [...covered.keys()].some((each) => path === '' || each === path || each.startsWith(`${path}/`));
}

/** Where entries stand: what is in force is the text on disk, what a person sees is that of the editor. */
class Texts {
  readonly #session: Session;
  readonly #closed = new Map<string, TextDocument>();
  readonly #spans = new Map<string, readonly (Span | undefined)[]>();

  constructor(session: Session) {
    this.#session = session;
  }

  placeOf({ uri, text: saved, configuration }: Layer, entry: SuppressEntry) {
    const open = this.#open(uri);
    if (!open) {
      const text = this.#closed.get(uri) ?? TextDocument.create(uri, 'jsonc', 0, saved);
      this.#closed.set(uri, text);
      return { text, version: null, span: entry };
    }
    const entries = configuration.suppressEntries;
    const spans =
      this.#spans.get(uri) ?? counterparts(entries, this.#entriesIn(open.getText(), saved, entries));
    this.#spans.set(uri, spans);
    return { text: open, version: open.version, span: spans[entries.indexOf(entry)] };
  }

  #entriesIn(text: string, saved: string, entries: readonly SuppressEntry[]): readonly SuppressEntry[] {
    return text === saved ? entries : this.#session.suppressEntriesIn(text);
  }

  /** Clients differ in what they encode. */
  #open(uri: string): TextDocument | undefined {
    const same = this.#session.uris.find((each) => each === uri || decoded(each) === decoded(uri));
    return this.#session.text(same ?? uri);
  }
}

/** For each entry the one that says the same in another text; of several alike, that of the same number. */
function counterparts(
  entries: readonly SuppressEntry[],
  others: readonly SuppressEntry[],
): (Span | undefined)[] {
  const byName = new Map<string, SuppressEntry[]>();
  for (const other of others) byName.set(nameOf(other), [...(byName.get(nameOf(other)) ?? []), other]);
  return entries.map((entry) => byName.get(nameOf(entry))?.shift());
}

function nameOf({ rule, files, reason, until }: SuppressEntry): string {
  return JSON.stringify([rule, files, reason, until]);
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
