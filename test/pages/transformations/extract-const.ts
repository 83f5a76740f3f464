// Pulls values into constants, so that a rule has to look a name up to see what it stands for.

import ts from 'typescript';
import { hoist, isLiteral } from './hoist';
import { perFile } from './transformation';

/** Puts arguments, values of objects and literals on the right of an operator into constants. */
export const extractConst = perFile('extract-const', (file, project) =>
  hoist(file, project, {
    prefix: 'extracted',
    isWanted: (node) => isArgument(node) || isValue(node) || isRight(node),
  }),
);

/** Puts functions that are passed as arguments into constants. */
export const nameCallbacks = perFile('name-callbacks', (file, project) =>
  hoist(file, project, {
    prefix: 'callback',
    isWanted: (node) =>
      (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) &&
      (ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent)) &&
      node.parent.expression !== node,
  }),
);

function isArgument(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isJsxExpression(parent))
    return ts.isJsxAttribute(parent.parent) && ts.isObjectLiteralExpression(node);
  if (ts.isNewExpression(parent)) return parent.expression !== node && isComputed(node);
  if (!ts.isCallExpression(parent) || parent.expression === node) return false;
  const { expression: callee } = parent;
  const isLoading =
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
  return !isLoading && isComputed(node);
}

function isValue(node: ts.Expression): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.initializer === node && isComputed(node);
}

function isRight(node: ts.Expression): boolean {
  const { parent } = node;
  if (!isLiteral(node) || !ts.isBinaryExpression(parent) || parent.right !== node) return false;
  if (ts.isTypeOfExpression(parent.left) || node.kind === ts.SyntaxKind.NullKeyword) return false;
  return parent.operatorToken.kind !== ts.SyntaxKind.PlusToken;
}

/** Values, but not variables: what is known of a variable would have to be known of its copy. */
function isComputed(node: ts.Expression): boolean {
  return (
    isLiteral(node) ||
    ts.isTemplateExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isAsExpression(node) ||
    (ts.isBinaryExpression(node) && !isAssignment(node)) ||
    ts.isConditionalExpression(node)
  );
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const { FirstAssignment, LastAssignment, CommaToken } = ts.SyntaxKind;
  return (kind >= FirstAssignment && kind <= LastAssignment) || kind === CommaToken;
}
