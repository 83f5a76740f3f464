import type { Rule } from '../../analysis/rule';
import { CLAIM_WORDS } from '../../models/claimed-names';
import { type BelievedClaim, believedClaims } from '../../models/client-claims';
import { stepsOf } from '../../models/flow/flow-report';
import { runtimeOf } from '../../models/runtime';

const SAID: Readonly<Record<BelievedClaim['how'], string>> = {
  decides: 'decides who may pass here',
  kept: 'is believed for the whole request or session',
  signed: 'goes into a token that others trust',
  stored: 'is stored as if it were true',
};

export const clientSuppliedIdentity: Rule = {
  id: 'access/client-supplied-identity',
  title: 'Who somebody is or what they may do is taken from the request',
  severity: 'error',
  aiSeverity: 'error',
  confidence: 'high',
  cwe: ['CWE-639', 'CWE-269'],
  owasp: ['A01:2025', 'A06:2025'],
  fixable: true,
  words: CLAIM_WORDS,

  *check(facts) {
    for (const { at, flow, name, how, isSure } of believedClaims(facts)) {
      if (runtimeOf(facts.file) === 'client') continue;
      yield {
        at,
        message: `The client says what \`${name}\` is, and it ${SAID[how]}. Take it from the verified session.`,
        confidence: isSure ? 'high' : 'medium',
        related: stepsOf(flow, [], at),
        fixes: () => {
          const actor = actorFor(flow.from.text, name, at.item.file.text);
          const text = at.kind === 'shorthand_property_identifier' ? `${at.text}: ${actor}` : (actor ?? '');
          const edit = { start: at.start, end: at.end, text };
          return actor === undefined ? [] : [{ title: `Use \`${actor}\``, safety: 'choice', edits: [edit] }];
        },
      };
    }
  },
};

/** `req.user.role` in place of `req.body.role`, where the file reads it so elsewhere. */
function actorFor(from: string, name: string, text: string): string | undefined {
  const root = /^[\w$]+/.exec(from)?.[0];
  if (root === undefined) return undefined;
  const members = /id$/i.test(name) ? ['id', '_id', name] : [name];
  return ['user', 'session', 'auth']
    .flatMap((holder) => members.map((member) => `${root}.${holder}.${member}`))
    .find(
      (actor) => text.includes(actor) && !new RegExp(`${actor.replace(/\$/g, '\\$')}\\s*=[^=]`).test(text),
    );
}
