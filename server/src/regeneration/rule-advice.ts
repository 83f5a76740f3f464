/** What a rule's page says that helps to write code without the finding. */

export interface Example {
  /** The language as the page names it. */
  readonly language: string;
  readonly code: string;
}

export interface RuleAdvice {
  /** Why it is a defect. */
  readonly reason: string | undefined;
  /** The code of the page's first example after its fix. */
  readonly fixed: Example | undefined;
  /** A look-alike that is left alone, with the sentence that says why. */
  readonly lookAlike: (Example & { readonly because: string }) | undefined;
}

/** Longer examples are left out: they would be longer than the code in question. */
const LONGEST_EXAMPLE = 40;

interface Block extends Example {
  readonly section: string;
  readonly isFixed: boolean;
  /** The paragraph before it. */
  readonly before: string;
}

export function adviceFrom(page: string | undefined): RuleAdvice {
  const { blocks, paragraphs } = readPage(page ?? '');
  const short = blocks.filter(({ code }) => code.split('\n').length <= LONGEST_EXAMPLE);
  const lookAlike = short.find(({ section, before }) => section === 'Left alone' && before !== '');
  return {
    reason: paragraphs.find((text) => !text.startsWith('Finds ')),
    fixed: short.find(({ isFixed }) => isFixed),
    lookAlike: lookAlike && { ...lookAlike, because: lookAlike.before },
  };
}

/** The blocks of code of a page, and the paragraphs before its first section. */
function readPage(page: string): { blocks: Block[]; paragraphs: string[] } {
  const blocks: Block[] = [];
  const paragraphs: string[] = [];
  let section = '';
  let paragraph: string[] = [];
  let last = '';
  let open: { fence: string; info: string; lines: string[] } | undefined;
  const endParagraph = () => {
    if (paragraph.length > 0) last = paragraph.join('\n');
    if (paragraph.length > 0 && section === '') paragraphs.push(last);
    paragraph = [];
  };
  for (const line of page.split(/\r?\n/)) {
    const fence = /^(`{3,}|~{3,})(.*)$/.exec(line);
    if (open) {
      if (line.trim() !== open.fence) open.lines.push(line);
      else {
        blocks.push({ section, before: last, ...exampleIn(open) });
        open = undefined;
        last = '';
      }
    } else if (fence || line.startsWith('#') || line.trim() === '' || line.startsWith('<!--')) {
      endParagraph();
      if (fence) open = { fence: fence[1] ?? '', info: (fence[2] ?? '').trim(), lines: [] };
      else if (line.startsWith('#')) last = '';
      if (line.startsWith('## ')) section = line.slice(3).trim();
    } else {
      paragraph.push(line);
    }
  }
  return { blocks, paragraphs };
}

function exampleIn({ info, lines }: { info: string; lines: readonly string[] }) {
  const [language = ''] = info.split(/\s/);
  const isFixed = /\sfixed(?=[\s=]|$)/.test(info);
  return { language, isFixed, code: withoutMarks(lines).join('\n') };
}

/** The marks of findings under lines of code; their form is in docs/rule-pages.md. */
function withoutMarks(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^\s*(?:\/\/|#)\s*(?:~~|--|<)/.test(line));
}
