import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { addends, stringParts } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import { type CodeEvaluator, codeIn, EVALUATORS } from '../../models/code-evaluation';
import { isWrittenByModel } from '../../models/flow/agent-dangers';

/** What gives a script element its code. */
const SCRIPT_TEXT: ReadonlySet<string> = new Set(['text', 'textContent', 'innerText', 'innerHTML']);
/** Modules that read the package's own files, as loaders do. */
const FILE_READERS: ReadonlySet<string> = new Set([
  'fs.readFileSync()',
  'fs/promises.readFile()',
  'fs.promises.readFile()',
]);

export const evalDynamic: Rule = {
  id: 'injection/eval-dynamic',
  title: 'Code is evaluated from a string that is not constant',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-95'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(EVALUATORS)) {
      const evaluator = EVALUATORS.get(call.name) as CodeEvaluator;
      const code = codeIn(call);
      if (!code) continue;
      if (evaluator.takesFunction) yield* timerReports(call, code, evaluator.shown);
      // What a language model decides on, the rules about agents report.
      else if (isDynamic(code) && !isWrittenByModel(code, call.node)) {
        yield {
          at: call.callee,
          message: evaluated(evaluator.shown),
          fixes: () => dataFixes(call, code, evaluator),
        };
      }
    }
    yield* dataImports(facts);
    yield* scriptTexts(facts);
  },
};

function evaluated(shown: string): string {
  return `\`${shown}\` runs a string that is not constant as code. Use a parser, a lookup table or an expression library.`;
}

function isDynamic(code: Node): boolean {
  if (constantString(code) !== undefined) return false;
  const value = resolvedValue(code);
  if (value.kind === 'ternary_expression') {
    return [value.child('consequence'), value.child('alternative')].some((side) => side && isDynamic(side));
  }
  if (value.kind === 'regex' || value.kind === 'number' || value.kind.startsWith('function')) return false;
  const name = canonicalName(value);
  return name === undefined || !FILE_READERS.has(name);
}

/** A timer takes a function as a rule; only what is a string for sure is meant. */
function* timerReports(call: Call, code: Node, shown: string): Generator<Report> {
  if (isString(code) && isDynamic(code)) {
    yield { at: call.callee, message: evaluated(shown) };
    return;
  }
  const constant = constantString(code);
  if (constant === undefined || resolvedValue(code).kind === 'number') return;
  const message = `\`${shown}\` runs a string as code. Pass a function.`;
  const body = constant.trim().replace(/;$/, '');
  const text = /^[\w.$]+\(\)$/.test(body) ? `() => ${body}` : `() => { ${body}; }`;
  // Not safe: the string would run in the global scope, the function runs in this one.
  const edits = [{ start: code.start, end: code.end, text }];
  yield {
    at: code,
    severity: 'info',
    message,
    fixes: () => [{ title: 'Pass a function', safety: 'unsafe', edits }],
  };
}

/** Whether a value is a string for sure; sums of sums in variables are followed a few times. */
function isString(code: Node, steps = 4): boolean {
  const value = resolvedValue(code);
  if (value.kind === 'template_string') return true;
  const pieces = steps > 0 ? addends(value) : [];
  return pieces.length > 1 && pieces.some((piece) => isText(piece) || isString(piece, steps - 1));
}

function isText(node: Node): boolean {
  const { kind } = resolvedValue(node);
  return kind === 'string' || kind === 'template_string';
}

/** `eval('(' + text + ')')` is how JSON was read before there was `JSON.parse`. */
function dataFixes(call: Call, code: Node, evaluator: CodeEvaluator): Fix[] {
  const inner = evaluator.shown === 'eval' ? parenthesised(code) : undefined;
  if (!inner) return [];
  const { start, end } = call.node;
  return [
    {
      title: 'Read it as JSON',
      safety: 'choice',
      edits: [{ start, end, text: `JSON.parse(${inner.text})` }],
    },
  ];
}

function parenthesised(code: Node): Node | undefined {
  const parts = stringParts(code);
  const [open, inner, close] = parts;
  const isPair = parts.length === 3 && text(open) === '(' && text(close) === ')';
  return isPair && typeof inner === 'object' ? inner : undefined;
}

function text(part: string | Node | undefined): string | undefined {
  return typeof part === 'object' ? constantString(part) : part;
}

/** `import('data:text/javascript,' + code)` */
function* dataImports(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('import')) {
    const specifier = node.parent?.child('arguments')?.parts[0];
    if (!specifier || constantString(specifier) !== undefined) continue;
    const [first] = stringParts(resolvedValue(specifier));
    if (text(first)?.startsWith('data:')) yield { at: node, message: evaluated('import') };
  }
}

/** `script.textContent = code` of an element that was made as a script. */
function* scriptTexts(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('assignment_expression')) {
    const target = node.child('left');
    const value = node.child('right');
    const property = target?.kind === 'member_expression' ? target.child('property') : undefined;
    const object = target?.child('object');
    if (!target || !value || !object || !property || !SCRIPT_TEXT.has(property.text)) continue;
    const element = resolvedValue(object);
    if (canonicalName(element) !== 'globalThis.document.createElement()') continue;
    const tag = element.child('arguments')?.parts[0];
    if (tag && constantString(tag)?.toLowerCase() === 'script' && isDynamic(value)) {
      yield { at: target, message: evaluated(`${object.text}.${property.text}`) };
    }
  }
}
