import type { Report } from '../../analysis/finding';
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import type { Kind } from '../../analysis/kind';
import { propertyName } from '../../analysis/literal';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import { inProduction, mayRunInProduction } from '../../analysis/production';
import { functionOf } from '../../analysis/results';
import type { Rule } from '../../analysis/rule';
import { stringParts } from '../../analysis/string-parts';
import { constantBoolean, constantString, pairOf, resolvedValue } from '../../analysis/value';
import { ATTRIBUTES, SETTINGS, SWITCHES } from '../../models/electron';

const ASKED: CallTest = {
  method: new Set(['on', 'setCertificateVerifyProc', 'setPermissionRequestHandler']),
};

const WORDS =
  'webPreferences electron certificate-error setCertificateVerifyProc setPermissionRequestHandler webview'.split(
    ' ',
  );

export const electronUnsafe: Rule = {
  id: 'config/electron-unsafe',
  title: 'A window of Electron lets pages do what only the program may do',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-1188', 'CWE-94', 'CWE-346', 'CWE-295', 'CWE-939'],
  owasp: ['A02:2025'],
  fixable: true,
  words: WORDS,

  *check(facts) {
    for (const node of facts.nodesOf(['pair', 'shorthand_property_identifier'])) {
      const key = node.child('key') ?? node;
      if (propertyName(key) !== 'webPreferences') continue;
      const preferences = resolvedValue(node.child('value') ?? node);
      if (preferences.kind === 'object' && mayRunInProduction(node)) yield* reports(preferences);
    }
    for (const { name, args } of facts.callsTo(SWITCHED)) {
      const text = args[0] && constantString(args[0]);
      if (!args[0] || text === undefined || !SWITCHES.test(text) || !name || !mayRunInProduction(args[0]))
        continue;
      yield { at: args[0], message: `\`${text}\` switches a protection off for all windows. Leave it out.` };
    }
    yield* certificates(facts);
    yield* openedOutside(facts);
    for (const node of facts.nodes('jsx_attribute')) {
      const [name, value] = node.parts;
      if (!name || node.parent?.child('name')?.text !== 'webview' || !ATTRIBUTES.test(name.text)) continue;
      if (name.text === 'allowpopups' || value?.text === '{false}') continue;
      yield {
        at: node,
        message: 'Scripts of this page can run programs or read other origins. Leave the attribute out.',
      };
    }
  },
};

const ANY_CERTIFICATE =
  'Any certificate is accepted here, and whoever is on the path reads along. Leave the check to Electron.';

const ANY_PERMISSION =
  'Every page gets the camera, the microphone and whatever else it asks for. Decide by the permission and by the page.';

/** `app.on('certificate-error', (…, callback) => callback(true))`, `setCertificateVerifyProc((…, callback) => callback(0))` */
function* certificates(facts: ItemFacts): Generator<Report> {
  for (const { method, args, name } of facts.callsOf(ASKED)) {
    const isEvent =
      method === 'on' && args[0] !== undefined && constantString(args[0]) === 'certificate-error';
    const isProcedure = method === 'setCertificateVerifyProc';
    const isPermission = method === 'setPermissionRequestHandler';
    if (!isEvent && !isProcedure && !isPermission) continue;
    if (isEvent && name !== 'electron.app.on' && !facts.file.says(/webContents/i)) continue;
    const fn = args.at(-1) && functionOf(args.at(-1) as Node);
    const body = fn?.child('body');
    if (!body || !mayRunInProduction(body)) continue;
    const answers = [...body.walk()].flatMap((node) => {
      const call = node.kind === 'call_expression' ? callAt(node) : undefined;
      return call?.callee.kind === 'identifier' && call.args.length === 1 ? [call] : [];
    });
    const [answer] = answers;
    // With a comparison before it, it may be one certificate that is known.
    const isPlain = !/\b(?:if|switch)\b|\?(?!\.)|===/.test(body.text);
    if (
      answers.length === 1 &&
      answer &&
      isPlain &&
      resolvedValue(answer.args[0] as Node).text === (isProcedure ? '0' : 'true')
    )
      yield { at: answer.node, message: isPermission ? ANY_PERMISSION : ANY_CERTIFICATE };
  }
}

const OPENING: ReadonlySet<string> = new Set([
  'electron.shell.openExternal',
  'electron.remote.shell.openExternal',
]);

/** `ipcMain.on('open', (event, url) => shell.openExternal(url))` */
function* openedOutside(facts: ItemFacts): Generator<Report> {
  for (const { args, callee } of facts.callsTo(OPENING)) {
    const [address] = args;
    if (!address || begins(address)) continue;
    const around = callee.enclosingFunction;
    if (
      !around ||
      !isGiven(address) ||
      /protocol|https?:|startsWith|allow|valid|safe|trusted/i.test(around.text)
    )
      continue;
    yield {
      at: address,
      message:
        'An address such as `file:` or `smb:` starts a program. Open only those that begin with `https:`.',
      confidence: 'medium',
    };
  }
}

/** Whether an address, or what it is a part of, is a parameter of a function. */
function isGiven(address: Node): boolean {
  let root = resolvedValue(address);
  for (let inner = root.child('object'); inner; inner = root.child('object')) root = inner;
  const { file } = root.item;
  const declaration = root.kind === 'identifier' ? file.lookUp(root.text, root) : undefined;
  if (!declaration) return false;
  const declared = file.nodeOf(declaration);
  return declared.enclosing(LISTS) !== undefined || declared.parent?.kind === 'arrow_function';
}

const LISTS: ReadonlySet<Kind> = new Set<Kind>(['formal_parameters']);

/** Whether the text of an address says the scheme. */
function begins(address: Node): boolean {
  const [first] = stringParts(resolvedValue(address));
  return typeof first === 'string'
    ? first !== ''
    : first !== undefined && constantString(first) !== undefined;
}

const SWITCHED: ReadonlySet<string> = new Set(['electron.app.commandLine.appendSwitch']);

function* reports(preferences: Node): Generator<Report> {
  for (const { name, bad, effect, confidence } of SETTINGS) {
    const pair = pairOf(preferences, name);
    if (!pair || inProduction(pair.value) !== bad) continue;
    const { start, end } = resolvedValue(pair.value);
    const isHere = constantBoolean(pair.value) === bad;
    yield {
      at: pair.node,
      message: `${effect} with this \`${name}\`. Leave it at its default, and hand over what the page needs in a preload script.`,
      confidence,
      // Not safe: pages that count on it stop working.
      fixes: () =>
        isHere
          ? [
              {
                title: `Switch \`${name}\` ${bad ? 'off' : 'on'}`,
                safety: 'unsafe',
                edits: [{ start, end, text: String(!bad) }],
              },
            ]
          : [],
    };
  }
}
