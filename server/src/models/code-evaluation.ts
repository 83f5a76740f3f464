/** What runs a string as code, and where the string stands among the arguments. */

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
  /** What is asked for its constructor has to be a function: then that is `Function` or `AsyncFunction`. */
  readonly ofFunction?: true;
}

/**
 * Source: ECMAScript, HTML (timers), Node's documentation of `vm` and `worker_threads`. `vm2` is archived as
 * unsafe; `safe-eval` and `notevil` have published escapes.
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
];
