import type { Report } from '../../analysis/finding';
import type { ItemFacts } from '../../analysis/item-facts';
import { callAt } from '../../analysis/item-facts';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { usesOf } from '../../analysis/uses';
import { constantString, resolvedValue } from '../../analysis/value';
import { hostOf } from '../../models/hosts';

/** Hosts that hand out files of libraries which do not change. Source: their documentation. */
const LIBRARIES =
  /^(?:cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net|(?:www\.)?unpkg\.com|code\.jquery\.com|ajax\.googleapis\.com|ajax\.aspnetcdn\.com|(?:max|stackpath|netdna)\.?(?:cdn\.)?bootstrapcdn\.com|cdn\.skypack\.dev|code\.angularjs\.org|cdn\.datatables\.net|cdn\.rawgit\.com|rawgit\.com|raw\.githubusercontent\.com|gitcdn\.(?:xyz|link))$/i;
/** Hosts that fell into other hands and handed out other code in 2024. Source: reports on polyfill.io. */
const TAKEN = /(?:^|\.)(?:polyfill\.io|bootcss\.com|bootcdn\.net|staticfile\.(?:net|org)|polyfill\.com)$/i;

export const scriptWithoutIntegrity: Rule = {
  id: 'web/script-without-integrity',
  title: 'A page runs scripts of another host as they come',
  severity: 'info',
  aiSeverity: 'warning',
  confidence: 'high',
  cwe: ['CWE-353', 'CWE-830', 'CWE-829'],
  owasp: ['A08:2025'],
  fixable: false,

  *check(facts) {
    for (const node of facts.nodes('jsx_attribute')) {
      const [name, value] = node.parts;
      const element = node.parent;
      if (
        name?.text !== 'src' ||
        !value ||
        !element ||
        !/^[sS]cript$/.test(element.child('name')?.text ?? '')
      )
        continue;
      const inner = value.kind === 'jsx_expression' ? value.parts[0] : value;
      if (inner)
        yield* reportOf(
          inner,
          element.parts.some((part) => isIntegrity(part)),
        );
    }
    yield* assigned(facts);
  },
};

/** `integrity="sha384-…"`, or a spread that may bring it. */
function isIntegrity(part: Node): boolean {
  return part.kind === 'jsx_attribute' ? part.parts[0]?.text === 'integrity' : part.kind === 'jsx_expression';
}

/** `script.src = 'https://…'` of an element that is made here. */
function* assigned(facts: ItemFacts): Generator<Report> {
  for (const node of facts.nodes('assignment_expression')) {
    const [left, right] = [node.child('left'), node.child('right')];
    const element = left?.child('object');
    if (left?.child('property')?.text !== 'src' || !right || element?.kind !== 'identifier') continue;
    const made = callAt(resolvedValue(element));
    if (made?.name !== 'globalThis.document.createElement') continue;
    if (constantString(made.args[0] ?? made.node)?.toLowerCase() !== 'script') continue;
    yield* reportOf(right, hasIntegrity(element));
  }
}

function hasIntegrity(element: Node): boolean {
  const { file } = element.item;
  const declaration = file.lookUp(element.text, element);
  return (
    declaration !== undefined &&
    usesOf(declaration, file).some((use) => {
      const member = use.field === 'object' ? use.parent : undefined;
      const name = member?.child('property')?.text;
      if (name === 'integrity') return true;
      const call = name === 'setAttribute' && member?.parent ? callAt(member.parent) : undefined;
      return call?.args[0] !== undefined && constantString(call.args[0]) === 'integrity';
    })
  );
}

function* reportOf(address: Node, isChecked: boolean): Generator<Report> {
  const text = constantString(address);
  if (text === undefined || !/^(?:https?:)?\/\//i.test(text)) return;
  const host = hostOf(text.startsWith('//') ? `https:${text}` : text);
  if (TAKEN.test(host))
    yield {
      at: address,
      message: `\`${host}\` has handed out malicious code. Take the script from your own server.`,
    };
  else if (!isChecked && LIBRARIES.test(host))
    yield {
      at: address,
      message: `Whatever \`${host}\` sends runs in this page. Give the script its \`integrity\`, or take it from your own server.`,
      confidence: 'medium',
    };
}
