import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Call, ItemFacts } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { constantString, resolvedValue } from '../../analysis/value';
import { type CodeEvaluator, codeIn, EVALUATORS, SCOPE_METHODS } from '../../models/code-evaluation';
import { constantPiece, isDynamic, isPlain, isString, parenthesised } from '../../models/code-text';
import { stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';

const SCOPED: CallTest = { method: SCOPE_METHODS };

/** What gives a script element its code. */
const SCRIPT_TEXT: ReadonlySet<string> = new Set(['text', 'textContent', 'innerText', 'innerHTML']);
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
      else if (isDynamic(code)) {
        const { shown, isForExpressions } = evaluator;
        yield* reports(call.callee, code, shown, isForExpressions, () => dataFixes(call, code, evaluator));
      }
    }
    yield* scopeReports(facts);
    yield* imports(facts);
    yield* scriptTexts(facts);
  },
};

function* reports(
  at: Node,
  code: Node,
  shown: string,
  needsStranger = false,
  fixes: () => Fix[] = () => [],
): Generator<Report> {
  const worst = worstOf(code, at);
  if (!worst || (needsStranger && !isByStranger(worst.flow))) return;
  const { flow, confidence } = worst;
  const related = flow?.source ? stepsOf(flow, [], at) : [];
  yield { at, message: evaluated(shown), confidence, related, fixes };
}

interface Danger {
  readonly flow?: Flow;
  readonly confidence: Confidence;
}

const LEVELS: readonly Confidence[] = ['low', 'medium', 'high'];

/** Undefined where the code is put together from constants, numbers and what is known to be harmless. */
function worstOf(code: Node, sink: Node): Danger | undefined {
  const flows = flowsInto(code, sink, 'code', FLOW_MODEL, [], undefined, true);
  if (!flows) return { confidence: 'high' };
  // What a language model decides on, the rules about agents report.
  if (flows.some(isByModel) && !flows.some(isByStranger)) return undefined;
  let worst: Danger | undefined;
  for (const flow of flows) {
    const confidence = confidenceOf(flow);
    if (!worst || LEVELS.indexOf(confidence) > LEVELS.indexOf(worst.confidence)) worst = { flow, confidence };
  }
  return worst;
}

function isByStranger(flow: Flow | undefined): boolean {
  return flow?.source?.kind === 'request' || flow?.source?.kind === 'page';
}

function isByModel({ source }: Flow): boolean {
  return source?.kind === 'model' || source?.kind === 'tool';
}

/** Whoever decides on it, code that is put together at run time is the danger; a check may have made it harmless. */
function confidenceOf(flow: Flow): Confidence {
  return flow.isChecked ? 'medium' : 'high';
}

function evaluated(shown: string): string {
  return `\`${shown}\` runs a string that is not constant as code. Use a parser, a lookup table or an expression library.`;
}

/** A timer takes a function as a rule; only what is a string for sure is meant. */
function* timerReports(call: Call, code: Node, shown: string): Generator<Report> {
  const isText = isString(code);
  if (isText ? isDynamic(code) : !isPlain(code)) {
    yield* reports(call.callee, code, shown, !isText);
    return;
  }
  const constant = constantString(code);
  if (constant === undefined || resolvedValue(code).kind === 'number') return;
  const message = `\`${shown}\` runs a string as code. Pass a function.`;
  const body = constant.trim().replace(/;$/, '');
  const text = /^[\w.$]+\(\)$/.test(body) ? `() => ${body}` : `() => { ${body}; }`;
  // The string would run in the global scope, the function runs in this one.
  const safety = isCallOfGlobal(body, code) ? 'safe' : 'unsafe';
  const edits = [{ start: code.start, end: code.end, text }];
  yield {
    at: code,
    severity: 'info',
    message,
    fixes: () => [{ title: 'Pass a function', safety, edits }],
  };
}

/** `tick()`, `show(1, 'now')` where the name means the same in this scope as in the global one. */
function isCallOfGlobal(body: string, at: Node): boolean {
  const [, name = ''] = /^([A-Za-z_$][\w$]*)\((?:[\w. '"-]|, )*\)$/.exec(body) ?? [];
  const { file } = at.item;
  const declaration = name === '' ? undefined : file.lookUp(name, at);
  if (
    !declaration ||
    /\b(?!true|false|null)[A-Za-z_$]/.test(body.slice(name.length).replace(/'[^']*'|"[^"]*"/g, ''))
  )
    return false;
  const declared = file.nodeOf(declaration).parent;
  const outer = declared?.kind === 'variable_declarator' ? declared.parent?.parent : declared?.parent;
  return outer?.kind === 'program' || outer?.kind === 'export_statement';
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

/** `$scope.$eval(text)` */
function* scopeReports(facts: ItemFacts): Generator<Report> {
  for (const { method = '', callee, args } of facts.callsOf(SCOPED)) {
    const [code, ...others] = args;
    if (code && others.length <= 1 && isDynamic(code)) yield* reports(callee, code, method, true);
  }
}

/** `import('data:text/javascript,' + code)`, and a module that a request chooses. */
function* imports(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('import')) {
    const specifier = node.parent?.child('arguments')?.parts[0];
    if (!specifier || constantString(specifier) !== undefined) continue;
    const [first] = stringParts(resolvedValue(specifier));
    const start = constantPiece(first);
    if (start?.startsWith('data:')) yield* reports(node, specifier, 'import');
    else if (start === undefined) yield* chosenModule(node, specifier);
  }
}

function* chosenModule(at: Node, specifier: Node): Generator<Report> {
  const worst = worstOf(specifier, at);
  if (worst?.flow?.source?.kind !== 'request') return;
  const message = '`import` loads whatever module the caller names. Choose it from a list.';
  yield { at, message, confidence: worst.confidence, related: stepsOf(worst.flow, [], at) };
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
    if (tag && constantString(tag)?.toLowerCase() === 'script' && isDynamic(value))
      yield* reports(target, value, `${object.text}.${property.text}`);
  }
}
