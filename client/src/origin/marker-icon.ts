import * as vscode from 'vscode';
import type { Marker } from './marker-ranges';

/**
 * The picture of a marker. The editor takes `dark` for the dark theme of high contrast too, and `light` for the
 * light one; both have the contrast for that. They have no size of their own: their lines are whole pixels, and
 * the bars of lines below each other meet, whatever the height of a line is.
 */
export function markerIcon(
  extensionUri: vscode.Uri,
  marker: Marker,
): { light: vscode.Uri; dark: vscode.Uri } {
  const file = (theme: string) =>
    vscode.Uri.joinPath(extensionUri, 'media', 'origin', `${marker}-${theme}.svg`);
  return { light: file('light'), dark: file('dark') };
}
