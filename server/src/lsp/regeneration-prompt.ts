/** countersign/regenerationPrompt: the prompt for an AI tool that makes a finding go. */
import type { RegenerationPrompt, RegenerationPromptRequest } from '../../../protocol/regeneration';
import { regenerationPrompt as promptFor } from '../regeneration/regeneration-prompt';
import type { Context } from './context';
import { refused } from './refused';
import { settingsOf } from './settings';

/** @throws ResponseError when there is no prompt for it; its message is for the person. */
export async function regenerationPrompt(
  context: Context,
  { uri, fingerprint }: RegenerationPromptRequest,
): Promise<RegenerationPrompt> {
  const { session } = context;
  await settingsOf(context, uri);
  const document = session.document(uri);
  if (!document) throw refused('The file is not open any more. Open it and try again.');
  const { file } = document;
  if (!file) throw refused(document.unread);
  const finding = session.shown(uri).find((each) => each.fingerprint === fingerprint);
  const rule = session.rules.find(({ id }) => id === finding?.ruleId);
  if (!finding || !rule) throw refused('The problem is not there any more.');
  return promptFor({ file, finding, rule, page: session.host.rulePage(rule.id) });
}
