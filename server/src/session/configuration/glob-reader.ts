/** Reads the globs of a configuration, as many as can be matched in a bounded time. */
import { type Glob, GlobFault, readGlob } from './glob';
import type { NodeReader, Place } from './node-reader';

/** Of all globs of a configuration and of what it extends, their braces written out: what a path is compared with. */
export const MOST_GLOB_CHARACTERS = 50_000;

export class GlobReader {
  readonly #reader: NodeReader;
  #characters = 0;
  #isFull = false;

  constructor(reader: NodeReader) {
    this.#reader = reader;
  }

  /** Of the globs that were read, their braces written out. */
  get characters(): number {
    return this.#characters;
  }

  /** As `read`, where there must be at least one. */
  readSome(place: Place): Glob[] {
    const { node } = place;
    if (node.type === 'array' && !node.children?.length) {
      this.#reader.report(
        place,
        () => 'This list is empty and matches nothing. Write a glob, such as `"src/**"`.',
      );
    }
    return this.read(place);
  }

  /** One glob or a list of them; wrong ones are problems and left out. */
  read(place: Place): Glob[] {
    const texts = this.#reader.stringsOf(place, () => 'This is no glob. Write one, such as `"src/**"`.');
    return texts.flatMap(({ text, ...each }) => {
      try {
        return [this.#take(text)];
      } catch (fault) {
        if (!(fault instanceof GlobFault)) throw fault;
        this.#reader.report(each, () => fault.message);
        return [];
      }
    });
  }

  /** @throws {GlobFault} */
  #take(text: string): Glob {
    const glob = this.#isFull ? undefined : readGlob(text);
    if (!glob || this.#characters + glob.size > MOST_GLOB_CHARACTERS) {
      this.#isFull = true;
      throw new GlobFault(
        `All globs together have at most ${MOST_GLOB_CHARACTERS} characters, and this one is left out. Write fewer.`,
      );
    }
    this.#characters += glob.size;
    return glob;
  }
}
