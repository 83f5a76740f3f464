/**
 * Asks backwards where a value comes from: from the expression that is asked for, through variables, calls and
 * functions of the file, to what a library or a caller gave. Nothing is looked at that is not on the way.
 */
import { nameByType } from '../declared-type';
import type { Kind } from '../kind';
import { propertyName, stringLiteral, unwrap } from '../literal';
import type { Node } from '../node';
import { rememberedByNode } from '../remembered';
import { addends, templateParts } from '../string-parts';
import { OF_NUMBERS } from './capability';
import type { FlowModel } from './flow-model';
import { cleaned, distinct, NO_ORIGINS, type Origins, UNTOUCHED, unknown } from './origin';
import { ELEMENT, longer, type Path, stepOf, WHOLE } from './path';
import { originsOfCall, originsOfNew } from './trace-call';
import { originsOfField, originsOfVariable } from './trace-variable';

/** So many expressions are looked at for one question; what needs more is not known, and then nothing is said. */
const MOST_STEPS = 800;
/** So deep questions lead to questions. */
const DEEPEST = 120;

/** The answer to a question that took too long, so that it is not asked again. */
const LIMIT_HIT: Origins = [];

/** Answers by the way into the value; one map per expression, for as long as `Answers` are kept. */
const answersAt = rememberedByNode((_at: Node) => new Map<string, Origins>());

export class Trace {
  readonly model: FlowModel;
  /** Whether a limit was hit, so that something may be missing and nothing is to be said. */
  isPartial = false;
  /** Whether callers of a function were not looked at, so that flows through them may be missing. */
  missesCallers = false;
  #left = MOST_STEPS;
  readonly #open = new Map<string, number>();
  /** The outermost open question that an answer had to leave out because it is still open. */
  #lowest = Number.POSITIVE_INFINITY;

  constructor(model: FlowModel) {
    this.model = model;
  }

  /** What a part of an expression's value may come from; nothing where it is constant or a number. */
  of(expression: Node | undefined, path: Path = WHOLE): Origins {
    if (!expression) return NO_ORIGINS;
    const node = unwrap(expression);
    if (node.kind === 'unary_expression' && node.operator === '+')
      return cleaned(this.of(node.child('argument')), OF_NUMBERS);
    if (CONSTANT.has(node.kind)) return NO_ORIGINS;
    const key = path.join('\n');
    const answers = answersAt(node);
    const known = answers.get(key);
    if (known) {
      if (known === LIMIT_HIT) this.isPartial = true;
      return known;
    }
    const question = `${node.item.stamp}:${node.index}:${key}`;
    const open = this.#open.get(question);
    if (open !== undefined) {
      this.#lowest = Math.min(this.#lowest, open);
      return NO_ORIGINS;
    }
    const depth = this.#open.size;
    if (this.#left-- <= 0 || depth > DEEPEST) {
      this.isPartial = true;
      return NO_ORIGINS;
    }
    this.#open.set(question, depth);
    const outer = this.#lowest;
    this.#lowest = Number.POSITIVE_INFINITY;
    const found = distinct(this.#ask(node, path));
    this.#open.delete(question);
    // What depends on a question that is still open is not the whole answer.
    const isWhole = this.#lowest >= depth;
    if (isWhole && !this.isPartial) answers.set(key, found);
    else if (depth === 0) answers.set(key, LIMIT_HIT);
    this.#lowest = Math.min(outer, isWhole ? Number.POSITIVE_INFINITY : this.#lowest);
    return found;
  }

  all(expressions: readonly (Node | undefined)[], path: Path = WHOLE): Origins {
    return expressions.flatMap((each) => this.of(each, path));
  }

  #ask(node: Node, path: Path): Origins {
    switch (node.kind) {
      case 'identifier':
      case 'shorthand_property_identifier':
        return originsOfVariable(this, node, path);
      case 'member_expression':
      case 'subscript_expression':
        return this.#member(node, path);
      case 'call_expression':
        return originsOfCall(this, node, path);
      case 'new_expression':
        return originsOfNew(this, node, path);
      case 'template_string':
        return this.#text(templateParts(node));
      case 'binary_expression':
        return this.#binary(node, path);
      case 'ternary_expression':
        return this.#chosen(node, path);
      case 'await_expression':
      case 'spread_element':
        return this.of(node.parts[0], path);
      case 'sequence_expression':
        return this.of(node.child('right') ?? node.parts.at(-1), path);
      case 'assignment_expression':
        return this.of(node.child('right'), path);
      case 'augmented_assignment_expression':
        return this.all([node.child('left'), node.child('right')], path);
      case 'object':
        return this.#object(node, path);
      case 'array':
        return this.#array(node, path);
      default:
        return unknown(node);
    }
  }

  #member(node: Node, path: Path): Origins {
    const step = stepOf(node);
    const object = node.child('object');
    if (step === undefined || !object || NUMBERS.has(step)) return NO_ORIGINS;
    const name = nameByType(node);
    const source = name === undefined ? undefined : this.model.sourceNamed(name);
    if (source) return [{ kind: 'source', source, path, node, ...UNTOUCHED }];
    if (unwrap(object).kind === 'this') return originsOfField(this, node, step, path);
    const found = this.of(object, longer(step, path));
    // `req.query` is what a person is shown, and what follows it.
    return found.map((origin) =>
      origin.kind !== 'unknown' && origin.hops.length === 0 && node.contains(origin.node)
        ? { ...origin, node }
        : origin,
    );
  }

  #binary(node: Node, path: Path): Origins {
    switch (node.operator) {
      case '+':
        return this.#text(addends(node));
      case '||':
      case '??':
        return this.all([node.child('left'), node.child('right')], path);
      case '&&':
        return this.of(node.child('right'), path);
      case '*':
        return cleaned(this.all([node.child('left'), node.child('right')]), OF_NUMBERS);
      default:
        return NO_ORIGINS;
    }
  }

  /** A branch that is not a variable may be what the condition looks at: `all.includes(x.trim()) ? x.trim() : y`. */
  #chosen(node: Node, path: Path): Origins {
    const [condition, ...branches] = [
      node.child('condition'),
      node.child('consequence'),
      node.child('alternative'),
    ];
    return branches.flatMap((branch, i) => {
      const origins = this.of(branch, path);
      if (!branch || !condition || origins.length === 0) return origins;
      const { text } = unwrap(branch);
      const assurance = this.model.assured(condition, i === 0, (each) => unwrap(each).text === text);
      return assurance ? cleaned(origins, assurance.clean, assurance.isUnknown) : origins;
    });
  }

  /** Pieces of a text; what is harmless for its place in the text, such as behind the host of an address, is so. */
  #text(pieces: readonly (string | Node)[]): Origins {
    let before = '';
    return pieces.flatMap((piece): Origins => {
      const constant = typeof piece === 'string' ? piece : stringLiteral(unwrap(piece));
      if (typeof piece === 'string' || constant !== undefined) {
        before += constant;
        return NO_ORIGINS;
      }
      const origins = this.of(piece);
      const found = cleaned(origins, this.model.cleanBehind(before));
      before += '\0';
      return found;
    });
  }

  #object(node: Node, path: Path): Origins {
    const [step, ...rest] = path;
    const found: Origins[] = [];
    for (const part of [...node.parts].reverse()) {
      if (part.kind === 'spread_element') {
        found.push(this.of(part.parts[0], path));
        continue;
      }
      const isShort = part.kind === 'shorthand_property_identifier';
      const value = isShort ? part : part.child('value');
      const key = isShort ? part : part.child('key');
      const name = key && propertyName(key);
      const isSure = name !== undefined && step === name;
      if (step === undefined || step === ELEMENT || name === undefined || isSure) {
        found.push(this.of(value, step === undefined ? WHOLE : rest));
      }
      if (isSure) break;
    }
    return found.flat();
  }

  #array(node: Node, path: Path): Origins {
    const [step, ...rest] = path;
    const { parts } = node;
    const isPlain = !parts.some(({ kind }) => kind === 'spread_element');
    if (step !== undefined && /^\d+$/.test(step) && isPlain) return this.of(parts[Number(step)], rest);
    return parts.flatMap((part) =>
      part.kind === 'spread_element'
        ? this.of(part.parts[0], path)
        : this.of(part, step === undefined ? WHOLE : rest),
    );
  }
}

/** What is decided by the code alone, or is a number or a truth value. */
const CONSTANT: ReadonlySet<Kind> = new Set<Kind>([
  'string',
  'number',
  'true',
  'false',
  'null',
  'undefined',
  'regex',
  'unary_expression',
  'update_expression',
  'arrow_function',
  'function_expression',
  'generator_function',
  'class',
  'meta_property',
]);

/** Properties that are numbers, of whatever. */
const NUMBERS: ReadonlySet<string> = new Set(['length', 'size', 'byteLength']);
