// Secrets for the examples of pages, put together when the tests run: nothing in the repository looks like one.
import { checksumOf } from '../../server/src/models/secrets/checksum';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALPHANUMERIC = `${LETTERS}${LETTERS.toLowerCase()}0123456789`;

/** Characters by a fixed rule: the same in each run, without a pattern that gives them away as made up. */
function characters(count: number, from = ALPHANUMERIC, seed = 7): string {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 0x7fffffff;
    return from[state % from.length];
  }).join('');
}

function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [part({ alg: 'HS256', typ: 'JWT' }), part(claims), characters(43)].join('.');
}

/** By the name that stands on the page, as `⟨github token⟩`. */
export const MADE_UP_SECRETS: Readonly<Record<string, () => string>> = {
  'aws key': () => `${'AK'}${'IA'}${characters(16, `${LETTERS}234567`)}`,
  'database password': () => characters(14),
  'github token': () => `${'gh'}p_${characters(30)}${checksumOf(characters(30))}`,
  'openai key': () => `${'sk'}-proj-${characters(64)}`,
  'password hash': () => `${'$2'}b$12$${characters(53)}`,
  'private key': () =>
    `-----${'BEGIN'} PRIVATE KEY-----\\n${characters(64)}\\n${characters(64)}\\n-----END PRIVATE KEY-----`,
  'random key': () => characters(40),
  'signed token': () => token({ sub: '1234', iat: 1_700_000_000 }),
  'slack token': () => `${'xo'}xb-${characters(12, '0123456789')}-${characters(24)}`,
  'stripe key': () => `${'sk'}_live_${characters(24)}`,
  'stripe publishable key': () => `${'pk'}_live_${characters(24)}`,
  'stripe test key': () => `${'sk'}_test_${characters(24)}`,
  'supabase anon key': () => token({ iss: 'supabase', role: 'anon' }),
  'supabase service key': () => token({ iss: 'supabase', role: 'service_role' }),
};
