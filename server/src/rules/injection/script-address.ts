import type { Confidence } from '../../analysis/finding';
import type { Flow } from '../../analysis/flow/flow';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { worstAddressFlow } from '../../models/flow/address-flow';
import { type AddressSink, addressSinksIn } from '../../models/flow/address-sinks';
import { isOwnAddress } from '../../models/flow/address-text';
import { shown, stepsOf } from '../../models/flow/flow-report';
import type { TextPiece } from '../../models/flow/text-pieces';

export const scriptAddress: Rule = {
  id: 'injection/script-address',
  title: 'A page follows an address that a link names, `javascript:` as well',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-79'],
  owasp: ['A05:2025'],
  fixable: false,

  *check(facts) {
    for (const sink of addressSinksIn(facts)) {
      const worst = worstAddressFlow(sink.address, sink.node, 'redirect', (flow, piece) =>
        confidenceOf(flow, piece, sink),
      );
      if (!worst) continue;
      const { piece, flow, confidence } = worst;
      const at = piece.hops.length === 0 ? piece.node : sink.address;
      yield {
        at,
        message: messageOf(sink, shown(piece.node)),
        confidence,
        related: stepsOf(flow, piece.hops, at),
      };
    }
  },
};

function messageOf({ how }: AddressSink, value: string): string {
  if (how === 'script')
    return `The page runs the script that ${value} names. Load scripts from addresses in the code only.`;
  const does = how === 'frame' ? 'The frame loads' : 'The link leads to';
  return `${does} whatever ${value} names, and \`javascript:\` runs in this page. Allow only \`http:\` and \`https:\`.`;
}

function confidenceOf(flow: Flow, piece: TextPiece, { how }: AddressSink): Confidence | undefined {
  const { source, from, isChecked } = flow;
  // Behind anything else the scheme is decided, apart from the host of a script.
  if (isChecked || (piece.before !== '' && how !== 'script') || isOwnAddress(flow, piece)) return undefined;
  // `location.hash` begins with `#`, `location.search` with `?`: neither names a scheme.
  if (/^(?:hash|search|referrer)$/.test(resolvedValue(piece.node).child('property')?.text ?? ''))
    return undefined;
  // A path begins with a slash, unless something behind it is taken out.
  if (
    /\bpathname$/.test(from.text) &&
    !/\[\s*[1-9]|\bgroups\b|\b(?:pop|at|slice|substring|substr|split|replace)\(/.test(wayOf(flow, piece))
  )
    return undefined;
  if (source?.kind === 'page')
    return /search|hash|query|param|data|name|URL|href/i.test(from.text) && !hasSchemeCheck(piece)
      ? 'high'
      : undefined;
  return source?.kind === 'request' && !hasSchemeCheck(piece) ? 'medium' : undefined;
}

/** The code that a value goes through. */
function wayOf({ from, hops }: Flow, { node }: TextPiece): string {
  const near = [from, ...hops.map((hop) => hop.node)].map((each) =>
    (each.enclosing(STATEMENTS) ?? each).text.slice(0, 400),
  );
  return [node.text, ...near].join('\n');
}

const STATEMENTS = new Set(['variable_declarator', 'expression_statement', 'return_statement'] as const);

const SCHEMES = /\.protocol\b|javascript:|\bhttps?\??:/i;

/** Whoever looks at the scheme of an address in the same function, or of something there, knows of the danger. */
function hasSchemeCheck({ node }: TextPiece): boolean {
  const { file } = node.item;
  const fn = node.enclosingFunction;
  return fn ? SCHEMES.test(fn.text) : file.says(SCHEMES);
}
