/** The host on Node. Made in entry points only. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Host } from './host';
import { codeOf, readBytes } from './read-bytes';
import { readTextFile } from './read-text-file';

const MOST_NAMES = 10_000;

/**
 * @param folder where the bundle, and `rules/` beside it, stand.
 * @param log where messages go.
 */
export function createNodeHost(folder: string, log: Host['log']): Host {
  return {
    now: () => performance.now(),
    today: () => {
      const date = new Date();
      const pad = (number: number) => String(number).padStart(2, '0');
      return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    },
    after: (milliseconds, action) => {
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
    readFile: readTextFile,
    readBytes: (uri, mostBytes) => {
      try {
        return readBytes(fileURLToPath(uri), mostBytes);
      } catch (error) {
        return { refusal: codeOf(error) };
      }
    },
    namesIn: (uri) => {
      try {
        return readdirSync(fileURLToPath(uri)).slice(0, MOST_NAMES);
      } catch {
        return [];
      }
    },
    realUri: (uri) => {
      try {
        return pathToFileURL(realpathSync.native(fileURLToPath(uri))).href.replace(/\/$/, '');
      } catch {
        return undefined;
      }
    },
    rulePage: (ruleId) => {
      if (!/^[a-z-]+\/[a-z0-9-]+$/.test(ruleId)) return undefined;
      try {
        return readFileSync(join(folder, 'rules', `${ruleId}.md`), 'utf8');
      } catch {
        return undefined;
      }
    },
    log,
  };
}
