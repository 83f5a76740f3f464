/** The client's settings for a document: asked for once, checked, and kept by the session. */

import { DEFAULT_SETTINGS } from '../../../protocol/settings';
import { CUSTOM_SEVERITIES, type Customization, PROFILES } from '../analysis/selection';
import type { ClientSettings, DocumentSettings } from '../session/document-settings';
import type { Context } from './context';

/**
 * The settings of a document, from the client when they are not known yet; it is asked once, whoever wants to
 * know. Undefined when the document is not open.
 */
export async function settingsOf(context: Context, uri: string): Promise<DocumentSettings | undefined> {
  const { session, asking } = context;
  if (session.text(uri) && !session.settings(uri)) await (asking.get(uri) ?? ask(context, uri));
  return session.settings(uri);
}

/** Asks again for the settings of all open documents. */
export async function reloadSettings(context: Context): Promise<void> {
  await Promise.all(context.session.uris.map((uri) => ask(context, uri)));
}

/** **Invariant:** of several questions about a document only the answer to the last one is taken. */
function ask(context: Context, uri: string): Promise<void> {
  const { session, asking } = context;
  const answer: Promise<void> = answerOf(context, uri).then((settings) => {
    if (asking.get(uri) !== answer) return asking.get(uri);
    asking.delete(uri);
    session.setSettings(uri, settings);
    return undefined;
  });
  asking.set(uri, answer);
  return answer;
}

/** What the client says of a file, open or not. */
export async function answerOf(
  { connection, client, session, told }: Context,
  uri: string,
): Promise<ClientSettings> {
  const { log } = session.host;
  let answer: unknown;
  try {
    if (client.hasConfiguration) {
      answer = await connection.workspace.getConfiguration({ scopeUri: uri, section: 'countersign' });
    }
  } catch (error) {
    log('warn', `The client did not tell its settings, so the defaults are used: ${error}`);
  }
  return readSettings(answer ?? told.settings, (problem) => log('warn', problem));
}

/** Reads settings that a person wrote: what is wrong is told and takes its default. */
function readSettings(answer: unknown, onProblem: (problem: string) => void): ClientSettings {
  const given = isRecord(answer) ? answer : {};
  const wrong = (key: string, wanted: string) =>
    onProblem(`The setting countersign.${key} must be ${wanted}; its default is used.`);

  const isEnabled = given['enable'] ?? DEFAULT_SETTINGS.enable;
  if (typeof isEnabled !== 'boolean') wrong('enable', 'true or false');
  const run = given['run'] ?? DEFAULT_SETTINGS.run;
  if (run !== 'onType' && run !== 'onSave') wrong('run', '"onType" or "onSave"');
  const profile = given['profile'] ?? DEFAULT_SETTINGS.profile;
  const chosen = PROFILES.find((known) => known === profile);
  if (!chosen && profile !== 'default') wrong('profile', '"default", "recommended" or "strict"');
  const ai = given['ai'] ?? DEFAULT_SETTINGS.ai;
  if (ai !== 'on' && ai !== 'off' && ai !== 'default') wrong('ai', '"default", "on" or "off"');
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
  return {
    isEnabled: isEnabled !== false,
    run: run === 'onSave' ? 'onSave' : 'onType',
    profile: chosen,
    customizations: entries,
    ai: ai === 'on' ? true : ai === 'off' ? false : undefined,
    // What is wrong with it is told by the client, which reads it by itself.
    recordsFixes: !isRecord(given['recording']) || given['recording']['fixes'] !== false,
    hasMarkers: !isRecord(given['origin']) || given['origin']['markers'] !== false,
  };
}

function isCustomization(entry: unknown): entry is Customization {
  if (!isRecord(entry) || typeof entry['rule'] !== 'string') return false;
  return CUSTOM_SEVERITIES.some((known) => known === entry['severity']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
