/** The secrets of a file that no other rule tells: keys of known providers are told as such. */
import { isTestPath } from '../../analysis/test-path';
import { providerKeysIn } from '../provider-keys';
import type { TextSecret } from './formed-secrets';
import { secretsInText } from './text-secrets';

export interface TellableSecret extends TextSecret {
  /** Whether only tests use the file. */
  readonly isInTests: boolean;
}

/** Files of the environment of tests have no folder of their own. */
const TEST_FILE =
  /(?:^|[/._-])(?:tests?|testing|spec|specs|e2e|ci|fixtures?|mocks?)(?:[/._-]|$)|[a-z](?:Tests?|IT|Spec)\.\w+$|_spec\.rb$|_test\.\w+$/;

export function* tellableSecrets({ path, text }: { path: string; text: string }): Generator<TellableSecret> {
  const found = [...secretsInText(text, path)].sort((a, b) => a.start - b.start);
  if (found.length === 0) return;
  const keys = [...providerKeysIn(text)].filter(({ confidence }) => confidence !== 'low');
  const isInTests = isTestPath(path) || TEST_FILE.test(path);
  let until = 0;
  for (const secret of found) {
    if (secret.start < until || keys.some((key) => key.start < secret.end && secret.start < key.end))
      continue;
    until = secret.end;
    yield {
      ...secret,
      isInTests,
      ...(isInTests && secret.confidence === 'high' && { confidence: 'medium' as const }),
    };
  }
}
