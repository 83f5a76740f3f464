/** Sets up, for a client that asks its person, what records the edits of AI tools; and keeps it working. */
import { fileURLToPath } from 'node:url';
import type { Connection } from 'vscode-languageserver/node';

import {
  CHANGE_RECORDING_REQUEST,
  type ChangeRecordingRequest,
  PLAN_RECORDING_REQUEST,
  RECORDING_PLACES_REQUEST,
  RECORDING_SETTINGS_NOTIFICATION,
  type RecordingChange,
  type RecordingPlace,
  type RecordingPlan,
  type RecordingSettings,
  type RecordingTarget,
} from '../../../protocol/recording';
import { renewLauncher, type Surroundings } from '../agents/own-folder';
import { carryOut, planSetup, type SetupPlan, type SetupRequest } from '../agents/recording-setup';
import { setupState } from '../agents/setup-state';
import { AGENTS, type AgentName, isAgentName } from '../origin/recorder/payloads/agent-names';
import type { Session } from '../session/session';
import { guarded } from './guard';
import { refused } from './refused';

/** What is known of the person's machine before the client tells the settings. */
export type RecordingParts = Omit<Surroundings, 'tellsFindings' | 'isExtension'>;

/** **Invariant:** files of a workspace folder are neither read nor written while the workspace is not trusted. */
export class Recording {
  readonly #session: Session;
  #isTrusted: boolean;
  #surroundings: Surroundings;

  constructor(session: Session, parts: RecordingParts, isTrusted: boolean) {
    this.#session = session;
    this.#isTrusted = isTrusted;
    this.#surroundings = { ...parts, isExtension: true };
  }

  listen(connection: Connection): void {
    connection.onRequest(RECORDING_PLACES_REQUEST, () => this.#places());
    connection.onRequest(PLAN_RECORDING_REQUEST, (change: RecordingChange): RecordingPlan => {
      const { file, before, after, notes } = this.#plan(this.#setup(change));
      return { file, before: before ?? null, after: after ?? null, notes };
    });
    connection.onRequest(CHANGE_RECORDING_REQUEST, (request: ChangeRecordingRequest) =>
      this.#change(request),
    );
    connection.onNotification(RECORDING_SETTINGS_NOTIFICATION, (settings: RecordingSettings) => {
      void guarded('recordingSettings', this.#session.host.log, undefined, async () => this.#keep(settings));
    });
  }

  trust(): void {
    this.#isTrusted = true;
  }

  #places(): RecordingPlace[] {
    const folders = this.#isTrusted ? this.#session.folders.filter(isOnDisk) : [];
    return [null, ...folders].flatMap((folder) =>
      (Object.keys(AGENTS) as AgentName[]).map((agent) => ({
        ...{ agent, folder, name: AGENTS[agent] },
        ...setupState(this.#setup({ agent, folder }), this.#surroundings),
      })),
    );
  }

  #change({ before, after, ...change }: ChangeRecordingRequest): null {
    const request = this.#setup(change);
    const plan = this.#plan(request);
    if ((plan.before ?? null) !== before || (plan.after ?? null) !== after)
      throw refused('Somebody else has written the file meanwhile.');
    try {
      carryOut(plan, request, this.#surroundings);
    } catch (error) {
      throw refused(error instanceof Error ? error.message : String(error));
    }
    return null;
  }

  #keep({ tellsFindings, isChosen }: RecordingSettings): void {
    this.#surroundings = { ...this.#surroundings, tellsFindings: tellsFindings === true };
    if (renewLauncher(this.#surroundings, isChosen === true))
      this.#session.host.log('info', 'What AI tools call after their edits was renewed.');
  }

  #plan(request: SetupRequest): SetupPlan {
    try {
      return planSetup(request, this.#surroundings);
    } catch (error) {
      throw refused(error instanceof Error ? error.message : String(error));
    }
  }

  /** @throws ResponseError where that is no agent, or no folder of a trusted workspace. */
  #setup({ agent, folder, isRemoval = false }: RecordingTarget & Partial<RecordingChange>): SetupRequest {
    if (typeof agent !== 'string' || !isAgentName(agent)) throw refused('There is no such agent.');
    if (folder !== null && !this.#isTrusted) throw refused('The workspace is not trusted.');
    if (folder !== null && !(this.#session.folders.includes(folder) && isOnDisk(folder)))
      throw refused('There is no such folder in the workspace.');
    const project = folder === null ? undefined : fileURLToPath(folder);
    return { agent, isRemoval: isRemoval === true, findings: 'as-launched', project };
  }
}

function isOnDisk(uri: string): boolean {
  return uri.startsWith('file:');
}
