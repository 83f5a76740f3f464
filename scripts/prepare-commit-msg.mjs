#!/usr/bin/env node
// A recipe for the hook prepare-commit-msg of git: proposes a trailer for what AI tools wrote, and asks first.
// docs/countersigning.md says how to set it up. It never stops a commit, and writes nothing without consent.
import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';

/** Addresses that tools commit under, for `Co-authored-by`, which needs one. */
const ADDRESSES = new Map([
  ['Claude Code', 'Claude <noreply@anthropic.com>'],
  ['Codex', 'Codex <noreply@openai.com>'],
  ['Cursor', 'Cursor <cursoragent@cursor.com>'],
]);
/** Below, evidence is too weak to propose anything. */
const LEAST = 0.5;

/** @param {string} program @param {readonly string[]} args @returns {string} empty where it fails */
function said(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

/** The tools that wrote lines which are staged and not committed. @returns {string[]} */
function tools() {
  const paths = said('git', ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z']).split('\0');
  const files = paths.filter((path) => path !== '').slice(0, 200);
  if (files.length === 0) return [];
  const cli = process.env['COUNTERSIGN_CLI'];
  const [program, first] =
    cli === undefined ? ['npx', ['--no-install', 'countersign']] : [process.execPath, [cli]];
  const reports = said(program, [...first, 'origin', '--format', 'json', '--', ...files]);
  const found = new Set();
  for (const line of reports.split('\n').filter((each) => each !== '')) {
    for (const { state, commit, tool, confidence } of JSON.parse(line).lines) {
      const isAi = (state === 'ai' || state === 'mixed') && commit === null && confidence >= LEAST;
      if (isAi) found.add(tool ?? 'AI');
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

/** Asks on the terminal. @param {string} question @returns {boolean | undefined} undefined where there is none */
function consent(question) {
  let terminal;
  try {
    terminal = openSync(process.env['COUNTERSIGN_TERMINAL'] ?? '/dev/tty', 'r+');
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
  } else if (answer === undefined && process.env['GIT_EDITOR'] !== ':') {
    // The person takes the mark away in the editor, or git takes the line away.
    appendFileSync(
      file,
      trailers
        .map((trailer) => `\n# ${trailer}`)
        .join('')
        .concat('\n'),
    );
  } else if (answer === undefined) {
    // Without an editor nobody would take a comment away.
    console.error(`AI tools wrote lines of this commit; consider: ${trailers.join(', ')}`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`No trailer was proposed: ${error instanceof Error ? error.message : error}`);
}
