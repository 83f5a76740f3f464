/**
 * A repository whose settings name programs wherever git may run one. Each program leaves a file that says that it
 * was run.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from './test-repository';

/** An object that the repository promises to get from its remote. */
export const PROMISED = '1'.repeat(40);

const SIGNATURES = {
  openpgp: 'PGP SIGNATURE',
  ssh: 'SSH SIGNATURE',
  x509: 'SIGNED MESSAGE',
} as const;

export class HostileRepository extends TestRepository {
  readonly #marks: string;

  constructor() {
    super();
    this.#marks = join(this.around, 'marks');
    this.write('a.txt', 'one\ntwo\n');
    this.write('.gitattributes', '*.txt diff=hostile filter=hostile\n*.long filter=process\n');
    this.commit();
    this.write('a.txt', 'one\ntwo\nthree\n');
    this.write('b.long', 'four\n');
    this.commit();
    for (const form of Object.keys(SIGNATURES)) this.#addSigned(form as keyof typeof SIGNATURES);
    this.git('notes', '--ref=ai', 'add', '-m', 'a note', 'HEAD');
    this.git('clone', '--quiet', '--bare', '.', 'embedded');
    this.#addHooks();
    this.#addSettings();
  }

  /** The names of the programs that were run since this was last asked, in alphabetical order. */
  takeRun(): string[] {
    const prefix = 'marks-';
    const names = readdirSync(this.around).filter((name) => name.startsWith(prefix));
    for (const name of names) rmSync(join(this.around, name));
    return names.map((name) => name.slice(prefix.length)).sort();
  }

  /** The path of a program that leaves a mark. */
  #program(name: string, body = ''): string {
    return this.script(name, `touch '${this.#marks}-${name}'\n${body}`);
  }

  /** A commit on the branch of the form's name, with a signature that nobody made. */
  #addSigned(form: keyof typeof SIGNATURES): void {
    const words = SIGNATURES[form];
    const [tree, parent] = [this.git('rev-parse', 'HEAD^{tree}'), this.git('rev-parse', 'HEAD')];
    const commit = [
      `tree ${tree}`,
      `parent ${parent}`,
      'author Ann <ann@example.org> 1700000000 +0000',
      'committer Ann <ann@example.org> 1700000000 +0000',
      `gpgsig -----BEGIN ${words}-----`,
      ' ',
      ' AAAA',
      ` -----END ${words}-----`,
      '',
      'Signed',
      '',
    ].join('\n');
    const id = this.gitWith(commit, 'hash-object', '-t', 'commit', '-w', '--stdin');
    this.git('update-ref', `refs/heads/${form}`, id);
  }

  #addHooks(): void {
    for (const hook of ['pre-commit', 'post-checkout', 'post-index-change', 'reference-transaction']) {
      const text = `#!/bin/sh\nexec '${this.#program('hook')}'\n`;
      writeFileSync(join(this.folder, '.git', 'hooks', hook), text, { mode: 0o755 });
    }
  }

  #addSettings(): void {
    const included = join(this.around, 'included');
    const own = {
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.promisor': 'true',
      'remote.origin.url': 'ssh://host.example/x',
      'remote.origin.uploadpack': this.#program('upload-pack'),
      'core.sshCommand': this.#program('ssh'),
      'core.gitProxy': this.#program('proxy'),
      'credential.helper': this.#program('credential-helper'),
      'core.pager': this.#program('pager', 'cat'),
      'pager.blame': this.#program('pager', 'cat'),
      'core.editor': this.#program('editor'),
      'alias.blame': `!${this.#program('alias-of-command')}`,
      'alias.cat-file': `!${this.#program('alias-of-command')}`,
      'alias.config': `!${this.#program('alias-of-command')}`,
      'alias.rev-list': `!${this.#program('alias-of-command')}`,
      'pager.config': this.#program('pager', 'cat'),
      'alias.rev-parse': `!${this.#program('alias-of-command')}`,
      'alias.ls-files': `!${this.#program('alias-of-command')}`,
      'alias.ls-tree': `!${this.#program('alias-of-command')}`,
      'alias.remote-none': `!${this.#program('alias')}`,
      'alias.remote-': `!${this.#program('alias')}`,
      'alias.go': `!${this.#program('alias')}`,
      'log.showSignature': 'true',
      'gpg.program': this.#program('gpg'),
      'gpg.x509.program': this.#program('gpgsm'),
      'gpg.ssh.program': this.#program('ssh-keygen'),
      'gpg.ssh.defaultKeyCommand': this.#program('default-key'),
      'gpg.ssh.allowedSignersFile': join(this.folder, 'a.txt'),
      'diff.external': this.#program('external-diff'),
      'diff.hostile.textconv': this.#program('textconv', 'cat "$1"'),
      'filter.process.process': this.#program('process-filter'),
      'include.path': included,
    };
    for (const [name, value] of Object.entries(own)) this.git('config', name, value);
    const others = {
      'core.fsmonitor': this.#program('fsmonitor', 'exit 1'),
      'filter.hostile.clean': this.#program('clean-filter', 'cat'),
      'filter.hostile.smudge': this.#program('smudge-filter', 'cat'),
    };
    for (const [name, value] of Object.entries(others)) this.git('config', '--file', included, name, value);
    const embedded = join(this.folder, 'embedded');
    const textconv = this.#program('embedded-textconv', 'cat "$1"');
    this.git('config', '--file', join(embedded, 'config'), 'diff.hostile.textconv', textconv);
    writeFileSync(join(embedded, 'info', 'attributes'), '*.txt diff=hostile\n');
    this.takeRun();
  }
}
