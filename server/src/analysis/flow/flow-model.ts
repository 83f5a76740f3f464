/** What the engine has to be told of libraries; `models/flow` has the tables. */
import type { Call } from '../item-facts';
import type { Node } from '../node';
import type { Mask } from './capability';
import type { Path } from './path';

/**
 * - `request`: what a client of the server sent.
 * - `page`: what the address, the storage or another window gave a page in a browser.
 * - `model`: what a language model wrote.
 * - `tool`: what a language model gave a function that was handed to it as a tool.
 * - `command-line`, `environment`: what whoever starts the program decides on.
 * - `api`: a parameter of an exported function.
 */
export type SourceKind = 'request' | 'page' | 'model' | 'tool' | 'command-line' | 'environment' | 'api';

export interface Source {
  readonly kind: SourceKind;
  /** What cannot be in it: a part of an address is a string, never an object. */
  readonly clean: Mask;
}

/** Where the content of a call's result comes from. */
export interface Origination {
  /** The object that a method is called on, an argument by its index, all of them from one on, or a callback's results. */
  readonly of: 'receiver' | number | { readonly from: number } | 'callback';
  /**
   * - `same`: what is at a place in the result was at the same place in it.
   * - `text`: the result is made of all of it.
   * - `element`: the result is one of its elements.
   * - `holder`: the elements of the result are it.
   */
  readonly as: 'same' | 'text' | 'element' | 'holder';
}

/** What a call answers. */
export interface Answer {
  readonly from: readonly Origination[];
  /** What nobody has to fear of the result. */
  readonly clean: Mask;
  /** What the result can do harm in although its argument could not: a text that is parsed becomes an object. */
  readonly soils?: Mask;
  /** The same of parts of the result, by the first step to them. */
  readonly parts?: ReadonlyMap<string, { readonly clean: Mask; readonly soils: Mask }>;
  /** Whether something is taken from it of which nobody can tell whether it is enough. */
  readonly isChecked?: boolean;
}

/** What a callback is given: per parameter the place in the receiver or in an argument. */
export interface CallbackParameter {
  readonly index: number;
  readonly of: 'receiver' | number | 'callback';
  readonly as: 'same' | 'element';
}

export interface FlowModel {
  /** What an expression is that has this canonical name, and the names in front of it. */
  sourceNamed(name: string): Source | undefined;
  /**
   * What a call answers that no name tells: by its arguments, or of a client from another file.
   *
   * @param path to the part of the answer that is asked for.
   */
  sourceOfCall(call: Call, name: string | undefined, path: Path): Source | undefined;
  /** What is read from a parameter of a function that a library calls. */
  sourceInParameter(fn: Node, index: number, path: Path): Source | undefined;
  /** The same of `this` in a function that a library calls. */
  sourceInThis(fn: Node, path: Path): Source | undefined;
  /** What functions that a library runs before another one make sure of what is read from its parameter. */
  assuredBefore(fn: Node, path: Path, model: FlowModel): Assurance | undefined;
  /** Of a function by canonical name; undefined where it is not known. */
  answerOf(name: string): Answer | undefined;
  /** Of a method by its name alone: those of strings, arrays and promises. */
  answerOfMethod(call: Call, method: string): Answer | undefined;
  /** Of a call that holds a value against a schema: for a part of the result, and which part of the value that is. */
  answerOfValidator(call: Call, path: Path): { readonly answer: Answer; readonly inside: Path } | undefined;
  /** By the name of the method, and of the function where it is known. */
  callbackParameters(method: string, name: string | undefined): readonly CallbackParameter[];
  /** What is sure not to be in a value when an expression has come to `outcome`. */
  assured(test: Node, outcome: boolean, isMeant: IsMeant): Assurance | undefined;
  /** Whether `asserted` may say anything of a call, by its name. */
  mayAssert(call: Call): boolean;
  /** What a statement makes sure of by throwing otherwise: `assertId(id)`. */
  asserted(call: Call, isMeant: IsMeant): Assurance | undefined;
  /** What a value is harmless for behind a text; values that stand before it are `\0`. */
  cleanBehind(before: string): Mask;
  /** What a value is harmless for that is written to a part of another. */
  cleanInto(path: Path): Mask;
}

/** Whether an expression is the value that a check is asked about. */
export interface IsMeant {
  (node: Node): boolean;
  /** The way to the value from an expression that holds it: `['x']` from `req.body` to `req.body.x`. */
  readonly wayFrom?: (node: Node) => Path | undefined;
}

/** What a check makes sure of. */
export interface Assurance {
  readonly clean: Mask;
  /** Whether it is known that something is checked, but not what for. */
  readonly isUnknown?: boolean;
}
