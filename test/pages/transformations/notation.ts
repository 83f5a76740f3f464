// Expressions written with more signs than they need.

import ts from 'typescript';
import { requiredModule } from './imports';
import { isMemberName } from './names';
import { rewrite } from './rewriter';
import { perFile } from './transformation';

/** Puts arguments, values and tested expressions into parentheses, in TypeScript with a cast: `(x as any)`. */
export const casts = perFile('casts', (file, project) => {
  const cast = /\.[cm]?tsx?$/.test(file.fileName) ? ' as any' : '';
  return rewrite(file, (node, rewriter) => {
    if (!ts.isExpression(node) || !isCastable(node)) return undefined;
    if (requiredModule(node.parent, project) !== undefined) return undefined;
    const text = rewriter.inner(node);
    return cast === '' || ts.isLeftHandSideExpression(node) ? `(${text}${cast})` : `((${text})${cast})`;
  });
});

/** Calls members through `?.`. */
export const optionalCalls = perFile('optional-calls', (file) =>
  rewrite(file, (node, rewriter) => {
    if (!ts.isPropertyAccessExpression(node) || ts.isPropertyAccessChain(node)) return undefined;
    const { parent, expression, name } = node;
    if (!ts.isCallExpression(parent) || parent.expression !== node) return undefined;
    if (!ts.isIdentifier(name) || expression.kind === ts.SyntaxKind.SuperKeyword) return undefined;
    if (isFixedForm(parent)) return undefined;
    return `${rewriter.text(expression)}?.${name.text}`;
  }),
);

function isCastable(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isSpreadElement(node) || ts.isOmittedExpression(node)) return false;
  if (ts.isIdentifier(node) && isMemberName(node)) return false;
  if (ts.isCallExpression(parent)) {
    const isLoading = parent.expression.kind === ts.SyntaxKind.ImportKeyword;
    return parent.expression !== node && !isLoading && !ts.isDecorator(parent.parent);
  }
  if (ts.isNewExpression(parent)) return parent.expression !== node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && requiresNothing(node);
  if (ts.isIfStatement(parent)) return parent.expression === node;
  return ts.isReturnStatement(parent) || ts.isAwaitExpression(parent);
}

function requiresNothing(node: ts.Expression): boolean {
  return !/\brequire\s*\(/.test(node.getText());
}

/** Whether a call stands where no `?.` may: written to, a template's tag, `new`, a decorator, before `#x`. */
function isFixedForm(call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (ts.isExpression(node.parent) && firstPart(node.parent) === node) {
    if (ts.isTaggedTemplateExpression(node.parent) || ts.isNewExpression(node.parent)) return true;
    if (ts.isPropertyAccessExpression(node.parent) && !ts.isIdentifier(node.parent.name)) return true;
    node = node.parent;
  }
  const { parent } = node;
  if (ts.isDecorator(parent) || ts.isDeleteExpression(parent)) return true;
  if (ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent)) return true;
  return ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent);
}

function firstPart(node: ts.Expression): ts.Node | undefined {
  if (ts.isTaggedTemplateExpression(node)) return node.tag;
  const hasExpression =
    ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isNewExpression(node);
  return hasExpression ? node.expression : undefined;
}

function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
