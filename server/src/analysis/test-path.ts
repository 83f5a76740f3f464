/** Recognises files that only tests use, by the words of their path below the workspace folder. */

const TEST_FOLDERS =
  /(?:^|\/)(?:_?tests?|__tests__|specs?|e2e|fixtures?|__fixtures__|mocks?|__mocks__|testdata)\//i;
const TEST_FILES = /[.-](?:test|tst|spec|e2e|stories|mock)\.[cm]?[jt]sx?$/i;

/** @param path below the workspace folder, with `/`: what stands above it is not judged. */
export function isTestPath(path: string): boolean {
  return TEST_FOLDERS.test(path) || TEST_FILES.test(path);
}
