/** Compares texts by their hashes, which takes as long wherever they differ. */

import { addedFunction } from '../../analysis/added-function';
import type { Fix, FixSafety } from '../../analysis/fix';
import { importedNames } from '../../analysis/imported-name';
import type { Node } from '../../analysis/node';

const NAME = 'isEqualInConstantTime';

/** @param safety safe where one side is a text for sure: then the other had to be one, too, to be equal to it. */
export function comparisonFix(comparison: Node, safety: FixSafety): Fix[] {
  const [left, right] = [comparison.child('left'), comparison.child('right')];
  const crypto = importedNames(comparison, 'crypto', ['createHash', 'timingSafeEqual']);
  if (!left || !right || !crypto) return [];
  const [createHash = '', timingSafeEqual = ''] = crypto.texts;
  const helper = addedFunction(
    comparison,
    NAME,
    ['a', 'b'],
    [
      "if (typeof a !== 'string' || typeof b !== 'string') return false;",
      `const hash = ${createHash}('sha256').update(a).digest();`,
      `return ${timingSafeEqual}(hash, ${createHash}('sha256').update(b).digest());`,
    ],
  );
  if (!helper) return [];
  const { start, end } = comparison;
  const call = `${comparison.operator.startsWith('!') ? '!' : ''}${NAME}(${left.text}, ${right.text})`;
  const edits = [...crypto.edits, ...helper, { start, end, text: call }];
  return [{ title: 'Compare the hashes in constant time', safety, edits }];
}
