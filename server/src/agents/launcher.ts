/**
 * What agents' settings call: a script in the person's home, outside of every work tree. It runs the program where it
 * is, and ends well where it is gone, so that no agent ever fails for it.
 *
 * No Node.js has to be installed: where an editor's extension brings the program, the editor's own executable runs it.
 */
import { posix, win32 } from 'node:path';

import { LAUNCHER_NAME } from './hook-entries';

export interface Launched {
  /** Absolute paths: of Node.js, or of a program that acts as such, and of the command line. */
  readonly node: string;
  readonly program: string;
  /** Whether an editor's extension brings the program; then it keeps the launcher up to date. */
  readonly isExtension: boolean;
  /** Whether each agent is told of findings, whatever its own settings say. */
  readonly tellsFindings: boolean;
}

/** An extension is in `<name>-<version>/dist/cli.js`, and its next version in a folder beside it. */
const EXTENSION = 'countersign.countersign-';

export function launcherName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? `${LAUNCHER_NAME}.cmd` : LAUNCHER_NAME;
}

/** @param home the folder that holds the one with the launcher; absolute. */
export function launcherText(launched: Launched, home: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? batchText(launched, home) : shellText(launched);
}

/** How an agent calls it. */
export function launcherCommand(path: string, words: readonly string[], platform: NodeJS.Platform): string {
  // Shells of Windows read backslashes in several ways, and slashes in one.
  const quoted = platform === 'win32' ? `"${path.replaceAll('\\', '/')}"` : shellQuoted(path);
  return [quoted, ...words].join(' ');
}

/** The folder in which an extension's versions are; undefined for what is no installed extension. */
export function extensionsFolder(program: string, { basename, dirname }: typeof posix): string | undefined {
  const extension = dirname(dirname(program));
  return basename(extension).startsWith(EXTENSION) ? dirname(extension) : undefined;
}

/** Debuggers tell every Node.js that is started in a terminal to load their own code first. */
const FOREIGN_OPTIONS = 'NODE_OPTIONS';

function shellText({ node, program, tellsFindings }: Launched): string {
  const extensions = extensionsFolder(program, posix);
  return `#!/bin/sh
# Countersign wrote this. AI tools call it after their edits; \`countersign hook --uninstall <agent>\` removes it.
program=${shellQuoted(program)}
${
  extensions === undefined
    ? ''
    : `if ! [ -f "$program" ]; then
  for other in ${shellQuoted(`${extensions}/${EXTENSION}`)}*/dist/cli.js; do
    if [ -f "$other" ]; then program=$other; fi
  done
fi
`
}export ELECTRON_RUN_AS_NODE=1
unset ${FOREIGN_OPTIONS}
if [ -f "$program" ]; then
  for node in ${shellQuoted(node)} node; do
    if command -v "$node" >/dev/null 2>&1; then
      "$node" "$program" hook "$@"${tellsFindings ? ' --findings' : ''} 2>/dev/null
      exit 0
    fi
  done
fi
cat >/dev/null
exit 0
`;
}

function batchText({ node, program, tellsFindings }: Launched, home: string): string {
  const extensions = extensionsFolder(program, win32);
  const path = (absolute: string) => batchPath(absolute, home);
  const others =
    extensions === undefined
      ? []
      : [
          `if not exist "%program%" for /d %%e in ("${path(`${extensions}\\${EXTENSION}`)}*") do if exist "%%e\\dist\\cli.js" set "program=%%e\\dist\\cli.js"`,
        ];
  return [
    '@echo off',
    'rem Countersign wrote this. AI tools call it after their edits.',
    'setlocal',
    `set "program=${path(program)}"`,
    ...others,
    `set "node=${path(node)}"`,
    'if not exist "%node%" set "node=node"',
    // Else a `node` of the project in which an agent works would come first.
    'set NoDefaultCurrentDirectoryInExePath=1',
    'set ELECTRON_RUN_AS_NODE=1',
    `set ${FOREIGN_OPTIONS}=`,
    `if exist "%program%" "%node%" "%program%" hook %*${tellsFindings ? ' --findings' : ''} 2>nul`,
    'exit /b 0',
    '',
  ].join('\r\n');
}

/** From the script's own folder where it can be: the system reads scripts in a code page of its own, not in UTF-8. */
function batchPath(path: string, home: string): string {
  const isBelow = path.toLowerCase().startsWith(`${home.toLowerCase()}\\`);
  return isBelow ? `%~dp0..${escaped(path.slice(home.length))}` : escaped(path);
}

function escaped(path: string): string {
  return path.replaceAll('%', '%%');
}

function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
