import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { usesOf } from '../../analysis/uses';
import { constantBoolean, pairOf, resolvedValue } from '../../analysis/value';

const PIPE: ReadonlySet<string> = new Set(['@nestjs/common.ValidationPipe']);

export const validationPipeWeak: Rule = {
  id: 'nest/validation-pipe-weak',
  title: 'NestJS takes properties that no class of the program describes',
  severity: 'warning',
  aiSeverity: 'warning',
  // That it does harm takes a service that hands the whole body on.
  confidence: 'medium',
  cwe: ['CWE-915', 'CWE-20'],
  owasp: ['A05:2025', 'A08:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(PIPE)) {
      const [first] = call.args;
      const options = first && resolvedValue(first);
      if (!call.isNew || (options && (options.kind !== 'object' || hasUnknown(options)))) continue;
      const whitelist = options && pairOf(options, 'whitelist');
      const forbids = options && pairOf(options, 'forbidNonWhitelisted');
      if (whitelist && constantBoolean(whitelist.value) !== false) continue;
      yield {
        at: whitelist?.node ?? call.node,
        message: forbids
          ? 'Without `whitelist` nothing is forbidden, so the body may have any property. Set `whitelist: true`.'
          : 'The body may have properties that its class does not describe. Set `whitelist: true`.',
        fixes: () => fixesFor(call.node, first, options, whitelist?.value),
      };
    }
    yield* bodiesOfAnyType(facts.nodes('decorator'));
  },
};

/** Options that come from elsewhere in part. */
function hasUnknown(options: Node): boolean {
  return options.parts.some((part) => {
    const inner = part.kind === 'spread_element' ? part.parts[0] : undefined;
    return inner !== undefined && resolvedValue(inner).kind !== 'object';
  });
}

function fixesFor(
  call: Node,
  first: Node | undefined,
  options: Node | undefined,
  value: Node | undefined,
): readonly Fix[] {
  const fix = (start: number, end: number, text: string): Fix[] => [
    { title: 'Leave out what is not described', safety: 'unsafe', edits: [{ start, end, text }] },
  ];
  if (value) return fix(value.start, value.end, 'true');
  const list = call.child('arguments');
  if (!first || !options) {
    const at = list ? list.start + 1 : call.end;
    return list ? fix(at, at, '{ whitelist: true }') : fix(at, at, '({ whitelist: true })');
  }
  const [part] = options.parts;
  return part
    ? fix(part.start, part.start, 'whitelist: true, ')
    : fix(options.start, options.end, '{ whitelist: true }');
}

/** Types of which nothing is left when the program runs, so that there is nothing to check by. */
const ANY = /^:\s*(?:any|unknown|object|Record<\s*string\s*,\s*(?:any|unknown)\s*>|Partial<.*>|\{[\s\S]*)$/;

function* bodiesOfAnyType(decorators: readonly Node[]): Generator<Report> {
  for (const decorator of decorators) {
    const call = decorator.parts[0] && callAt(decorator.parts[0]);
    // A pipe of its own, or one property of the body.
    if (call?.name !== '@nestjs/common.Body' || call.args.length > 0) continue;
    const parameter = decorator.parent;
    const type = parameter?.child('type');
    if (!type || !/parameter$/.test(parameter?.kind ?? '') || !ANY.test(type.text)) continue;
    const pattern = parameter?.child('pattern');
    const name = pattern?.text ?? '';
    if (pattern?.kind !== 'identifier') continue;
    yield {
      at: type,
      confidence: isHandedOn(pattern) && !/payload|event|hook/i.test(name) ? 'medium' : 'low',
      message: `Nothing checks \`${name}\`: its type is gone when the program runs. Describe it by a class with rules.`,
    };
  }
}

/** Whether a body goes elsewhere as it is, with whatever is in it; single properties are read by name. */
function isHandedOn(parameter: Node): boolean {
  const { file } = parameter.item;
  const declaration = file.lookUp(parameter.text, parameter);
  return (
    declaration !== undefined &&
    usesOf(declaration, file).some(({ parent }) =>
      /^(?:arguments|spread_element|pair)$/.test(parent?.kind ?? ''),
    )
  );
}
