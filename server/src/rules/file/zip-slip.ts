import type { Report } from '../../analysis/finding';
import { flowsInto } from '../../analysis/flow/flow';
import { type Call, callAt } from '../../analysis/item-facts';
import { FUNCTION_KINDS } from '../../analysis/kind';
import { unwrap } from '../../analysis/literal';
import { namesLike } from '../../analysis/name-tests';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';
import { containmentFix } from '../../models/archive/containment-fix';
import { type Certainty, entryNameAt } from '../../models/archive/entry-names';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { type Joining, type TextPiece, textPiecesOf } from '../../models/flow/text-pieces';

export const zipSlip: Rule = {
  id: 'file/zip-slip',
  title: 'An archive says where its files are written, outside of the folder as well',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-22'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    const calls = facts.callsOf(MAY_WRITE);
    if (calls.length === 0 || !/entr(?:y|ies)|header|file/i.test(facts.ownText)) return;
    for (const call of calls) {
      const path = writtenPath(call);
      const report = path && reportOf(call, path);
      if (report) yield report;
    }
  },
};

/** Writing, and what functions are called that write: the path of a file is the first argument of all of them. */
const WRITING =
  /^_?(?:write(?:File|Buffer|Entry|Stream)?(?:To)?(?:Sync|Async)?|(?:safe)?(?:make|ensure|create)(?:Dir|Directory|Folder|File)(?:Sync)?|mkdirp?(?:Sync)?|mkdirs(?:Sync)?|createWriteStream|outputFile(?:Sync)?|appendFile(?:Sync)?|symlink(?:Sync)?|open(?:Sync)?|Writer|writeFileTo(?:Async)?)$/;

const MAY_WRITE: CallTest = {
  to: { has: (name) => WRITING.test(name.split('.').at(-1) ?? '') },
  method: namesLike(WRITING),
  function: namesLike(WRITING),
};

function writtenPath(call: Call): Node | undefined {
  const { method, callee, args } = call;
  const written = method ?? (callee.kind === 'identifier' ? callee.text : undefined);
  const name = call.name?.split('.').at(-1) ?? written;
  const [first] = args;
  if (name === undefined || !first || !WRITING.test(name)) return undefined;
  // `Writer({ path })` of fstream.
  const options = resolvedValue(first);
  if (options.kind !== 'object') return first;
  return options.parts.find((part) => part.child('key')?.text === 'path')?.child('value');
}

const JOINING = /^path\.(?:posix\.|win32\.)?(?:join|resolve|normalize|dirname)$/;
const joined: Joining = (call) => {
  const { name, args } = call;
  if (name === undefined || !JOINING.test(name)) return undefined;
  // `path.join(folder, path.join('/', name))`: nothing is above the root, so no `..` is left of it.
  return { parts: args.filter((part) => !isRooted(part)), by: '/' };
};

function isRooted(part: Node): boolean {
  const { name, args } = callAt(unwrap(resolvedValue(part))) ?? {};
  const [first] = args ?? [];
  if (name === undefined || first === undefined || !JOINING.test(name)) return false;
  return /^[\\/]/.test(constantString(first) ?? '');
}

function reportOf(call: Call, path: Node): Report | undefined {
  const pieces = textPiecesOf(path, joined);
  for (const piece of pieces) {
    const certainty = piece.before === '' ? undefined : entryNameAt(piece.node);
    if (!certainty || isCheckedAround(call.node)) continue;
    const flows = flowsInto(piece.node, call.node, 'path', FLOW_MODEL, piece.hops, [], true) ?? [];
    const flow = flows.find(({ isChecked }) => !isChecked);
    if (!flow) continue;
    const at = piece.hops.length === 0 ? piece.node : path;
    return {
      at,
      message: `${shown(piece.node)} is a name in the archive and may lead out of the folder with \`..\`. Resolve the path and check that it stays in the folder.`,
      confidence: confidenceOf(certainty, piece),
      related: stepsOf({ ...flow, source: undefined }, piece.hops, at),
      fixes: () => containmentFix(path),
    };
  }
  return undefined;
}

function confidenceOf(certainty: Certainty, { before }: TextPiece): 'high' | 'medium' {
  return certainty === 'sure' && before.endsWith('/') ? 'high' : 'medium';
}

const CHECK =
  /\.startsWith\(|\.indexOf\([^()]*\)\s*(?:[!=]==?|<|>)\s*-?[01]|['"`]\.\.|\\\.\\\.|path\.relative\(|[pP]ath-?[iI]s-?[iI]nside|is-?[pP]ath-?[iI]nside|isInside|isSubpath|sanitiz|safeJoin|safePath/;

/** Whether something near compares paths: whatever it compares, somebody thought of it. */
function isCheckedAround(place: Node): boolean {
  let region = place;
  for (const outer of place.ancestors()) {
    if (!FUNCTION_KINDS.has(outer.kind)) continue;
    region = outer;
    if (outer.parent?.kind !== 'arguments') break;
  }
  return CHECK.test(region.text);
}
