/** Starts `parse-only-server.ts` as `server/src/start.ts` starts the server that ships. */
import { homedir } from 'node:os';
import { join } from 'node:path';

import { codeFolder } from '../../server/src/startup/cache-folder';
import { loadBundle } from '../../server/src/startup/load-bundle';

const { env: environment, platform } = process;
const folder = codeFolder({ environment, platform, home: homedir() });
const { keep } = loadBundle(join(__dirname, 'parse-only-server.cjs'), folder);
setTimeout(keep, 5_000).unref();
