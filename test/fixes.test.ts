// What is promised of fixes as a whole: which rules have some, and that all safe ones of a file go together.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parser } from '../grammars/parser';
import { applyEdits, type FixSafety } from '../server/src/analysis/fix';
import { type CheckedText, checkFix, type Recheck } from '../server/src/analysis/fix-check';
import { RULES } from '../server/src/rules/index';
import { combinedFixes, DECIDED, SAFE } from '../server/src/session/combined-fixes';
import { analyseFile, testParsers } from './engine';
import { readPage } from './pages/page';
import { unveiledText } from './pages/veiled';
import { type FixesOnPage, fixesOnPages, sharesNote, sharesOf } from './precision/page-fixes';
import { repositoryRoot } from './repository-root';

describe('fixes', () => {
  let parserOf: (path: string) => Parser;
  let onPages: readonly FixesOnPage[];
  before(async () => {
    parserOf = await testParsers();
    onPages = await fixesOnPages(repositoryRoot());
  });

  const forEachExample = (run: (analyse: Recheck, text: string, place: string) => void) => {
    for (const rule of RULES) {
      const path = pagePath(rule.id);
      const { examples } = readPage(path, readFileSync(path, 'utf8'));
      for (const file of examples.flatMap((one) => (one.kind === 'flagged' ? one.files : []))) {
        const analyse = (text: string) => analyseFile(file.name, text, [rule], parserOf);
        run(analyse, unveiledText(file), `${rule.id}, ${file.name}`);
      }
    }
  };

  it('are offered by three rules of five, and safe ones by one of four', () => {
    assert.ok(sharesOf(onPages).isWithinBars, sharesNote(onPages));
  });

  it('are offered on its page by each rule that says it has some, and by no other', () => {
    for (const { ruleId, isFixable, offered } of onPages)
      assert.equal(offered.safe + offered.unsafe + offered.choice > 0, isFixable, ruleId);
  });

  it('that are safe have the reason on the page of their rule', () => {
    for (const { ruleId, offered } of onPages) {
      const [before = ''] = readFileSync(pagePath(ruleId), 'utf8').split('\n## Flagged\n');
      if (offered.safe > 0) assert.match(before, /\bsafe\b/, `${ruleId} does not say why its fix is safe`);
    }
  });

  it('that are decided, of one rule in one file, come to an end when they are applied together', () => {
    forEachExample((analyse, text, place) => {
      let present = analyse(text);
      for (let turn = 0; turn < MOST_TURNS; turn++) {
        const fixed = fixAll(present, DECIDED, analyse);
        if (!fixed) return;
        present = analyse(fixed.text);
      }
      assert.fail(`there is always more to fix: ${place}`);
    });
  });

  it('that are safe are all applied at once, and then there is nothing more to do', () => {
    let several = 0;
    forEachExample((analyse, text, place) => {
      const before = analyse(text);
      const fixed = fixAll(before, SAFE, analyse);
      if (!fixed) return;
      if (fixed.count > 1) several += 1;
      const after = analyse(fixed.text);
      const shown = `${place}\n${fixed.text}`;
      assert.ok(!after.hasError || before.hasError, shown);
      assert.equal(fixAll(after, SAFE, analyse), undefined, `there is more to fix: ${shown}`);
      // One fix may be the answer to two findings.
      assert.ok(after.findings.length <= before.findings.length - fixed.count, shown);
    });
    assert.ok(several >= 5, `only ${several} examples have several safe fixes`);
  });
});

/** Fixes that change the same place are applied in turns. */
const MOST_TURNS = 6;

function pagePath(ruleId: string): string {
  return join(repositoryRoot(), 'server', 'src', 'rules', `${ruleId}.md`);
}

/** Applies a fix of each finding that has one, as `source.fixAll` does; undefined where there is none. */
function fixAll(
  checked: CheckedText,
  safeties: ReadonlySet<FixSafety>,
  recheck: Recheck,
): { readonly text: string; readonly count: number } | undefined {
  const candidates = checked.findings.flatMap((finding) => {
    const fix = finding
      .fixes()
      .find((one) => safeties.has(one.safety) && !checkFix(checked, finding, one, recheck));
    return fix ? [{ finding, fix }] : [];
  });
  const steps = combinedFixes(checked, candidates, recheck);
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value) return undefined;
  const { text } = checked.file;
  return { text: applyEdits(text, step.value.edits), count: step.value.taken.length };
}
