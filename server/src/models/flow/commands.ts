/** Functions that start programs through a shell, and which of their arguments the shell reads. */

export interface CommandRow {
  /** Canonical names, with blanks between. */
  readonly names: string;
  /** The index of the text that a shell reads. */
  readonly text: number;
  /** Only where an option says so: then the list of arguments is read by the shell as well. */
  readonly needsShell?: true;
  /** Only in files that import this, which puts it among the globals. */
  readonly needsImport?: string;
  /** A function that takes the same with the arguments in a list, for the fix. */
  readonly instead?: string;
}

/**
 * Sources: Node 22 (`child_process`), and the documentation of execa 1 and 9, mz 2,
 * child-process-promise 2, promisify-child-process 5, sync-exec 0.6, shell-exec 1, exec-sh 0.4, await-exec 0.1, cross-spawn 7, shelljs 0.10, node-cmd 5,
 * ssh2 1, node-pty 1, foreground-child 3, tinyexec 1, sudo-prompt 9, Bun 1.
 */
export const COMMANDS: readonly CommandRow[] = [
  { names: 'child_process.exec', text: 0, instead: 'execFile' },
  { names: 'child_process.execSync', text: 0, instead: 'execFileSync' },
  {
    names:
      'execa.command execa.commandSync execa.execaCommand execa.execaCommandSync shelljs.exec node-cmd.get ' +
      'node-cmd.run node-cmd.runSync ssh2.Client().exec ssh2().exec node-ssh.NodeSSH().execCommand ' +
      'sudo-prompt.exec @expo/sudo-prompt.exec execa.shell execa.shellSync mz/child_process.exec ' +
      'child-process-promise.exec promisify-child-process.exec sync-exec shell-exec exec-sh exec-sh.promise await-exec',
    text: 0,
  },
  { names: 'globalThis.exec', text: 0, needsImport: 'shelljs/global' },
  { names: 'child_process.fork', text: 0, needsShell: true },
  {
    names:
      'child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync cross-spawn ' +
      'cross-spawn.spawn cross-spawn.sync execa execa.execa execa.execaSync execa.sync foreground-child.foregroundChild tinyexec.exec tinyexec.x',
    text: 0,
    needsShell: true,
  },
];

/** Programs that read a command from the argument behind one of these. */
export const SHELLS =
  /^(?:.*[/\\])?(?:sh|bash|zsh|dash|ksh|fish|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh(?:\.exe)?)$/i;
export const COMMAND_FLAGS: ReadonlySet<string> = new Set([
  '-c',
  '-lc',
  '-ic',
  '-ec',
  '-exc',
  '/c',
  '/C',
  '/k',
  '-Command',
  '-command',
  '-EncodedCommand',
]);

/** Programs that are files on each system that has them: no words of a shell, and no scripts that Windows needs one for. */
export const PROGRAMS: ReadonlySet<string> = new Set(
  (
    'git ffmpeg ffprobe convert magick identify tar zip unzip gzip gunzip curl wget openssl docker kubectl python python3 ' +
    'node java pdftotext pdftoppm gs soffice libreoffice pandoc wkhtmltopdf ls cat cp mv rm touch chmod chown grep head ' +
    'tail wc ping nslookup dig whois traceroute ssh scp rsync kill df du file stat open xdg-open notify-send exiftool ' +
    'sox lame espeak youtube-dl yt-dlp pg_dump mysqldump psql mysql sqlite3 redis-cli nmap'
  ).split(' '),
);
