/**
 * Entry point of the process of the language server: runs `main.ts` with what earlier processes compiled of it. That is
 * with the caches of the person, or where the client says (`--code-cache=`); VS Code has a folder for each extension.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';

import { codeFolder } from './startup/cache-folder';
import { loadBundle } from './startup/load-bundle';

/** The first findings are told by then, and a pause of 0.1 s is noticed least. At its end a server may be killed. */
const KEPT_AFTER_MS = 5_000;

const OPTION = '--code-cache=';
const named = process.argv.find((argument) => argument.startsWith(OPTION))?.slice(OPTION.length);
const { env: environment, platform } = process;
const folder = codeFolder({ environment, platform, home: homedir(), named });
const { keep } = loadBundle(join(__dirname, 'language-server.js'), folder);
setTimeout(keep, KEPT_AFTER_MS).unref();
