// Takes members out of the objects they are called on: `const { decode } = jwt` for `jwt.decode`.

import ts from 'typescript';
import { boundBy, directivesOf, isTypeOnly, lastLoading, requiredModule } from './imports';
import { freshNames } from './names';
import { nodesOf, type Project } from './project';
import { rewrite } from './rewriter';
import { perFile } from './transformation';

/** Takes members out of default and namespace imports, out of required modules, and out of `process.env`. */
export const destructuring = perFile('destructuring', (file, project) => {
  const fresh = freshNames(file);
  const replaced = new Map<ts.Node, string>();
  const behind = new Map<ts.Statement, string[]>();
  const take = (object: string, members: readonly ts.PropertyAccessExpression[]): string => {
    const names = new Map<string, string>();
    for (const member of members) {
      const key = member.name.text;
      const name = names.get(key) ?? fresh(key);
      names.set(key, name);
      replaced.set(member, name);
    }
    const parts = [...names].map(([key, name]) => (key === name ? key : `${key}: ${name}`));
    return `const { ${parts.join(', ')} } = ${object};`;
  };
  for (const { name, statement } of loadedObjects(file, project)) {
    const members = project.usesOf(name).flatMap(memberOf);
    if (members.length === 0) continue;
    const after = ts.isImportDeclaration(statement) ? lastLoading(file, project)! : statement;
    behind.set(after, [...(behind.get(after) ?? []), take(name.text, members)]);
  }
  const variables = environmentVariables(file, project);
  const top = variables.length > 0 ? `${take('process.env', variables)}\n` : '';
  const last = lastLoading(file, project) ?? directivesOf(file).at(-1);
  const first = last === undefined ? file.statements[0] : undefined;
  return rewrite(file, (node, rewriter) => {
    const member = replaced.get(node);
    if (member !== undefined) return member;
    if (!ts.isStatement(node)) return undefined;
    const text = [rewriter.inner(node), ...(behind.get(node) ?? [])].join('\n');
    return node === first ? top + text : node === last && top !== '' ? `${text}\n${top.trimEnd()}` : text;
  });
});

interface Loaded {
  readonly name: ts.Identifier;
  readonly statement: ts.Statement;
}

function loadedObjects(file: ts.SourceFile, project: Project): Loaded[] {
  return file.statements.flatMap((statement): Loaded[] => {
    if (ts.isImportDeclaration(statement)) {
      const objects = boundBy(statement).filter((name) => !ts.isImportSpecifier(name.parent));
      return objects.filter((name) => !isTypeOnly(name, project)).map((name) => ({ name, statement }));
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const isLoaded = initializer !== undefined && requiredModule(initializer, project) !== undefined;
      return isLoaded && ts.isIdentifier(name) ? [{ name, statement }] : [];
    });
  });
}

function memberOf(use: ts.Identifier): ts.PropertyAccessExpression[] {
  const { parent } = use;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== use) return [];
  return isTakeable(parent) ? [parent] : [];
}

/** Whether a variable can stand for a member: not where it is written, a tag, or what a class extends. */
function isTakeable(member: ts.PropertyAccessExpression): boolean {
  if (ts.isPropertyAccessChain(member) || !ts.isIdentifier(member.name)) return false;
  const { parent } = member;
  if (ts.isDeleteExpression(parent)) return false;
  if (ts.isBinaryExpression(parent) && parent.left === member) {
    const { FirstAssignment, LastAssignment } = ts.SyntaxKind;
    const { kind } = parent.operatorToken;
    return kind < FirstAssignment || kind > LastAssignment;
  }
  let outer: ts.Node = member;
  while (ts.isPropertyAccessExpression(outer.parent)) outer = outer.parent;
  const isMarkup = ts.isJsxOpeningLikeElement(outer.parent) || ts.isJsxClosingElement(outer.parent);
  return !isMarkup && !ts.isExpressionWithTypeArguments(outer.parent);
}

/** Reads of `process.env.X`, without the variables that the file also writes. */
function environmentVariables(file: ts.SourceFile, project: Project): ts.PropertyAccessExpression[] {
  const accesses = [...nodesOf(file)].filter(ts.isPropertyAccessExpression).filter(({ expression }) => {
    if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'env') return false;
    const { expression: object } = expression;
    return ts.isIdentifier(object) && object.text === 'process' && project.symbolOf(object) === undefined;
  });
  const written = new Set(accesses.filter((access) => !isTakeable(access)).map(({ name }) => name.text));
  return accesses.filter(({ name }) => !written.has(name.text));
}
