// The same statements inside of a function.

import ts from 'typescript';
import { directivesOf, requiredModule } from './imports';
import { nodesOf, type Project } from './project';
import { perFile } from './transformation';

/** Puts all statements but imports into an `async function`; files that export something are left alone. */
export const wrapInAsync = perFile('wrap-in-async', (file, project) => {
  const outside = new Set<ts.Statement>(directivesOf(file));
  for (const statement of file.statements) if (isLoading(statement, project)) outside.add(statement);
  const inside = file.statements.filter((statement) => !outside.has(statement));
  if (inside.length === 0 || inside.some((statement) => !canWrap(statement))) return undefined;
  const [before, within] = [outside, new Set(inside)].map((kept) =>
    file.statements
      .filter((statement) => kept.has(statement))
      .map((statement) => statement.getFullText())
      .join(''),
  );
  const end = file.text.slice(file.statements.at(-1)!.end);
  const fullStart = /^\s*\n/.test(within!) || before === '' ? within : `\n${within}`;
  return `${before}\nasync function wrapped() {${before === '' ? '\n' : ''}${fullStart}\n}${end}`.trimStart();
});

function isLoading(statement: ts.Statement, project: Project): boolean {
  if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return [...nodesOf(statement)].some((node) => requiredModule(node, project) !== undefined);
}

function canWrap(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return false;
  if (ts.isModuleDeclaration(statement) || /\b(module\.)?exports\b/.test(statement.getText())) return false;
  const modifiers = ts.canHaveModifiers(statement) ? (statement.modifiers ?? []) : [];
  const { ExportKeyword, DeclareKeyword } = ts.SyntaxKind;
  return !modifiers.some(({ kind }) => kind === ExportKeyword || kind === DeclareKeyword);
}
