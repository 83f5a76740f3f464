/** What the name of a host says about where it is. */

/** Whether a host is this machine. */
export function isLocalHost(host: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)$/i.test(
    host,
  );
}

/** Whether a host is another machine for sure: not this one, and no name that only a container network knows. */
export function isRemoteHost(host: string): boolean {
  return /[.:]/.test(host) && !isLocalHost(host) && !/\.(?:local|internal|test)$/i.test(host);
}

const ADDRESS = /^[a-z][a-z\d+.-]*:\/\/(?:[^\s/@:]*(?::([^\s/@]*))?@)?(\[[^\]]*\]|[^\s/:?#,]+)/i;

/** The host in an address; a text without a scheme is taken for a host itself, with a port or an instance of SQL Server. */
export function hostOf(address: string): string {
  return ADDRESS.exec(address)?.[2] ?? address.replace(/(?:(?<=[^:])[:,]\d+|\\.*)$/, '');
}

/** Passwords that stand for one to be filled in. */
const BLANK = /^(?:[<${[*]|x+$|your|(?:pass|password|pwd|pw|secret)$)/i;

/** Whether an address has a password in it, for a host that is another machine for sure. */
export function hasRemotePassword(address: string): boolean {
  const [, password = '', host = ''] = ADDRESS.exec(address) ?? [];
  return password !== '' && !BLANK.test(password) && isRemoteHost(host);
}
