import type { Edit, Fix } from '../../analysis/fix';
import { importedName } from '../../analysis/imported-name';
import { callAt } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { isTestPath } from '../../analysis/test-path';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';

const WRITES: ReadonlySet<string> = new Set(
  ['fs', 'fs/promises', 'fs.promises', 'fs-extra'].flatMap((module) =>
    [
      'writeFile',
      'writeFileSync',
      'appendFile',
      'appendFileSync',
      'createWriteStream',
      'outputFile',
      'outputFileSync',
    ].map((name) => `${module}.${name}`),
  ),
);
const RANDOM = /random|uuid|nanoid|mkdtemp|cuid|ulid|tmpName|tempfile|crypto|hash|digest/i;

export const predictableTemp: Rule = {
  id: 'file/predictable-temp',
  title: 'A file with a name that can be known before is written where everybody may write',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-377', 'CWE-378'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    for (const { args } of facts.callsTo(WRITES)) {
      const [path, , options] = args;
      if (!path || !isInTemp(path) || isExclusive(options ?? args[1])) continue;
      yield {
        at: path,
        message:
          'Somebody else on the machine may have put a link there, and gets or changes what is written. Make a folder with `mkdtemp` first.',
        confidence: isTestPath(facts.file.path) ? 'low' : 'medium',
        fixes: () => randomNameFix(path),
      };
    }
  },
};

function isExclusive(options: Node | undefined): boolean {
  const value = options && resolvedValue(options);
  const flag = value && pairOf(value, value.kind === 'object' && pairOf(value, 'flags') ? 'flags' : 'flag');
  return flag !== undefined && /x/.test(constantString(flag.value) ?? '');
}

const JOINING = /^path(?:\.posix|\.win32)?\.(?:join|resolve)$/;

function isInTemp(path: Node): boolean {
  const value = resolvedValue(path);
  if (RANDOM.test(value.text) || RANDOM.test(path.text)) return false;
  const call = callAt(value);
  const parts = call?.name !== undefined && JOINING.test(call.name) ? call.args : stringParts(value);
  const [first, ...rest] = parts;
  if (
    first === undefined ||
    rest.some((part) => typeof part !== 'string' && RANDOM.test(resolvedValue(part).text))
  )
    return false;
  if (typeof first === 'string') return /^\/(?:var\/)?tmp\/./.test(first);
  if (canonicalName(first) === 'os.tmpdir()') return rest.length > 0;
  const text = resolvedValue(first).kind === 'number' ? undefined : constantString(first);
  return text !== undefined && /^\/(?:var\/)?tmp(?:\/|$)/.test(text) && (rest.length > 0 || text.length > 5);
}

/** A name with the time in it is new each time; a random one is as well, and nobody knows it before. */
function randomNameFix(path: Node): Fix[] {
  const edits: Edit[] = [];
  for (const node of resolvedValue(path).walk()) {
    if (node.kind !== 'call_expression' || callAt(node)?.name !== 'globalThis.Date.now') continue;
    const known = importedName(node, 'crypto', 'randomUUID');
    if (!known) return [];
    const { start, end } = node;
    edits.push(...(edits.length === 0 ? known.edits : []), { start, end, text: `${known.text}()` });
  }
  return edits.length > 0 ? [{ title: 'Make the name random', safety: 'safe', edits }] : [];
}
