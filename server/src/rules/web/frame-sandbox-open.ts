import type { Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { callAt, type ItemFacts } from '../../analysis/item-facts';
import type { CallTest } from '../../analysis/needs';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString, resolvedValue } from '../../analysis/value';

const SETTING: CallTest = { method: new Set(['setAttribute']) };

const MESSAGE =
  'With both, a page of the same origin in this frame can take the sandbox off itself. Leave one of them out, or show pages of another origin.';

export const frameSandboxOpen: Rule = {
  id: 'web/frame-sandbox-open',
  title: 'The page in a frame can leave its sandbox',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'medium',
  cwe: ['CWE-1021', 'CWE-693'],
  owasp: ['A02:2025'],
  fixable: true,

  *check(facts) {
    for (const node of facts.nodes('jsx_attribute')) {
      const [name, value] = node.parts;
      if (name?.text !== 'sandbox' || !value || node.parent?.child('name')?.text !== 'iframe') continue;
      const inner = value.kind === 'jsx_expression' ? value.parts[0] : value;
      if (inner && isOpen(inner) && !isElsewhere(node))
        yield { at: node, message: MESSAGE, fixes: () => closed(inner) };
    }
    yield* assigned(facts);
  },
};

/** Not safe: the page in the frame no longer reaches its cookies and its storage. */
function closed(value: Node): Fix[] {
  const { start, text } = resolvedValue(value);
  const word = / allow-same-origin|allow-same-origin /.exec(text);
  if (!word) return [];
  const edit = { start: start + word.index, end: start + word.index + word[0].length, text: '' };
  return [{ title: 'Take the origin away', safety: 'unsafe', edits: [edit] }];
}

function isOpen(value: Node): boolean {
  const words = new Set((constantString(value) ?? '').split(/\s+/));
  return words.has('allow-scripts') && words.has('allow-same-origin');
}

/** Pages of another origin stay in: these two are what most of them need. */
function isElsewhere(attribute: Node): boolean {
  const address = attribute.parent?.parts.find(
    (part) => part.kind === 'jsx_attribute' && part.parts[0]?.text === 'src',
  );
  const value = address?.parts[1];
  const inner = value?.kind === 'jsx_expression' ? value.parts[0] : value;
  return inner !== undefined && /^['"`{(]*https?:\/\//.test(resolvedValue(inner).text);
}

/** `frame.sandbox = '…'`, `frame.setAttribute('sandbox', '…')` */
function* assigned(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    const property = left?.child('property')?.text;
    const owner = property === 'value' ? left?.child('object') : left;
    if (!left || !right || owner?.child('property')?.text !== 'sandbox') continue;
    if (isFrame(owner.child('object')) && isOpen(right))
      yield { at: node, message: MESSAGE, fixes: () => closed(right) };
  }
  for (const { callee, args, node } of facts.callsOf(SETTING)) {
    const isSandbox = args[0] !== undefined && constantString(args[0]) === 'sandbox';
    if (isSandbox && args[1] && isFrame(callee.child('object')) && isOpen(args[1]))
      yield { at: node, message: MESSAGE };
  }
}

function isFrame(element: Node | undefined): boolean {
  const made = element && callAt(resolvedValue(element));
  const tag = made?.name === 'globalThis.document.createElement' ? made.args[0] : undefined;
  return tag !== undefined && constantString(tag) === 'iframe';
}
