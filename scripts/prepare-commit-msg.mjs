#!/usr/bin/env node
// A recipe for the hook prepare-commit-msg of git: proposes a trailer for what AI tools wrote, and asks first.
// docs/countersigning.md says how to set it up. It never stops a commit, and writes nothing without consent.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Addresses that tools commit under, for `Co-authored-by`, which needs one. */
const ADDRESSES = new Map([
  ['Claude Code', 'Claude <noreply@anthropic.com>'],
  ['Codex', 'Codex <noreply@openai.com>'],
  ['Cursor', 'Cursor <cursoragent@cursor.com>'],
  ['GitHub Copilot', 'Copilot <198982749+Copilot@users.noreply.github.com>'],
]);
/** Below, evidence is too weak to propose anything. */
const LEAST = 0.5;
/** More are not looked at: whoever commits waits. */
const MOST_FILES = 200;

/** @param {string} program @param {readonly string[]} args @returns {string} also what was said before it failed */
function said(program, args) {
  /** @type {import('node:child_process').SpawnSyncOptionsWithStringEncoding} */
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 256_000_000 };
  return spawnSync(program, args, options).stdout ?? '';
}

/**
 * The lines that are staged, without white space at their ends: in the work tree there may be more.
 * @param {string} file @returns {Set<string>}
 */
function stagedLines(file) {
  const options = ['--cached', '--unified=0', '--no-ext-diff', '--no-textconv', '--no-color'];
  const hunks = said('git', ['diff', ...options, '--', `:(top,literal)${file}`]).split(/^@@ .*$/m);
  const added = hunks.slice(1).flatMap((hunk) => hunk.split('\n').filter((line) => line.startsWith('+')));
  return new Set(added.map((line) => line.slice(1).trim()).filter((line) => line !== ''));
}

/** The tools that wrote lines which are staged and not committed. @returns {string[]} */
function tools() {
  const top = said('git', ['rev-parse', '--show-toplevel']).replace(/\n$/, '');
  const paths = said('git', ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z']).split('\0');
  const files = paths.filter((path) => path !== '').slice(0, MOST_FILES);
  if (files.length === 0) return [];
  const cli = process.env['COUNTERSIGN_CLI'];
  const [program, first] =
    cli === undefined ? ['npx', ['--no-install', 'countersign']] : [process.execPath, [cli]];
  const known = new Map(files.map((file) => [join(top, file), file]));
  const reports = said(program, [...first, 'origin', '--format', 'json', '--', ...known.keys()]);
  const found = new Set();
  for (const report of reports.split('\n').filter((each) => each !== '')) {
    const { file, lines } = JSON.parse(report);
    const staged = stagedLines(known.get(file) ?? '');
    const text = readFileSync(file, 'utf8').split(/\r\n|\n|\r/);
    for (const { start, end, state, commit, tool, confidence } of lines) {
      const isAi = (state === 'ai' || state === 'mixed') && commit === null && confidence >= LEAST;
      const isStaged = text.slice(start - 1, end).some((line) => staged.has(line.trim()));
      if (isAi && isStaged) found.add(tool ?? 'AI');
    }
  }
  return [...found].sort();
}

/** @param {string} tool */
function trailerOf(tool) {
  const address = ADDRESSES.get(tool);
  const key = said('git', ['config', '--get', 'countersign.trailer']).trim().toLowerCase();
  return key === 'co-authored-by' && address !== undefined
    ? `Co-authored-by: ${address}`
    : `Assisted-by: ${tool}`;
}

/**
 * Asks on the terminal. Where errors go elsewhere, a program made the commit: an agent that was started on a terminal
 * could never answer there. @param {string} question @returns {boolean | undefined} undefined where nobody can be asked
 */
function consent(question) {
  if (!process.stderr.isTTY) return undefined;
  let terminal;
  try {
    terminal = openSync('/dev/tty', 'r+');
    writeSync(terminal, question);
    const answer = Buffer.alloc(100);
    const length = readSync(terminal, answer, 0, answer.length, null);
    return /^\s*y(?:es)?\s*$/i.test(answer.toString('utf8', 0, length));
  } catch {
    return undefined;
  } finally {
    if (terminal !== undefined) closeSync(terminal);
  }
}

/**
 * What begins a line that git takes away after the editor; undefined where git would leave it, or nobody sees it.
 * @returns {string | undefined}
 */
function comment() {
  // Git says so to hooks where it opens no editor.
  if (process.env['GIT_EDITOR'] === ':') return undefined;
  const setting = (/** @type {string} */ name) => said('git', ['config', '--get', name]).trim();
  if (!['', 'default', 'strip'].includes(setting('commit.cleanup'))) return undefined;
  const mark = setting('core.commentString') || setting('core.commentChar') || '#';
  return mark === 'auto' ? undefined : mark;
}

/** Above what git itself says in comments: with `commit --verbose`, what stands below is cut off. */
function commented(
  /** @type {string} */ message,
  /** @type {string} */ mark,
  /** @type {string[]} */ trailers,
) {
  const lines = message.split('\n');
  const first = lines.findIndex((line) => line.startsWith(mark));
  const proposed = trailers.map((trailer) => `${mark} ${trailer}`);
  if (first < 0) return [message.replace(/\n*$/, '\n'), ...proposed, ''].join('\n');
  return [...lines.slice(0, first), ...proposed, ...lines.slice(first)].join('\n');
}

/** @param {string[]} args as git gives them: the file with the message, and where it comes from */
function main([file, source]) {
  if (file === undefined || source === 'merge' || source === 'squash') return;
  const message = readFileSync(file, 'utf8');
  const trailers = tools()
    .map(trailerOf)
    .filter((trailer) => !message.toLowerCase().includes(trailer.toLowerCase()));
  if (trailers.length === 0) return;
  const answer = consent(`AI tools wrote lines of this commit. Add "${trailers.join('", "')}"? [y/N] `);
  if (answer === true) {
    const options = trailers.flatMap((trailer) => ['--trailer', trailer]);
    execFileSync('git', [
      'interpret-trailers',
      '--in-place',
      '--if-exists',
      'addIfDifferent',
      ...options,
      file,
    ]);
    return;
  }
  if (answer === false) return;
  const mark = comment();
  // The person takes the mark away in the editor, or git takes the line away.
  if (mark !== undefined) writeFileSync(file, commented(message, mark, trailers));
  else console.error(`AI tools wrote lines of this commit; consider: ${trailers.join(', ')}`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`No trailer was proposed: ${error instanceof Error ? error.message : error}`);
}
