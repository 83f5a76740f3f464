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

/** Services that answer by HTTPS as they do by HTTP, or by HTTPS alone. Source: the documentation of each. */
const SERVED_ENCRYPTED: ReadonlySet<string> = new Set([
  ...['api.github.com', 'raw.githubusercontent.com', 'github.com', 'gitlab.com', 'registry.npmjs.org'],
  ...['www.googleapis.com', 'maps.googleapis.com', 'maps.google.com', 'oauth2.googleapis.com'],
  ...['ajax.googleapis.com', 'fonts.googleapis.com', 'fonts.gstatic.com', 'www.google.com', 'youtube.com'],
  ...['www.youtube.com', 'cdnjs.cloudflare.com', 'cdn.jsdelivr.net', 'unpkg.com', 'code.jquery.com'],
  ...['maxcdn.bootstrapcdn.com', 'stackpath.bootstrapcdn.com', 'netdna.bootstrapcdn.com'],
  ...['graph.facebook.com', 'api.twitter.com', 'api.stripe.com', 'js.stripe.com', 'api.paypal.com'],
  ...['api.openai.com', 'api.anthropic.com', 'api.telegram.org', 'slack.com', 'hooks.slack.com'],
  ...['discord.com', 'api.twilio.com', 'api.sendgrid.com', 'api.mailgun.net', 'api.spotify.com'],
  ...['api.openweathermap.org', 'jsonplaceholder.typicode.com', 'www.gravatar.com', 'en.wikipedia.org'],
  ...['nominatim.openstreetmap.org', 'graph.microsoft.com', 'api.nasa.gov'],
]);

/** Whether an address names one of these services, without a port. */
export function isServedEncrypted(address: string): boolean {
  const [, host = ''] = /^[a-z]+:\/\/([\w.-]+)(?:[/?#]|$)/i.exec(address) ?? [];
  return SERVED_ENCRYPTED.has(host.toLowerCase());
}
