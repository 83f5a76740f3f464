/** Whether letters make words, or stand beside each other as chance has it. */

/** Which letters follow a letter in English words and in identifiers. Counted in documents and in code. */
const FOLLOWERS: ReadonlyMap<string, string> = new Map(
  (
    'a:bcdfgiklmnprstuvyz b:aeilorsu c:acehiklorstuy d:abcdeilorsu e:abcdefgilmnopqrstuvwxy f:aefilortuy ' +
    'g:aeghilnorsu h:aeiortuy i:abcdefglmnoprstvxz j:aeiosu k:aeis l:abdeilostuvy m:abeimopsu ' +
    'n:acdefgiklnopstuvy o:abcdfgiklmnoprstuvw p:aehiloprstu q:u r:acdefgiklmnorstuvy s:acehiklmopstuwy ' +
    't:acehiloprstuy u:abcdegilmnprst v:aeio w:aehinors x:ceiptx y:inops z:aeh'
  )
    .split(' ')
    .map((row): [string, string] => [row.slice(0, 1), row.slice(2)]),
);

/** The share of pairs of letters that words do not have: some 0.05 in words, some 0.6 in what a machine made. */
export function oddness(text: string): number {
  const letters = text.toLowerCase();
  let pairs = 0;
  let odd = 0;
  for (let at = 0; at + 1 < letters.length; at++) {
    const followers = FOLLOWERS.get(letters.charAt(at));
    const next = letters.charAt(at + 1);
    if (followers === undefined || next < 'a' || next > 'z') continue;
    pairs++;
    if (!followers.includes(next)) odd++;
  }
  return pairs < 3 ? 0 : odd / pairs;
}

/** Bits for each character, as they are distributed in the text. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
