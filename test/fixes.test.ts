// What is promised of fixes as a whole: which rules have some, and that all safe ones of a file go together.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '../grammars/parser';
import { applyEdits } from '../server/src/analysis/fix';
import { type CheckedText, checkFix } from '../server/src/analysis/fix-check';
import { RULES } from '../server/src/rules/index';
import { combinedFixes } from '../server/src/session/combined-fixes';
import { analyseFile, testParsers } from './engine';
import { readPage } from './pages/page';
import { unveiledText } from './pages/veiled';
import { fixesOnPages, sharesNote, sharesOf } from './precision/page-fixes';
import { repositoryRoot } from './repository-root';

describe('fixes', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  it('are offered by three rules of five, and safe ones by one of four', async () => {
    const rules = await fixesOnPages(repositoryRoot());
    assert.ok(sharesOf(rules).isWithinBars, sharesNote(rules));
  });

  it('are offered on its page by each rule that says it has some, and by no other', async () => {
    for (const { ruleId, isFixable, offered } of await fixesOnPages(repositoryRoot()))
      assert.equal(offered.safe + offered.unsafe + offered.choice > 0, isFixable, ruleId);
  });

  it('that are safe are all applied at once, and then there is nothing more to do', () => {
    let several = 0;
    for (const rule of RULES) {
      const path = `server/src/rules/${rule.id}.md`;
      const { examples } = readPage(path, readFileSync(join(repositoryRoot(), path), 'utf8'));
      for (const file of examples.flatMap((one) => (one.kind === 'flagged' ? one.files : []))) {
        const analyse = (text: string) => analyseFile(file.name, text, [rule], parserOf);
        const before = analyse(unveiledText(file));
        const fixed = fixAll(before, analyse);
        if (!fixed) continue;
        if (fixed.count > 1) several += 1;
        const after = analyse(fixed.text);
        const place = `${rule.id}, ${file.name}\n${fixed.text}`;
        assert.ok(!after.hasError || before.hasError, place);
        assert.equal(fixAll(after, analyse), undefined, `there is more to fix: ${place}`);
        // One fix may be the answer to two findings.
        assert.ok(after.findings.length <= before.findings.length - fixed.count, place);
      }
    }
    assert.ok(several >= 5, `only ${several} examples have several safe fixes`);
  });
});

/** Applies a safe fix of each finding that has one, as `source.fixAll` does; undefined where there is none. */
function fixAll(
  checked: CheckedText,
  recheck: (text: string) => CheckedText,
): { readonly text: string; readonly count: number } | undefined {
  const candidates = checked.findings.flatMap((finding) => {
    const fix = finding
      .fixes()
      .find((one) => one.safety === 'safe' && !checkFix(checked, finding, one, recheck));
    return fix ? [{ finding, fix }] : [];
  });
  const steps = combinedFixes(checked, candidates, recheck);
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value) return undefined;
  const { text } = checked.file;
  return { text: applyEdits(text, step.value.edits), count: step.value.taken.length };
}
