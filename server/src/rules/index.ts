/** Every rule, in alphabetical order. */
import type { Rule } from '../analysis/rule';
import { failOpenCatch } from './auth/fail-open-catch';
import { evalDynamic } from './injection/eval-dynamic';

export const RULES: readonly Rule[] = [failOpenCatch, evalDynamic];
