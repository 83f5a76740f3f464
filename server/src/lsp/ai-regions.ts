/** countersign/aiRegions: what AI tools wrote and nobody has reviewed, riskiest first. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AiRegion, AiRegionsAnswer } from '../../../protocol/reviews';
import type { PlainFinding } from '../analysis/finding';
import type { ReviewedText } from '../session/reviews/reviewed-text';
import { byRisk, riskOf } from '../signoffs/risk';
import type { Context } from './context';
import { findingsIn, openFindings } from './open-findings';
import type { Reviews } from './reviews';
import { settingsOf } from './settings';

export const NO_REGIONS: AiRegionsAnswer = {
  unreviewed: [],
  lines: { reviewed: 0, unreviewed: 0 },
  isLoading: false,
  causes: [],
};

interface Listed {
  readonly uri: string;
  /** Null for a file that is not open. */
  readonly version: number | null;
  readonly text: TextDocument;
  readonly reviewed: ReviewedText;
  /** Those that are shown. */
  readonly findings: readonly PlainFinding[];
  readonly touches: ReturnType<Context['session']['touches']>;
}

export async function aiRegions(context: Context, reviews: Reviews): Promise<AiRegionsAnswer> {
  const { session } = context;
  reviews.asked();
  await Promise.all(session.uris.map((uri) => settingsOf(context, uri)));
  const { tracker } = reviews.parts.origins;
  const isLoading =
    reviews.closed.isLoading || session.uris.some((uri) => tracker.of(uri)?.state === 'loading');
  const listed = [...openDocuments(context, reviews), ...closedFiles(reviews)];
  const sum = (which: 'reviewed' | 'unreviewed') =>
    listed.reduce((total, { reviewed }) => total + reviewed.counts[which], 0);
  return {
    unreviewed: listed.flatMap(regionsOf).sort(byRisk),
    lines: { reviewed: sum('reviewed'), unreviewed: sum('unreviewed') },
    isLoading,
    causes: reviews.causes,
  };
}

function openDocuments({ session }: Context, { parts: { origins }, tracker }: Reviews): Listed[] {
  return session.uris.flatMap((uri) => {
    const [known, text] = [origins.tracker.of(uri), session.text(uri)];
    // While the text is another one, what is known of it comes soon.
    const reviewed = known && text?.version === known.version ? tracker.of(known) : undefined;
    if (!text || !reviewed) return [];
    const { version } = text;
    const touches = reviewed.regions.length > 0 ? session.touches(uri) : [];
    return [{ uri, version, text, reviewed, findings: session.shown(uri), touches }];
  });
}

function closedFiles({ closed, tracker }: Reviews): Listed[] {
  return closed.files.flatMap(({ uri, file, lines, runs, checked }) => {
    const reviewed = tracker.of({ file, lines, runs });
    const { text, shown, touches } = checked;
    return reviewed ? [{ uri, version: null, text, reviewed, findings: shown, touches }] : [];
  });
}

function regionsOf({ uri, version, text, reviewed, findings, touches }: Listed): AiRegion[] {
  const found = openFindings(text, findings);
  const placed = touches.map((touch) => ({ ...touch, line: text.positionAt(touch.start).line }));
  return reviewed.regions.map(({ start, end, hash, tools, reason, count }) => {
    const open = findingsIn(found, { start, end });
    const inside = placed.filter(({ line }) => line >= start && line < end);
    const risk = riskOf({ open: open.length, touches: inside, lines: count });
    return { uri, version, start, end, hash, tools, reason, risk, open };
  });
}
