/** Longer texts (UTF-16 units) are only checked in a thread that ends afterwards, and within a time. */
export const LARGE = 1024 * 1024;

/** Larger files (bytes) are not checked at all: nobody writes them by hand, and all of it would be in memory. */
export const MOST_BYTES = 5 * 1024 * 1024;

export const TOO_LARGE = 'It is larger than 5 MB and was not checked.';

/** A thread has this long for a text; then it is ended. */
export const CHECK_MS = 2_000;
