// The same imports under other names.

import ts from 'typescript';
import { boundBy, isTypeOnly, moduleOf } from './imports';
import { freshNames, renamed, variableFor } from './names';
import type { Project } from './project';
import { rewrite } from './rewriter';
import { perFile } from './transformation';

/** Imports each value under an alias: `verify as verify_`. */
export const importAlias = perFile('import-alias', (file, project) => {
  const fresh = freshNames(file);
  const names = new Map<ts.Identifier, string>();
  const hasMarkup = /\.[jt]sx$|\.js$/.test(file.fileName);
  for (const declaration of file.statements.filter(ts.isImportDeclaration)) {
    for (const bound of boundBy(declaration)) {
      // The name `React` is what JSX is compiled to.
      if (isTypeOnly(bound, project) || (hasMarkup && bound.text === 'React')) continue;
      const name = fresh(`${bound.text}_`);
      for (const use of project.usesOf(bound)) names.set(use, name);
    }
  }
  return rewrite(file, (node) => {
    const name = ts.isIdentifier(node) ? names.get(node) : undefined;
    return name === undefined ? undefined : renamed(node as ts.Identifier, name);
  });
});

/** Imports the whole module where single names were imported: `import * as jsonwebtoken from 'jsonwebtoken'`. */
export const namespaceImport = perFile('namespace-import', (file, project) => {
  const fresh = freshNames(file);
  const names = new Map<ts.Identifier, string>();
  const declarations = new Map<ts.Node, string>();
  for (const declaration of file.statements.filter(ts.isImportDeclaration)) {
    const values = valueSpecifiers(declaration, project);
    if (values.length === 0) continue;
    const namespace = fresh(variableFor(moduleOf(declaration)));
    declarations.set(declaration, withNamespace(declaration, namespace, values));
    for (const { name, propertyName } of values) {
      const member = `${namespace}.${(propertyName ?? name).text}`;
      for (const use of project.usesOf(name)) names.set(use, member);
    }
  }
  return rewrite(file, (node) => {
    const name = ts.isIdentifier(node) ? names.get(node) : undefined;
    return declarations.get(node) ?? (name === undefined ? undefined : renamed(node as ts.Identifier, name));
  });
});

/** The specifiers that can be reached through a namespace: values that are not exported again. */
function valueSpecifiers(declaration: ts.ImportDeclaration, project: Project): ts.ImportSpecifier[] {
  const { namedBindings } = declaration.importClause ?? {};
  if (namedBindings === undefined || !ts.isNamedImports(namedBindings)) return [];
  return namedBindings.elements.filter(
    ({ name }) =>
      !isTypeOnly(name, project) && !project.usesOf(name).some(({ parent }) => ts.isExportSpecifier(parent)),
  );
}

function withNamespace(
  declaration: ts.ImportDeclaration,
  namespace: string,
  values: readonly ts.ImportSpecifier[],
): string {
  const { name, namedBindings } = declaration.importClause!;
  const from = `from ${declaration.getText().slice(declaration.moduleSpecifier.getStart() - declaration.getStart())}`;
  const rest = (namedBindings as ts.NamedImports).elements.filter((element) => !values.includes(element));
  const first = `import ${name === undefined ? '' : `${name.text}, `}* as ${namespace} ${from}`;
  return rest.length === 0
    ? first
    : `${first}\nimport { ${rest.map((element) => element.getText()).join(', ')} } ${from}`;
}
