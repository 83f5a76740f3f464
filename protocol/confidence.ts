/** How sure evidence is, in words: its values are judgements, so a number would say more than is known. */

/** @param confidence from 0 to 1. */
export function confidenceWords(confidence: number): ConfidenceWords {
  if (confidence >= 0.95) return 'very high';
  if (confidence >= 0.8) return 'high';
  if (confidence >= 0.6) return 'medium';
  if (confidence >= 0.45) return 'low';
  return 'very low';
}

export type ConfidenceWords = 'very high' | 'high' | 'medium' | 'low' | 'very low';
