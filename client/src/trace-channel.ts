import * as vscode from 'vscode';

/**
 * The output channel as the language client's trace channel. The client writes traces only when the
 * channel's own log level is "trace", which nobody finds; here the setting `countersign.trace.server`
 * decides alone, and traces are written at a level that is shown.
 */
export function traceChannel(output: vscode.LogOutputChannel): {
  channel: vscode.LogOutputChannel;
  dispose(): void;
} {
  const level = () =>
    vscode.workspace.getConfiguration('countersign').get('trace.server', 'off') === 'off'
      ? vscode.LogLevel.Info
      : vscode.LogLevel.Trace;
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  const listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('countersign.trace.server')) changed.fire(level());
  });
  const channel: vscode.LogOutputChannel = Object.create(output, {
    logLevel: { get: level },
    onDidChangeLogLevel: { value: changed.event },
    trace: { value: (message: string, ...values: unknown[]) => output.info(message, ...values) },
  });
  return { channel, dispose: () => vscode.Disposable.from(listener, changed).dispose() };
}
