// The list of transformations that the examples of all rule pages are run through.

import { destructuring } from './transformations/destructuring';
import { extractConst, nameCallbacks } from './transformations/extract-const';
import { arrowToFunction, functionToArrow } from './transformations/function-forms';
import { importForRequire } from './transformations/import-for-require';
import { importAlias, namespaceImport } from './transformations/import-names';
import { comments, crlf } from './transformations/layout';
import { casts, optionalCalls } from './transformations/notation';
import { renameLocals } from './transformations/rename-locals';
import { requireForImport } from './transformations/require-for-import';
import { shadowLibrary } from './transformations/shadow-library';
import { concatToTemplate, templateToConcat } from './transformations/templates';
import type { Transformation } from './transformations/transformation';
import { wrapInAsync } from './transformations/wrap-in-async';

/** All transformations, by name in the order of the alphabet. */
export const TRANSFORMATIONS: readonly Transformation[] = [
  arrowToFunction,
  casts,
  comments,
  concatToTemplate,
  crlf,
  destructuring,
  extractConst,
  functionToArrow,
  importAlias,
  importForRequire,
  nameCallbacks,
  namespaceImport,
  optionalCalls,
  renameLocals,
  requireForImport,
  shadowLibrary,
  templateToConcat,
  wrapInAsync,
];
