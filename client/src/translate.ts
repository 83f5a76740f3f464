/**
 * The signature of `vscode.l10n.t`: English text with `{0}` for the arguments, in the editor's language.
 * Pure parts take it as a parameter, so that they need no editor.
 */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;
