/** The settings that a client tells unasked, for clients that cannot be asked. */

/** As all clients write them: `{ "countersign": { "profile": "strict" } }`. */
const SECTION = 'countersign';

export class ToldSettings {
  #settings: unknown;

  constructor(initializationOptions: unknown) {
    this.change(initializationOptions);
  }

  /** @param told at `initialize` or by `workspace/didChangeConfiguration`; what has no section changes nothing. */
  change(told: unknown): void {
    if (typeof told === 'object' && told !== null && SECTION in told) this.#settings = told[SECTION];
  }

  /** What was told last of the section, unchecked; undefined when nothing was. */
  get settings(): unknown {
    return this.#settings;
  }
}
