/** The text of a file as the program sees it, for words that may stand anywhere in it. */
import { Node } from '../../analysis/node';
import type { SourceFile } from '../../analysis/source-file';

/** The text without its comments. Looks at the whole file. */
export function codeText(file: SourceFile): string {
  return file.ofWholeFile('text without comments', () => {
    const comments = file.items
      .flatMap((item) => item.indicesOf('comment').map((index) => new Node(item, index)))
      .sort((a, b) => a.start - b.start);
    let text = '';
    let from = 0;
    for (const { start, end } of comments) {
      text += file.text.slice(from, start);
      from = Math.max(from, end);
    }
    return text + file.text.slice(from);
  });
}
