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
}

/** Source: ECMAScript, HTML (timers), Node's `vm` documentation; the `vm2` package is archived as unsafe. */
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
  { name: 'vm2.VM().run', shown: 'VM.run', code: 0 },
  { name: 'vm2.NodeVM().run', shown: 'NodeVM.run', code: 0 },
];
