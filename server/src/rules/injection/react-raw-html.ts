import type { Confidence, Report } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { propertyName } from '../../analysis/literal';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { resolvedValue } from '../../analysis/value';
import { type ElementAround, elementAround } from '../../models/html/element';
import { htmlFixes, jsonFix } from '../../models/html/fixes';
import { rawness } from '../../models/html/rawness';
import { unescapedJson, untrustedPart } from '../../models/html/script-text';

/** Elements whose content is no HTML: what is in them is judged by whether it can end them. */
const NO_HTML: ReadonlySet<string> = new Set(['script', 'style', 'noscript']);

export const reactRawHtml: Rule = {
  id: 'injection/react-raw-html',
  title: 'React is given HTML that nobody cleaned',
  severity: 'warning',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-79'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const node of facts.nodesOf(['pair', 'shorthand_property_identifier'])) {
      const key = node.child('key') ?? node;
      const object = node.parent;
      if (object?.kind !== 'object' || propertyName(key) !== '__html') continue;
      const html = node.kind === 'pair' ? node.child('value') : node;
      if (html) yield* reportsOf(html, elementAround(object));
    }
    for (const node of facts.nodes('assignment_expression')) {
      const html = node.child('right');
      if (html && node.child('left')?.child('property')?.text === '__html') {
        yield* reportsOf(html, { name: undefined, attribute: undefined, tag: undefined });
      }
    }
  },
};

function* reportsOf(html: Node, element: ElementAround): Generator<Report> {
  if (element.name !== undefined && NO_HTML.has(element.name)) {
    yield* elementTextReports(html, element.name);
    return;
  }
  const confidence = rawness(html);
  if (!confidence) return;
  yield {
    at: html,
    message: `Raw HTML from ${shown(html)}. Sanitise it, or render it as text.`,
    confidence,
    fixes: () => htmlFixes(html, element),
  };
}

/** The text of a script or style: only what ends the element, or comes from outside, does harm. */
function* elementTextReports(html: Node, name: string): Generator<Report> {
  const untrusted = untrustedPart(html);
  if (untrusted) {
    const message = `The \`<${name}>\` holds ${shown(untrusted)}, which others may write. Hand it over as data, in JSON with \`<\` escaped.`;
    yield { at: untrusted, message };
  }
  const json = name === 'script' ? unescapedJson(html) : undefined;
  if (!json) return;
  const confidence: Confidence = json.isState ? 'medium' : 'low';
  yield {
    at: json.call,
    message: 'A `</script>` in this JSON ends the element, and what follows is HTML. Escape `<`.',
    confidence,
    fixes: (): Fix[] => [jsonFix(json.call)],
  };
}

function shown(expression: Node): string {
  const { text } =
    resolvedValue(expression).kind === 'template_string' ? resolvedValue(expression) : expression;
  return text.length <= 40 && !/[\n`]/.test(text) ? `\`${text}\`` : 'an expression';
}
