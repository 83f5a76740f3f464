import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { flowsInto } from '../../analysis/flow/flow';
import type { Call } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import { Node } from '../../analysis/node';
import { withoutElement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import type { SourceFile } from '../../analysis/source-file';
import { constantBoolean, pairOf, propertyOf, resolvedValue } from '../../analysis/value';
import {
  CODE_WRITERS,
  DESERIALIZERS,
  type Deserializer,
  FULL_SCHEMA,
  FUNCTION_TYPES,
  ONLY_IN_YAML_3,
  SAFE_LOADERS,
  YAML_LOADERS,
} from '../../models/deserializers';
import { FLOW_MODEL } from '../../models/flow/model';
import { isByStranger } from '../../models/flow/text-flow';
import { isOwnData } from '../../models/own-data';
import { isUntrusted } from '../../models/untrusted';

const BY_NAME: ReadonlyMap<string, Deserializer> = new Map(DESERIALIZERS.map((each) => [each.name, each]));
const YAML_3: ReadonlySet<string> = new Set(ONLY_IN_YAML_3);

export const unsafeDeserializer: Rule = {
  id: 'deser/unsafe-deserializer',
  title: 'Data is read with something that can run code in it',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-502'],
  owasp: ['A08:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(BY_NAME)) {
      const report = reportOf(call, BY_NAME.get(call.name) as Deserializer);
      if (report) yield report;
    }
    for (const call of facts.callsTo(YAML_LOADERS)) yield* yamlReports(call);
    for (const { args } of facts.callsTo(CODE_WRITERS)) {
      const options = args[1] && resolvedValue(args[1]);
      const pair = options && pairOf(options, 'unsafe');
      if (!pair || constantBoolean(pair.value) !== true) continue;
      const message =
        '`unsafe: true` leaves `</script>` as it is, which ends the element that this is written into. Drop it.';
      // What the code comes to is the same without it.
      const fixes = () => removal(pair.node, 'Drop `unsafe`', 'safe');
      yield { at: pair.node, message, confidence: 'medium', fixes };
    }
  },
};

function reportOf(call: Call, deserializer: Deserializer): Report | undefined {
  const [data, options] = call.args;
  const { message, confidence = 'high', enabledBy, disabledBy, onlyUntrusted } = deserializer;
  if (!data || isOwnData(data) || (onlyUntrusted && !isByOthers(data, call))) return undefined;
  const given = options && resolvedValue(options);
  if (enabledBy !== undefined) {
    const pair = given && pairOf(given, enabledBy);
    if (!pair || constantBoolean(pair.value) !== true) return undefined;
    return {
      at: pair.node,
      message,
      confidence,
      fixes: () => removal(pair.node, `Drop \`${enabledBy}\``, 'unsafe'),
    };
  }
  const prevented = disabledBy !== undefined && given ? propertyOf(given, disabledBy) : undefined;
  if (prevented && constantBoolean(prevented) === false) return undefined;
  return { at: call.callee, message, confidence, fixes: () => jsonFix(call, data, deserializer) };
}

/** Whether a stranger decides on the data, by the look of it or by where it comes from. */
function isByOthers(data: Node, call: Call): boolean {
  return isUntrusted(data) || (flowsInto(data, call.node, 'code', FLOW_MODEL) ?? []).some(isByStranger);
}

function jsonFix({ node }: Call, data: Node, { isJson }: Deserializer): Fix[] {
  if (!isJson) return [];
  const edits = [{ start: node.start, end: node.end, text: `JSON.parse(${data.text})` }];
  return [{ title: 'Read it as JSON', safety: 'choice', edits }];
}

function removal(element: Node, title: string, safety: Fix['safety']): Fix[] {
  const edit = element.kind === 'pair' ? withoutElement(element) : undefined;
  return edit ? [{ title, safety, edits: [edit] }] : [];
}

function* yamlReports(call: Call): Generator<Report> {
  const [data, ...rest] = call.args;
  if (!data || isOwnData(data)) return;
  const schema = rest
    .map((arg) => propertyOf(resolvedValue(arg), 'schema'))
    .find((value) => value !== undefined);
  if (schema) {
    const full = namesIn(schema).some((name) => name === FULL_SCHEMA);
    if (!full && !namesIn(schema).some((name) => name.startsWith(FUNCTION_TYPES))) return;
    const message =
      'This schema makes functions of what is in the data. Load plain data only, and check it with a schema of your own.';
    yield { at: schema, message, fixes: () => (full ? schemaFix(schema) : []) };
    return;
  }
  // Options that cannot be read may hold a schema.
  if (rest.some((arg) => !/^(?:object|arrow_function|null)$/.test(resolvedValue(arg).kind))) return;
  if (usesVersion3(call.node.item.file)) {
    const message = '`load` of js-yaml 3 makes functions of what is in the data. Use `safeLoad`.';
    yield { at: call.callee, message, fixes: () => safeLoadFix(call) };
    return;
  }
  const message =
    'Before version 4 of js-yaml, `load` makes functions of what is in the data. Ask for `CORE_SCHEMA`, or make sure of version 4.';
  yield {
    at: call.callee,
    message,
    confidence: isByOthers(data, call) ? 'medium' : 'low',
    fixes: () => coreSchemaFix(call),
  };
}

/** The canonical names of what an expression is made of, through variables. */
function namesIn(expression: Node): readonly string[] {
  return [expression, resolvedValue(expression)].flatMap((node) =>
    [...node.walk()].flatMap((part) => canonicalName(part) ?? []),
  );
}

/** Whether a file uses what only version 3 has: then that is installed, or nothing here works. */
function usesVersion3(file: SourceFile): boolean {
  return file.ofWholeFile('uses js-yaml 3', () =>
    file.items.some((item) => {
      const nodes = (['member_expression', 'identifier'] as const).flatMap((kind) =>
        item.indicesOf(kind).map((index) => new Node(item, index)),
      );
      return nodes.some(
        (node) =>
          /^(?:safe|DEFAULT_)|\.(?:safe|DEFAULT_)/.test(node.text) && YAML_3.has(canonicalName(node) ?? ''),
      );
    }),
  );
}

function schemaFix(schema: Node): Fix[] {
  const property = schema.kind === 'member_expression' ? schema.child('property') : undefined;
  if (property?.text !== 'DEFAULT_FULL_SCHEMA') return [];
  const edits = [{ start: property.start, end: property.end, text: 'DEFAULT_SAFE_SCHEMA' }];
  return [{ title: 'Load plain data only', safety: 'safe', edits }];
}

/** Safe: it loads the same, but for functions, regular expressions and `undefined`. */
function safeLoadFix({ callee }: Call): Fix[] {
  const property = callee.kind === 'member_expression' ? callee.child('property') : undefined;
  const text = SAFE_LOADERS[property?.text ?? ''];
  if (!property || text === undefined) return [];
  return [
    {
      title: 'Load plain data only',
      safety: 'safe',
      edits: [{ start: property.start, end: property.end, text }],
    },
  ];
}

/** Not safe: dates and merge keys are not read with it. */
function coreSchemaFix({ node, callee, args }: Call): Fix[] {
  const object = callee.kind === 'member_expression' ? callee.child('object') : undefined;
  const [data, ...rest] = args;
  if (object?.kind !== 'identifier' || !data || rest.length > 0 || callee.child('property')?.text !== 'load')
    return [];
  const list = node.child('arguments');
  if (!list) return [];
  const edits = [{ start: data.end, end: list.end, text: `, { schema: ${object.text}.CORE_SCHEMA })` }];
  return [{ title: 'Load plain data only', safety: 'unsafe', edits }];
}
