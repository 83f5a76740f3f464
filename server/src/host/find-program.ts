import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where Apple's own git is, once it is installed. */
const APPLE_GITS = [
  '/Library/Developer/CommandLineTools/usr/bin/git',
  '/Applications/Xcode.app/Contents/Developer/usr/bin/git',
];

/**
 * The absolute path of a program, found in the folders of PATH; undefined when there is none.
 *
 * Relative folders are passed over, and so is the present one, where Windows would look first: it may be a
 * stranger's. So is what only asks on macOS whether git is to be installed.
 */
export function findProgram(
  name: string,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const key = Object.keys(environment).find((each) => each.toUpperCase() === 'PATH');
  const file = platform === 'win32' ? `${name}.exe` : name;
  return (environment[key ?? ''] ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, file))
    .find((path) => isProgram(path) && !(platform === 'darwin' && onlyAsks(path)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function onlyAsks(path: string): boolean {
  return path === '/usr/bin/git' && !APPLE_GITS.some(isProgram);
}
