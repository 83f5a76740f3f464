/** What runs a string as code, and where the string stands among the arguments. */
import type { NamedCall } from '../analysis/item-facts';
import { FUNCTION_KINDS } from '../analysis/kind';
import type { Node } from '../analysis/node';
import { constantBoolean, propertyOf, resolvedValue } from '../analysis/value';

export interface CodeEvaluator {
  /** Canonical name of the function or constructor. */
  readonly name: string;
  /** How the message calls it. */
  readonly shown: string;
  /** Index of the argument that is run; `last` for `Function`, whose other arguments name parameters. */
  readonly code: number | 'last';
  /** A function in this place is called, not evaluated. */
  readonly takesFunction?: true;
  /** Runs code only where the options behind it say so with this name. */
  readonly option?: string;
  /** It is made for expressions that the code does not know: only what strangers write does harm in it. */
  readonly isForExpressions?: true;
  /** What is asked for its constructor has to be a function: then that is `Function` or `AsyncFunction`. */
  readonly ofFunction?: true;
}

/**
 * Source: ECMAScript, HTML (timers), Node's documentation of `vm` and `worker_threads`. `vm2` is archived as
 * unsafe; `safe-eval`, `notevil`, `static-eval`, `expr-eval`, `jsonpath` and `mathjs` before 3.17 have published
 * escapes.
 */
export const CODE_EVALUATORS: readonly CodeEvaluator[] = [
  { name: 'globalThis.eval', shown: 'eval', code: 0 },
  { name: 'globalThis.Function', shown: 'Function', code: 'last' },
  { name: 'globalThis.setTimeout', shown: 'setTimeout', code: 0, takesFunction: true },
  { name: 'globalThis.setInterval', shown: 'setInterval', code: 0, takesFunction: true },
  { name: 'globalThis.setImmediate', shown: 'setImmediate', code: 0, takesFunction: true },
  { name: 'vm.runInThisContext', shown: 'vm.runInThisContext', code: 0 },
  { name: 'vm.runInNewContext', shown: 'vm.runInNewContext', code: 0 },
  { name: 'vm.runInContext', shown: 'vm.runInContext', code: 0 },
  { name: 'vm.compileFunction', shown: 'vm.compileFunction', code: 0 },
  { name: 'vm.Script', shown: 'vm.Script', code: 0 },
  { name: 'vm.SourceTextModule', shown: 'vm.SourceTextModule', code: 0 },
  { name: 'worker_threads.Worker', shown: 'Worker', code: 0, option: 'eval' },
  {
    name: 'globalThis.Object.getPrototypeOf().constructor',
    shown: 'AsyncFunction',
    code: 'last',
    ofFunction: true,
  },
  { name: 'require-from-string', shown: 'requireFromString', code: 0 },
  { name: 'safe-eval', shown: 'safe-eval', code: 0 },
  { name: 'notevil', shown: 'notevil', code: 0 },
  { name: 'vm2.VMScript', shown: 'VMScript', code: 0 },
  { name: 'vm2.VM().run', shown: 'VM.run', code: 0 },
  { name: 'vm2.NodeVM().run', shown: 'NodeVM.run', code: 0 },
  { name: 'eval', shown: 'eval', code: 0 },
  { name: 'node-eval', shown: 'node-eval', code: 0 },
  { name: 'safer-eval', shown: 'safer-eval', code: 0 },
  { name: 'notevil.eval', shown: 'notevil', code: 0 },
  { name: 'globalThis.execScript', shown: 'execScript', code: 0 },
  { name: 'globalThis.$.globalEval', shown: '$.globalEval', code: 0 },
  { name: 'globalThis.jQuery.globalEval', shown: 'jQuery.globalEval', code: 0 },
  { name: 'jquery.globalEval', shown: 'jQuery.globalEval', code: 0 },
  ...expressions('static-eval', 0, ['']),
  ...expressions('mathjs', 0, [
    '.eval',
    '.parser().eval',
    '.compile',
    '().eval',
    '().compile',
    '.create().eval',
  ]),
  ...expressions('expr-eval', 0, [
    '.Parser.evaluate',
    '.Parser.parse',
    '.Parser().evaluate',
    '.Parser().parse',
  ]),
  ...expressions('angular-expressions', 0, ['.compile']),
  ...expressions('jsonpath', 1, ['.query', '.value', '.nodes', '.paths', '.apply', '.parent']),
  ...expressions('puppeteer', 0, [
    '.launch().newPage().evaluate',
    '.launch().newPage().evaluateOnNewDocument',
  ]),
];

function expressions(module: string, code: number, members: readonly string[]): CodeEvaluator[] {
  return members.map((member) => {
    const name = `${module}${member}`;
    return { name, shown: name, code, isForExpressions: true };
  });
}

/** Methods of AngularJS that run an expression, which may reach all of the page. */
export const SCOPE_METHODS: ReadonlySet<string> = new Set(['$eval', '$evalAsync', '$parse']);

export const EVALUATORS: ReadonlyMap<string, CodeEvaluator> = new Map(
  CODE_EVALUATORS.map((each) => [each.name, each]),
);

/** What a call to one of these runs as code; undefined where its options or its receiver say that it does not. */
export function codeIn(call: NamedCall): Node | undefined {
  const evaluator = EVALUATORS.get(call.name);
  if (!evaluator || !isMeant(call, evaluator)) return undefined;
  return evaluator.code === 'last' ? call.args.at(-1) : call.args[evaluator.code];
}

function isMeant(call: NamedCall, { option, ofFunction }: CodeEvaluator): boolean {
  if (option !== undefined) {
    const options = call.args.at(-1);
    const value = options && propertyOf(resolvedValue(options), option);
    return value !== undefined && constantBoolean(value) === true;
  }
  if (!ofFunction) return true;
  // `Object.getPrototypeOf(async () => {}).constructor` has no name of its own in the language.
  const prototype = resolvedValue(call.callee).child('object');
  const owner = prototype && resolvedValue(prototype).child('arguments')?.parts[0];
  return owner !== undefined && FUNCTION_KINDS.has(resolvedValue(owner).kind);
}
