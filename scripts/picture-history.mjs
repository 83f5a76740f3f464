// A history for the copy of the shop that a picture shows: who wrote a file, step by step, with the notes and
// trailers that tools leave.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';

/** Nobody's settings. The dates are in the picture. */
const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.org',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.org',
};

/**
 * @typedef {object} Step
 * @property {number} upTo how many lines of the file there are after the commit
 * @property {string} message
 * @property {string} date ISO 8601
 * @property {string} [byAgent] which lines git-ai's note attests to Claude Code: `33-51,60`
 * @property {Readonly<Record<string, string>>} [othersByAgent] the same for other files, by path
 */

/**
 * Makes the folder a repository in which a file grew line by line.
 * @param {string} folder
 * @param {string} path of the file, in the folder
 * @param {readonly Step[]} steps the last one has the whole file
 * @returns {() => void} takes the history away again
 */
export function commitInSteps(folder, path, steps) {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  const lines = text.split(/(?<=\n)/);
  /** @param {string} date @param {readonly string[]} args @param {string} [input] */
  const git = (date, args, input = '') =>
    execFileSync('git', args, {
      cwd: folder,
      env: { ...ENVIRONMENT, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      input,
      encoding: 'utf8',
    }).trim();
  git('', ['init', '--quiet']);
  for (const { upTo, message, date, byAgent, othersByAgent = {} } of steps) {
    writeFileSync(file, lines.slice(0, upTo).join(''));
    git(date, ['add', '--all']);
    git(date, ['commit', '--quiet', '--message', message]);
    const noted = { ...othersByAgent, ...(byAgent !== undefined && { [path]: byAgent }) };
    if (Object.keys(noted).length > 0) {
      git(date, ['notes', '--ref=ai', 'add', '--file=-', 'HEAD'], gitAiNote(noted));
    }
  }
  writeFileSync(file, text);
  return () => {
    for (const name of ['.git', '.countersign']) rmSync(join(folder, name), { recursive: true, force: true });
  };
}

/**
 * As git-ai writes it (authorship log 3.0.0).
 * @param {Readonly<Record<string, string>>} linesByPath
 */
function gitAiNote(linesByPath) {
  const session = 's_4f1c09d27ab3e8';
  const metadata = {
    schema_version: 'authorship/3.0.0',
    git_ai_version: '1.6.13',
    base_commit_sha: '0'.repeat(40),
    prompts: {},
    humans: {},
    sessions: { [session]: { agent_id: { tool: 'claude', id: 'c1', model: 'claude-opus-4-1' } } },
  };
  const attested = Object.entries(linesByPath).map(
    ([path, lines]) => `${path}\n  ${session}::t_8e2b7c55d0a916 ${lines}\n`,
  );
  return `${attested.join('')}---\n${JSON.stringify(metadata, undefined, 2)}\n`;
}
