// After edits of the examples of rules, which hold all that rules ask for, an open document must say what a freshly
// opened one says. The edits change what code means more than how it is written.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { grammarFor } from '../../grammars/languages';
import type { Parser } from '../../grammars/parser';
import type { Finding } from '../../server/src/analysis/finding';
import { RULES } from '../../server/src/rules/index';
import { CodeDocument } from '../../server/src/session/code-document';
import { rethrow, testParsers } from '../engine';
import { readPage } from '../pages/page';
import { repositoryRoot } from '../repository-root';
import { Random } from './random';

const EDITS = 24;
const CHECKED_EVERY = 4;
/** So much of a page (UTF-16 units) is put together. */
const LONGEST = 4_000;

describe('edits of examples', function () {
  this.timeout(300_000);
  let parserOf: (path: string) => Parser;
  let found = 0;
  before(async () => {
    parserOf = await testParsers();
  });

  for (const [index, { id }] of RULES.entries()) {
    it(`of ${id} leave the findings of a fresh parse`, () => {
      const text = examplesOf(id);
      if (text !== '') editAndCompare(text, new Random(index + 1));
    });
  }

  it('were not all without findings', () => assert.ok(found > RULES.length, `${found}`));

  function editAndCompare(original: string, random: Random): void {
    const edited = open(original);
    const log: string[] = [];
    const undo: [number, number, string][] = [];
    for (let version = 1; version <= EDITS; version++) {
      const text = edited.text.getText();
      const isUndo = undo.length > 0 && random.chance(0.4);
      const [start, end, by] = isUndo ? (undo.pop() as [number, number, string]) : nextEdit(text, random);
      if (!isUndo) undo.push([start, start + by.length, text.slice(start, end)]);
      log.push(`${start}-${end} ${JSON.stringify(text.slice(start, end))} becomes ${JSON.stringify(by)}`);
      const range = { start: edited.text.positionAt(start), end: edited.text.positionAt(end) };
      edited.change(version, [{ range, text: by }], false);
      if (version % CHECKED_EVERY !== 0) continue;
      const fresh = open(edited.text.getText());
      if (fresh.isUnsettled) edited.settle(true, false);
      const where = `after\n${log.join('\n')}\nof\n${edited.text.getText()}`;
      assert.deepEqual(shown(edited.findings), shown(fresh.findings), where);
      found += fresh.findings.length;
      fresh.dispose();
    }
    edited.dispose();
  }

  function open(text: string): CodeDocument {
    return new CodeDocument(TextDocument.create('file:///examples.tsx', 'typescriptreact', 0, text), {
      path: 'examples.tsx',
      grammar: 'tsx',
      parser: parserOf('examples.tsx'),
      rules: RULES,
      onRuleError: rethrow,
      suppression: () => ({ today: '2026-01-01', isRule: () => true }),
      now: () => 0,
    });
  }
});

/** The examples of a page one behind the other, in one file. */
function examplesOf(id: string): string {
  const page = `server/src/rules/${id}.md`;
  const { examples } = readPage(page, readFileSync(join(repositoryRoot(), page), 'utf8'));
  let all = '';
  for (const { name, text } of examples.flatMap(({ files }) => files))
    if (grammarFor(name) && all.length + text.length < LONGEST) all += `${text}\n`;
  return all;
}

/** A name becomes another one of the file, a line goes or stands elsewhere as well. */
function nextEdit(text: string, random: Random): [number, number, string] {
  const kind = random.below(5);
  if (kind < 3) {
    const names = [...text.matchAll(/[A-Za-z_$][\w$]*/g)];
    const from = random.pick(names);
    return [from.index, from.index + from[0].length, random.pick(names)[0]];
  }
  const lines = [...text.matchAll(/^.*\n/gm)];
  const line = random.pick(lines);
  if (kind === 3) return [line.index, line.index + line[0].length, ''];
  const at = random.pick(lines).index;
  return [at, at, line[0]];
}

function shown(findings: readonly Finding[]): string[] {
  return findings.map(({ ruleId, start, end, message, confidence, related, fingerprint }) => {
    const places = related.map((place) => `${place.start}-${place.end} ${place.message}`).join(', ');
    return `${start}-${end} ${ruleId} ${confidence}: ${message} [${places}] ${fingerprint}`;
  });
}
