import type { Confidence } from '../../analysis/finding';
import type { FixSafety } from '../../analysis/fix';
import type { Call } from '../../analysis/item-facts';
import { namesLike } from '../../analysis/name-tests';
import type { Node } from '../../analysis/node';
import type { Rule } from '../../analysis/rule';
import { constantString } from '../../analysis/value';
import { shown, stepsOf } from '../../models/flow/flow-report';
import { isByStranger, worstTextFlow } from '../../models/flow/text-flow';

/** Functions whose first argument is a format when others follow. Sources: Node 22, sprintf-js 1, printf 0.6. */
const FORMATS = namesLike(
  /^(?:globalThis\.console\.(?:log|info|warn|error|debug|trace)|util\.(?:format|log)|sprintf-js\.v?sprintf|printf|string-format|format-util)$/,
);
/** Those that have nothing but a format: who writes it decides what of the arguments is shown. */
const IS_FORMAT = /^(?:util\.format|sprintf-js\.v?sprintf|printf|string-format|format-util)$/;

export const formatString: Rule = {
  id: 'injection/format-string',
  title: 'What others send is read as a format',
  severity: 'info',
  aiSeverity: 'info',
  confidence: 'medium',
  cwe: ['CWE-134'],
  owasp: ['A05:2025'],
  fixable: true,

  *check(facts) {
    for (const call of facts.callsTo(FORMATS)) {
      const [format, ...values] = call.args;
      if (!format || values.length === 0 || constantString(format) !== undefined) continue;
      if (isSpread(call)) continue;
      // Of the console people expect little; nobody takes it for the truth.
      const level: Confidence = IS_FORMAT.test(call.name) ? 'medium' : 'low';
      const worst = worstTextFlow(format, call.node, 'format', (flow) =>
        isByStranger(flow) && !flow.isChecked ? level : undefined,
      );
      if (!worst) continue;
      const { at, flow, piece, confidence } = worst;
      yield {
        at,
        message: `\`%s\` in ${shown(piece.node)} takes the place of what follows. Write a constant format, and pass it as a value.`,
        confidence,
        related: stepsOf(flow, piece.hops, at),
        fixes: () => fixOf(format, piece.node, call.name),
      };
    }
  },
};

function isSpread({ args }: Call): boolean {
  return args.some(({ kind }) => kind === 'spread_element');
}

/** A value that is the whole format; safe for a text, because it is shown as it is, and so is what follows. */
function fixOf(format: Node, value: Node, name: string) {
  if (!format.is(value) || IS_FORMAT.test(name)) return [];
  const edits = [{ start: format.start, end: format.start, text: "'%s', " }];
  // Of an object `%s` shows less than the console by itself.
  const safety: FixSafety = /\.(?:body|query|params|headers)$/.test(value.text) ? 'unsafe' : 'safe';
  return [{ title: 'Write a constant format', safety, edits }];
}
