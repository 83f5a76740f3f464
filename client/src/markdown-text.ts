// Text in Markdown. `MarkdownString.appendText` would do, but it makes every blank a non-breaking one, so that
// lines break within words.

/** Escapes a text so that Markdown, with or without HTML, shows it as it is. Line ends become blanks. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+\-.!|~$>:]/g, '\\$&');
}
