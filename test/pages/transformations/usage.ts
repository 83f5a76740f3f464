// How a file uses a name: which members of it, what it calls, what it creates. From that a stand-in can be
// written that has the same shape and does nothing.

import ts from 'typescript';

/** How a name or a member of it is used. */
export interface Usage {
  called: boolean;
  constructed: boolean;
  /** Handed on as a value. */
  passed: boolean;
  readonly members: Map<string, Usage>;
}

/** A name that is not used. */
export function noUsage(): Usage {
  return { called: false, constructed: false, passed: false, members: new Map() };
}

/** Adds one use of a name, with the members reached from there: `a.b.c()`. */
export function addUse(usage: Usage, use: ts.Node): void {
  let node = use;
  let at = usage;
  while (ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node) {
    node = node.parent;
    const name = (node as ts.PropertyAccessExpression).name.text;
    const known = at.members.get(name) ?? noUsage();
    at.members.set(name, known);
    at = known;
  }
  const { parent } = node;
  if (ts.isCallExpression(parent) && parent.expression === node) at.called = true;
  else if (ts.isNewExpression(parent) && parent.expression === node) at.constructed = true;
  else if (ts.isExpressionWithTypeArguments(parent)) at.constructed = true;
  else if (ts.isTaggedTemplateExpression(parent) || isTag(node)) at.called = true;
  else if (ts.isDecorator(parent) || isArgument(node)) at.passed = true;
}

/** A declaration with that name and shape. */
export function declarationOf(name: string, usage: Usage): string {
  if (isClass(name, usage)) return `class ${name} ${classBody(usage)}`;
  if (isFunction(usage, true) && usage.members.size === 0) return `function ${name}() {}`;
  return `const ${name} = ${standInOf(usage, true)};`;
}

/** An expression of that shape. `isWhole` says that nothing is known of the thing but this use of it. */
export function standInOf(usage: Usage, isWhole = false): string {
  if (usage.constructed) return `class ${classBody(usage)}`;
  const members = [...usage.members].map(([name, member]) => memberOf(name, member)).join(', ');
  const object = usage.members.size === 0 ? '{}' : `{ ${members} }`;
  if (!isFunction(usage, isWhole)) return object;
  return usage.members.size === 0 ? '() => {}' : `Object.assign(() => {}, ${object})`;
}

function memberOf(name: string, usage: Usage): string {
  const isValue = usage.members.size === 0 && !usage.constructed;
  if (isValue && isFunction(usage, false)) return `${name}() {}`;
  return `${name}: ${isValue ? 'undefined' : standInOf(usage)}`;
}

function isFunction({ called, passed, members }: Usage, isWhole: boolean): boolean {
  return called || passed || (isWhole && members.size === 0);
}

function isClass(name: string, usage: Usage): boolean {
  return usage.constructed || (/^[A-Z]/.test(name) && !usage.called && usage.members.size === 0);
}

function classBody({ members }: Usage): string {
  const body = [...members].map(([name, usage]) => `static ${name} = ${standInOf(usage, true)};`).join(' ');
  return body === '' ? '{}' : `{ ${body} }`;
}

function isArgument({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) || ts.isNewExpression(parent);
}

function isTag({ parent }: ts.Node): boolean {
  return ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent);
}
