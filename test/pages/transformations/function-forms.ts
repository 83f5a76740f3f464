// Functions written in the other form: arrows as function expressions and back.

import ts from 'typescript';
import { nodesOf } from './project';
import { type Rewriter, rewrite } from './rewriter';
import { perFile } from './transformation';

/** Writes arrow functions as function expressions, where they use no outer `this` or `arguments`. */
export const arrowToFunction = perFile('arrow-to-function', (file) =>
  rewrite(file, (node, rewriter) => {
    if (!ts.isArrowFunction(node) || usesOwnWords(node)) return undefined;
    const body = ts.isBlock(node.body)
      ? rewriter.text(node.body)
      : `{ return ${rewriter.text(withoutParentheses(node.body))}; }`;
    const text = `${isAsync(node) ? 'async ' : ''}function ${signature(node, rewriter)} ${body}`;
    return ts.isExpressionStatement(node.parent) || needsParentheses(node) ? `(${text})` : text;
  }),
);

/** Writes function expressions as arrow functions, where they use no `this` or `arguments` of their own. */
export const functionToArrow = perFile('function-to-arrow', (file) =>
  rewrite(file, (node, rewriter) => {
    if (!ts.isFunctionExpression(node) || usesOwnWords(node) || node.asteriskToken !== undefined)
      return undefined;
    if (node.name !== undefined || hasThisParameter(node) || ts.isNewExpression(node.parent))
      return undefined;
    const text = `${isAsync(node) ? 'async ' : ''}${signature(node, rewriter)} => ${rewriter.text(node.body)}`;
    return needsParentheses(node) ? `(${text})` : text;
  }),
);

function signature(node: ts.ArrowFunction | ts.FunctionExpression, rewriter: Rewriter): string {
  const generics = node.typeParameters?.map((parameter) => rewriter.text(parameter)).join(', ');
  const parameters = node.parameters.map((parameter) => rewriter.text(parameter)).join(', ');
  const type = node.type === undefined ? '' : `: ${rewriter.text(node.type)}`;
  // In TSX a lone type parameter of an arrow would be read as a tag.
  return `${generics === undefined ? '' : `<${generics},>`}(${parameters})${type}`;
}

function isAsync(node: ts.ArrowFunction | ts.FunctionExpression): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
}

function withoutParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;
}

/** Whether the code of a function, without functions inside it, uses words that each function has of its own. */
function usesOwnWords(node: ts.ArrowFunction | ts.FunctionExpression): boolean {
  const { ThisKeyword, SuperKeyword, MetaProperty } = ts.SyntaxKind;
  return [...nodesOf(node)].some(
    (inner) =>
      [ThisKeyword, SuperKeyword, MetaProperty].includes(inner.kind) ||
      (ts.isIdentifier(inner) && inner.text === 'arguments'),
  );
}

function hasThisParameter({ parameters: [first] }: ts.FunctionExpression): boolean {
  return first !== undefined && ts.isIdentifier(first.name) && first.name.text === 'this';
}

function needsParentheses(node: ts.Expression): boolean {
  const { parent } = node;
  const isTarget =
    ts.isLeftHandSideExpression(parent) && 'expression' in parent && parent.expression === node;
  return (
    (isTarget && !ts.isParenthesizedExpression(parent)) ||
    ts.isBinaryExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isVoidExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isConditionalExpression(parent)
  );
}
