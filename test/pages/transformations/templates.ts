// Texts with holes can be written as templates or as sums; both mean the same.

import ts from 'typescript';
import { type Rewriter, rewrite } from './rewriter';
import { perFile } from './transformation';

/** Writes templates as sums of strings; tagged templates and types stay. */
export const templateToConcat = perFile('template-to-concat', (file) =>
  rewrite(file, (node, rewriter) => {
    if (ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTaggedTemplateExpression(node.parent)) {
      return ts.isLiteralTypeNode(node.parent) ? undefined : quoted(node.text);
    }
    if (!ts.isTemplateExpression(node) || ts.isTaggedTemplateExpression(node.parent)) return undefined;
    const terms = node.head.text === '' && isTextAnyway(node) ? [] : [quoted(node.head.text)];
    for (const { expression, literal } of node.templateSpans) {
      const term = rewriter.text(expression);
      terms.push(bindsTighterThanPlus(expression) ? term : `(${term})`);
      if (literal.text !== '') terms.push(quoted(literal.text));
    }
    const sum = terms.join(' + ');
    return standsAlone(node) ? sum : `(${sum})`;
  }),
);

/** Writes sums with a string in them as templates. */
export const concatToTemplate = perFile('concat-to-template', (file) =>
  rewrite(file, (node, rewriter) => {
    if (!isPlus(node)) return undefined;
    const terms = termsOf(node);
    const first = terms.findIndex((term) => ts.isStringLiteralLike(term) || ts.isTemplateExpression(term));
    if (first < 0) return undefined;
    // Numbers before the first string are added as numbers.
    const parts =
      first > 1
        ? [
            hole(
              terms
                .slice(0, first)
                .map((term) => rewriter.text(term))
                .join(' + '),
            ),
          ]
        : [];
    for (const term of terms.slice(first > 1 ? first : 0)) parts.push(partOf(term, rewriter));
    return `\`${parts.join('')}\``;
  }),
);

/** Whether the sum of what comes after the head is a text without an empty string in front. */
function isTextAnyway({ templateSpans: [first] }: ts.TemplateExpression): boolean {
  return first !== undefined && (first.literal.text !== '' || ts.isStringLiteralLike(first.expression));
}

function bindsTighterThanPlus(node: ts.Expression): boolean {
  return ts.isLeftHandSideExpression(node) || ts.isPrefixUnaryExpression(node) || ts.isAwaitExpression(node);
}

/** Whether a sum can stand in the place of a template without parentheses. */
function standsAlone(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isJsxExpression(parent) ||
    ts.isArrowFunction(parent)
  );
}

function isPlus(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** The terms of a sum in order; parenthesised sums on the right are terms of their own. */
function termsOf(node: ts.Expression): ts.Expression[] {
  return isPlus(node) ? [...termsOf(node.left), node.right] : [node];
}

function partOf(term: ts.Expression, rewriter: Rewriter): string {
  if (ts.isStringLiteralLike(term)) return escaped(term.text).replaceAll('`', '\\`').replaceAll('${', '\\${');
  if (ts.isTemplateExpression(term)) return rewriter.text(term).slice(1, -1);
  return hole(rewriter.text(term));
}

function hole(text: string): string {
  return `\${${text}}`;
}

function quoted(text: string): string {
  return `'${escaped(text).replaceAll("'", "\\'")}'`;
}

/** A text with its line ends and back-slashes escaped, for any kind of quotes but the double ones. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}
