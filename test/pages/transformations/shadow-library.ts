// Puts local stand-ins of the same names in place of everything that comes from packages or from the
// platform. Whatever is found only because a library does something must then be found no more.

import ts from 'typescript';
import {
  boundBy,
  directivesOf,
  isMixed,
  isPackage,
  isTypeOnly,
  isTypeUse,
  moduleOf,
  requiredModule,
} from './imports';
import { isMemberName } from './names';
import { nodesOf, type Project } from './project';
import { rewrite } from './rewriter';
import { perFile } from './transformation';
import { addUse, declarationOf, noUsage, standInOf, type Usage } from './usage';

/** Globals of a platform that rules know; those of the language itself, such as `JSON`, stay. */
const PLATFORM = new Set(
  (
    'Bun Deno Function Math RegExp WebSocket XMLHttpRequest crypto document eval fetch localStorage location ' +
    'navigator process sessionStorage setImmediate setInterval setTimeout window'
  ).split(' '),
);

/** Replaces imports of packages, `require` of packages and globals of the platform by local definitions. */
export const shadowLibrary = perFile('shadow-library', shadow, 'silent');

function shadow(file: ts.SourceFile, project: Project): string | undefined {
  const globals = globalsOf(file, project);
  const evaluates = globals.delete('eval');
  // In modules and classes `eval` cannot be declared; elsewhere it can be a parameter.
  if (evaluates && (isStrict(file) || file.statements.some(isModuleSyntax))) return undefined;
  const replaced = new Map<ts.Node, string>();
  for (const node of nodesOf(file)) {
    const text = standIn(node, project);
    if (text !== undefined) replaced.set(node, text);
  }
  if (replaced.size === 0 && globals.size === 0 && !evaluates) return undefined;
  const declared = [...globals].map(([name, usage]) => `${declarationOf(name, usage)}\n`).join('');
  const text = rewrite(file, (node) => replaced.get(node));
  // Directives, and the line that names the interpreter, stay at the top.
  const top = directivesOf(file).at(-1)?.end ?? ts.getShebang(file.text)?.length ?? 0;
  const head = top === 0 ? '' : `${text.slice(0, top)}\n`;
  const body = declared + (top === 0 ? text : text.slice(top).replace(/^\r?\n/, ''));
  return head + (evaluates ? `function wrapped(eval) {\n${body}}\n` : body);
}

/** The local definition in place of an import declaration or a `require` of a package. */
function standIn(node: ts.Node, project: Project): string | undefined {
  if (ts.isImportDeclaration(node)) {
    if (!isPackage(moduleOf(node))) return undefined;
    return boundBy(node)
      .map((name) => importStandIn(name, project))
      .join('\n');
  }
  const module = requiredModule(node, project);
  if (module !== undefined && isPackage(module)) return `(${standInOf(usageOfLoaded(node, project), true)})`;
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [argument] = node.arguments;
  const isForeign = argument !== undefined && ts.isStringLiteralLike(argument) && isPackage(argument.text);
  return isForeign ? `(${standInOf(usageOfLoaded(awaited(node), project), true)})` : undefined;
}

function importStandIn(name: ts.Identifier, project: Project): string {
  const type = `type ${name.text}<A = any, B = any, C = any, D = any> = any;`;
  if (isTypeOnly(name, project)) return type;
  const value = declarationOf(name.text, usageOf(name, project));
  return isMixed(name, project) && !value.startsWith('class ') ? `${value}\n${type}` : value;
}

function usageOf(name: ts.Identifier, project: Project): Usage {
  const usage = noUsage();
  for (const use of project.usesOf(name)) if (use !== name) addUse(usage, use);
  return usage;
}

/** How what an expression loads is used: there, through the variable it goes to, or through its parts. */
function usageOfLoaded(node: ts.Node, project: Project): Usage {
  const { parent } = node;
  const usage = noUsage();
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== node) {
    addUse(usage, ts.isAwaitExpression(node) && ts.isParenthesizedExpression(parent) ? parent : node);
    return usage;
  }
  if (ts.isIdentifier(parent.name)) return usageOf(parent.name, project);
  for (const element of parent.name.elements) {
    if (!ts.isBindingElement(element)) continue;
    const { name, propertyName = name } = element;
    const part = ts.isIdentifier(name) ? usageOf(name, project) : noUsage();
    if (part.members.size === 0 && !part.constructed) part.called = true;
    usage.members.set(propertyName.getText(), part);
  }
  return usage;
}

function awaited(node: ts.Node): ts.Node {
  return ts.isAwaitExpression(node.parent) ? node.parent : node;
}

function globalsOf(file: ts.SourceFile, project: Project): Map<string, Usage> {
  const globals = new Map<string, Usage>();
  for (const node of nodesOf(file)) {
    if (!ts.isIdentifier(node) || !PLATFORM.has(node.text)) continue;
    if (isMemberName(node) || isTypeUse(node)) continue;
    if (project.symbolOf(node)?.declarations?.length) continue;
    const usage = globals.get(node.text) ?? noUsage();
    globals.set(node.text, usage);
    addUse(usage, node);
  }
  return globals;
}

function isModuleSyntax(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return true;
  if (ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? (statement.modifiers ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function isStrict(file: ts.SourceFile): boolean {
  return (
    /\.(mjs|mts)$/.test(file.fileName) ||
    directivesOf(file).some((statement) => /use strict/.test(statement.getText()))
  );
}
