// A rule's page, prepared for reading. Pure. The form of a page is in docs/rule-pages.md.
import type { Translate } from './translate';

/** Whether a text can be the id of a rule, and so is safe to look up as the path of its page. */
export function isRuleId(text: unknown): text is string {
  return typeof text === 'string' && /^[a-z-]+\/[a-z0-9-]+$/.test(text);
}

/**
 * Takes out what only the tests need (HTML comments outside of code) and writes above a block what its
 * info string says, which a preview does not show: the file's name, and that it is the code after a fix.
 */
export function readablePage(page: string, t: Translate): string {
  const lines: string[] = [];
  let fence: string | undefined;
  let inComment = false;
  for (const line of page.split(/\r?\n/)) {
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined;
      lines.push(line);
      continue;
    }
    if (inComment || line.trimStart().startsWith('<!--')) {
      inComment = !line.includes('-->');
      continue;
    }
    if (line.trim() === '' && lines.at(-1)?.trim() === '') continue; // what a removed comment leaves
    const opening = /^\s{0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (opening) {
      fence = opening[1]!;
      const caption = blockCaption(opening[2]!, t);
      if (caption !== undefined) lines.push(caption, '');
    }
    lines.push(line);
  }
  return lines.join('\n');
}

/** The sentence "Finds …" of a page, without its Markdown; undefined on a page of another form. */
export function pageSummary(page: string): string | undefined {
  const paragraph = /^Finds\b[^\n]*(?:\n[^\n]+)*/m.exec(page)?.[0];
  return paragraph?.replaceAll(/\s+/g, ' ').replaceAll('`', '').trim();
}

function closes(line: string, fence: string): boolean {
  const run = line.trim();
  return run.length >= fence.length && run === fence[0]!.repeat(run.length);
}

/** @param info the text behind a fence, such as `ts fixed="Use SHA-256" file=src/a.ts` */
function blockCaption(info: string, t: Translate): string | undefined {
  const file = attribute(info, 'file');
  const title = attribute(info, 'fixed');
  const name = file === undefined ? undefined : `\`${file}\``;
  if (title !== undefined) return joined(t('After the fix “{0}”', title), name);
  if (/\sfixed(?=\s|$)/.test(info)) return joined(t('After the fix'), name);
  return name === undefined ? undefined : `${name}:`;
}

function joined(caption: string, name: string | undefined): string {
  return name === undefined ? `*${caption}:*` : `*${caption}*, ${name}:`;
}

function attribute(info: string, key: string): string | undefined {
  const match = new RegExp(`\\s${key}=(?:"([^"]*)"|(\\S+))`).exec(info);
  return match?.[1] ?? match?.[2];
}
