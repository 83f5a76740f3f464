/** Secrets in text of any language: beside the names of secrets, in addresses, headers, commands and as hashes. */
import type { Confidence } from '../../analysis/finding';
import { isTestPath } from '../../analysis/test-path';
import { type Assigned, assignedIn } from './assigned';
import { type TextKind, textKindOf } from './file-kind';
import { formedSecretsIn, type TextSecret } from './formed-secrets';
import { isSecret } from './secret-judgement';
import { kindOfName, type NameKind } from './secret-kind';
import { lookOfValue, type ValueLook } from './secret-value';

export function* secretsInText(text: string, path: string): Generator<TextSecret> {
  const file = textKindOf(path);
  if (file.isNoise) return;
  if (NAMES.test(text)) {
    for (const found of assignedIn(text, file)) {
      const kind = kindOfName(found.name);
      if (!kind) continue;
      const look = lookOfValue(valueIn(found), found.name);
      if (!look || !isSecret(text, found, { kind, look, file })) continue;
      const { start, end, name } = found;
      const isShown = isInComment(text, found.nameAt) || text.slice(start - 2, start) === '\\"';
      if (isShown && look === 'plain') continue;
      const confidence = isShown ? 'medium' : certainty(path, file, kind, look, found);
      yield { start, end, name: shortName(name), confidence };
    }
  }
  yield* formedSecretsIn(text);
}

/** What a comment or a request in a collection of them shows may be made up. */
function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^\s*(?:#|\/\/|;|>>>|\/?\*)/.test(line);
}

/** What must be in a text that has any beside a name. */
const NAMES =
  /pass|pwd|pw\b|secret|token|key|credential|authorization|bearer|auth|salt|senha|contrase|kennwort|\bsas/i;

/** `Bearer x` without its scheme. */
function valueIn({ text }: Assigned): string {
  return text.replace(/^(?:Bearer|Basic|Token|Bot|token|base64:|plain:|\{noop\})\s*/, '');
}

function certainty(
  path: string,
  file: TextKind,
  kind: NameKind,
  look: ValueLook,
  { form }: Assigned,
): Confidence {
  if (
    isTestPath(path) ||
    file.isExample ||
    kind === 'perhaps' ||
    file.kind === 'markup' ||
    file.kind === 'table'
  )
    return 'medium';
  // A plain word is what a database on the developer's own machine has.
  if (look === 'random' || (look === 'chosen' && kind === 'password' && file.kind === 'settings'))
    return form === 'listed' || form === 'compared' || form === 'query' ? 'medium' : 'high';
  return 'medium';
}

function shortName(name: string): string {
  return name
    .replace(/^[-.$@]+/, '')
    .split('.')
    .slice(-2)
    .join('.')
    .slice(0, 60);
}
