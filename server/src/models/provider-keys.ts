/** How the keys of providers look: from their documentation, as data. A row is a provider, a form, how sure it is. */
import type { Confidence } from '../analysis/finding';
import type { Span } from '../analysis/span';

export interface ProviderKey extends Span {
  /** As a person calls it: "GitHub token". */
  readonly what: string;
  readonly confidence: Confidence;
  /** The environment variable that it usually stands in. */
  readonly variable: string;
}

interface Form {
  readonly what: string;
  readonly variable: string;
  /** Without what stands around it; anchored by the search. */
  readonly pattern: string;
  readonly confidence?: Confidence;
}

const FORMS: readonly Form[] = [
  form('AWS access key', 'AWS_ACCESS_KEY_ID', '(?:AKIA|ASIA)[A-Z2-7]{16}'),
  form('Anthropic key', 'ANTHROPIC_API_KEY', 'sk-ant-[a-z]+\\d{2}-[\\w-]{40,}'),
  form('OpenAI key', 'OPENAI_API_KEY', 'sk-(?:proj|svcacct|admin)-[\\w-]{40,}|sk-[A-Za-z0-9]{48}'),
  form('OpenRouter key', 'OPENROUTER_API_KEY', 'sk-or-v1-[0-9a-f]{64}'),
  form('Groq key', 'GROQ_API_KEY', 'gsk_[A-Za-z0-9]{40,}'),
  form('xAI key', 'XAI_API_KEY', 'xai-[A-Za-z0-9]{60,}'),
  form('Perplexity key', 'PERPLEXITY_API_KEY', 'pplx-[A-Za-z0-9]{40,}'),
  form('Hugging Face token', 'HF_TOKEN', 'hf_[A-Za-z0-9]{34,}'),
  form('Replicate token', 'REPLICATE_API_TOKEN', 'r8_[A-Za-z0-9]{37}'),
  form(
    'GitHub token',
    'GITHUB_TOKEN',
    'gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}',
  ),
  form('GitLab token', 'GITLAB_TOKEN', 'gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\\w-]{20,}'),
  form('npm token', 'NPM_TOKEN', 'npm_[A-Za-z0-9]{36}'),
  form('PyPI token', 'PYPI_TOKEN', 'pypi-AgEIcHlwaS5vcmc[\\w-]{50,}'),
  form('Stripe key', 'STRIPE_SECRET_KEY', '[rs]k_live_[A-Za-z0-9]{16,}'),
  form('Stripe test key', 'STRIPE_SECRET_KEY', '[rs]k_test_[A-Za-z0-9]{24,}', 'medium'),
  form('webhook secret', 'WEBHOOK_SECRET', 'whsec_[A-Za-z0-9+/]{32,}={0,2}'),
  form('Slack token', 'SLACK_TOKEN', 'xox[abeoprs]-[A-Za-z0-9-]{20,}|xapp-\\d-[A-Z0-9]+-\\d+-[0-9a-f]{40,}'),
  form(
    'Slack webhook',
    'SLACK_WEBHOOK_URL',
    'https://hooks\\.slack\\.com/services/T[A-Z0-9]{7,}/B[A-Z0-9]{7,}/[A-Za-z0-9]{20,}',
  ),
  form('Discord token', 'DISCORD_TOKEN', '[MNO][A-Za-z0-9_-]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,38}'),
  form(
    'Discord webhook',
    'DISCORD_WEBHOOK_URL',
    'https://discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,}',
  ),
  form('Telegram bot token', 'TELEGRAM_BOT_TOKEN', '\\d{8,10}:AA[\\w-]{33}'),
  form('SendGrid key', 'SENDGRID_API_KEY', 'SG\\.[\\w-]{22}\\.[\\w-]{43}'),
  form('Resend key', 'RESEND_API_KEY', 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}'),
  form('Mailgun key', 'MAILGUN_API_KEY', 'key-[0-9a-f]{32}'),
  form('Twilio key', 'TWILIO_API_KEY', 'SK[0-9a-f]{32}', 'medium'),
  form('Google key', 'GOOGLE_API_KEY', 'AIza[\\w-]{35}', 'medium'),
  form('Google client secret', 'GOOGLE_CLIENT_SECRET', 'GOCSPX-[\\w-]{28}'),
  form('Supabase secret', 'SUPABASE_SERVICE_ROLE_KEY', 'sb_secret_[\\w-]{20,}|sbp_[0-9a-f]{40}'),
  form('DigitalOcean token', 'DIGITALOCEAN_TOKEN', 'do[opr]_v1_[0-9a-f]{64}'),
  form('Shopify token', 'SHOPIFY_ACCESS_TOKEN', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  form('Azure storage key', 'AZURE_STORAGE_CONNECTION_STRING', 'AccountKey=[A-Za-z0-9+/]{86}=='),
  form('Linear key', 'LINEAR_API_KEY', 'lin_api_[A-Za-z0-9]{40}'),
  form('Notion token', 'NOTION_TOKEN', 'ntn_[A-Za-z0-9]{40,}'),
  form('Databricks token', 'DATABRICKS_TOKEN', 'dapi[0-9a-f]{32}'),
  form('New Relic key', 'NEW_RELIC_API_KEY', 'NRAK-[A-Z0-9]{27}'),
  form('Square secret', 'SQUARE_ACCESS_TOKEN', 'sq0(?:csp|atp)-[\\w-]{22,43}'),
];

function form(what: string, variable: string, pattern: string, confidence?: Confidence): Form {
  return { what, variable, pattern, ...(confidence && { confidence }) };
}

/** One expression for all forms, so that a text is gone through once; the group says which. */
const ANY_FORM = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${FORMS.map(({ pattern }) => `(${pattern})`).join('|')})(?![A-Za-z0-9_-])`,
  'g',
);
/** What must be in a text that has any of them. */
const SIGNS =
  /AKIA|ASIA|sk-|gsk_|xai-|pplx-|hf_|r8_|gh[pousr]_|github_pat_|gl[a-z]{2,4}-|npm_|pypi-|[rs]k_(?:live|test)_|whsec_|xox[abeoprs]-|xapp-|hooks\.slack|webhooks\/|:AA|SG\.|re_|key-|SK[0-9a-f]|AIza|GOCSPX-|sb_secret_|sbp_|_v1_|shp[acps]|AccountKey=|lin_api_|ntn_|dapi|NRAK-|sq0|[MNO][\w-]{23,25}\.|eyJ|PRIVATE KEY|:\/\/[^\s/:@]{0,64}:[^\s/@]{4,128}@/;

const KEY_BEGINS = /-----BEGIN ((?:[A-Z0-9]{1,20} ){0,4})PRIVATE KEY-----/g;
const KEY_ENDS = /-----END [A-Z0-9 ]{0,80}-----/;
/** Longer than any key, so that a broken file costs no more than a whole one. */
const LONGEST_KEY = 16_000;
/** What stands between the lines of a key: line ends, be they escaped, and the signs of strings put together. */
const BETWEEN_LINES = /\\[rn]|[\s"'`+,;\\]/g;
const TOKEN = /(?<![\w-])eyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]{20,}/g;
const ADDRESS =
  /\b(postgres(?:ql)?|mysql|mariadb|mssql|mongodb(?:\+srv)?|rediss?|amqps?|https?|ftps?|smtps?|ldaps?):\/\/([^\s/:@"'`<>${}]{0,64}):([^\s/@"'`<>${}]{4,128})@([\w.-]+)/g;

/** All keys in a text, in no order. Examples of documentation and placeholders are none. */
export function* providerKeysIn(text: string): Generator<ProviderKey> {
  if (!SIGNS.test(text)) return;
  for (const match of text.matchAll(ANY_FORM)) {
    const [key] = match;
    const found = FORMS[match.slice(1).findIndex((group) => group !== undefined)];
    if (!found || isMadeUp(key) || isForBrowsers(found, text, match.index)) continue;
    const { what, variable, confidence = 'high' } = found;
    yield { start: match.index, end: match.index + key.length, what, variable, confidence };
  }
  yield* privateKeys(text);
  yield* tokens(text);
  yield* addresses(text);
}

function* privateKeys(text: string): Generator<ProviderKey> {
  if (!text.includes('PRIVATE KEY')) return;
  for (const { index, 0: head, 1: type = '' } of text.matchAll(KEY_BEGINS)) {
    const rest = text.slice(index + head.length, index + head.length + LONGEST_KEY);
    const ends = KEY_ENDS.exec(rest);
    const body = ends ? rest.slice(0, ends.index).replace(BETWEEN_LINES, '') : '';
    if (!ends || !/^[A-Za-z0-9+/=]{32,}$/.test(body) || isMadeUp(body.slice(0, 200))) continue;
    const end = index + head.length + ends.index + ends[0].length;
    const confidence = type.includes('ENCRYPTED') ? 'medium' : 'high';
    yield { start: index, end, what: 'private key', variable: 'PRIVATE_KEY', confidence };
  }
}

/** Signed tokens. Those of Supabase say in their body whether they are for the server or for everybody. */
function* tokens(text: string): Generator<ProviderKey> {
  for (const { index, 0: token, 1: body = '' } of text.matchAll(TOKEN)) {
    const claims = decoded(body);
    if (/"role":\s*"anon"/.test(claims) || isMadeUp(token.slice(-20))) continue;
    const isService = /"role":\s*"service_role"/.test(claims);
    const what = isService ? 'Supabase service key' : 'signed token';
    const variable = isService ? 'SUPABASE_SERVICE_ROLE_KEY' : 'TOKEN';
    // What a token is good for, and whether it has run out, cannot be seen.
    const confidence = isService ? 'high' : 'low';
    yield { start: index, end: index + token.length, what, variable, confidence };
  }
}

/** Addresses with a password in them, of hosts that others can reach. */
function* addresses(text: string): Generator<ProviderKey> {
  for (const match of text.matchAll(ADDRESS)) {
    const [whole, scheme = '', user = '', password = '', host = ''] = match;
    if (isNobodysHost(host) || isUsualPassword(password, user)) continue;
    const isDatabase = !/^(?:https?|ftps?)$/.test(scheme);
    const start = match.index + whole.length - host.length - 1 - password.length;
    yield {
      start,
      end: start + password.length,
      what: `password for ${host}`,
      variable: isDatabase ? 'DATABASE_URL' : 'SERVICE_URL',
      confidence: isDatabase && password.length >= 8 ? 'high' : 'medium',
    };
  }
}

function isNobodysHost(host: string): boolean {
  return (
    !host.includes('.') ||
    /^(?:127\.|0\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|(?:^|\.)example(?:\.\w+)?$|\.(?:test|invalid|local|localhost|internal)$|^(?:host|your|my|some)\W|^host\.|docker\.internal$/i.test(
      host,
    )
  );
}

function isUsualPassword(password: string, user: string): boolean {
  return (
    /^(?:pass(?:word|wd)?|pwd|secret|postgres|root|admin|token|key|api[-_]?key|guest|test|user|x-oauth-basic|\*+|x+|\.+|\[.*|%[sd].*)\d*$|your|example|changeme|change[-_]me|placeholder|password|redacted|_here\b|^[A-Z]+(?:_[A-Z]+)*$/i.test(
      password,
    ) || password.toLowerCase() === user.toLowerCase()
  );
}

/** Whether nobody's machine made it: a word of an example, a row of the keyboard, few different characters. */
function isMadeUp(key: string): boolean {
  if (/example|placeholder|your[-_]|redacted|dummy|sample|changeme|x{5}|\.{3}|(.)\1{5}/i.test(key))
    return true;
  if (/012345678|123456789|abcdefghi|qwertyui|(?:0123456|abcdefg|deadbeef){2}/i.test(key)) return true;
  const tail = key.slice(-16);
  return new Set(tail).size < 7;
}

/** The key in the configuration of Firebase is sent to every browser; rules protect what is behind it. */
function isForBrowsers({ what }: Form, text: string, at: number): boolean {
  if (what !== 'Google key') return false;
  return /authDomain|messagingSenderId|maps|youtube/i.test(text.slice(Math.max(0, at - 300), at + 400));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The text behind base64url; only ASCII is needed here. */
function decoded(base64: string): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const character of base64.slice(0, 1_000)) {
    bits = ((bits << 6) | BASE64.indexOf(character)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += String.fromCharCode((bits >> count) & 0xff);
  }
  return text;
}
