/** The table: each message of the LSP, and who handles it. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';

import type { Grammar } from '../../../grammars/languages';
import type { Parser } from '../../../grammars/parser';
import {
  type InitializationOptions,
  SUPPRESS_REQUEST,
  TRUSTED_NOTIFICATION,
} from '../../../protocol/messages';
import { REGENERATION_PROMPT_REQUEST } from '../../../protocol/regeneration';
import { GONE_FINDINGS_REQUEST, RECORD_FIXES_REQUEST } from '../../../protocol/resolved';
import {
  AI_REGIONS_REQUEST,
  COUNTERSIGN_REQUEST,
  MARK_ORIGIN_REQUEST,
  REVIEWER_REQUEST,
  type ReviewerAnswer,
} from '../../../protocol/reviews';
import { RULES_REQUEST } from '../../../protocol/rules';
import { SUPPRESSIONS_REQUEST, UNDO_SUPPRESSION_REQUEST } from '../../../protocol/suppressions';
import type { Rule } from '../analysis/rule';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import type { Signing } from '../host/signing';
import { AppliedFixes } from '../session/resolved/applied-fixes';
import { Session } from '../session/session';
import type { StartTextRun } from '../session/text-runs';
import { aiRegions, NO_REGIONS } from './ai-regions';
import { CODE_ACTION_KINDS, codeAction } from './code-action/code-action';
import { abilitiesOf, type Context } from './context';
import { countersign } from './countersign';
import { diagnostic } from './diagnostic';
import { didChange } from './did-change';
import { didChangeWatchedFiles, WATCHED_FILES } from './did-change-watched-files';
import { didClose } from './did-close';
import { didOpen } from './did-open';
import { didSave } from './did-save';
import { ExtendedFilesWatch } from './extended-files-watch';
import { FindingsChanged } from './findings-changed';
import { FixRecording } from './fix-recording';
import { NOTHING_KNOWN, recordFixes, tellGone } from './gone-findings';
import { guarded } from './guard';
import { hover } from './hover';
import { markOrigin } from './mark-origin';
import { Origins } from './origins';
import { Recording, type RecordingParts } from './recording';
import { regenerationPrompt } from './regeneration-prompt';
import { NOTHING_RECORDED } from './reviewable-text';
import { reviewer } from './reviewer';
import { Reviews } from './reviews';
import { rules as listedRules } from './rules';
import { reloadSettings } from './settings';
import { suppress } from './suppress';
import { NO_SUPPRESSIONS, suppressions } from './suppressions';
import { ToldSettings } from './told-settings';
import { undoSuppression } from './undo-suppression';

export interface ServerOptions {
  readonly connection: Connection;
  readonly host: Host;
  readonly rules: readonly Rule[];
  readonly loadParsers: () => Promise<Readonly<Record<Grammar, Parser>>>;
  /** Checks what would keep everything else waiting. */
  readonly startRun: StartTextRun;
  /** Asked who wrote lines, for the AI switch and for clients that show it; nobody knows unless given. */
  readonly git?: Git;
  /** Where recording is set up, for clients that offer it. */
  readonly recording?: RecordingParts;
  /** Signs what people countersign, and says whose signatures are; nothing can be countersigned unless given. */
  readonly signing?: Signing;
  /** Of the product; records name it. */
  readonly version?: string;
  /** Tests rethrow what rules throw. */
  readonly onRuleError?: (rule: Rule, error: unknown) => void;
}

/** Answers a client on a connection; the caller makes the connection listen. */
export function serve(options: ServerOptions): void {
  const { connection, host, rules, loadParsers, startRun, git, onRuleError } = options;
  const { signing, version = '0', recording } = options;
  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const parsers = await loadParsers();
    const told = params.initializationOptions as InitializationOptions | undefined;
    // Clients that know nothing of trust open only what their person trusts.
    const isTrusted = told?.isTrusted !== false;
    const session = new Session({
      host,
      parsers,
      rules,
      startRun,
      isTrusted,
      underlinesJson: told?.underlinesJson === true,
      onExtended: () => watch.update(),
      onReload: () => {
        changed.tellReload();
        // What is found in files that are not open depends on it, too.
        reviews?.closed.again(true);
      },
      aiLinesOf: (text) => origins?.aiLinesOf(text) ?? [],
      onSettings: (uri) => origins?.follow(uri),
      onSettled: (uri, isChanged) => {
        changed.withoutEdit(isChanged ? [uri] : []);
        if (isChanged) reviews?.changed();
      },
      ...(onRuleError && { onRuleError }),
    });
    const context: Context = {
      connection,
      session,
      client: abilitiesOf(params),
      asking: new Map(),
      told: new ToldSettings(params.initializationOptions),
      raisedTold: new Map(),
      applied: new AppliedFixes(),
    };
    const changed = new FindingsChanged(context);
    const watch = new ExtendedFilesWatch(context);
    const origins = git && new Origins(context, git, isTrusted, (uri: string) => changed.afterOrigins(uri));
    const reviews =
      git && signing && origins && context.client.hasCommands
        ? new Reviews(context, { origins, git, signing, version })
        : undefined;
    if (origins) origins.reviews = reviews;
    // Without its setting nobody could turn it off.
    const fixes =
      git && origins && context.client.hasCommands && context.client.hasConfiguration
        ? new FixRecording(context, {
            ...{ git, version, isTrusted: () => origins.tracker.isTrusted },
            onRecorded: (uris: readonly string[]) => changed.withoutEdit(uris),
          })
        : undefined;
    const rootUri = params.rootUri ? [params.rootUri] : [];
    session.setFolders(params.workspaceFolders?.map(({ uri }) => uri) ?? rootUri);
    const setup = recording && context.client.hasCommands && new Recording(session, recording, isTrusted);
    listen(context, changed, watch, origins, setup || undefined, reviews, fixes);
    return {
      serverInfo: { name: 'countersign' },
      capabilities: {
        // Every client has to know it, and the documents are counted so.
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
        hoverProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(context.client.pullsDiagnostics && {
          diagnosticProvider: {
            identifier: 'countersign',
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }),
      },
    };
  });
}

function listen(
  context: Context,
  changed: FindingsChanged,
  watch: ExtendedFilesWatch,
  origins: Origins | undefined,
  recording: Recording | undefined,
  reviews: Reviews | undefined,
  fixes: FixRecording | undefined,
): void {
  const { connection, session, client } = context;
  const log = session.host.log;

  const inBackground = (name: string, handle: () => Promise<void>): void =>
    void guarded(name, log, undefined, handle);

  connection.onInitialized(() => {
    if (client.registersConfiguration) {
      inBackground('registering for settings', async () => {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'countersign' });
      });
    }
    if (client.watchesFiles) {
      inBackground('registering for watched files', async () => {
        await connection.client.register(DidChangeWatchedFilesNotification.type, WATCHED_FILES);
      });
    }
    if (client.hasWorkspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        const kept = session.folders.filter((uri) => !gone.has(uri));
        session.setFolders([...kept, ...added.map(({ uri }) => uri)]);
        changed.tellReload();
        reviews?.closed.again(false);
        // A folder may bring settings of its own, and files are judged by their path below it.
        inBackground('didChangeWorkspaceFolders', reload);
      });
    }
    changed.tellStatus();
  });
  const reload = async () => {
    await reloadSettings(context);
    changed.withoutEdit(session.uris);
    reviews?.closed.again(true);
  };
  connection.onDidChangeConfiguration(({ settings }) => {
    context.told.change(settings);
    inBackground('didChangeConfiguration', reload);
  });
  connection.onDidChangeWatchedFiles((params) => {
    origins?.filesChanged(params);
    reviews?.filesChanged(params);
    changed.withoutEdit(didChangeWatchedFiles(session, params));
  });
  connection.onNotification(TRUSTED_NOTIFICATION, () => {
    changed.withoutEdit(session.trust());
    origins?.tracker.trust();
    reviews?.closed.again(true);
    recording?.trust();
  });
  connection.onDidOpenTextDocument((params) => {
    // Whoever does not watch files may have missed one.
    if (!client.watchesFiles) changed.withoutEdit(session.reloadConfiguration());
    didOpen(session, params);
    changed.afterOpen(params.textDocument.uri);
    origins?.open(params.textDocument.uri);
  });
  connection.onDidChangeTextDocument((params) => {
    didChange(session, params);
    const text = session.text(params.textDocument.uri);
    if (text) origins?.tracker.change(params.contentChanges, text);
    if (text && fixes) context.applied.changed(text.uri, text.getText());
    changed.afterEdit(params.textDocument.uri);
  });
  connection.onDidSaveTextDocument((params) => {
    changed.withoutEdit(didSave(session, client, params));
    fixes?.saved(params.textDocument.uri);
    // What other tools log of uncommitted work is about what is saved.
    origins?.tracker.reload();
    // Whoever does not watch files may have missed a record.
    if (!client.watchesFiles) reviews?.reload(true);
  });
  connection.onDidCloseTextDocument((params) => {
    didClose(session, params);
    changed.afterClose(params.textDocument.uri);
    context.applied.close(params.textDocument.uri);
    origins?.tracker.close(params.textDocument.uri);
    reviews?.closed.again(false);
    reviews?.changed();
  });

  const empty: DocumentDiagnosticReport = { kind: 'full', items: [] };
  connection.languages.diagnostics.on((params, token) =>
    guarded('diagnostic', log, empty, () => diagnostic(context, params, token)),
  );
  connection.onCodeAction((params, token) =>
    guarded('codeAction', log, [], () => codeAction(context, params, token)),
  );
  connection.onHover((params, token) => guarded('hover', log, null, () => hover(context, params, token)));
  connection.onRequest(SUPPRESS_REQUEST, (params) => suppress(context, params));
  connection.onRequest(SUPPRESSIONS_REQUEST, () =>
    guarded('suppressions', log, NO_SUPPRESSIONS, () => suppressions(context)),
  );
  connection.onRequest(UNDO_SUPPRESSION_REQUEST, (params) => undoSuppression(context, params));
  connection.onRequest(REGENERATION_PROMPT_REQUEST, (params) => regenerationPrompt(context, params));
  connection.onRequest(AI_REGIONS_REQUEST, () =>
    guarded('aiRegions', log, NO_REGIONS, async () => (reviews ? aiRegions(context, reviews) : NO_REGIONS)),
  );
  connection.onRequest(COUNTERSIGN_REQUEST, (params) =>
    guarded('countersign', log, NOTHING_RECORDED, async () =>
      reviews ? countersign(context, reviews, params) : NOTHING_RECORDED,
    ),
  );
  connection.onRequest(MARK_ORIGIN_REQUEST, (params) =>
    guarded('markOrigin', log, NOTHING_RECORDED, async () =>
      reviews ? markOrigin(context, reviews, params) : NOTHING_RECORDED,
    ),
  );
  const nobody: ReviewerAnswer = { kind: 'unknown', reason: NOTHING_RECORDED.reason };
  connection.onRequest(REVIEWER_REQUEST, (params) =>
    guarded('reviewer', log, nobody, async () => (reviews ? reviewer(context, reviews, params) : nobody)),
  );
  connection.onRequest(GONE_FINDINGS_REQUEST, (params) =>
    guarded('goneFindings', log, NOTHING_KNOWN, async () =>
      fixes ? tellGone(context, fixes.gone, params) : NOTHING_KNOWN,
    ),
  );
  connection.onRequest(RECORD_FIXES_REQUEST, (params) =>
    guarded('recordFixes', log, NOTHING_KNOWN, async () => {
      const answer = fixes ? await recordFixes(context, fixes.gone, params) : NOTHING_KNOWN;
      if (answer.kind === 'recorded') fixes?.recorded();
      return answer;
    }),
  );
  connection.onRequest(RULES_REQUEST, () => listedRules(session));
  recording?.listen(connection);
  connection.onShutdown(() => {
    changed.dispose();
    fixes?.dispose();
    reviews?.dispose();
    origins?.tracker.dispose();
    watch.dispose();
    session.dispose();
  });
}
