import type { ClientCommand } from '../../protocol/messages';

/** Every command that the manifest contributes. */
export const COMMAND_IDS = [
  'countersign.copyFinding',
  'countersign.copyRegenerationPrompt',
  'countersign.copySuppression',
  'countersign.countersignFile',
  'countersign.countersignRegion',
  'countersign.explainOriginMarkers',
  'countersign.fixAllInFile',
  'countersign.groupByFile',
  'countersign.groupByRule',
  'countersign.hideOriginMarkers',
  'countersign.markAsAi',
  'countersign.markAsHuman',
  'countersign.nextRegion',
  'countersign.openExample',
  'countersign.openSettings',
  'countersign.previousRegion',
  'countersign.recordFixes',
  'countersign.removeRecording',
  'countersign.restartServer',
  'countersign.setUpRecording',
  'countersign.showFindings',
  'countersign.showMenu',
  'countersign.showOriginMarkers',
  'countersign.showOutput',
  'countersign.showQuickFixes',
  'countersign.showReviews',
  'countersign.showRule',
  'countersign.showStatus',
  'countersign.suppress',
  'countersign.suppressFinding',
  'countersign.toggleEnabled',
  'countersign.undoSuppression',
] as const satisfies readonly `countersign.${string}`[];

/** A command that the manifest contributes. */
export type CommandId = (typeof COMMAND_IDS)[number];

/** Holds that the commands which the server's code actions name are among them. */
export type NamedByServer = (typeof ClientCommand)[keyof typeof ClientCommand] extends CommandId
  ? true
  : never;
