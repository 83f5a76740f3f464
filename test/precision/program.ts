/** What `scripts/corpora.mjs` needs of the tests and of the product, as one bundle. */
export { withSection } from '../bench/report';
export { testParsers } from '../engine';
export { applicationTables, foundOf, judge } from './applications';
export { cleanTable, differences, listedFindings, summaryOf } from './clean-corpora';
export { filesOfPages, filesWithFindings, refusedTable, triedFixes, triedTable } from './corpus-fixes';
export { linesOfCode } from './lines-of-code';
export { foundOnPages, pageFindings, pageTable } from './page-findings';
export { fixesOnPages, fixTable, sharesNote, sharesOf } from './page-fixes';
