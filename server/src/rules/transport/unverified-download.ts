import type { Confidence, Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { constantString, pairOf, resolvedValue } from '../../analysis/value';
import { hostOf, isRemoteHost } from '../../models/hosts';
import { isPrivateHost, REQUESTS_OUT } from '../../models/requests-out';

/** Functions that give a text to a shell. Source: Node 22, shelljs, execa. */
const SHELLS: ReadonlySet<string> = new Set([
  ...['exec', 'execSync', 'spawn', 'spawnSync', 'execFile', 'execFileSync'].map(
    (name) => `child_process.${name}`,
  ),
  'util.promisify()',
  ...['shelljs.exec', 'execa.command', 'execa.commandSync', 'execa.execaCommand', 'execa.execaCommandSync'],
]);

/** A script that is fetched and run at once, at most so far behind each other. */
const PIPED =
  /\b(?:curl|wget)\b[^|;&\n]{0,300}?(https?):\/\/([^\s'"/:|]+)[^|;&\n]{0,300}\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:ba|z|da)?sh\b|\b(?:ba|z)?sh\s+(?:-c\s+["']?\$?\(|<\()\s*(?:curl|wget)\b[^)\n]{0,300}?(https?):\/\/([^\s'"/:)]+)/;
const FETCHED = /\b(?:curl|wget)\b[^|;&\n]{0,300}?(http):\/\/([^\s'"/:]+)/;
/** Files that are run or installed. */
const PROGRAM =
  /\.(?:exe|msi|dmg|pkg|deb|rpm|apk|jar|sh|bash|ps1|bat|cmd|appimage|dll|so|dylib|node|zip|tar\.gz|tgz|tar\.xz|gz|bin|run|js|mjs|cjs|py)(?:$|[?#])/i;

export const unverifiedDownload: Rule = {
  id: 'transport/unverified-download',
  title: 'A program is fetched and run or stored without a check',
  severity: 'warning',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-494', 'CWE-829', 'CWE-319'],
  owasp: ['A08:2025'],
  fixable: false,

  *check(facts) {
    for (const { name, args } of facts.callsTo(SHELLS)) {
      for (const argument of args.slice(0, 2)) {
        const value = resolvedValue(argument);
        const parts = value.kind === 'array' ? value.parts : [argument];
        for (const part of parts) yield* inCommand(part, name);
      }
    }
    yield* downloads(facts);
  },
};

function* inCommand(part: Node, name: string): Generator<Report> {
  const command = textOf(part);
  // A list of arguments is no text for a shell, but what stands behind its `-c` is one.
  const piped = PIPED.exec(command);
  const [, scheme = piped?.[3], host = piped?.[4] ?? ''] = piped ?? FETCHED.exec(command) ?? [];
  if (scheme === undefined || !isForeign(host)) return;
  const isPlain = scheme === 'http';
  if (!piped && !isPlain) return;
  const confidence: Confidence = isPlain && piped ? 'high' : 'medium';
  yield {
    at: part,
    message: piped
      ? `Whatever \`${host}\` sends is run${isPlain ? ', and so is what somebody on the way puts in its place' : ''}. Fetch a version of your choice over \`https:\`, and compare its hash before it is run.`
      : `What \`${host}\` sends can be changed on its way. Fetch it over \`https:\`, and compare its hash.`,
    confidence: name === 'util.promisify()' ? 'medium' : confidence,
  };
}

/** `http.get('http://…/tool.exe', …)` */
function* downloads(facts: ItemFacts): Generator<Report> {
  for (const { name, args } of facts.callsTo(REQUESTS_OUT)) {
    const first = args[REQUESTS_OUT.get(name) ?? 0];
    const options = first && resolvedValue(first);
    const address =
      options?.kind === 'object' ? (pairOf(options, 'url') ?? pairOf(options, 'uri'))?.value : first;
    const text = address && textOf(address);
    if (!address || !text || !/^http:\/\//i.test(text) || !PROGRAM.test(text) || !isForeign(hostOf(text)))
      continue;
    yield {
      at: address,
      message: `The program from \`${hostOf(text)}\` can be exchanged on its way. Fetch it over \`https:\`, and compare its hash.`,
      confidence: 'medium',
    };
  }
}

function isForeign(host: string): boolean {
  return host !== '' && isRemoteHost(host) && !isPrivateHost(host);
}

/** A text with `x` for what is not constant. */
function textOf(expression: Node): string {
  const value = resolvedValue(expression);
  const whole = constantString(value);
  if (whole !== undefined) return whole;
  return stringParts(value)
    .map((part) => (typeof part === 'string' ? part : (constantString(part) ?? 'x')))
    .join('');
}
