// What the pictures show. A scene is a name (that of the PNG) and what a person would do until the window
// looks as it should; places are named by their text, because line numbers of the shop move.

import { commitInSteps } from './picture-history.mjs';

/**
 * @typedef {object} Scene
 * @property {string} name
 * @property {boolean} [isDark] draws it in a dark theme
 * @property {(folder: string) => () => void} [arrange] changes the open folder before the window opens; what it
 *   answers takes that back
 * @property {(workbench: import('./workbench.mjs').Workbench) => Promise<void>} prepare
 */

const FILE = 'server/src/middleware/auth.ts';
/** Others with findings. */
const OTHERS = [
  'server/src/lib/couponRules.ts',
  'server/src/lib/shippingFormula.ts',
  'server/src/lib/http.ts',
];
/** Of its findings, in their order: the secret with a fallback, the check that fails open, the token. */
const FAIL_OPEN = 2;
const TOKEN = 3;
/** Who wrote the same file: a person, then a tool that left a trailer, then one whose lines are noted. */
const HISTORY = [
  { upTo: 24, date: '2026-03-02T09:12:00Z', message: 'Describe who is logged in' },
  {
    upTo: 32,
    date: '2026-03-04T15:40:00Z',
    message: `Read tokens\n\nCo-authored-by: Claude ${'<noreply@anthropic.com>'}`,
  },
  { upTo: 69, date: '2026-03-09T10:05:00Z', message: 'Guard routes', byAgent: '33-51,54,61-65' },
];
/** A file of which a tool wrote three functions, one of them with a finding, and another file with more of them. */
const REVIEWED = 'server/src/lib/couponRules.ts';
const REVIEW_HISTORY = [
  {
    upTo: 38,
    date: '2026-03-09T10:05:00Z',
    message: 'Evaluate coupons',
    byAgent: '8-13,19-31,34-38',
    othersByAgent: { [FILE]: '26-31,34-51,54-69' },
  },
];

/**
 * The view of AI code to review, and the cursor in a region without findings.
 * @param {import('./workbench.mjs').Workbench} workbench
 */
async function openReview(workbench) {
  await workbench.openFile(FILE);
  await workbench.openFile(REVIEWED);
  await workbench.untilMarkers();
  await workbench.showFindings();
  await workbench.foldView('Findings');
  await workbench.widenSideBar(430);
  await workbench.row('AI Code to Review', /couponRules\.ts:19/).waitFor();
  await workbench.goToLine(10);
  await workbench.runCommand('Countersign: Countersign AI region');
  await workbench.untilAsked(/answer for them/);
  await workbench.moveMouseAway();
}

/** @type {Scene[]} */
export const SCENES = [
  {
    name: 'findings',
    async prepare(workbench) {
      await workbench.openFile(FILE);
      await workbench.showProblems();
      await workbench.goToFinding(FAIL_OPEN);
    },
  },
  {
    name: 'quick-fix',
    async prepare(workbench) {
      await workbench.openFile(FILE);
      await workbench.hideSideBar();
      await workbench.goToFinding(TOKEN);
      await workbench.openQuickFixes();
    },
  },
  {
    name: 'rule-page',
    async prepare(workbench) {
      await workbench.openFile(FILE);
      await workbench.hideSideBar();
      await workbench.goToFinding(TOKEN);
      await workbench.openQuickFixes();
      await workbench.chooseQuickFix(/^Show documentation for/);
      await workbench.untilTabs(2);
    },
  },
  {
    name: 'view',
    isDark: true,
    async prepare(workbench) {
      for (const file of OTHERS) await workbench.openFile(file);
      await workbench.openFile(FILE);
      await workbench.showFindings();
      await workbench.widenSideBar(430);
      await workbench.goToFinding(FAIL_OPEN);
    },
  },
  {
    name: 'origin',
    isDark: true,
    arrange: (folder) => commitInSteps(folder, FILE, HISTORY),
    async prepare(workbench) {
      await workbench.openFile(FILE);
      await workbench.hideSideBar();
      await workbench.goToFinding(FAIL_OPEN);
      await workbench.untilMarkers();
      await workbench.pointAtIndentOf('jwt.verify(token', /not proof/);
    },
  },
  {
    name: 'origin-legend',
    arrange: (folder) => commitInSteps(folder, FILE, HISTORY),
    async prepare(workbench) {
      await workbench.openFile(FILE);
      await workbench.hideSideBar();
      await workbench.goToFinding(TOKEN);
      await workbench.untilMarkers();
      await workbench.runCommand('Countersign: Explain AI-origin markers');
      await workbench.untilListed(/No marker/);
    },
  },
  {
    name: 'countersign',
    arrange: (folder) => commitInSteps(folder, REVIEWED, REVIEW_HISTORY),
    prepare: openReview,
  },
  {
    name: 'countersigned',
    isDark: true,
    arrange: (folder) => commitInSteps(folder, REVIEWED, REVIEW_HISTORY),
    async prepare(workbench) {
      await openReview(workbench);
      await workbench.answer('compared with the list of the marketing team');
      await workbench.untilSaid('AI Code to Review', /6 of \d+ AI lines countersigned/);
      await workbench.hideNotifications();
      await workbench.unfold(workbench.row('AI Code to Review', /couponRules\.ts:19/));
      await workbench.pointAtIndentOf("'first-order'", /Countersigned by a person/);
    },
  },
];
