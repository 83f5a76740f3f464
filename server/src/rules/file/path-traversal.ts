import type { Confidence, Report } from '../../analysis/finding';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import { unwrap } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import { assignedValues } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { wordsOf } from '../../analysis/words';
import { type FileSink, fileSinksIn, joinedPath } from '../../models/flow/file-sinks';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { pathFixes } from '../../models/flow/path-fix';
import { type TextPiece, textPiecesOf } from '../../models/flow/text-pieces';

export const pathTraversal: Rule = {
  id: 'file/path-traversal',
  title: 'A file is chosen by others, outside of its folder as well',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-22'],
  owasp: ['A01:2025'],
  fixable: true,

  *check(facts) {
    for (const sink of facts.once(fileSinksIn)) {
      const danger = worstOf(sink);
      if (danger) yield reportOf(danger);
    }
  },
};

interface Danger {
  readonly path: Node;
  readonly piece: TextPiece;
  readonly flow: Flow;
  readonly confidence: Confidence;
}

/** Source: the documentation of formidable 3 and express-fileupload 1. */
const LAID_BY_SERVER: ReadonlySet<string> = new Set(['filepath', 'newFilename', 'tempFilePath']);

function worstOf(sink: FileSink): Danger | undefined {
  let worst: Danger | undefined;
  for (const path of sink.paths) {
    const refused = sink.refusesDots ? textPiecesOf(path).filter(({ before }) => before !== '') : [];
    for (const piece of textPiecesOf(path, joinedPath)) {
      if (refused.some(({ node }) => node.is(piece.node))) continue;
      for (const flow of flowsInto(piece.node, sink.call.node, 'path', FLOW_MODEL, piece.hops) ?? []) {
        // Where an upload lies, the server decides.
        if (flow.path.some((step) => LAID_BY_SERVER.has(step))) continue;
        if (sink.refusesDots && isBehindText(flow, piece)) continue;
        const confidence = confidenceOf(flow, piece, sink);
        if (confidence === 'high') return { path, piece, flow, confidence };
        if (confidence) worst ??= { path, piece, flow, confidence };
      }
    }
  }
  return worst;
}

/** `let file = `${folder}/${name}`; if (…) file = icon;`: whichever it is, what a caller gave is behind a folder. */
function isBehindText({ from, hops }: Flow, { node }: TextPiece): boolean {
  if (node.kind !== 'identifier') return false;
  const { file } = node.item;
  const declaration = file.lookUp(node.text, node);
  const given = (declaration ? assignedValues(declaration, node) : [])
    .flatMap((value) => textPiecesOf(value))
    .filter((piece) => piece.node.contains(from) || hops.some(({ name }) => name === piece.node.text));
  return given.length > 0 && given.every(({ before }) => before !== '');
}

/** Names of parameters that are meant to be a path, which the caller may choose; others are one name in a folder. */
const PATHS: ReadonlySet<string> = new Set(
  (
    'path paths dir directory dirname root folder cwd base basedir src source from to dest destination target output ' +
    'out input workspace project package pkg module prefix glob pattern relative suffix ext extension'
  ).split(' '),
);

function confidenceOf(
  { source, from, isChecked }: Flow,
  piece: TextPiece,
  sink: FileSink,
): Confidence | undefined {
  switch (source?.kind) {
    case 'request':
      // Parsers of uploads keep the last part of a file's name only, unless they are told not to.
      return isChecked || /\bfiles?\b/.test(from.text.split('.').slice(1).join('.')) ? 'medium' : 'high';
    case 'tool':
      // A tool that takes a path is meant to take one; behind a folder it is meant to stay there.
      return isChecked ? undefined : piece.before === '' ? 'low' : 'medium';
    case 'api': {
      const isName = !wordsOf(lastName(from)).some((word) => PATHS.has(word));
      return isName && !isChecked && sink.does !== 'loads' && piece.before.endsWith('/')
        ? 'medium'
        : undefined;
    }
    default:
      return undefined;
  }
}

function lastName(node: Node): string {
  return (node.child('property') ?? node).text;
}

function reportOf({ path, piece, flow, confidence }: Danger): Report {
  const at = piece.hops.length === 0 ? piece.node : path;
  return {
    at,
    message: flow.isChecked
      ? `Path uses ${shown(piece.node)} from the caller, checked in a way that may let \`..\` through. Resolve it and compare it with the folder and a separator.`
      : `Path uses ${shown(piece.node)} from the caller. Resolve it and check that it stays in the folder.`,
    confidence,
    related: stepsOf(flow, piece.hops, at),
    fixes: () => pathFixes(piece.node, isOfUpload(flow, piece.node)),
  };
}

/** The name of an uploaded file: browsers send its last part alone. */
function isOfUpload({ source, from }: Flow, node: Node): boolean {
  const isName = /\.(?:name|originalname|originalFilename|filename)$/.test(unwrap(node).text);
  return isName && source?.kind === 'request' && /\bfiles?\b|\bform\w*\b/i.test(`${from.text} ${node.text}`);
}
