import type { Confidence } from '../../analysis/finding';
import type { Fix } from '../../analysis/fix';
import { type Flow, flowsInto } from '../../analysis/flow/flow';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { stepsOf } from '../../models/flow/flow-report';
import { FLOW_MODEL } from '../../models/flow/model';
import { XML_PARSERS, xmlSinkOf } from '../../models/flow/xml-parsers';
import { isOwnData } from '../../models/own-data';

export const xmlExternalEntities: Rule = {
  id: 'deser/xml-external-entities',
  title: 'A parser of XML reads files and addresses that the document names',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-611', 'CWE-776'],
  owasp: ['A02:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(XML_PARSERS)) {
      const sink = xmlSinkOf(call);
      if (!sink || isOwnData(sink.data)) continue;
      const { data, option, values } = sink;
      const flows = flowsInto(data, call.node, 'xml', FLOW_MODEL, [], undefined, true);
      const flow = flows?.find(({ source }) => source?.kind === 'request' || source?.kind === 'page');
      // Without an option the parser is as it is made, and only a stranger's document is worth a word.
      if (option ? flows?.length === 0 : !flow) continue;
      const at = option?.node ?? call.callee;
      yield {
        at,
        message: option
          ? `\`${option.name}\` makes the parser read files and addresses that the document names. Leave it out.`
          : `\`${call.callee.text}\` replaces entities of the document, which may grow without end. Use a parser that does not, such as \`fast-xml-parser\` with \`processEntities: false\`.`,
        confidence: confidenceOf(flow, option !== undefined),
        related: flow ? stepsOf(flow, [], at) : [],
        fixes: () => turnedOff(values),
      };
    }
  },
};

function confidenceOf(flow: Flow | undefined, isOption: boolean): Confidence {
  return flow && isOption && !flow.isChecked ? 'high' : 'medium';
}

/** Not safe: entities that the document declares for itself stay as they are written. */
function turnedOff(values: readonly Node[]): Fix[] {
  const edits = values.map(({ start, end }) => ({ start, end, text: 'false' }));
  return edits.length > 0 ? [{ title: 'Leave entities as they are', safety: 'unsafe', edits }] : [];
}
