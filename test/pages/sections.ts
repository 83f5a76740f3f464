// The headings of a page's two parts.

/** Examples under this heading carry marks. */
export const FLAGGED = 'Flagged';

/** Examples under this heading are look-alikes in which nothing is found. */
export const LEFT_ALONE = 'Left alone';
