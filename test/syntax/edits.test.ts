// After any edits, an open document must say what a freshly opened one says.
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { grammarFor } from '../../grammars/languages';
import type { Parser } from '../../grammars/parser';
import type { Finding } from '../../server/src/analysis/finding';
import { RULES } from '../../server/src/rules/index';
import { CodeDocument } from '../../server/src/session/code-document';
import { rethrow, testParsers } from '../engine';
import { probe } from '../probe-rule';
import { readRealFile, realFiles } from '../real-files';
import { shapeOf } from '../shape';
import { EditGenerator } from './edit-generator';
import { Random } from './random';

const EDITS = 20_000;
const CHECKED_EVERY = 100;
describe('random edits', function () {
  this.timeout(600_000);
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  it(`${EDITS} edits of real files leave the findings of a fresh parse after each ${CHECKED_EVERY}`, () => {
    const files = realFiles();
    const counts = { clean: 0, withErrors: 0 };
    for (let round = 0; round * CHECKED_EVERY < EDITS; round++) {
      const random = new Random(round + 1);
      const path = random.pick(files);
      const text = readRealFile(path);
      counts[editAndCompare(path, text, random, parserOf(path)) ? 'withErrors' : 'clean']++;
    }
    assert.ok(counts.clean > 20, `too few rounds ended with a text that parses: ${counts.clean}`);
    assert.ok(
      counts.withErrors > 20,
      `too few rounds ended with a text that does not parse: ${counts.withErrors}`,
    );
  });
});

/** Answers whether the last text had errors. */
function editAndCompare(path: string, original: string, random: Random, parser: Parser): boolean {
  const generator = new EditGenerator(random);
  const edited = open(path, original, parser);
  const log: string[] = [];
  // Half of the rounds end with all taken back that was not to stay: mostly with a text that parses.
  const undoAtEnd = random.chance(0.5) ? 1 : 0.4;
  for (let version = 1; version <= CHECKED_EVERY; version++) {
    const text = edited.text.getText();
    const edit = generator.next(text, version > CHECKED_EVERY / 2 ? undoAtEnd : 0.45);
    const range = { start: edited.text.positionAt(edit.start), end: edited.text.positionAt(edit.end) };
    log.push(JSON.stringify(edit));
    edited.change(version, [{ range, text: edit.text }], false);
  }
  const fresh = open(path, edited.text.getText(), parser);
  const hasError = fresh.isUnsettled;
  if (hasError) edited.settle(true, false);
  const where = `${path} after\n${log.join('\n')}\n`;
  assert.equal(edited.isHeld, false, `the text parses, but the findings are held: ${where}`);
  assert.deepEqual(
    shown(edited.findings),
    shown(fresh.findings),
    `other findings than a fresh parse: ${where}`,
  );
  assert.deepEqual(shape(edited), shape(fresh), `other syntax than a fresh parse: ${where}`);
  edited.dispose();
  fresh.dispose();
  return hasError;
}

function open(path: string, text: string, parser: Parser): CodeDocument {
  return new CodeDocument(TextDocument.create(`file:///${path}`, 'typescript', 0, text), {
    path,
    grammar: grammarFor(path) ?? 'typescript',
    parser,
    rules: [...RULES, probe],
    onRuleError: rethrow,
    suppression: () => ({ today: '2026-01-01', isRule: () => true }),
    // A clock that stands: no deadline passes, so that a slow machine sees what a fast one does.
    now: () => 0,
  });
}

function shown(findings: readonly Finding[]): string[] {
  return findings.map(({ ruleId, start, end, message, related, fingerprint }) => {
    const places = related.map((place) => `${place.start}-${place.end} ${place.message}`).join(', ');
    return `${start}-${end} ${ruleId}: ${message} [${places}] ${fingerprint}`;
  });
}

function shape(document: CodeDocument): string[] {
  assert.ok(document.file);
  return shapeOf(document.file);
}
