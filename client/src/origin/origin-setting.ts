import * as vscode from 'vscode';

/** Shows or hides the markers: in the workspace where it says something of them, else for the person. */
export async function setOriginMarkers(areShown: boolean): Promise<void> {
  const settings = vscode.workspace.getConfiguration('countersign');
  const isInWorkspace = settings.inspect('origin.markers')?.workspaceValue !== undefined;
  await settings.update(
    'origin.markers',
    areShown,
    isInWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
