import type { Confidence } from '../../analysis/finding';
import type { Rule } from '../../analysis/rule';
import { isTestPath } from '../../analysis/test-path';
import { isPublishedSecret, privateName } from '../../models/public-variables';

const MAY_NAME = /(?:PUBLIC|VITE|REACT_APP|GATSBY|VUE_APP)_/;

export const publicEnvPrefix: Rule = {
  id: 'secrets/public-env-prefix',
  title: 'A secret is in a variable that every browser gets',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-526', 'CWE-522'],
  owasp: ['A02:2025', 'A06:2025'],
  fixable: false,

  *check(facts) {
    if (!MAY_NAME.test(facts.ownText)) return;
    const isTest = isTestPath(facts.file.path);
    const sureOf = (name: string): Confidence => (isTest ? 'low' : isMeantForAll(name) ? 'medium' : 'high');
    for (const node of facts.nodes('property_identifier')) {
      const { text, parent } = node;
      if (!isPublishedSecret(text) || parent?.kind !== 'member_expression') continue;
      if (!/env$/i.test(parent.child('object')?.text ?? '')) continue;
      yield { at: node, message: messageFor(text), confidence: sureOf(text) };
    }
    for (const node of facts.nodes('string')) {
      const around = node.parent?.kind;
      if (node.end - node.start > 80 || (around !== 'subscript_expression' && around !== 'arguments'))
        continue;
      const name = node.text.slice(1, -1);
      if (isPublishedSecret(name)) yield { at: node, message: messageFor(name), confidence: sureOf(name) };
    }
    for (const node of facts.nodes('shorthand_property_identifier_pattern')) {
      if (isPublishedSecret(node.text))
        yield { at: node, message: messageFor(node.text), confidence: sureOf(node.text) };
    }
  },

  *checkText(file) {
    if (!MAY_NAME.test(file.text)) return;
    for (const { path, key, value, text } of file.entries) {
      const name = path.at(-1) ?? '';
      // In a list of a compose file: `- VITE_SECRET=…`.
      const listed = /^([A-Z][A-Z\d_]*)=/.exec(text)?.[1];
      const found = [name, listed].find((each) => each !== undefined && isPublishedSecret(each));
      if (found === undefined) continue;
      yield { at: found === name && key ? key : value, keys: path, message: messageFor(found) };
    }
  },
};

/** The password of an account that everybody may try is in the page on purpose. */
function isMeantForAll(name: string): boolean {
  return /_(?:DEMO|GUEST|EXAMPLE|SAMPLE)_/.test(name);
}

function messageFor(name: string): string {
  return `Bundlers put \`${name}\` into what every browser gets. Call it \`${privateName(name)}\` and read it on the server only.`;
}
