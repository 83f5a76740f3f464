import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import type { Call } from '../../analysis/item-facts';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { resolvedValue } from '../../analysis/value';
import { keepParsed, rawUseBehind } from '../../models/raw-value';
import { badRequest } from '../../models/refusal';
import { CHAIN_WORDS, unaskedChain } from '../../models/validation-chains';
import { attentionOf, withWrappers } from '../../models/validation-result';
import { type ValidatorCall, validatorCall } from '../../models/validators';

export const parseResultIgnored: Rule = {
  id: 'validation/parse-result-ignored',
  title: 'A value is validated and nobody looks at the result',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-252', 'CWE-20'],
  owasp: ['A05:2025', 'A10:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.calls) {
      const validator = validatorCall(call);
      if (!validator) yield* ofRoute(call);
      else if (validator.way === 'answers') yield* ofAnswer(call, validator);
      else yield* ofThrown(call, validator);
    }
  },
};

function* ofAnswer(call: Call, validator: ValidatorCall): Generator<Report> {
  const whole = withWrappers(call.node);
  const attention = attentionOf(whole, validator);
  if (attention === 'looked-at' || asksFunction(call)) return;
  const isAwaited = whole.kind === 'await_expression';
  // A schema that rejects is waited for, so what is not valid stops the code.
  if (!validator.isSure && (isAwaited || whole.parent?.kind !== 'expression_statement')) return;
  yield {
    at: nameOf(call),
    message: `Nobody looks at what \`${nameOf(call).text}\` answers, so what is not valid goes through. Stop there.`,
    confidence: confidenceOf(call, validator.isSure && attention === 'dropped'),
    fixes: () => [...fixesOf(call, whole, validator)],
  };
}

/** Tests call a validator to see whether it throws, or to measure it. */
function confidenceOf({ node }: Call, isSure: boolean): Confidence {
  if (isTestPath(node.item.file.path)) return 'low';
  return isSure ? 'high' : 'medium';
}

/** `validate.errors`, which ajv sets on the function. */
function asksFunction({ node, callee }: Call): boolean {
  const owner = callee.kind === 'member_expression' ? callee.child('object') : callee;
  const fn = node.enclosingFunction ?? node.enclosing(new Set(['program']));
  if (!owner || !fn) return false;
  return [...fn.walk()].some(
    (each) =>
      each.kind === 'member_expression' &&
      each.child('property')?.text === 'errors' &&
      each.child('object')?.text === owner.text,
  );
}

function* fixesOf(call: Call, whole: Node, validator: ValidatorCall): Generator<Fix> {
  const { parent } = whole;
  const name = parent?.kind === 'variable_declarator' ? parent.child('name') : undefined;
  const statement = name && parent?.parent;
  if (name?.kind === 'identifier' && statement && statement.parts.length === 1) {
    const failed = failedTest(name.text, call, validator);
    const edit = failed && badRequest(statement, failed);
    if (edit) yield { title: 'Refuse what is not valid', safety: 'unsafe', edits: [edit] };
    return;
  }
  const { throwing, input = 0 } = validator;
  const raw = call.args[input];
  if (parent?.kind !== 'expression_statement' || throwing === undefined || !raw) return;
  const { start, end } = nameOf(call);
  const goesOn = rawUseBehind(parent, unwrap(raw)) !== undefined;
  const edits = goesOn ? keepParsed(call, unwrap(raw), throwing) : [{ start, end, text: throwing }];
  if (edits) yield { title: 'Throw where it is not valid', safety: 'unsafe', edits };
}

function failedTest(result: string, { name }: Call, { verdicts = [] }: ValidatorCall): string | undefined {
  if (name === 'express-validator.validationResult') return `!${result}.isEmpty()`;
  if (name?.startsWith('class-validator.')) return `${result}.length > 0`;
  if (verdicts.includes('success')) return `!${result}.success`;
  return verdicts.includes('error') ? `${result}.error` : undefined;
}

function* ofThrown(call: Call, { way, input, isSure }: ValidatorCall): Generator<Report> {
  const whole = withWrappers(call.node);
  const statement = whole.parent;
  if (statement?.kind !== 'expression_statement') return;
  if (way === 'rejects' && !whole.text.includes('await')) {
    const isAsync = whole.enclosingFunction?.hasKeyword('async') === true;
    yield {
      at: nameOf(call),
      message: 'Nobody waits for this check, so the code goes on before it can fail. Put `await` before it.',
      confidence: confidenceOf(call, isSure),
      fixes: () => (isAsync ? [waiting(call.node)] : []),
    };
    return;
  }
  const raw = input === undefined ? undefined : call.args[input];
  const use = raw && rawUseBehind(statement, unwrap(raw));
  const strictness = use && strictnessOf(call);
  if (!use || strictness === 'strict') return;
  yield {
    at: nameOf(call),
    message: `\`${raw.text}\` is checked, but goes on as it came, with fields that the schema does not know. Use what \`${nameOf(call).text}\` returns.`,
    severity: 'warning',
    confidence: confidenceOf(call, isSure && strictness === 'strips'),
    related: [{ at: use, message: 'The unchecked value goes on here.' }],
    fixes: () => {
      const edits = keepParsed(call, unwrap(raw), nameOf(call).text);
      return edits ? [{ title: 'Use the parsed value', safety: 'unsafe', edits }] : [];
    },
  };
}

function waiting({ start }: Node): Fix {
  return { title: 'Wait for the check', safety: 'unsafe', edits: [{ start, end: start, text: 'await ' }] };
}

/** Whether a schema takes out what it does not know, refuses it, or says nothing of the sort. */
function strictnessOf({ callee, args, name }: Call): 'strips' | 'strict' | 'unknown' {
  const schema = callee.kind === 'member_expression' ? callee.child('object') : args[0];
  const made = schema && resolvedValue(schema);
  if (made?.kind !== 'call_expression') return 'unknown';
  if (/\b(?:strict|strictObject|passthrough|loose|looseObject|any|unknown|record)\s*\(/.test(made.text))
    return 'strict';
  // A text or a number comes out as it went in, unless the schema changes it.
  const isObject = /\bobject\s*\(/.test(made.text);
  if (!isObject && name !== undefined) return 'strict';
  return isObject ? 'strips' : 'unknown';
}

function* ofRoute(call: Call): Generator<Report> {
  if (!call.node.item.file.mayMention(CHAIN_WORDS)) return;
  const first = call.callee.kind === 'member_expression' ? unaskedChain(call.args) : undefined;
  if (!first) return;
  yield {
    at: first,
    message:
      'The rules of this route only take notes, and nobody reads them. Ask `validationResult` in the handler.',
  };
}

function nameOf({ callee }: Call): Node {
  return callee.child('property') ?? callee;
}
