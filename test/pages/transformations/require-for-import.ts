// ECMAScript imports written as `require`.

import ts from 'typescript';
import { boundBy, isMixed, isPackage, isTypeOnly, moduleOf } from './imports';
import type { Project } from './project';
import { rewrite } from './rewriter';
import { perFile } from './transformation';

/**
 * Writes imports as `require`, with destructuring. Imports that are only types stay, as do those used both as
 * types and as values, for which CommonJS has no form, and everything in `.mjs` and `.mts`.
 */
export const requireForImport = perFile('require-for-import', (file, project) => {
  if (/\.m[jt]s$/.test(file.fileName)) return undefined;
  return rewrite(file, (node) =>
    ts.isImportDeclaration(node) && canRequire(node, project) ? requireOf(node, project) : undefined,
  );
});

function canRequire(declaration: ts.ImportDeclaration, project: Project): boolean {
  const { importClause, attributes } = declaration;
  if (attributes !== undefined || importClause?.isTypeOnly === true) return false;
  const names = boundBy(declaration);
  if (names.some((name) => isMixed(name, project))) return false;
  return names.length === 0 || names.some((name) => !isTypeOnly(name, project));
}

function requireOf(declaration: ts.ImportDeclaration, project: Project): string {
  const { importClause, moduleSpecifier } = declaration;
  const call = `require(${moduleSpecifier.getText()})`;
  if (importClause === undefined) return `${call};`;
  const { name, namedBindings } = importClause;
  const lines: string[] = [];
  const whole = `${call}${isPackage(moduleOf(declaration)) ? '' : '.default'}`;
  if (name !== undefined && !isTypeOnly(name, project)) lines.push(`const ${name.text} = ${whole};`);
  if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings)) {
    lines.push(`const ${namedBindings.name.text} = ${call};`);
  } else if (namedBindings !== undefined) {
    const types = namedBindings.elements.filter((element) => isTypeOnly(element.name, project));
    const values = namedBindings.elements.filter((element) => !types.includes(element));
    const from = moduleSpecifier.getText();
    if (types.length > 0) lines.push(`import type { ${types.map(typeText).join(', ')} } from ${from};`);
    if (values.length > 0) lines.push(`const { ${values.map(bindingText).join(', ')} } = ${call};`);
  }
  return lines.join('\n');
}

function typeText(element: ts.ImportSpecifier): string {
  return element.getText().replace(/^type\s+/, '');
}

function bindingText({ name, propertyName }: ts.ImportSpecifier): string {
  return propertyName === undefined ? name.text : `${propertyName.getText()}: ${name.text}`;
}
