/**
 * What an agent's hook does with an event: record, and answer where that is asked for.
 *
 * **Invariant:** whatever goes wrong, the agent sees a hook that went well and has nothing to say.
 */
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { readEnd } from '../../host/append-log';
import { errorLog } from '../../host/edit-log';
import { findGitFolder } from '../../host/git-folder';
import type { AgentEvent } from '../../origin/recorder/agent-event';
import type { AgentName } from '../../origin/recorder/payloads/agent-names';
import { readPayload, transcriptsOf } from '../../origin/recorder/payloads/read-payload';
import { transcriptModel } from '../../origin/recorder/transcript-model';
import { answerText } from './answer';
import type { FindOnLines } from './feedback';
import { findingsToTell } from './feedback';
import { decode, recordEdits } from './record-edits';
import { readAll } from './standard-input';

export interface HookRequest {
  readonly agent: AgentName;
  readonly input: Readable;
  readonly workingFolder: string;
  /** Looks for findings; undefined where the agent is not to be told of any. */
  readonly find: FindOnLines | undefined;
}

/** Payloads hold files before and after an edit. */
const MOST_INPUT = 32 * 1024 * 1024;
const INPUT_MS = 5_000;
const TRANSCRIPT_END = 256 * 1024;

/** What the agent is to read on standard output. Never rejects. */
export async function runHook({ agent, input, workingFolder, find }: HookRequest): Promise<string> {
  const now = () => Date.now();
  let event: AgentEvent | undefined;
  try {
    const text = await readAll(input, MOST_INPUT, INPUT_MS);
    event = text === undefined ? undefined : readPayload(agent, text);
    if (text === undefined || event === undefined) return silence(agent);
    const { toolUseId } = event;
    const recorded = await recordEdits(event, {
      now,
      wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      workingFolder,
      model: () => modelIn(text, toolUseId),
    });
    if (!find) return silence(agent);
    const told = await findingsToTell(event, recorded, { find, now, workingFolder });
    return answerText(event.answer, told) || silence(agent);
  } catch (error) {
    note(error, event?.folder ?? workingFolder, now);
    return silence(agent);
  }
}

/** Gemini CLI reads JSON and nothing else. */
function silence(agent: AgentName): string {
  return agent === 'gemini' ? '{}\n' : '';
}

function modelIn(payload: string, toolUseId: string | undefined): string | undefined {
  for (const { path, isShared } of transcriptsOf(payload)) {
    const end = readEnd(path, TRANSCRIPT_END);
    const model = end && transcriptModel(decode(end), toolUseId, isShared);
    if (model !== undefined) return model;
  }
  return undefined;
}

function note(error: unknown, folder: string, now: () => number): void {
  try {
    const git = findGitFolder(join(folder, '.git'));
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const line = JSON.stringify({ time: new Date(now()).toISOString(), error: words.slice(0, 2_000) });
    if (git) errorLog(git.gitFolder, now).append([line]);
  } catch {
    // There is nowhere left to say it.
  }
}
