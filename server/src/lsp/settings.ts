/** The client's settings for a document: asked for once, checked, and kept by the session. */

import { DEFAULT_SETTINGS, type RuleCustomization } from '../../../protocol/settings';
import type { Selection } from '../analysis/selection';
import type { DocumentSettings } from '../session/session';
import type { Context } from './context';

const SEVERITIES: readonly RuleCustomization['severity'][] = [
  ...(['off', 'hint', 'info', 'warn', 'error', 'upgrade', 'downgrade', 'default'] as const),
];
const CUSTOM_SEVERITIES: ReadonlySet<unknown> = new Set(SEVERITIES);

/** The settings of an open document, from the client when they are not known yet. */
export async function settingsOf(context: Context, uri: string): Promise<DocumentSettings> {
  const known = context.session.settings(uri);
  if (known) return known;
  const settings = await askFor(context, uri);
  context.session.setSettings(uri, settings);
  return settings;
}

/** Asks again for the settings of all open documents. */
export async function reloadSettings(context: Context): Promise<void> {
  await Promise.all(
    context.session.uris.map(async (uri) => context.session.setSettings(uri, await askFor(context, uri))),
  );
}

async function askFor({ connection, client, session }: Context, uri: string): Promise<DocumentSettings> {
  if (!client.hasConfiguration) return readSettings(undefined, () => {});
  const answer = await connection.workspace.getConfiguration({ scopeUri: uri, section: 'countersign' });
  return readSettings(answer, (problem) => session.host.log('warn', problem));
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
