/**
 * What a file says of itself. `@generated` and `DO NOT EDIT` are not looked at: a machine wrote that, not an AI tool.
 */
import { type Circumstances, type Evidence, evidenceOf, type RangeEvidence } from '../evidence';
import { cleanText } from '../stranger-text';
import { modelName } from '../tools';
import type { MarkerPair } from './marker-pairs';

export interface FileMarkers {
  /** Of the file as a whole; it is `ai-commit`, or `human`, which no state follows from. */
  readonly file: readonly Evidence[];
  /** Between pairs, the lines with the marks included. */
  readonly ranges: readonly RangeEvidence[];
  /** Whether there is a C2PA manifest: what it says, and whether it is valid, is not read. */
  readonly hasManifest: boolean;
}

/** The head is this many lines. */
const HEAD = 60;
const LONGEST_LINE = 1000;
const MOST_PAIRS = 1000;
const HUMAN_CONFIDENCE = 0.5;
const CONTRIBUTOR_CONFIDENCE = 0.4;

/** In a comment: only its signs stand before it, no quotes and no words. */
const TAG = /^[\s/*#;%<!|.-]{0,20}(SPDX-[A-Za-z-]{3,30}):[ \t]*(\S.*?)[\s*/>-]*$/;
const COMMENT_SIGNS = /^[\s/*#;%<!|-]+|[\s*/>|-]+$/g;
const IS_COMMENT = /^\s*(?:\/\/|\/\*|\*|#|<!--|--|;|%)/;

const MANIFEST_BEGIN = '-----BEGIN C2PA MANIFEST-----';
const MANIFEST_END = '-----END C2PA MANIFEST-----';
/** `C2PATXT` and a zero, as selectors of shapes behind a byte order mark. */
const HIDDEN_MANIFEST = [0x43, 0x32, 0x50, 0x41, 0x54, 0x58, 0x54, 0x00].map(selectorOf).join('');

/**
 * `namedTool` says whether a free text names an AI tool, and which. Pairs are those that were turned on.
 */
export function fileMarkers(
  text: string,
  pairs: readonly MarkerPair[],
  namedTool: (value: string) => { readonly tool: string | undefined } | undefined,
): FileMarkers {
  return {
    file: headEvidence(text.split('\n', HEAD), namedTool),
    ranges: pairs.length === 0 ? [] : pairEvidence(text.split('\n'), pairs),
    hasManifest: hasManifest(text),
  };
}

function headEvidence(
  lines: readonly string[],
  namedTool: (value: string) => { readonly tool: string | undefined } | undefined,
): Evidence[] {
  const tags = new Map<string, string>();
  for (const line of lines) {
    const [, tag, value] = line.length > LONGEST_LINE ? [] : (TAG.exec(line) ?? []);
    if (tag === undefined || value === undefined) continue;
    // The first is of the file; further ones are of parts.
    if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), value);
  }
  const evidence: Evidence[] = [];
  const disclosure = tags.get('spdx-ai-disclosure')?.toLowerCase();
  if (disclosure === 'none')
    evidence.push(evidenceOf('file-marker', 'human', { confidence: HUMAN_CONFIDENCE }));
  if (disclosure === 'ai-generated' || disclosure === 'ai-assisted') {
    const details = [
      disclosure,
      ...['provider', 'scope'].map((name) => cleanText(tags.get(`spdx-ai-${name}`), 100)),
    ];
    const known: Circumstances = {
      model: modelName(tags.get('spdx-ai-model')),
      detail: details.filter((one) => one !== undefined).join(', '),
    };
    evidence.push(evidenceOf('file-marker', 'ai-commit', known));
  }
  const contributor = tags.get('spdx-filecontributor');
  const named = contributor === undefined ? undefined : namedTool(contributor);
  if (named !== undefined) {
    const known = { tool: named.tool, confidence: CONTRIBUTOR_CONFIDENCE, detail: 'named as a contributor' };
    evidence.push(evidenceOf('file-marker', 'ai-commit', known));
  }
  return evidence;
}

/** A beginning without its end, before another beginning or the end of the file, says nothing. */
function pairEvidence(lines: readonly string[], pairs: readonly MarkerPair[]): RangeEvidence[] {
  const found: RangeEvidence[] = [];
  for (const { begin, end } of pairs) {
    const [first, last] = [bare(begin), bare(end)];
    let start: number | undefined;
    for (let line = 0; line < lines.length && found.length < MOST_PAIRS; line++) {
      const words = commentAt(lines[line] as string);
      if (words === undefined) continue;
      if (words === first) start = line;
      else if (words === last && start !== undefined) {
        found.push({ start, end: line + 1, evidence: evidenceOf('range-marker', 'ai') });
        start = undefined;
      }
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function commentAt(line: string): string | undefined {
  return line.length <= LONGEST_LINE && IS_COMMENT.test(line) ? bare(line) : undefined;
}

function bare(text: string): string {
  return text.replace(COMMENT_SIGNS, '').toLowerCase();
}

/** The shown form is one comment line. */
function hasManifest(text: string): boolean {
  for (let begin = text.indexOf(MANIFEST_BEGIN); begin !== -1; ) {
    const stop = text.indexOf('\n', begin);
    const line = text.slice(begin + MANIFEST_BEGIN.length, stop === -1 ? undefined : stop);
    const end = line.indexOf(MANIFEST_END);
    if (end !== -1 && line.slice(0, end).trim() !== '') return true;
    begin = stop === -1 ? -1 : text.indexOf(MANIFEST_BEGIN, stop);
  }
  return text.includes(`\uFEFF${HIDDEN_MANIFEST}`);
}

/** A byte as a variation selector, as Unicode text carries manifests. */
function selectorOf(byte: number): string {
  return String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16);
}
