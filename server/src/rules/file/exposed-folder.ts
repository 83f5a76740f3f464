import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Call, callAt } from '../../analysis/item-facts';
import { canonicalName } from '../../analysis/name';
import type { Node } from '../../analysis/node';
import { mayRunInProduction } from '../../analysis/production';
import { withoutElement } from '../../analysis/removal';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { constantBoolean, constantString, pairOf, resolvedValue } from '../../analysis/value';
import { REGISTERING } from '../../models/registrations';

/** Calls that hand out all files of a folder: the argument, or the option, that names it. Source: each package. */
const SERVING: ReadonlyMap<string, number | string> = new Map<string, number | string>([
  ['express.static', 0],
  ['express.default.static', 0],
  ['serve-static', 0],
  ['koa-static', 0],
  ['ecstatic', 'root'],
  ['st', 0],
  ['node-static.Server', 0],
  ['connect.static', 0],
]);
const PLUGINS: ReadonlySet<string> = new Set(['@fastify/static', 'fastify-static']);
const LISTING: ReadonlySet<string> = new Set(['serve-index', 'koa-serve-index']);
const JOINING = /^path(?:\.posix)?\.(?:join|resolve|normalize)$/;

export const exposedFolder: Rule = {
  id: 'file/exposed-folder',
  title: 'Files that nobody should see are served, or listed',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-552', 'CWE-548', 'CWE-200', 'CWE-538'],
  owasp: ['A01:2025', 'A02:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(SERVING)) {
      const place = SERVING.get(call.name);
      const [first, second] = call.args;
      const folder = typeof place === 'string' ? first && pairOf(resolvedValue(first), place)?.value : first;
      yield* served(call, folder, typeof place === 'string' ? first : second);
    }
    for (const call of facts.callsTo(LISTING)) {
      if (!mayRunInProduction(call.node) || isTestPath(facts.file.path)) continue;
      const message =
        'Everybody sees the names of all files in this folder, those that nothing links to as well. Leave it out.';
      yield { at: call.callee, message, confidence: 'medium' };
    }
    for (const call of facts.callsOf(REGISTERING)) {
      if (!call.args[0] || !PLUGINS.has(canonicalName(call.args[0]) ?? '')) continue;
      const options = call.args[1] && resolvedValue(call.args[1]);
      yield* served(call, options && pairOf(options, 'root')?.value, options);
    }
  },
};

function* served(call: Call, folder: Node | undefined, given: Node | undefined): Generator<Report> {
  if (!mayRunInProduction(call.node)) return;
  const what = folder && exposedBy(folder);
  if (what && folder) {
    const confidence = isTestPath(call.node.item.file.path) ? 'low' : what.confidence;
    yield {
      at: folder,
      message: `${what.message} Serve a folder that has nothing else in it, such as \`public\`.`,
      confidence,
    };
  }
  const options = given && resolvedValue(given);
  if (options?.kind !== 'object') return;
  const dotfiles = pairOf(options, 'dotfiles');
  if (dotfiles && constantString(dotfiles.value) === 'allow')
    yield {
      at: dotfiles.node,
      message: 'Files such as `.env` and `.git/config` are served as well. Leave `dotfiles` at its default.',
      confidence: 'medium',
      fixes: () => leavingOut(dotfiles.node),
    };
  for (const name of ['list', 'showDir', 'autoIndex']) {
    const listing = pairOf(options, name);
    if (listing && constantBoolean(listing.value) === true)
      yield {
        at: listing.node,
        message: 'Everybody sees the names of all files in this folder. Switch the list off.',
        confidence: 'medium',
        fixes: () => leavingOut(listing.node),
      };
  }
}

/** Not safe: whoever counted on it no longer finds the files. */
function leavingOut(pair: Node): Fix[] {
  const edit = withoutElement(pair);
  return edit ? [{ title: 'Leave the option out', safety: 'unsafe', edits: [edit] }] : [];
}

interface Exposed {
  readonly message: string;
  readonly confidence: Confidence;
}

const OWN: Exposed = {
  message: 'Everybody can read the code of the program, and what else is beside it.',
  confidence: 'high',
};
const PACKAGES: Exposed = {
  message: 'Everybody can read which packages in which versions the program has, and their files.',
  confidence: 'medium',
};
const MACHINE: Exposed = { message: 'Everybody can read the files of this machine.', confidence: 'high' };

function exposedBy(folder: Node): Exposed | undefined {
  const text = pathOf(folder);
  if (text === undefined) return undefined;
  if (/^(?:\/|~\/?|\/(?:etc|home|root|var|usr|Users)\/?|[A-Z]:[\\/]?)$/.test(text)) return MACHINE;
  if (/(?:^|\/)node_modules\/?$/.test(text)) return PACKAGES;
  if (/^(?:DIR|CWD)?(?:\/?\.{0,2})*\/?$/.test(text)) return OWN;
  return undefined;
}

/** The path as a text, with `DIR` for the file's folder and `CWD` for where the program was started. */
function pathOf(folder: Node): string | undefined {
  const value = resolvedValue(folder);
  const text = constantString(value);
  if (text !== undefined) return text === '' ? 'CWD' : text;
  const name = canonicalName(value) ?? (value.kind === 'identifier' ? value.text : undefined);
  if (name === '__dirname' || name === 'globalThis.__dirname' || value.text === 'import.meta.dirname')
    return 'DIR';
  if (name === 'process.cwd()') return 'CWD';
  if (name === 'os.homedir()' || name === 'process.env.HOME') return '~';
  const call = callAt(value);
  if (call?.name !== undefined && JOINING.test(call.name)) {
    const parts = call.args.map(pathOf);
    if (parts.some((part) => part === undefined)) return undefined;
    return parts.filter((part) => part !== '').join('/');
  }
  if (value.kind === 'binary_expression' && value.operator === '+') {
    const sides = [value.child('left'), value.child('right')].map((side) => side && pathOf(side));
    return sides.some((side) => side === undefined) ? undefined : sides.join('');
  }
  if (value.kind === 'template_string') {
    const [only, ...rest] = value.parts;
    const inner = only?.kind === 'template_substitution' ? only.parts[0] : undefined;
    const begin = inner && pathOf(inner);
    return begin === undefined || rest.length > 1
      ? undefined
      : `${begin}${value.text.slice(1, -1).replace(/^\$\{[^}]*\}/, '')}`;
  }
  return undefined;
}
