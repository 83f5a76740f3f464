// What the status bar says, as plain data. Pure, so that every state is tested without an editor.
import type { ServerFailure, ServerPhase } from './server-phase';
import type { Translate } from './translate';

/** The value of the context key `countersign.state`. */
export type StatusState = 'starting' | 'running' | 'ok' | 'findings' | 'degraded' | 'failed' | 'off';

/** What the status bar needs to know. */
export interface StatusFacts {
  readonly phase: ServerPhase;
  /** Findings that the editor shows: the same that the Problems panel counts. */
  readonly findings: number;
  /** The last time that the server ended by itself, if it ever did. */
  readonly lastFailure: ServerFailure | undefined;
  /** Whether checks are on for the file in front, or for any folder when no such file is open. */
  readonly enabled: boolean;
  readonly trusted: boolean;
}

/** What the status bar shows. */
export interface StatusView {
  readonly state: StatusState;
  /** With `$(icon)`. */
  readonly text: string;
  readonly tone: 'normal' | 'warning' | 'error';
  /** One sentence, without icons: the head of the tooltip and what a screen reader says. */
  readonly summary: string;
  /** Plain text, one paragraph each. */
  readonly details: readonly string[];
}

const LISTED_FILES = 10;

/** @param t translates; file names and causes are passed as arguments and never translated */
export function statusView(facts: StatusFacts, t: Translate): StatusView {
  const view = stateView(facts, t);
  return { ...view, details: [...view.details, ...remarks(facts, t)] };
}

function stateView({ phase, enabled, findings }: StatusFacts, t: Translate): StatusView {
  if (phase.kind === 'failed') return failedView(phase.reason, t);
  if (!enabled || phase.kind === 'stopped') return offView(t);
  if (phase.kind === 'waiting') return waitingView(phase.reason, t);
  if (phase.kind === 'starting') {
    return plainView('starting', '$(loading~spin) Countersign', t('Countersign is starting.'));
  }
  return runningView(phase, findings, t);
}

function plainView(state: StatusState, text: string, summary: string): StatusView {
  return { state, text, tone: 'normal', summary, details: [] };
}

function failedView(reason: string, t: Translate): StatusView {
  return {
    state: 'failed',
    text: t('{0} Countersign: failed', '$(error)'),
    tone: 'error',
    summary: t('Countersign failed. Files are not checked.'),
    details: [
      t('The server ended several times in a short time, at last with: {0}', reason),
      t('Restart it, and look into the output if that does not help.'),
    ],
  };
}

function offView(t: Translate): StatusView {
  return {
    ...plainView('off', t('{0} Countersign: off', '$(circle-slash)'), t('Countersign is off.')),
    details: [t('Files are not checked because the setting countersign.enable is off here.')],
  };
}

function waitingView(reason: string, t: Translate): StatusView {
  return {
    ...plainView(
      'starting',
      t('{0} Countersign: restarting', '$(sync~spin)'),
      t('Countersign is restarting.'),
    ),
    tone: 'warning',
    details: [t('The server ended by itself: {0}', reason)],
  };
}

function runningView(
  { status }: Extract<ServerPhase, { kind: 'running' }>,
  findings: number,
  t: Translate,
): StatusView {
  if (status === undefined || status.state === 'running') {
    return plainView('running', '$(loading~spin) Countersign', t('Countersign is checking the open files.'));
  }
  const { degraded } = status;
  const counted = findingsSentence(findings, t);
  if (degraded.length > 0) {
    return {
      state: 'degraded',
      text: findings > 0 ? `$(warning) Countersign: ${findings}` : '$(warning) Countersign',
      tone: 'warning',
      summary: `${counted} ${t('Not everything was checked.')}`,
      details: degradedLines(degraded, t),
    };
  }
  if (findings > 0) return plainView('findings', `$(issues) Countersign: ${findings}`, counted);
  return plainView('ok', '$(pass) Countersign', counted);
}

/** How many findings the open files have, in words. */
export function findingsSentence(findings: number, t: Translate): string {
  if (findings === 0) return t('Countersign found nothing in the open files.');
  if (findings === 1) return t('Countersign found 1 problem in the open files.');
  return t('Countersign found {0} problems in the open files.', findings);
}

function degradedLines(degraded: readonly { uri: string; cause: string }[], t: Translate): string[] {
  const listed = degraded.slice(0, LISTED_FILES).map(({ uri, cause }) => `${fileName(uri)}: ${cause}`);
  const more = degraded.length - listed.length;
  return more > 0 ? [...listed, t('{0} more; the status in the output lists all of them.', more)] : listed;
}

/** The last part of a URI, decoded where it can be. */
function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1) || uri;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function remarks({ phase, lastFailure, trusted }: StatusFacts, t: Translate): string[] {
  const lines: string[] = [];
  if (lastFailure !== undefined && (phase.kind === 'running' || phase.kind === 'starting')) {
    const at = new Date(lastFailure.time).toLocaleTimeString();
    lines.push(t('The server ended by itself at {0} and was started again: {1}', at, lastFailure.reason));
  }
  if (!trusted) {
    lines.push(
      t(
        'This workspace is not trusted: open files are parsed and checked, nothing else is started, {0} is not read, and the AI switch is off.',
        '.countersignrc.json',
      ),
    );
  }
  return lines;
}
