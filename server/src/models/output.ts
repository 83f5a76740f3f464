/** What shows values to people. */
import { canonicalName } from '../analysis/name';
import type { Node } from '../analysis/node';
import { wordsOf } from '../analysis/words';

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

/** Words of receivers that write to a log, or report errors to a service that keeps them. */
const LOGGERS: ReadonlySet<string> = new Set(
  'log logger logging console winston pino bunyan consola signale debug sentry rollbar bugsnag newrelic tracer'.split(
    ' ',
  ),
);
const LOGGING_FUNCTION =
  /^(?:log|logger|debug|warn|print|logErr(?:or)?|logWarn(?:ing)?|logException|captureException|captureMessage|reportError|noticeError)$/;
const LOGGING_METHOD =
  /^(?:log|info|warn|warning|error|err|debug|trace|verbose|fatal|critical|silly|notice|captureException|captureMessage|noticeError|notify)$/;

/** Loggers of packages, by what makes them. Source: the documentation of each package. */
const LOGGER_PACKAGES =
  /^(?:winston|pino|bunyan|log4js|loglevel|signale|npmlog|consola|tslog|roarr|debug|tracer|fancy-log|electron-log|@nestjs\/common\.Logger)(?:$|[.(/])/;
const WRITING: ReadonlySet<string> = new Set([
  'process.stdout.write',
  'process.stderr.write',
  'util.log',
  'debug()',
]);

/** Whether a function is known to write to a log, whatever it is called here. */
export function isLoggerName(name: string | undefined, method: string | undefined): boolean {
  if (name === undefined) return false;
  return (
    WRITING.has(name) || (LOGGER_PACKAGES.test(name) && method !== undefined && LOGGING_METHOD.test(method))
  );
}

/** Whether a call only writes to a log: it neither answers anybody nor ends anything. */
export function isLogCall(call: Node): boolean {
  const callee = call.kind === 'call_expression' ? call.child('function') : undefined;
  return callee !== undefined && isLogFunction(callee);
}

/** The same of a function that is named, as in `.catch(logError)`. */
export function isLogFunction(callee: Node): boolean {
  if (callee.kind === 'identifier') return LOGGING_FUNCTION.test(callee.text);
  const object = callee.child('object');
  const method = callee.child('property')?.text ?? '';
  if (!object || !LOGGING_METHOD.test(method)) return false;
  const holder = object.child('function') ?? object;
  return wordsOf((holder.child('property') ?? holder).text.slice(0, 80)).some((word) => LOGGERS.has(word));
}
