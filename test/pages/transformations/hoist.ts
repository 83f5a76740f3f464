// Pulls expressions out of statements into constants right before them.
//
// **Invariant:** an expression is not moved over a function's boundary, not out of a place that may not be
// reached (the right of `&&`, a condition, a loop's head) unless it is a literal, and not away from the
// variables it uses. Conditions stay whole since a guard is a guard of the very expression it tests.

import ts from 'typescript';
import { freshNames } from './names';
import { nodesOf, type Project } from './project';
import { indentOf, rewrite } from './rewriter';

/** What may be pulled out of a file. */
export interface Hoisting {
  /** The first part of the constants' names. */
  readonly prefix: string;
  readonly isWanted: (node: ts.Expression) => boolean;
}

/** The text of a file with the wanted expressions in constants. */
export function hoist(file: ts.SourceFile, project: Project, { prefix, isWanted }: Hoisting): string {
  const fresh = freshNames(file);
  const constants = new Map<ts.Statement, string[]>();
  let count = 0;
  return rewrite(file, (node, rewriter) => {
    if (ts.isExpression(node) && isWanted(node)) {
      const statement = statementOf(node);
      if (statement === undefined || !canMove(node, statement, project)) return undefined;
      const value = rewriter.inner(node);
      count += 1;
      const name = fresh(`${prefix}${count}`);
      const own = constants.get(statement);
      if (own === undefined) constants.set(statement, [`const ${name} = ${value};`]);
      else own.push(`const ${name} = ${value};`);
      return name;
    }
    if (!ts.isStatement(node)) return undefined;
    const text = rewriter.inner(node);
    const lines = constants.get(node);
    if (lines === undefined) return text;
    const separator = `\n${indentOf(node)}`;
    return isInList(node) ? [...lines, text].join(separator) : `{ ${[...lines, text].join(separator)} }`;
  });
}

/** Whether an expression is a literal, which can be moved from any place. */
export function isLiteral(node: ts.Node): node is ts.Expression {
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  const { kind } = node;
  const isWord = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(
    kind,
  );
  return isWord || ts.isLiteralExpression(node);
}

/** The statement before which a constant for this expression would stand. */
function statementOf(expression: ts.Expression): ts.Statement | undefined {
  let node: ts.Node = expression;
  while (!ts.isStatement(node)) {
    const { parent }: ts.Node = node;
    if (isBoundary(parent) || (isMaybeUnreached(node, parent) && !isLiteral(expression))) return undefined;
    if (ts.isDecorator(parent)) return undefined;
    node = parent;
  }
  const isDeclaration = ts.isFunctionDeclaration(node) || ts.isClassLike(node) || ts.isEnumDeclaration(node);
  return isDeclaration || ts.isLabeledStatement(node.parent) || ts.isBlock(node) ? undefined : node;
}

function isBoundary(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isClassStaticBlockDeclaration(node);
}

function isMaybeUnreached(node: ts.Node, parent: ts.Node): boolean {
  if (ts.isConditionalExpression(parent) || ts.isIfStatement(parent) || ts.isCaseClause(parent)) return true;
  if (ts.isForStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) return true;
  if (ts.isCallExpression(parent) && ts.isCallChain(parent)) return parent.expression !== node;
  if (!ts.isBinaryExpression(parent) || parent.right !== node) return false;
  const { kind } = parent.operatorToken;
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function isInList({ parent }: ts.Statement): boolean {
  return (
    ts.isSourceFile(parent) ||
    ts.isBlock(parent) ||
    ts.isModuleBlock(parent) ||
    ts.isCaseOrDefaultClause(parent)
  );
}

function canMove(expression: ts.Expression, statement: ts.Statement, project: Project): boolean {
  if (isAssigned(expression)) return false;
  return [expression, ...nodesOf(expression)].every((node) => {
    if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return isInsideFunction(node, expression);
    if (node.kind === ts.SyntaxKind.SuperKeyword) return false;
    if (!ts.isIdentifier(node)) return true;
    const declarations = project.symbolOf(node)?.declarations ?? [];
    return declarations.every(
      (declaration) => !isWithin(declaration, statement) || isWithin(declaration, expression),
    );
  });
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}

function isInsideFunction(node: ts.Node, outer: ts.Node): boolean {
  let at = node;
  while (at !== outer) {
    at = at.parent;
    if (ts.isFunctionLike(at)) return true;
  }
  return false;
}

/** Whether an expression is a target of an assignment, as the parts of `({ a: b } = c)` are. */
function isAssigned(expression: ts.Expression): boolean {
  let node: ts.Node = expression;
  while (
    ts.isPropertyAssignment(node.parent) ||
    ts.isObjectLiteralExpression(node.parent) ||
    ts.isArrayLiteralExpression(node.parent) ||
    ts.isSpreadElement(node.parent)
  ) {
    node = node.parent;
  }
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.left === node;
  return ts.isForOfStatement(parent) && parent.initializer === node;
}
