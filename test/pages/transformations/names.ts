// Names in a file: which are taken, and how a use is written once its name changes.

import ts from 'typescript';
import { nodesOf } from './project';

/** Gives names that the file does not use yet, each once: the wanted one where it is free. */
export function freshNames(file: ts.SourceFile): (wanted: string) => string {
  const taken = new Set<string>();
  for (const node of nodesOf(file)) if (ts.isIdentifier(node) && !isMemberName(node)) taken.add(node.text);
  return (wanted) => {
    let name = wanted;
    for (let number = 2; taken.has(name) || !isPlainIdentifier(name); number += 1)
      name = `${wanted}${number}`;
    taken.add(name);
    return name;
  };
}

/** Whether an identifier is the name of a member, which says nothing about variables. */
export function isMemberName(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === identifier;
  if (ts.isQualifiedName(parent)) return parent.right === identifier;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) return parent.propertyName === identifier;
  if (ts.isJsxAttribute(parent)) return true;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isAccessor(parent) ||
      ts.isEnumMember(parent)) &&
    parent.name === identifier
  );
}

/** Whether a word can name a variable anywhere; keywords of all kinds cannot. */
export function isPlainIdentifier(word: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, word);
  return scanner.scan() === ts.SyntaxKind.Identifier && scanner.getTokenEnd() === word.length;
}

/** How a use or declaration reads once its variable is called otherwise; members keep their names. */
export function renamed(identifier: ts.Identifier, name: string): string {
  const { parent, text } = identifier;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === identifier) return `${text}: ${name}`;
  if (ts.isExportSpecifier(parent) && parent.propertyName === undefined) return `${name} as ${text}`;
  if (ts.isImportSpecifier(parent) && parent.propertyName === undefined) return `${text} as ${name}`;
  const isShorthandBinding =
    ts.isBindingElement(parent) &&
    parent.name === identifier &&
    parent.propertyName === undefined &&
    parent.dotDotDotToken === undefined &&
    ts.isObjectBindingPattern(parent.parent);
  return isShorthandBinding ? `${text}: ${name}` : name;
}

/** A module's name as the name of a variable: `node:child_process` as `childProcess`. */
export function variableFor(module: string): string {
  const last =
    module
      .replace(/^node:/, '')
      .split('/')
      .findLast((part) => /[a-z]/i.test(part)) ?? 'module';
  const words = last
    .replace(/\.[cm]?[jt]sx?$/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const name = words
    .map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('');
  return /^[A-Za-z]/.test(name) ? name : `module${name}`;
}
