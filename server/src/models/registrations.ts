/** Fastify: `app.register(plugin, options)`; the plugin is what tells what it is about. */
import type { CallTest } from '../analysis/needs';

export const REGISTERING: CallTest = { method: new Set(['register']) };
