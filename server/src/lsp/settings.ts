/** The client's settings for a document: asked for once, checked, and kept by the session. */

import { DEFAULT_SETTINGS, type RuleCustomization } from '../../../protocol/settings';
import type { Selection } from '../analysis/selection';
import type { DocumentSettings } from '../session/session';
import type { Context } from './context';

const SEVERITIES: readonly RuleCustomization['severity'][] = [
  ...(['off', 'hint', 'info', 'warn', 'error', 'upgrade', 'downgrade', 'default'] as const),
];
const CUSTOM_SEVERITIES: ReadonlySet<unknown> = new Set(SEVERITIES);

/**
 * The settings of a document, from the client when they are not known yet; it is asked once, whoever wants to
 * know. Undefined when the document is not open.
 */
export async function settingsOf(context: Context, uri: string): Promise<DocumentSettings | undefined> {
  const { session, asking } = context;
  if (!session.document(uri)) return undefined;
  return session.settings(uri) ?? asking.get(uri) ?? ask(context, uri);
}

/** Asks again for the settings of all open documents. */
export async function reloadSettings(context: Context): Promise<void> {
  await Promise.all(context.session.uris.map((uri) => ask(context, uri)));
}

/** **Invariant:** of several questions about a document only the answer to the last one is taken. */
function ask(context: Context, uri: string): Promise<DocumentSettings> {
  const { session, asking } = context;
  const answer = answerOf(context, uri).then((settings) => {
    if (asking.get(uri) !== answer) return asking.get(uri) ?? session.settings(uri) ?? settings;
    asking.delete(uri);
    session.setSettings(uri, settings);
    return settings;
  });
  asking.set(uri, answer);
  return answer;
}

async function answerOf({ connection, client, session }: Context, uri: string): Promise<DocumentSettings> {
  const { log } = session.host;
  if (!client.hasConfiguration) return readSettings(undefined, () => {});
  let answer: unknown;
  try {
    answer = await connection.workspace.getConfiguration({ scopeUri: uri, section: 'countersign' });
  } catch (error) {
    log('warn', `The client did not tell its settings, so the defaults are used: ${error}`);
  }
  return readSettings(answer, (problem) => log('warn', problem));
}

/** Reads settings that a person wrote: what is wrong is told and takes its default. */
export function readSettings(answer: unknown, onProblem: (problem: string) => void): DocumentSettings {
  const given = isRecord(answer) ? answer : {};
  const wrong = (key: string, wanted: string) =>
    onProblem(`The setting countersign.${key} must be ${wanted}; its default is used.`);

  const isEnabled = given['enable'] ?? DEFAULT_SETTINGS.enable;
  if (typeof isEnabled !== 'boolean') wrong('enable', 'true or false');
  const run = given['run'] ?? DEFAULT_SETTINGS.run;
  if (run !== 'onType' && run !== 'onSave') wrong('run', '"onType" or "onSave"');
  const profile = given['profile'] ?? DEFAULT_SETTINGS.profile;
  if (profile !== 'recommended' && profile !== 'strict') wrong('profile', '"recommended" or "strict"');
  if (given['rules'] !== undefined && !isRecord(given['rules'])) wrong('rules', 'an object');
  const rules = isRecord(given['rules']) ? given['rules'] : {};
  const customizations = rules['customizations'] ?? [];
  const isList = Array.isArray(customizations);
  if (!isList) wrong('rules.customizations', 'a list of { "rule", "severity" }');
  const entries = isList ? customizations.filter((entry) => isCustomization(entry)) : [];
  if (isList && entries.length < customizations.length) {
    wrong(
      'rules.customizations',
      'a list of { "rule", "severity" } with a known severity; the wrong entries are left out',
    );
  }
  const selection: Selection = {
    profile: profile === 'strict' ? 'strict' : 'recommended',
    customizations: entries,
  };
  return { isEnabled: isEnabled !== false, run: run === 'onSave' ? 'onSave' : 'onType', selection };
}

function isCustomization(entry: unknown): entry is RuleCustomization {
  return isRecord(entry) && typeof entry['rule'] === 'string' && CUSTOM_SEVERITIES.has(entry['severity']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
