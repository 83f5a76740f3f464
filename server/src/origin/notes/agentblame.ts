/** Notes of agentblame under `refs/notes/agentblame`: lines whose text an agent was seen to write. */
import type { Decode } from '../bytes';
import { evidenceOf, type RangeEvidence, SOURCES } from '../evidence';
import { lastWins, type RangesClaim } from '../last-wins';
import { member, objectsIn, rangeOf, smallJson } from '../small-json';
import { repositoryPath } from '../stranger-text';
import { modelName, toolName } from '../tools';

const LARGEST_NOTE = 4_000_000;
const MOST_ATTRIBUTIONS = 100_000;

/**
 * By path at the commit, in lines of the file there. Its own confidence (1 for equal text, less for text that was
 * found elsewhere) counts in part. Undefined for what is no such note.
 */
export function readAgentblameNote(
  bytes: Uint8Array,
  { commit, time }: { readonly commit: string; readonly time: number | undefined },
  decode: Decode,
): ReadonlyMap<string, RangeEvidence[]> | undefined {
  const note = smallJson(bytes, LARGEST_NOTE, decode);
  if (member(note, 'version') !== 2) return undefined;
  const claims = new Map<string, RangesClaim[]>();
  for (const attribution of objectsIn(member(note, 'attributions'), MOST_ATTRIBUTIONS)) {
    const path = repositoryPath(member(attribution, 'path'));
    const range = rangeOf(member(attribution, 'startLine'), member(attribution, 'endLine'));
    if (path === undefined || range === undefined) continue;
    if (member(attribution, 'category') !== 'ai_generated') continue;
    const evidence = evidenceOf('agentblame', 'ai', {
      confidence: confidenceOf(member(attribution, 'confidence')),
      tool: toolName(member(attribution, 'provider')),
      model: modelName(member(attribution, 'model')),
      commit,
      time,
    });
    const ofPath = claims.get(path);
    if (ofPath === undefined) claims.set(path, [{ ranges: [range], evidence }]);
    else ofPath.push({ ranges: [range], evidence });
  }
  return new Map([...claims].map(([path, ofPath]) => [path, lastWins(ofPath)]));
}

function confidenceOf(own: unknown): number {
  const isShare = typeof own === 'number' && own >= 0 && own <= 1;
  // Unsaid, it is that of text that was found elsewhere, the least that agentblame writes.
  return (isShare ? own : 0.85) * SOURCES.agentblame.confidence;
}
