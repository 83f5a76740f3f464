// `require` written as ECMAScript imports, and what goes with it: `module.exports` written as exports.

import ts from 'typescript';
import { fileOfModule, requiredModule } from './imports';
import { freshNames, variableFor } from './names';
import { nodesOf, type Project } from './project';
import { rewrite } from './rewriter';
import { perFile } from './transformation';

/**
 * Writes top-level `require` as imports. A file is left alone where a part of it has no such form: a
 * `require` in a function or with rest or default values, exports that are computed.
 */
export const importForRequire = perFile('import-for-require', (file, project) => {
  if (/\.c[jt]s$/.test(file.fileName)) return undefined;
  const fresh = freshNames(file);
  const written = new Map<ts.Node, string>();
  for (const statement of file.statements) {
    const text = importOf(statement, project, fresh) ?? exportOf(statement);
    if (text !== undefined) written.set(statement, text);
  }
  const rest = [...nodesOf(file)].filter((node) => ![...written.keys()].some((done) => isInside(node, done)));
  const isLeft = (node: ts.Node) =>
    requiredModule(node, project) !== undefined || isExportsObject(node, project);
  if (written.size === 0 || rest.some(isLeft)) return undefined;
  return rewrite(file, (node) => written.get(node));
});

function isInside(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

function isExportsObject(node: ts.Node, project: Project): boolean {
  if (!ts.isIdentifier(node) || (node.text !== 'module' && node.text !== 'exports')) return false;
  if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return false;
  const declarations = project.symbolOf(node)?.declarations ?? [];
  return !declarations.some(
    (own) => ts.isVariableDeclaration(own) || ts.isParameter(own) || ts.isBindingElement(own),
  );
}

function importOf(
  statement: ts.Statement,
  project: Project,
  fresh: (wanted: string) => string,
): string | undefined {
  if (ts.isExpressionStatement(statement)) {
    const module = requiredModule(statement.expression, project);
    if (module !== undefined) return `import '${module}';`;
    return importOfUse(statement, statement.expression, project, fresh);
  }
  if (!ts.isVariableStatement(statement) || statement.modifiers !== undefined) return undefined;
  const lines = statement.declarationList.declarations.map((declaration) => {
    const { name, initializer } = declaration;
    if (initializer === undefined) return undefined;
    const module = requiredModule(initializer, project);
    if (module !== undefined) return importTo(name, module, project);
    const member = ts.isPropertyAccessExpression(initializer)
      ? requiredModule(initializer.expression, project)
      : undefined;
    if (member !== undefined && ts.isIdentifier(name)) {
      const key = (initializer as ts.PropertyAccessExpression).name.text;
      if (key === 'default') return `import ${name.text} from '${member}';`;
      return `import { ${key === name.text ? key : `${key} as ${name.text}`} } from '${member}';`;
    }
    return importOfUse(statement, initializer, project, fresh);
  });
  return lines.includes(undefined) ? undefined : lines.join('\n');
}

/** `require('dotenv').config()`: the module gets a name, the rest of the statement stays. */
function importOfUse(
  statement: ts.Statement,
  expression: ts.Expression,
  project: Project,
  fresh: (wanted: string) => string,
): string | undefined {
  let inner = expression;
  while (ts.isCallExpression(inner) || ts.isPropertyAccessExpression(inner)) {
    const module = requiredModule(inner, project);
    if (module !== undefined) {
      const isAlone = ts.isExpressionStatement(statement) || declarationsOf(statement) === 1;
      if (!isAlone) return undefined;
      const name = fresh(variableFor(module));
      const text = statement.getText();
      const from = inner.getStart() - statement.getStart();
      return `import ${name} from '${module}';\n${text.slice(0, from)}${name}${text.slice(from + inner.getText().length)}`;
    }
    inner = inner.expression;
  }
  return undefined;
}

function declarationsOf(statement: ts.Statement): number {
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations.length : 0;
}

function importTo(name: ts.BindingName, module: string, project: Project): string | undefined {
  if (ts.isIdentifier(name)) {
    const target = fileOfModule(module, name.getSourceFile(), project);
    const hasNames =
      target?.statements.some((statement) => exportOf(statement)?.startsWith('export {')) === true;
    return `import ${hasNames ? '* as ' : ''}${name.text} from '${module}';`;
  }
  if (!ts.isObjectBindingPattern(name)) return undefined;
  const parts = name.elements.map(({ name: local, propertyName, initializer, dotDotDotToken }) => {
    if (!ts.isIdentifier(local) || initializer !== undefined || dotDotDotToken !== undefined)
      return undefined;
    return propertyName === undefined ? local.text : `${propertyName.getText()} as ${local.text}`;
  });
  return parts.includes(undefined) ? undefined : `import { ${parts.join(', ')} } from '${module}';`;
}

/** `module.exports = { a, b }` as `export { a, b }`, and any other value as the default export. */
function exportOf(statement: ts.Statement): string | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, right, operatorToken } = statement.expression;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || left.getText() !== 'module.exports')
    return undefined;
  if (!ts.isObjectLiteralExpression(right)) return `export default ${right.getText()};`;
  const parts = right.properties.map((property) => {
    if (ts.isShorthandPropertyAssignment(property)) return property.name.text;
    const isPlain = ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer);
    return isPlain ? `${property.initializer.getText()} as ${property.name.getText()}` : undefined;
  });
  return parts.includes(undefined) ? undefined : `export { ${parts.join(', ')} };`;
}
