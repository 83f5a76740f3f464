// What a file loads and under which names, for the transformations that change how it is loaded.

import ts from 'typescript';
import { nodesOf, type Project } from './project';

/** Whether a module is a package or built in, rather than a file of the example. */
export function isPackage(module: string): boolean {
  return !/^(\.|\/|[@~]\/|#)/.test(module);
}

/** The module that `require('module')` loads; `undefined` of any other expression. */
export function requiredModule(node: ts.Node, project: Project): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const {
    expression: callee,
    arguments: [argument],
  } = node;
  if (callee.text !== 'require' || argument === undefined || !ts.isStringLiteralLike(argument))
    return undefined;
  const isOwn = project
    .symbolOf(callee)
    ?.declarations?.some((own) => own.getSourceFile() === node.getSourceFile());
  return isOwn === true ? undefined : argument.text;
}

/** The file of the example that a relative module name leads to. */
export function fileOfModule(
  module: string,
  from: ts.SourceFile,
  project: Project,
): ts.SourceFile | undefined {
  if (!module.startsWith('.')) return undefined;
  const base = new URL(module, `file://${from.fileName}`).pathname.slice(1);
  const target = project.files.find(({ name }) =>
    [name, name.replace(/\.[cm]?[jt]sx?$/, ''), name.replace(/\/index\.[cm]?[jt]sx?$/, '')].includes(base),
  );
  return target && project.sourceOf(target.name);
}

/** The module of an import declaration. */
export function moduleOf(declaration: ts.ImportDeclaration): string {
  return (declaration.moduleSpecifier as ts.StringLiteral).text;
}

/** The names that an import declaration binds: default, namespace and single ones. */
export function boundBy(declaration: ts.ImportDeclaration): ts.Identifier[] {
  const { name, namedBindings } = declaration.importClause ?? {};
  const named =
    namedBindings === undefined
      ? []
      : ts.isNamespaceImport(namedBindings)
        ? [namedBindings]
        : namedBindings.elements;
  return [...(name === undefined ? [] : [name]), ...named.map((binding) => binding.name)];
}

/** Whether every use of an imported name is a use as a type. A name without uses is taken for a value. */
export function isTypeOnly(name: ts.Identifier, project: Project): boolean {
  const uses = project.usesOf(name).filter((use) => use !== name);
  return isTypeOnlyDeclared(name) || (uses.length > 0 && uses.every(isTypeUse));
}

/** Whether some uses of an imported name are types and some are values. */
export function isMixed(name: ts.Identifier, project: Project): boolean {
  const uses = project.usesOf(name).filter((use) => use !== name);
  return uses.some(isTypeUse) && !uses.every(isTypeUse);
}

/** Whether a name is the whole or the first part of a type. */
export function isTypeUse(use: ts.Identifier): boolean {
  let node: ts.Node = use;
  while (ts.isQualifiedName(node.parent)) node = node.parent;
  if (ts.isTypeReferenceNode(node.parent)) return true;
  if (!ts.isExpressionWithTypeArguments(node.parent)) return false;
  const clause = node.parent.parent;
  return (
    !ts.isHeritageClause(clause) ||
    clause.token === ts.SyntaxKind.ImplementsKeyword ||
    ts.isInterfaceDeclaration(clause.parent)
  );
}

/** The last top-level statement that loads something, after which names can be taken from it. */
export function lastLoading(file: ts.SourceFile, project: Project): ts.Statement | undefined {
  return file.statements.findLast(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      (ts.isVariableStatement(statement) &&
        [...nodesOf(statement)].some((node) => requiredModule(node, project) !== undefined)),
  );
}

/** The statements at the head of a file that are directives, such as `'use client'`. */
export function directivesOf(file: ts.SourceFile): readonly ts.Statement[] {
  const end = file.statements.findIndex(
    (statement) => !ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression),
  );
  return file.statements.slice(0, end < 0 ? undefined : end);
}

function isTypeOnlyDeclared({ parent }: ts.Identifier): boolean {
  return ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)
    ? ts.isTypeOnlyImportDeclaration(parent)
    : false;
}
