/**
 * What takes time to load: rules, parsers, reporters. A bundle of its own, because Node reads a bundle whole before
 * it runs any of it, and `countersign --version` must not wait for a megabyte that it does not use.
 */
export { createNodeGit } from '../host/node-git';
export { createNodeHost } from '../host/node-host';
export { createNodeSigning } from '../host/node-signing';
export { setUpRecording } from './hook/set-up';
export { runOrigin } from './origin/run-origin';
export { listedRules } from './output/rule-list';
export { runScan } from './scan/run-scan';
export { runVerify } from './verify/run-verify';
