/** Where a person's caches are, and whether a folder can be trusted with code. */
import { lstatSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** A folder that was given instead. */
  readonly named?: string | undefined;
}

/**
 * The folder for compiled code among the caches of the person who runs this; undefined where there is none, or where
 * Node.js is told to cache none (`NODE_DISABLE_COMPILE_CACHE`) or to measure what is run (`NODE_V8_COVERAGE`).
 */
export function codeFolder({ environment, platform, home, named }: Machine): string | undefined {
  if (environment['NODE_DISABLE_COMPILE_CACHE'] || environment['NODE_V8_COVERAGE']) return undefined;
  if (named !== undefined) return isAbsolute(named) ? named : undefined;
  const caches = cachesOf(environment, platform, home);
  // A relative one would be in whatever folder this runs in.
  return caches !== undefined && isAbsolute(caches) ? join(caches, 'countersign', 'code') : undefined;
}

function cachesOf(
  environment: Machine['environment'],
  platform: NodeJS.Platform,
  home: string,
): string | undefined {
  if (platform === 'win32') return environment['LOCALAPPDATA'];
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  const named = environment['XDG_CACHE_HOME'] ?? '';
  // What the specification says of relative ones: they are to be ignored.
  return isAbsolute(named) ? named : join(home, '.cache');
}

/**
 * Whether nobody else can put files into a folder: what is read there is run.
 * On Windows it is the person's profile that keeps others out.
 */
export function isOwnFolder(folder: string): boolean {
  const user = process.getuid?.();
  try {
    const stats = lstatSync(folder);
    return stats.isDirectory() && (user === undefined || (stats.uid === user && (stats.mode & 0o077) === 0));
  } catch {
    return false;
  }
}
