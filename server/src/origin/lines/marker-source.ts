import { namedTool } from '../commits/tool-names';
import { fileMarkers } from '../markers/file-markers';
import type { MarkerPair } from '../markers/marker-pairs';
import type { TextEvidenceSource } from './text-evidence';

/** What a file says of itself. @param pairs those that a person turned on. */
export function markerSource(pairs: readonly MarkerPair[] = []): TextEvidenceSource {
  return {
    load: async () => ({
      of: ({ text, lines }) => {
        const { file, ranges } = fileMarkers(text, pairs, namedTool);
        const ofFile = file.map((evidence) => ({ start: 0, end: lines.length, evidence }));
        return { present: [...ofFile, ...ranges] };
      },
    }),
  };
}
