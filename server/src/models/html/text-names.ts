/** Values that people's texts are called like. */
import type { Node } from '../../analysis/node';
import { wordsOf } from '../../analysis/words';
import { PEOPLE_WRITE } from './libraries';

/** More of an expression is not read. */
const MOST_SIGNS = 600;

/** Whether a value, or a part of what makes it, has a name that texts have which people write. */
export function namesText({ text }: Node): boolean {
  const names = text.slice(0, MOST_SIGNS).match(/[A-Za-z_$][\w$]*/g) ?? [];
  return names.some((name) => PEOPLE_WRITE.has(wordsOf(name).at(-1) ?? ''));
}
