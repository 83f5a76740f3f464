/** The words that a name is made of. */

import { rememberedByName } from './remembered';

/** Nearly every rule asks, of every sort of name. */
const MOST_NAMES = 40_000;

/** The words of `jwtSecret`, `JWT_SECRET`, `jwt-secret` or `jwt.secret`: lower case, without numbers behind them. */
export const wordsOf = rememberedByName(takenApart, MOST_NAMES);

function takenApart(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}
