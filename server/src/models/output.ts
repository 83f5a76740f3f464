/** What shows values to people. */
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';

const CONSOLE = 'globalThis.console';
/** What loggers call their functions; whichever logger it is, the name is enough beside an argument. */
const LOGGING: ReadonlySet<string> = new Set(['log', 'info', 'warn', 'error', 'debug', 'trace']);

/** Whether a call is one of the console's. */
export function isConsoleCall(call: Node): boolean {
  const callee = call.child('function');
  return callee !== undefined && canonicalName(callee)?.startsWith(`${CONSOLE}.`) === true;
}

/** Whether a call or `new` shows its arguments to somebody: the console, a logger, an error. */
export function isShowing(holder: Node): boolean {
  const callee = holder.child('function') ?? holder.child('constructor');
  if (!callee) return false;
  const method = callee.child('property')?.text ?? '';
  return isConsoleCall(holder) || LOGGING.has(method) || /Error$/.test(callee.text);
}
