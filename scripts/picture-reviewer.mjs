// Who countersigns in a picture: somebody with a key, whom everybody who looks knows by it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EMAIL = 'ann@example.org';

/**
 * Makes a key and settings of git that name it.
 * @param {string} folder that is thrown away
 * @returns {Record<string, string>} the environment in which git finds them
 */
export function reviewerWithKey(folder) {
  const key = join(folder, 'ann');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', EMAIL, '-f', key]);
  const signers = join(folder, 'allowed_signers');
  writeFileSync(signers, `${EMAIL} namespaces="countersign" ${readFileSync(`${key}.pub`, 'utf8')}`);
  const settings = join(folder, 'gitconfig');
  const lines = [
    ...['[user]', 'name = Ann', `email = ${EMAIL}`, `signingKey = ${key}.pub`],
    ...['[gpg]', 'format = ssh', '[gpg "ssh"]', `allowedSignersFile = ${signers}`],
  ];
  writeFileSync(settings, lines.map((line) => `${line}\n`).join(''));
  return { GIT_CONFIG_GLOBAL: settings };
}
