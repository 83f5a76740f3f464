/** The names of rules as a configuration may write them: an id, or a pattern with `*`. */
import { GOVERNANCE_GROUP } from '../../analysis/governance-rules';
import { matchesRule } from '../../analysis/selection';
import { list, quoted } from './message-words';
import { nearestName } from './nearest-name';

export class RuleNames {
  readonly #ids: readonly string[];

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  isKnown(written: string): boolean {
    return this.#ids.some((id) => matchesRule(written, id));
  }

  /** Says that there is no such rule, and which might be meant. */
  unknownMessage(written: string): string {
    if (written.startsWith(GOVERNANCE_GROUP)) {
      return `${quoted(written)} is judged by \`countersign verify\`, which goes by \`review\` alone. Remove this.`;
    }
    if (written.includes('*')) {
      const groups = [...new Set(this.#ids.map((id) => `\`${id.split('/')[0]}/*\``))].sort();
      return `No rule matches ${quoted(written)}. The groups of rules are ${list(groups, 'and')}.`;
    }
    const nearest = nearestName(written, this.#ids);
    const advice = nearest
      ? `Did you mean \`${nearest}\`?`
      : 'Write it as `group/name`, or a pattern such as `auth/*`.';
    return `There is no rule ${quoted(written)}. ${advice}`;
  }
}
