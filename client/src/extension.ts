// The entry of the extension. It wires the parts together and decides nothing.
import * as vscode from 'vscode';
import { RevealOutputChannelOn, TransportKind } from 'vscode-languageclient/node';
import type { InitializationOptions } from '../../protocol/messages';
import type { OriginsParams } from '../../protocol/origin';
import { registerCommands } from './commands';
import { FindingsView } from './findings/findings-view';
import { KnownOrigins } from './origin/known-origins';
import type { MarkerRange } from './origin/marker-ranges';
import { showOriginHovers } from './origin/origin-hover';
import { OriginMarkers } from './origin/origin-markers';
import { OriginStatus } from './origin/origin-status';
import { tellRecordingSettings } from './recording/recording-setting';
import { Countersigner } from './reviews/countersign';
import { RegionTour } from './reviews/go-to-region';
import { KnownRegions } from './reviews/known-regions';
import { keepReviewContext } from './reviews/review-context';
import { ReviewsView } from './reviews/reviews-view';
import { RulePages } from './rule-pages';
import { RuleTitles } from './rule-titles';
import { type NewServerRun, ServerProcess } from './server-process';
import { ServerRun } from './server-run';
import { DOCUMENTS, isEnabledAnywhere, isJsonUnderlined } from './settings';
import { currentStatus, reportFailures, showStatus } from './status';
import type { StatusView } from './status-text';
import { SuppressionsView } from './suppressions/suppressions-view';
import { traceChannel } from './trace-channel';
import { type DrawnRow, drawnRows } from './view-rows';

/** What other extensions, and our own tests, get from this one. */
export interface CountersignApi {
  /** What the status bar says. */
  status(): StatusView;
  /** Process id of the language server, while there is one. */
  serverPid(): number | undefined;
  /** What the badge of the view *Findings* says. */
  badge(): number;
  /** What the views show, folded rows too. */
  rows(view: 'findings' | 'suppressions' | 'reviews'): readonly DrawnRow[];
  /** What stands above the rows of the view of AI code to review. */
  reviewMessage(): string | undefined;
  /** What the server last told of who wrote the lines of a document. */
  toldOrigins(uri: vscode.Uri): OriginsParams | undefined;
  /** The markers of who wrote a line, in each visible editor of a document. */
  originMarkers(uri: vscode.Uri): readonly (readonly MarkerRange[])[];
  /** What the status bar says of AI lines in the file in front. */
  originStatus(): string | undefined;
}

/** What `deactivate` waits for. The editor hands nothing from one call to the other. */
const active = new Set<ServerProcess>();

/** Called by the editor when the first file of a checked language is opened, or a command is run. */
export function activate(context: vscode.ExtensionContext): CountersignApi {
  // Not among the subscriptions: those are disposed while `deactivate` still waits, and the end is logged too.
  const output = vscode.window.createOutputChannel('Countersign', { log: true });
  const trace = traceChannel(output);
  const server = new ServerProcess(newServerRun(context, output, trace.channel), output);
  const pages = new RulePages(context.extensionUri);
  const { extension, extensionUri, workspaceState } = context;
  const titles = new RuleTitles(server);
  const findings = new FindingsView(workspaceState, titles);
  const suppressions = new SuppressionsView(server);
  const origins = new KnownOrigins(server);
  const markers = new OriginMarkers(extensionUri, origins);
  const originStatus = new OriginStatus(origins);
  const regions = new KnownRegions(server);
  const reviews = new ReviewsView(regions);
  const tour = new RegionTour(regions, reviews);
  const countersigner = new Countersigner(server, regions, origins);
  const drawn = {
    findings: () => drawnRows(findings),
    suppressions: () => drawnRows(suppressions),
    reviews: () => drawnRows(reviews),
  };
  active.add(server);
  context.subscriptions.push(
    trace,
    pages.register(),
    titles,
    findings,
    suppressions,
    origins,
    markers,
    originStatus,
    showOriginHovers(origins),
    tellRecordingSettings(server),
    regions,
    reviews,
    keepReviewContext(origins, regions),
    registerCommands({
      ...{ extension, extensionUri, origins, output, pages, server },
      ...{ findings, suppressions, reviews, tour, countersigner },
    }),
    showStatus(server),
    reportFailures(server),
    ...keepServerAsWanted(server),
  );
  return {
    status: () => currentStatus(server),
    serverPid: () => server.pid,
    badge: () => findings.badge,
    rows: (view) => drawn[view](),
    reviewMessage: () => reviews.message,
    toldOrigins: (uri) => origins.of(uri)?.said,
    originMarkers: (uri) => markers.drawn(uri),
    originStatus: () => originStatus.text,
  };
}

/** Called by the editor before the extension goes; resolves when the server has ended, within a few seconds. */
export async function deactivate(): Promise<void> {
  await Promise.all([...active].map((server) => server.stop()));
  active.clear();
}

/** The server runs while any open folder wants its files checked. */
function keepServerAsWanted(server: ServerProcess): vscode.Disposable[] {
  const keep = () => {
    if (!isEnabledAnywhere()) void server.stop();
    else if (server.phase.kind === 'stopped') server.start();
  };
  keep();
  return [
    vscode.workspace.onDidChangeWorkspaceFolders(keep),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      keep();
      server.tellTrusted();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('countersign.enable')) keep();
    }),
  ];
}

function newServerRun(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  traceOutputChannel: vscode.LogOutputChannel,
): NewServerRun {
  const module = context.asAbsolutePath('dist/server.js');
  // Not the workspace, which is the default: nothing in it may matter to how the server is loaded.
  const options = { cwd: context.extensionPath };
  // One folder for all workspaces, since it is about our code and not about theirs.
  const args = [`--code-cache=${vscode.Uri.joinPath(context.globalStorageUri, 'code').fsPath}`];
  const run = { module, args, transport: TransportKind.ipc, options };
  const debug = { ...run, options: { ...options, execArgv: ['--nolazy', '--inspect=6009'] } };
  const initializationOptions = (): InitializationOptions => ({
    hasCommands: true,
    underlinesJson: isJsonUnderlined(),
    isTrusted: vscode.workspace.isTrusted,
  });
  return (onLost) =>
    new ServerRun(
      { run, debug },
      {
        documentSelector: DOCUMENTS,
        initializationOptions,
        diagnosticPullOptions: { onChange: true, onSave: true },
        outputChannel: output,
        traceOutputChannel,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
      },
      onLost,
    );
}
