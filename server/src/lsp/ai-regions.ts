/** countersign/aiRegions: what AI tools wrote and nobody has reviewed, riskiest first. */
import type { AiRegion, AiRegionsAnswer } from '../../../protocol/reviews';
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

export async function aiRegions(context: Context, reviews: Reviews): Promise<AiRegionsAnswer> {
  const { session } = context;
  reviews.asked();
  await Promise.all(session.uris.map((uri) => settingsOf(context, uri)));
  const unreviewed: AiRegion[] = [];
  const lines = { reviewed: 0, unreviewed: 0 };
  let isLoading = false;
  for (const uri of session.uris) {
    const origins = reviews.parts.origins.tracker.of(uri);
    const text = session.text(uri);
    const reviewed = origins && reviews.tracker.of(origins);
    if (origins?.state === 'loading') isLoading = true;
    if (!text || !origins || !reviewed || origins.version !== text.version) continue;
    lines.reviewed += reviewed.counts.reviewed;
    lines.unreviewed += reviewed.counts.unreviewed;
    const findings = openFindings(text, session.shown(uri));
    for (const { start, end, hash, tools, reason, count } of reviewed.regions) {
      const open = findingsIn(findings, { start, end });
      const risk = riskOf({ open: open.length, touches: [], lines: count });
      unreviewed.push({ uri, version: text.version, start, end, hash, tools, reason, risk, open });
    }
  }
  return { unreviewed: unreviewed.sort(byRisk), lines, isLoading, causes: [] };
}
