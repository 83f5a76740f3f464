// Gives every local another name that keeps its words: rules may go by the words of a name, never by the
// variable's identity. Nouns get a word in front (`theToken`), so that they still end in what they are;
// functions and yes-or-no names one behind (`requireAuthHere`), so that they still begin with their verb.

import ts from 'typescript';
import { freshNames, renamed } from './names';
import { nodesOf, type Project } from './project';
import { rewrite } from './rewriter';
import { perFile } from './transformation';

/** Renames local variables, parameters and functions that are neither imported nor exported. */
export const renameLocals = perFile('rename-locals', (file, project) => {
  const fresh = freshNames(file);
  const kept = namesCalledInText(file);
  const names = new Map<ts.Identifier, string>();
  for (const [symbol, uses] of project.referencesIn(file)) {
    if (kept.has(symbol.name) || !isLocal(symbol, file, project)) continue;
    const name = fresh(otherName(symbol));
    for (const use of uses) names.set(use, name);
  }
  return rewrite(file, (node) => {
    const name = ts.isIdentifier(node) ? names.get(node) : undefined;
    return name === undefined ? undefined : renamed(node as ts.Identifier, name);
  });
});

function isLocal(symbol: ts.Symbol, file: ts.SourceFile, project: Project): boolean {
  const { declarations = [] } = symbol;
  const isVariable = declarations.every(
    (node) => node.getSourceFile() === file && (isPlainVariable(node) || isPlainFunction(node)),
  );
  const uses = project.referencesIn(file).get(symbol) ?? [];
  const isExported = uses.some(({ parent }) => ts.isExportSpecifier(parent));
  return declarations.length > 0 && isVariable && !isExported;
}

/** The names that strings call, as in `setTimeout('poll()')`: such strings are run as code. */
function namesCalledInText(file: ts.SourceFile): ReadonlySet<string> {
  const texts = [...nodesOf(file)].map((node) =>
    ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) ? node.text : '',
  );
  return new Set(texts.flatMap((text) => [...text.matchAll(/([\w$]+)\(/g)].map((match) => match[1]!)));
}

function isPlainVariable(node: ts.Node): boolean {
  if (ts.isBindingElement(node)) return isPlainVariable(ts.walkUpBindingElementsAndPatterns(node));
  if (ts.isParameter(node)) {
    const hasBody = (node.parent as ts.FunctionLikeDeclaration).body !== undefined;
    const isThis = ts.isIdentifier(node.name) && node.name.text === 'this';
    return hasBody && !isThis && !ts.isParameterPropertyDeclaration(node, node.parent);
  }
  if (!ts.isVariableDeclaration(node)) return false;
  if (ts.isCatchClause(node.parent)) return true;
  const statement = node.parent.parent;
  return !ts.isVariableStatement(statement) || !isExportedOrAmbient(statement);
}

function isPlainFunction(node: ts.Node): boolean {
  return ts.isFunctionDeclaration(node) && !isExportedOrAmbient(node);
}

function isExportedOrAmbient(node: ts.VariableStatement | ts.FunctionDeclaration): boolean {
  const kinds = (node.modifiers ?? []).map(({ kind }) => kind);
  return kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DeclareKeyword);
}

function otherName(symbol: ts.Symbol): string {
  const [, start, word] = /^([_$]*)(.*)$/.exec(symbol.name)!;
  if (word === '') return `${start}the`;
  const isUpper = /^[A-Z][A-Z0-9_]+$/.test(word!);
  if (isFunction(symbol) || /^(is|has|can|should|must|may|was|did)(?![a-z])/.test(word!)) {
    return `${start}${word}${isUpper ? '_HERE' : 'Here'}`;
  }
  return isUpper ? `${start}THE_${word}` : `${start}${/^[A-Z]/.test(word!) ? 'The' : 'the'}${capital(word!)}`;
}

function isFunction({ valueDeclaration }: ts.Symbol): boolean {
  if (valueDeclaration === undefined) return false;
  if (ts.isFunctionDeclaration(valueDeclaration)) return true;
  const initializer = ts.isVariableDeclaration(valueDeclaration) ? valueDeclaration.initializer : undefined;
  return (
    initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
  );
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
