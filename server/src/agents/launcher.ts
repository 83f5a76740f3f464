/**
 * What agents' settings call: a script in the person's home, outside of every work tree. It runs the program where it
 * is, and ends well where it is gone, so that no agent ever fails for it.
 */
import { LAUNCHER_NAME } from './hook-entries';

export interface Launched {
  /** Absolute paths: of Node.js, or of a program that acts as such, and of the command line. */
  readonly node: string;
  readonly program: string;
}

export function launcherName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? `${LAUNCHER_NAME}.cmd` : LAUNCHER_NAME;
}

export function launcherText({ node, program }: Launched, platform: NodeJS.Platform): string {
  return platform === 'win32' ? batchText(node, program) : shellText(node, program);
}

/** How an agent calls it. */
export function launcherCommand(path: string, words: readonly string[], platform: NodeJS.Platform): string {
  // Shells of Windows read backslashes in several ways, and slashes in one.
  const quoted = platform === 'win32' ? `"${path.replaceAll('\\', '/')}"` : shellQuoted(path);
  return [quoted, ...words].join(' ');
}

function shellText(node: string, program: string): string {
  return `#!/bin/sh
# Countersign wrote this. AI tools call it after their edits; \`countersign hook --uninstall <agent>\` removes it.
program=${shellQuoted(program)}
export ELECTRON_RUN_AS_NODE=1
if [ -f "$program" ]; then
  for node in ${shellQuoted(node)} node; do
    if command -v "$node" >/dev/null 2>&1; then
      "$node" "$program" hook "$@" 2>/dev/null
      exit 0
    fi
  done
fi
cat >/dev/null
exit 0
`;
}

function batchText(node: string, program: string): string {
  const quoted = (path: string) => `"${path.replaceAll('%', '%%')}"`;
  return [
    '@echo off',
    'rem Countersign wrote this. AI tools call it after their edits.',
    'set ELECTRON_RUN_AS_NODE=1',
    `if exist ${quoted(program)} if exist ${quoted(node)} ${quoted(node)} ${quoted(program)} hook %* 2>nul`,
    'exit /b 0',
    '',
  ].join('\r\n');
}

function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
