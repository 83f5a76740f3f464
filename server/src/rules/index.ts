/** Every rule, in alphabetical order. */
import type { Rule } from '../analysis/rule';
import { evalDynamic } from './injection/eval-dynamic';

export const RULES: readonly Rule[] = [evalDynamic];
