// Compares `countersign origin` with an independent reading of git-ai's notes, line by line: plain `git blame
// --porcelain`, the notes taken apart by hand, one process for each question, nothing shared with the product.
//
//   node scripts/origin-check.mjs <repository> [--others N]
//
// Looks at HEAD of the repository: at every file that a note of a commit before HEAD names, and at N others, evenly
// spread over the rest; all unless given. `npm run build` first. docs/origin.md has what came out.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode, Refusal, root, runAsProgram } from './repository.mjs';

const CLI = join(root, 'dist', 'cli.js');
const AT_ONCE = 50;

/** @typedef {{ isReliable: boolean, files: Map<string, [key: string, ranges: number[][]][]>, metadata: any }} Note */
/** @typedef {'ai' | 'human' | 'unattested' | 'old' | 'none'} Reading what a note says, or that it is old, or none */
/** @typedef {{ state: string, source: string | null, commit: string | null }} Told */

class Checker {
  #folder;
  /** @type {Map<string, string>} */
  #blobs = new Map();
  /** @type {Map<string, Note | undefined>} */
  #notes = new Map();
  counts = { files: 0, lines: 0, equal: 0, noted: 0, notedEqual: 0, ai: 0, human: 0, withoutSource: 0 };
  /** @type {string[]} */
  faults = [];
  /** @type {string[]} */
  unanswered = [];

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
    for (const line of this.#git('notes', '--ref=ai', 'list').trimEnd().split('\n')) {
      const [blob = '', commit = ''] = line.split(' ');
      this.#blobs.set(commit, blob);
    }
  }

  /** @param {string[]} args */
  #git(...args) {
    const options = { cwd: this.#folder, encoding: /** @type {const} */ ('utf8'), maxBuffer: 2 ** 30 };
    return execFileSync('git', ['-c', 'core.quotePath=false', ...args], {
      ...options,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  /** @param {number} others */
  files(others) {
    const all = this.#git('ls-tree', '-r', '-z', 'HEAD')
      .split('\0')
      // Neither links nor submodules: the product answers for what a link leads to.
      .flatMap((entry) => /^100\d+ blob \S+\t(.+)$/s.exec(entry)?.[1] ?? []);
    const reachable = new Set(this.#git('rev-list', 'HEAD').split('\n'));
    const noted = [...this.#blobs.keys()].filter((commit) => reachable.has(commit));
    const named = new Set(noted.flatMap((commit) => [...(this.#note(commit)?.files.keys() ?? [])]));
    const rest = all.filter((path) => !named.has(path));
    const step = Math.max(1, Math.floor(rest.length / others));
    const spread = others === 0 ? [] : rest.filter((_, index) => index % step === 0).slice(0, others);
    console.log(
      `${noted.length} notes of commits before HEAD, ${all.length} files, ${all.length - rest.length} named`,
    );
    return [...all.filter((path) => named.has(path)), ...spread];
  }

  /** @param {string} commit */
  #note(commit) {
    if (!this.#notes.has(commit)) this.#notes.set(commit, this.#readNote(commit));
    return this.#notes.get(commit);
  }

  /**
   * @param {string} commit
   * @returns {Note | undefined}
   */
  #readNote(commit) {
    const blob = this.#blobs.get(commit);
    if (blob === undefined) return undefined;
    const text = this.#git('cat-file', 'blob', blob);
    const lines = text.split('\n');
    const divider = lines.indexOf('---');
    if (divider < 0) return undefined;
    const metadata = JSON.parse(lines.slice(divider + 1).join('\n'));
    /** @type {Note['files']} */
    const files = new Map();
    /** @type {[key: string, ranges: number[][]][]} */
    let entries = [];
    for (const line of lines.slice(0, divider).filter((each) => each.trim() !== '')) {
      if (!line.startsWith('  ')) {
        const path = line.startsWith('"') ? line.slice(1, -1) : line;
        entries = [];
        if (!files.has(path)) files.set(path, entries);
        continue;
      }
      const [key = '', ranges = ''] = line.trim().split(' ');
      entries.push([key, ranges.split(',').map((range) => range.split('-').map(Number))]);
    }
    const [, major, minor] = /(\d+)\.(\d+)/.exec(metadata.git_ai_version ?? '') ?? [];
    return { isReliable: Number(major) * 1000 + Number(minor) >= 1004, files, metadata };
  }

  /**
   * @param {string} commit
   * @param {string} path
   * @param {number} line
   * @returns {Reading}
   */
  #reading(commit, path, line) {
    const note = this.#note(commit);
    if (!note) return 'none';
    if (!note.isReliable) return 'old';
    const { humans = {}, sessions = {}, prompts = {} } = note.metadata;
    for (const [key, ranges] of (note.files.get(path) ?? []).toReversed()) {
      if (!ranges.some(([first = 0, last = first]) => first <= line && line <= last)) continue;
      if (key === 'human' || key in humans) return 'human';
      if (key.replace(/::.*/, '') in sessions || key in prompts) return 'ai';
    }
    return 'unattested';
  }

  /**
   * For each line of a file its commit, and what the note says.
   * @param {string} path
   */
  #readings(path) {
    const ignored = '.git-blame-ignore-revs';
    const ignoring = existsSync(join(this.#folder, ignored)) ? [`--ignore-revs-file=${ignored}`] : [];
    const names = new Map();
    const found = [];
    let [commit, line] = ['', 0];
    for (const row of this.#git('blame', '--porcelain', ...ignoring, 'HEAD', '--', path).split('\n')) {
      if (row.startsWith('\t')) found.push({ commit, line, path: names.get(commit) });
      const head = /^([0-9a-f]{40}) (\d+) \d+/.exec(row);
      if (head) [commit, line] = [head[1] ?? '', Number(head[2])];
      if (row.startsWith('filename ')) names.set(commit, row.slice('filename '.length));
    }
    return found.map((each) => ({ ...each, reading: this.#reading(each.commit, each.path, each.line) }));
  }

  /** @param {string[]} paths */
  compare(paths) {
    const args = [CLI, 'origin', '--rev', 'HEAD', '--format', 'json', '--', ...paths];
    const options = { cwd: this.#folder, encoding: /** @type {const} */ ('utf8'), maxBuffer: 2 ** 30 };
    let output;
    try {
      output = execFileSync(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      // Binary files and the like are told, and the others are answered for.
      const failure = /** @type {{ status: number, stdout: string, stderr: string }} */ (error);
      if (failure.status !== 2) throw error;
      output = failure.stdout;
      this.unanswered.push(...failure.stderr.trimEnd().split('\n'));
    }
    for (const report of output
      .trimEnd()
      .split('\n')
      .filter((line) => line !== ''))
      this.#compareFile(JSON.parse(report));
  }

  /** @param {{ file: string, lines: (Told & { start: number, end: number })[] }} report */
  #compareFile({ file, lines }) {
    const told = lines.flatMap((run) => new Array(run.end - run.start + 1).fill(run));
    const readings = this.#readings(file);
    this.counts.files++;
    if (told.length !== readings.length)
      this.faults.push(`${file}: ${told.length} lines instead of ${readings.length}`);
    readings.forEach(({ commit, reading }, index) => {
      const one = told[index];
      const isEqual = one !== undefined && one.commit === commit && isWhat(reading, one);
      const isNoted = reading !== 'none' && reading !== 'old';
      this.counts.lines++;
      if (isEqual) this.counts.equal++;
      else
        this.faults.push(
          `${file}:${index + 1}: ${reading}, told ${one?.state} by ${one?.source} of ${one?.commit}`,
        );
      if (isNoted) this.counts.noted++;
      if (isNoted && isEqual) this.counts.notedEqual++;
      if (reading === 'ai') this.counts.ai++;
      if (reading === 'human') this.counts.human++;
      if (one?.state !== 'unknown' && !one?.source) this.counts.withoutSource++;
    });
  }
}

/**
 * @param {Reading} reading
 * @param {Told} told
 */
function isWhat(reading, { state, source }) {
  if (reading === 'ai') return state === 'ai' && source === 'git-ai-note';
  if (reading === 'human') return state === 'human' && source === 'git-ai-note-human';
  // Only an agent as the author, where the note is empty, or the file itself speaks of lines that a note leaves out.
  if (reading === 'unattested')
    return (
      state === 'unknown' || (state === 'ai-commit' && /^(?:commit-author|file-marker)$/.test(source ?? ''))
    );
  const isOfNote = source === 'git-ai-note' || state === 'human';
  return !isOfNote && (reading === 'old' || source !== 'git-ai-old-note');
}

/** @param {string[]} args */
async function main(args) {
  const [folder, option, number, ...more] = args;
  const others = option === undefined ? Number.POSITIVE_INFINITY : Number(number);
  if (
    folder === undefined ||
    more.length > 0 ||
    (option ?? '--others') !== '--others' ||
    Number.isNaN(others)
  )
    throw new Refusal('Use: node scripts/origin-check.mjs <repository> [--others N]');
  if (!existsSync(CLI)) throw new Refusal('There is no dist/cli.js. Run: npm run build');
  const checker = new Checker(folder);
  const files = checker.files(others);
  for (let at = 0; at < files.length; at += AT_ONCE) checker.compare(files.slice(at, at + AT_ONCE));
  console.log(checker.counts);
  for (const line of checker.unanswered) console.log(`not answered: ${line}`);
  for (const line of checker.faults.slice(0, 50)) console.log(line);
  console.log(`${checker.faults.length} faults`);
  return checker.faults.length > 0 ? exitCode.failed : exitCode.ok;
}

await runAsProgram(import.meta.url, main);
