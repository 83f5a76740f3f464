import { setFlagsFromString } from 'node:v8';

/**
 * The V8 of Node.js 20 compiles a function to its best form after this much was run of it, 66,000 by default: in a scan
 * of some hundred files that took as much of the processor's time as all the rest, and a sixth of a hook's. Later
 * versions have a compiler in between, need as little by themselves, and do not know the option.
 */
const COMPILED_LATER = '--interrupt-budget=600000';

/** For processes that end with their work; a server runs the same code for hours. */
export function compileLater(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(COMPILED_LATER);
}
