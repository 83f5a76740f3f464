/** Names of what a client must not say of itself: who it is, and what it may do. */
import { rememberedByName } from '../analysis/remembered';
import { wordsOf } from '../analysis/words';

/**
 * - `right`: what somebody may do. `state`: what only the server decides on: a balance, whether an address is verified.
 * - `identity`: who somebody is. `author`: who did this.
 */
export type Claim = 'right' | 'state' | 'identity' | 'author';

const RIGHTS: ReadonlySet<string> = new Set(
  'role roles admin isadmin superuser superadmin permission permissions privilege privileges userrole'.split(
    ' ',
  ),
);
const STATES: ReadonlySet<string> = new Set('verified balance credits credit'.split(' '));
const PEOPLE: ReadonlySet<string> = new Set(
  'user account customer tenant organization organisation org member'.split(' '),
);
const AUTHORS: ReadonlySet<string> = new Set('owner author sender creator poster uploader'.split(' '));
const DONE_BY: ReadonlySet<string> = new Set('created posted uploaded submitted sent owned'.split(' '));

/** Of which a file with a claim has one. */
export const CLAIM_WORDS: readonly string[] = [
  ...[...RIGHTS, ...STATES, 'userid', 'uid'],
  ...withEnd([...PEOPLE, ...AUTHORS], ['id', 'uid']),
  ...withEnd(DONE_BY, ['by']),
];

function withEnd(begins: Iterable<string>, ends: readonly string[]): string[] {
  return [...begins].flatMap((begin) =>
    [...' _-.0123456789'].concat('').flatMap((between) => ends.map((end) => begin + between + end)),
  );
}

/** What a name claims: `isAdmin`, `user_id`, `x-user-role`, `createdBy`; undefined for what a client may say. */
export const claimOf = rememberedByName((name): Claim | undefined => {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  // `roleName`, `adminEmail`, `targetUserId`, `newRole` and the like are about others.
  if (
    /^(?:target|new|other|invite|invited|assignee|assigned|recipient|receiver|to|min|required|filter)$/.test(
      words[0] ?? '',
    )
  )
    return undefined;
  if (RIGHTS.has(last)) return 'right';
  if (STATES.has(last)) return 'state';
  if (last === 'by' && DONE_BY.has(before)) return 'author';
  if (last === 'id' || last === 'uid') {
    if (AUTHORS.has(before)) return 'author';
    if (PEOPLE.has(before) || (last === 'uid' && words.length === 1)) return 'identity';
  }
  return last === 'userid' ? 'identity' : undefined;
});
