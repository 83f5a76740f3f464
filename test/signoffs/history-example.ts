// Examples on the pages of governance rules: a small history in words, and what `countersign verify` finds in it.
// docs/rule-pages.md tells the form.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReviewRecord } from '../../server/src/signoffs/record';
import { addNote, gitAiNote, TRACE } from '../origin/noted-repository';
import { ReviewedRepository } from './reviewed-repository';

/** `*` stands for a place whose name is a hash. */
export interface ExpectedFinding {
  readonly place: string;
  readonly message: string;
}

interface Step {
  readonly verb: string;
  readonly rest: string;
}

/** What the example says is found, in its order. */
export function expectedOf(lines: readonly string[]): ExpectedFinding[] {
  return stepsOf(lines).flatMap(({ verb, rest }) => {
    const [, place = '', message = ''] = /^(\S+) (.+)$/.exec(rest) ?? [];
    return verb === 'finds' ? [{ place, message }] : [];
  });
}

/** Makes the history of an example. @throws where a line means nothing. */
export function repositoryOf(lines: readonly string[]): ReviewedRepository {
  const steps = stepsOf(lines);
  const files = steps.flatMap(({ verb, rest }) => (verb === 'base' ? [writtenFile(rest)] : []));
  const repository = new ReviewedRepository(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const attest = (commit: string, paths: readonly string[]) => {
    if (paths.length === 0) return;
    const attested = paths.flatMap((path) => {
      const count = readFileSync(join(repository.folder, path), 'utf8').split('\n').length - 1;
      return [path, `  ${TRACE} 1-${count}`];
    });
    addNote(repository, 'ai', commit, gitAiNote({ attested }));
  };
  attest(
    repository.base,
    files.flatMap(({ path, isAi }) => (isAi ? [path] : [])),
  );
  let written: string[] = [];
  for (const { verb, rest } of steps) {
    const [path = '', range = '', claim = ''] = rest.split(' ');
    const [start = 1, end = start] = range.split('-').map(Number);
    const record = (made: ReviewRecord) => repository.add(made);
    if (verb === 'write') {
      const file = writtenFile(rest);
      repository.write(file.path, file.text);
      if (file.isAi) written.push(file.path);
    } else if (verb === 'commit') {
      const [subject = '', ...trailers] = rest.split(' / ');
      attest(repository.commit(`${subject}\n\n${trailers.join('\n')}`), written);
      written = [];
    } else if (verb === 'sign') record(repository.signOff(path, start, end));
    else if (verb === 'mark') record(repository.override(path, start, end, claim === 'ai' ? 'ai' : 'human'));
    else if (verb !== 'base' && verb !== 'finds') {
      repository.remove();
      throw new Error(`A line of an example begins with \`${verb}\`, which means nothing.`);
    }
  }
  return repository;
}

function stepsOf(lines: readonly string[]): Step[] {
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [verb = ''] = line.split(' ', 1);
      return { verb, rest: line.slice(verb.length + 1) };
    });
}

/** `path by Claude Code: line / line / ×3 line`. */
function writtenFile(rest: string): { readonly path: string; readonly text: string; readonly isAi: boolean } {
  const [, path = '', tool, content = ''] = /^(\S+?)( by Claude Code)?: (.*)$/.exec(rest) ?? [];
  if (path === '') throw new Error(`\`${rest}\` names no file and what is in it.`);
  if (content === 'binary') return { path, text: 'a\0b', isAi: false };
  const lines = content.split(' / ').flatMap((line) => {
    const [, count, text = line] = /^×(\d+) (.*)$/.exec(line) ?? [];
    return new Array<string>(Number(count ?? 1)).fill(text);
  });
  return { path, text: lines.map((line) => `${line}\n`).join(''), isAi: tool !== undefined };
}
