/** Names of tables and collections whose records are nobody else's business. */
import { wordsOf } from '../analysis/words';

/** Profiles are not among them: many are shown to everybody on purpose. */
const PRIVATE: ReadonlySet<string> = new Set(
  (
    'user users customer customers order orders payment payments invoice invoices transaction transactions message ' +
    'messages chat chats secret secrets token tokens credential credentials session sessions patient patients ' +
    'contact contacts email emails lead leads booking bookings appointment appointments employee employees ' +
    'subscriber subscribers account accounts'
  ).split(' '),
);

/** By the last word: `user_payments`, `/orders/{id}`. */
export function namesPrivateRecords(name: string): boolean {
  const named =
    name
      .replace(/\/?\{[^}]*\}$/, '')
      .split('/')
      .at(-1) ?? '';
  const words = wordsOf(named);
  return PRIVATE.has(words.at(-1) ?? '') || /^api_?keys?$/i.test(named);
}
