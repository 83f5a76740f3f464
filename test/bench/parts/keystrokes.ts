/**
 * Keystrokes in the server's session: from the arrival of `didChange` to the findings ready to be sent.
 * What is done in pauses is not on the way of a keystroke and stands apart.
 */
import { TextDocument } from 'vscode-languageserver-textdocument';

import type { Grammar } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import { RULES } from '../../../server/src/rules/index';
import { CodeDocument } from '../../../server/src/session/code-document';
import { Session } from '../../../server/src/session/session';
import { rethrow, startTestRuntime } from '../../engine';
import { readInputs, readTrace } from '../inputs';
import { progress, runPart } from '../part';
import type { Row } from '../report';
import { percentile } from '../statistics';
import { makeSubjects, type Subject } from '../subjects';
import { type Step, stepsOf } from '../typing';
import { VirtualHost } from '../virtual-host';

/** A fluent typist's. */
const BETWEEN_KEYSTROKES_MS = 120;
/** Before the caret goes elsewhere: longer than any hold. */
const PAUSE_MS = 2_500;

interface Typed {
  /** Milliseconds, one for each keystroke. */
  readonly times: number[];
  /** What of that was parsing. */
  readonly parses: number[];
  readonly pauses: number[];
  /** Items read again, one for each keystroke; none while the syntax is held. */
  readonly walked: number[];
  /** Items that rules looked at again. */
  readonly evaluated: number[];
  readonly held: boolean[];
}

type Parsers = Readonly<Record<Grammar, Parser>>;

/** A parser that counts how long it takes. */
class TimedParser implements Parser {
  readonly grammar: Grammar;
  readonly runtime: Parser['runtime'];
  readonly #parser: Parser;
  readonly #clock: () => number;
  #spent = 0;

  constructor(parser: Parser, clock: () => number) {
    this.grammar = parser.grammar;
    this.runtime = parser.runtime;
    this.#parser = parser;
    this.#clock = clock;
  }

  parse(...given: Parameters<Parser['parse']>): ReturnType<Parser['parse']> {
    const begin = this.#clock();
    try {
      return this.#parser.parse(...given);
    } finally {
      this.#spent += this.#clock() - begin;
    }
  }

  /** Milliseconds since this was last asked. */
  take(): number {
    const spent = this.#spent;
    this.#spent = 0;
    return spent;
  }
}

function type({ path, text }: Subject, steps: readonly Step[], parsers: Parsers, clock: () => number): Typed {
  const host = new VirtualHost(clock);
  const typescript = new TimedParser(parsers.typescript, clock);
  const tsx = new TimedParser(parsers.tsx, clock);
  const session = new Session({
    host,
    parsers: { typescript, tsx },
    rules: RULES,
    isTrusted: true,
    startRun: () => {
      throw new Error('The files of the bench are not checked in other threads.');
    },
    onSettled: () => {},
    onRuleError: (rule, error) => rethrow(rule, undefined, error),
  });
  session.setFolders(['file:///bench']);
  const uri = `file:///bench/${path}`;
  session.open(TextDocument.create(uri, 'typescript', 0, text));
  session.setSettings(uri, {
    isEnabled: true,
    run: 'onType',
    profile: undefined,
    customizations: [],
    ai: undefined,
    hasMarkers: false,
    recordsFixes: false,
  });
  const typed: Typed = { times: [], parses: [], pauses: host.actions, walked: [], evaluated: [], held: [] };
  for (const [index, { keystroke, changes }] of steps.entries()) {
    host.pass('go' in keystroke ? PAUSE_MS : BETWEEN_KEYSTROKES_MS);
    typescript.take();
    tsx.take();
    const begin = clock();
    session.change(uri, index + 1, changes);
    session.shown(uri);
    typed.times.push(clock() - begin);
    typed.parses.push(typescript.take() + tsx.take());
    const document = session.document(uri);
    if (!(document instanceof CodeDocument))
      throw new Error(`${path} is no longer checked after keystroke ${index}.`);
    typed.held.push(document.isHeld);
    typed.walked.push(document.isHeld ? 0 : document.work.walked);
    typed.evaluated.push(document.isHeld ? 0 : document.work.evaluated);
  }
  session.dispose();
  return typed;
}

function rowsOf({ name, text }: Subject, runs: readonly Typed[]): Row[] {
  const times = runs.flatMap((run) => run.times);
  const pauses = runs.flatMap((run) => run.pauses);
  const walked = runs.flatMap((run) => run.walked);
  const evaluated = runs.flatMap((run) => run.evaluated);
  const held = runs.flatMap((run) => run.held).filter(Boolean).length / runs.length;
  const p = (share: number) => percentile(times, share);
  const parsing = percentile(
    runs.flatMap((run) => run.parses),
    0.95,
  );
  const detail = `p50 ${p(0.5).toFixed(2)}, p90 ${p(0.9).toFixed(2)}, p99 ${p(0.99).toFixed(2)}, max ${p(1).toFixed(0)}; parsing alone p95 ${parsing.toFixed(2)}; ${text.split('\n').length - 1} lines`;
  return [
    { what: `${name}: p95`, measured: p(0.95), unit: 'ms', most: 10, detail },
    {
      what: `${name}: items read again, median`,
      measured: percentile(walked, 0.5),
      unit: 'items',
      most: 3,
      detail: `p95 ${percentile(walked, 0.95)}; looked at again by rules p50 ${percentile(evaluated, 0.5)}, p95 ${percentile(evaluated, 0.95)}; held after ${held.toFixed(0)} of ${times.length / runs.length} keystrokes`,
    },
    // Where nothing was left open, nothing is done in pauses.
    ...(pauses.length === 0
      ? []
      : [
          {
            what: `${name}: work in pauses, p95`,
            measured: percentile(pauses, 0.95),
            unit: 'ms' as const,
            detail: `${(pauses.length / runs.length).toFixed(0)} times, max ${percentile(pauses, 1).toFixed(0)}`,
          },
        ]),
  ];
}

/** The slowest keystrokes, for whoever wants to know what to mend. */
function tellSlowest(
  { name }: Subject,
  steps: readonly Step[],
  { times, parses, walked, evaluated, held }: Typed,
): void {
  const slowest = [...times.keys()].sort((a, b) => (times[b] as number) - (times[a] as number)).slice(0, 25);
  for (const index of slowest.sort((a, b) => a - b)) {
    const typed = JSON.stringify(steps[index]?.keystroke).slice(0, 60);
    const work = `${walked[index]} read, ${evaluated[index]} evaluated`;
    progress(
      `${name} ${index} ${times[index]?.toFixed(1)} ms, ${parses[index]?.toFixed(1)} of it parsing, ${work} ${held[index] ? 'held' : ''} ${typed}`,
    );
  }
}

void runPart(async ({ isQuick, clock }) => {
  const trace = readTrace();
  const runtime = await startTestRuntime();
  const [typescript, tsx] = await Promise.all([runtime.parserFor('typescript'), runtime.parserFor('tsx')]);
  const subjects = makeSubjects(readInputs(), (path) => (path.endsWith('x') ? tsx : typescript));
  const stepsBySubject = subjects.map(({ text }) => stepsOf(trace, text));
  const runs: Typed[][] = subjects.map(() => []);
  const repetitions = isQuick ? 2 : 7;
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    progress(`keystrokes: repetition ${repetition} of ${repetitions}`);
    for (const [index, subject] of subjects.entries()) {
      runs[index]?.push(type(subject, stepsBySubject[index] as Step[], { typescript, tsx }, clock));
    }
  }
  if (process.argv.includes('--slowest')) {
    for (const [index, subject] of subjects.entries())
      tellSlowest(subject, stepsBySubject[index] as Step[], runs[index]?.at(-1) as Typed);
  }
  return {
    rows: subjects.flatMap((subject, index) => rowsOf(subject, runs[index] as Typed[])),
    note: `${trace.length} keystrokes of the committed trace on each file, ${repetitions} times in turn; all of them count.`,
  };
});
