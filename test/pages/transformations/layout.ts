// Changes of layout alone.

import ts from 'typescript';
import type { SourceText } from '../checker';
import { perFile, type Transformation } from './transformation';

/** Ends each line of every file, code or not, with CRLF. */
export const crlf: Transformation = {
  name: 'crlf',
  after: 'same',
  apply: (files: readonly SourceText[]) => {
    const changed = files.map(({ name, text }) => ({ name, text: text.replaceAll(/\r?\n/g, '\r\n') }));
    return changed.some(({ text }, index) => text !== files[index]!.text) ? changed : undefined;
  },
};

/** Puts comments between the tokens of calls, member accesses and objects, and a line break after commas. */
export const comments = perFile('comments', (file) => {
  const places = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      for (const argument of node.arguments ?? []) places.set(argument.getStart(file), '/* - */ ');
    } else if (ts.isPropertyAccessExpression(node)) {
      places.set(node.name.getStart(file), '/* - */ ');
    } else if (ts.isPropertyAssignment(node)) {
      places.set(node.getStart(file), '// -\n');
      places.set(node.initializer.getStart(file), '/* - */ ');
    } else if (ts.isBinaryExpression(node)) {
      // With a blank, since a division sign would make a line comment of it.
      places.set(node.right.getStart(file), ' /* - */\n');
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  const starts = [...places.keys()].toSorted((a, b) => b - a);
  return starts.reduce((text, at) => text.slice(0, at) + places.get(at)! + text.slice(at), file.text);
});
