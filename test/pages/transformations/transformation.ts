// A transformation changes an example in a way that must not change what is found in it.

import type ts from 'typescript';
import type { SourceText } from '../checker';
import { isCode, type Project, parse, projectOf, syntaxErrors } from './project';

/** A change of an example's files. */
export interface Transformation {
  /** Pages name it in exceptions. */
  readonly name: string;
  /** What is found afterwards: the same number of findings, or none at all. */
  readonly after: 'same' | 'silent';
  /** The changed files, in the same order and of the same names; `undefined` where there is nothing to change. */
  readonly apply: (files: readonly SourceText[]) => readonly SourceText[] | undefined;
}

/** Changes one file of code; `undefined` where there is nothing to change in it. */
export type ChangeFile = (file: ts.SourceFile, project: Project) => string | undefined;

/**
 * A transformation that changes the files of code one by one. Files with syntax errors stay as they are.
 * Throws where a change makes a syntax error, since that is a mistake of the transformation.
 */
export function perFile(
  name: string,
  change: ChangeFile,
  after: Transformation['after'] = 'same',
): Transformation {
  const apply = (files: readonly SourceText[]) => {
    const project = projectOf(files);
    const changed = files.map((file) => {
      const source = isCode(file) ? project.sourceOf(file.name) : undefined;
      const text = source && syntaxErrors(source).length === 0 ? change(source, project) : undefined;
      return text === undefined || text === file.text ? file : checked(name, { name: file.name, text });
    });
    return changed.some((file, index) => file !== files[index]) ? changed : undefined;
  };
  return { name, after, apply };
}

function checked(transformation: string, file: SourceText): SourceText {
  const errors = syntaxErrors(parse(file));
  if (errors.length === 0) return file;
  throw new Error(`${transformation} wrote code with a syntax error (${errors.join('; ')}):\n${file.text}`);
}
