// What a person is asked before a record is stored, and told after it.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { AiRegion, MarkOriginRequest, RecordAnswer } from '../../../protocol/reviews';
import type { CommandId } from '../command-ids';
import { askReviewer } from './record-request';
import { linesWords } from './region-text';
import { markReasonProblem, noteProblem } from './review-input';

type Recorded = Extract<RecordAnswer, { kind: 'recorded' }>;
type Claim = MarkOriginRequest['claim'];

/** @returns undefined when the person gave up, or cannot countersign */
export async function askNote(
  client: LanguageClient,
  document: vscode.TextDocument,
  regions: readonly AiRegion[],
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const who = await askReviewer(client, document.uri.toString());
  if (who === undefined) return undefined;
  return vscode.window.showInputBox({
    title: t('Countersign {0}', regionsWords(document, regions)),
    placeHolder: t('A note, such as what you compared it with; may be left empty'),
    prompt: [t('You have read these lines and answer for them.'), who.sentence, savingWords(document)]
      .join(' ')
      .trim(),
    ignoreFocusOut: true,
    validateInput: (text) => noteProblem(text, t),
  });
}

/** @returns undefined when the person gave up, or nobody is known who could say it */
export async function askReason(
  client: LanguageClient,
  document: vscode.TextDocument,
  lines: Pick<AiRegion, 'start' | 'end'>,
  claim: Claim,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const who = await askReviewer(client, document.uri.toString());
  if (who === undefined) return undefined;
  const meaning =
    claim === 'ai'
      ? t('These lines will wait for a review.')
      : who.isSigning
        ? t('With your signature it counts as a review.')
        : t('Unsigned, it changes the markers and counts as no review.');
  const place = `${linesWords(lines, t)} · ${nameOf(document)}`;
  return vscode.window.showInputBox({
    title:
      claim === 'ai' ? t('Mark as written by AI: {0}', place) : t('Mark as written by a person: {0}', place),
    placeHolder: t('How do you know?'),
    prompt: [meaning, who.sentence, savingWords(document)].join(' ').trim(),
    ignoreFocusOut: true,
    validateInput: (text) => markReasonProblem(text, t),
  });
}

/** Says what was stored, and offers to go on. Does not wait for an answer. */
export function tellCountersigned(
  { isSigned, stillMissing, uris }: Recorded,
  document: vscode.TextDocument,
  regions: readonly AiRegion[],
  hasMore: boolean,
): void {
  const { t } = vscode.l10n;
  const what = regionsWords(document, regions);
  const sentences = [
    isSigned
      ? t('Countersigned {0}, with your signature.', what)
      : t('Countersigned {0}, without a signature.', what),
    ...(stillMissing === undefined
      ? []
      : [t('The review still lacks: {0}.', stillMissing.replace(/\.$/, ''))]),
  ];
  offer(sentences.join(' '), hasMore, uris);
}

/** Says what was stored, and what it counts for. Does not wait for an answer. */
export function tellMarked({ isSigned, uris }: Recorded, claim: Claim): void {
  const { t } = vscode.l10n;
  const asHuman = isSigned
    ? t('Marked as written by a person, with your signature. It counts as a review.')
    : t('Marked as written by a person, without a signature. It counts as no review.');
  offer(claim === 'ai' ? t('Marked as written by AI. These lines wait for a review.') : asHuman, false, uris);
}

function offer(said: string, hasMore: boolean, uris: readonly string[]): void {
  const { t } = vscode.l10n;
  const [next, show] = [t('Next region'), uris.length === 1 ? t('Show record') : t('Show a record')];
  const [record] = uris;
  const offers = [...(hasMore ? [next] : []), ...(record === undefined ? [] : [show])];
  void vscode.window.showInformationMessage(said, ...offers).then((picked) => {
    if (picked === next) void vscode.commands.executeCommand('countersign.nextRegion' satisfies CommandId);
    if (picked === show && record !== undefined) {
      void vscode.window.showTextDocument(vscode.Uri.parse(record), { preview: true });
    }
  });
}

/** "lines 12 to 30 of orders.ts", "3 regions of orders.ts". */
function regionsWords(document: vscode.TextDocument, regions: readonly AiRegion[]): string {
  const { t } = vscode.l10n;
  const [first] = regions;
  return first && regions.length === 1
    ? t('{0} of {1}', linesWords(first, t), nameOf(document))
    : t('{0} regions of {1}', regions.length, nameOf(document));
}

function savingWords(document: vscode.TextDocument): string {
  return document.isDirty ? vscode.l10n.t('The file is saved first.') : '';
}

function nameOf({ uri }: vscode.TextDocument): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
