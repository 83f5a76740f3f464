/** Guards that stand in a comment: which code there is one, and what in the live code stands in for it. */
import { type CommentRun, codeIn, type Stretch, textOf } from '../../analysis/commented-code';
import { callAt } from '../../analysis/item-facts';
import { propertyName, stringLiteral, unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { resolvedValue } from '../../analysis/value';
import { wordsOf } from '../../analysis/words';
import { GUARD_DECORATORS, GUARD_KEYS, PROTECTIONS, REGISTERING, ROUTE_METHODS } from '../guard-places';
import { denialAt, withoutAwait } from './denial';
import { meaningOf } from './guard';
import {
  classDecorators,
  decoratorsOf,
  isMentioned,
  isRefusedBeside,
  isUsedLive,
  liveTwin,
  wordsIn,
} from './live-guard';

export interface CommentedGuard {
  /** What is commented out, as the message calls it. */
  readonly name: string;
  /** The code in the comment, wrapped so that it parses. */
  readonly code: Node;
  readonly form: Form;
  readonly isSure: boolean;
}

/** Where commented code would stand: it is parsed with what belongs around it. */
export type Form = 'statements' | 'decorators' | 'elements' | 'pairs' | 'chain';

/** The guard that some lines of comments are; undefined for prose, other code, and where the live code has it. */
export function commentedGuard(run: CommentRun, stretch: Stretch): CommentedGuard | undefined {
  const text = textOf(run, stretch).trim();
  const form = formOf(run.first, text);
  const code = form && SIGNS[form].test(text) && codeIn(run.first.item.file, wrapped(form, text));
  if (!form || !code) return undefined;
  switch (form) {
    case 'decorators':
      return ofDecorators(run, stretch, code);
    case 'elements':
      return ofElements(run.first, code);
    case 'pairs':
      return ofPairs(run.first, code);
    default:
      return ofStatement(run, code.parts, form);
  }
}

/** What has to be in a text for it to be read: most comments are words. */
const SIGNS: Readonly<Record<Form, RegExp>> = {
  statements: /[()]/,
  decorators: /^@[A-Za-z]/,
  elements: /^[\w$.,()'"\s[\]{}:]+$/,
  pairs: /:/,
  chain: /\(/,
};

function formOf(comment: Node, text: string): Form | undefined {
  if (text.startsWith('@')) return 'decorators';
  switch (comment.parent?.kind) {
    case 'arguments':
    case 'array':
      return 'elements';
    case 'object':
      return 'pairs';
    case 'program':
    case 'statement_block':
    case 'switch_case':
    case 'switch_default':
      return text.startsWith('.') ? 'chain' : 'statements';
    case 'member_expression':
    case 'call_expression':
      return text.startsWith('.') ? 'chain' : undefined;
    default:
      return undefined;
  }
}

function wrapped(form: Form, text: string): string {
  if (form === 'decorators') return `class A {\n${text}\nm() {}\n}`;
  if (form === 'elements') return `a(${text.replace(/^,/, '')}\n)`;
  if (form === 'pairs') return `a({${text}\n})`;
  return form === 'chain' ? `a${text}` : text;
}

/** `requireAuth`, `auth.required`, `requireRole('admin')`: what guards when it is registered. */
function guardName(expression: Node): string | undefined {
  const node = unwrap(expression);
  const call = callAt(node);
  const named = call ? call.callee : node;
  const last = named.child('property') ?? named;
  if (last.kind !== 'identifier' && last.kind !== 'property_identifier') return undefined;
  const meaning = meaningOf(last.text);
  const owner = named.child('object')?.text ?? '';
  const words = wordsOf(last.text);
  if ([...words, ...wordsOf(owner)].some((word) => PROTECTIONS.has(word))) return named.text;
  if (meaning === 'insists' || meaning === 'checks') return last.text;
  // `passport.authenticate('jwt')`, `security.isAuthorized()`, `auth`, `new AuthGuard()`
  const isMentioned =
    meaning === 'mentions' || words.some((word) => /^auth(?:enticate|orize|orise)?/.test(word));
  const isTelling = words.every((word) => !UNTELLING.has(word));
  return isMentioned && isTelling && !/[rR]out(?:er|es)|[cC]ontroller/.test(owner) ? named.text : undefined;
}

/** With these words a name of logins is not a guard: `session(…)`, `authRoutes`. */
const UNTELLING = new Set(
  'session sessions route routes router controller handler api initialize service token login jwt header config'.split(
    ' ',
  ),
);

/** `app.use(requireAuth)`, `if (!user) return res.sendStatus(401)`, `await requireAdmin(req)` */
function ofStatement(run: CommentRun, statements: readonly Node[], form: Form): CommentedGuard | undefined {
  const [statement] = statements;
  if (!statement || statements.length > 4) return undefined;
  const found = statements.map((each) => ofOne(run, each));
  const first = found.find((each) => each !== undefined);
  // What prepares a guard may stand with it, `const user = …`; with anything else it is a former version.
  const isRest = (each: Node, i: number) => found[i] !== undefined || /_declaration$/.test(each.kind);
  const code = statement.parent;
  if (!first || !code || !statements.every(isRest)) return undefined;
  return { ...first, code, form };
}

function ofOne(run: CommentRun, statement: Node): Pick<CommentedGuard, 'name' | 'isSure'> | undefined {
  switch (statement.kind) {
    case 'if_statement': {
      const condition = statement.child('condition');
      const branch = statement.child('consequence');
      if (!condition || !branch || statement.child('alternative')) return undefined;
      const statements = branch.kind === 'statement_block' ? branch.parts : [branch];
      const denial = statements.map((each) => denialAt(each)).find((each) => each?.isPlain);
      if (!denial || isRefusedBeside(run, condition, denial.node)) return undefined;
      return { name: shortened(`if ${condition.text}`), isSure: true };
    }
    case 'return_statement':
    case 'throw_statement':
      return ofDenial(run, statement);
    case 'lexical_declaration':
    case 'variable_declaration': {
      const value = statement.parts[0]?.child('value');
      return value ? ofCall(run, value) : undefined;
    }
    case 'expression_statement': {
      const [expression] = statement.parts;
      return (
        expression && (ofRegistration(run, expression) ?? ofDenial(run, statement) ?? ofCall(run, expression))
      );
    }
    default:
      return undefined;
  }
}

/** A refusal alone, in a live branch that refuses nobody else. */
function ofDenial(run: CommentRun, statement: Node): Pick<CommentedGuard, 'name' | 'isSure'> | undefined {
  const denial = denialAt(statement);
  const block = run.first.parent;
  const isBranch =
    block?.kind === 'statement_block' &&
    /^(?:if_statement|else_clause|catch_clause)$/.test(block.parent?.kind ?? '');
  if (!denial?.isPlain || denial.how.startsWith('makes') || !isBranch) return undefined;
  const leaves = block.parts.some(
    (each) =>
      each.kind === 'throw_statement' || each.kind === 'return_statement' || denialAt(each) !== undefined,
  );
  const isGranted = block.parts.some((each) => /\bnext\(\)/.test(each.text));
  return leaves && !isGranted ? undefined : { name: shortened(statement.text), isSure: true };
}

/** `app.use(requireAuth)`, `router.all('/admin', isAdmin)`, `consumer.apply(AuthMiddleware)` */
function ofRegistration(
  run: CommentRun,
  expression: Node,
): Pick<CommentedGuard, 'name' | 'isSure'> | undefined {
  const call = callAt(unwrap(expression));
  const method = call?.callee.child('property');
  if (!call || !method || !(REGISTERING.has(method.text) || ROUTE_METHODS.has(method.text))) return undefined;
  const given = call.args.filter((arg) => stringLiteral(unwrap(arg)) === undefined);
  const guards = given.map(guardName).filter((name) => name !== undefined);
  if (guards.length < given.length) {
    // With a handler the route as a whole is gone; a live one without the guard has taken its place.
    const live = liveTwin(run, call.node);
    const name = live && guards.find((each) => !isMentioned(live, each));
    return name === undefined ? undefined : { name, isSure: true };
  }
  const [name] = guards;
  // `router.post('/auth', service.auth)`: what alone stands behind the path of a method is its handler.
  const isHandler = given.length === 1 && !REGISTERING.has(method.text) && !isInsisting(given[0]);
  if (isHandler) return undefined;
  const path = call.args[0] && stringLiteral(unwrap(call.args[0]));
  return name === undefined || isUsedLive(run.first, name, path) ? undefined : { name, isSure: true };
}

/** By its name; what is made by a call, `isAuthorized()`, is a guard as well. */
function isInsisting(given: Node | undefined): boolean {
  if (given && callAt(unwrap(given))) return true;
  const name = given && (unwrap(given).child('property') ?? unwrap(given)).text;
  return name !== undefined && /^(?:insists|checks)$/.test(meaningOf(name) ?? '');
}

/** `await requireUser(request);` */
function ofCall(run: CommentRun, expression: Node): Pick<CommentedGuard, 'name' | 'isSure'> | undefined {
  const inner = withoutAwait(expression);
  const call = inner.kind === 'call_expression' ? callAt(inner) : undefined;
  const last = call && (call.callee.child('property') ?? call.callee);
  if (!call || !last || run.first.parent?.kind === 'program' || !/identifier$/.test(last.kind))
    return undefined;
  const meaning = meaningOf(last.text);
  const isWaited = inner !== unwrap(expression);
  // `require(…)` and `assert(…)` guard nobody.
  if (wordsOf(last.text).length < 2) return undefined;
  // What is validated is mostly a form.
  if (wordsOf(last.text)[0] === 'validate') return undefined;
  // A name with empty brackets is how functions are spoken of.
  if (call.args.length === 0 && !isWaited) return undefined;
  if (meaning !== 'insists' && meaning !== 'checks') return undefined;
  const fn = run.first.enclosingFunction;
  if (fn && isMentioned(fn, last.text)) return undefined;
  return { name: last.text, isSure: meaning === 'insists' && run.last.parent?.kind === 'statement_block' };
}

/** `/* requireAuth, *\/` among the arguments of a route. */
function ofElements(comment: Node, code: Node): CommentedGuard | undefined {
  const list = comment.parent;
  const call = list?.kind === 'array' ? undefined : list?.parent;
  const elements = code.parts[0]?.parts[0]?.child('arguments')?.parts ?? [];
  const names = elements.map(guardName);
  const [name] = names;
  // A single word may be a heading: `// authentication`.
  const isBare = elements.length === 1 && elements[0]?.kind === 'identifier';
  if (isBare && !/[a-z][A-Z]/.test(elements[0]?.text ?? '') && !comment.text.includes(',')) return undefined;
  if (
    !list ||
    name === undefined ||
    names.includes(undefined) ||
    list.parts.some((part) => isMentioned(resolvedValue(part), name))
  )
    return undefined;
  const method = call?.child('function')?.child('property')?.text ?? '';
  const isRoute = ROUTE_METHODS.has(method) || REGISTERING.has(method);
  const key = list.kind === 'array' ? list.parent?.child('key') : undefined;
  const isList = key !== undefined && GUARD_KEYS.has(propertyName(key) ?? '');
  const isDecorator =
    call?.parent?.kind === 'decorator' && GUARD_DECORATORS.test(call.child('function')?.text ?? '');
  if (!isRoute && !isList && !isDecorator) return undefined;
  // Alone before a value it is the name of a parameter.
  const next = list.parts.find((part) => part.start >= comment.end);
  const isLabel =
    next !== undefined && /^(?:true|false|null|undefined|number|string)$/.test(resolvedValue(next).kind);
  if (isLabel || (isRoute && list.parts.length === 0)) return undefined;
  const path = list.parts[0] && stringLiteral(unwrap(list.parts[0]));
  if (isRoute && isUsedLive(comment, name, path)) return undefined;
  return { name, code, form: 'elements', isSure: true };
}

/** `// preHandler: [app.authenticate],` in the options of a route. */
function ofPairs(comment: Node, code: Node): CommentedGuard | undefined {
  const pairs = code.parts[0]?.parts[0]?.child('arguments')?.parts[0]?.parts ?? [];
  const [pair] = pairs;
  const key = pair?.kind === 'pair' ? pair.child('key') : undefined;
  const value = pair?.child('value');
  const name = key && propertyName(key);
  if (!value || name === undefined || pairs.length !== 1 || !GUARD_KEYS.has(name)) return undefined;
  const values = value.kind === 'array' ? value.parts : [value];
  const guard = values.map(guardName).find((each) => each !== undefined);
  const isLive = comment.parent?.parts.some((part) => {
    const other = part.child('key');
    return other !== undefined && propertyName(other) === name;
  });
  return guard === undefined || isLive ? undefined : { name: guard, code, form: 'pairs', isSure: true };
}

/** Decorators that open what is guarded around it. */
const OPENING = /^@(?:Public|SkipAuth|AllowAnonymous|IsPublic|NoAuth)\b/;

/** `// @UseGuards(AuthGuard)` before a class or a method. */
function ofDecorators(run: CommentRun, stretch: Stretch, code: Node): CommentedGuard | undefined {
  const members = code.parts[0]?.child('body')?.parts ?? [];
  const decorators = members.filter(({ kind }) => kind === 'decorator');
  const found = decorators.find((each) => GUARD_DECORATORS.test(each.text));
  if (!found || members.length !== decorators.length + 1 || isDead(run, stretch)) return undefined;
  const { parent } = run.first;
  const siblings = parent?.children ?? [];
  const behind = siblings.filter((each) => each.start >= run.last.end && each.kind !== 'comment');
  const target = behind.find(({ kind }) => kind !== 'decorator');
  if (!target || !/class|method_definition|export_statement|identifier|public_field/.test(target.kind))
    return undefined;
  const live = [...decoratorsOf(siblings, target), ...classDecorators(run.first)].map(({ text }) => text);
  const name = /^@([\w.]+)/.exec(found.text)?.[1] ?? '';
  const own = decoratorsOf(siblings, target).map(({ text }) => text);
  if (own.some((text) => OPENING.test(text) || /^@([\w.]+)/.exec(text)?.[1] === name)) return undefined;
  // The guard may be that of the whole class.
  const guards = [...wordsIn(found.text.slice(name.length + 1))];
  const isLive = (guard: string) => live.some((text) => wordsIn(text).has(guard));
  if (guards.length > 0 && guards.every(isLive)) return undefined;
  return { name: shortened(found.text), code, form: 'decorators', isSure: true };
}

/** Whether what is decorated is commented out as well. */
function isDead({ lines }: CommentRun, { to }: Stretch): boolean {
  return lines
    .slice(to + 1)
    .some(({ text }) => /^(?!\s*@).*[({]\s*$|^\s*(?:async|public|private|export|class)\b.*[({]/.test(text));
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
