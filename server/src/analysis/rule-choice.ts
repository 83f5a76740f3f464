/**
 * Which rules are run on an item: those of which it is not known what they need, and those that need something that
 * it has. Asked the other way round, rule by rule, that took as much of a scan as a dozen rules.
 */
import type { ItemFacts } from './item-facts';
import type { Needs, TestId } from './needs';
import { idFor, SORTS } from './needs';
import type { Rule } from './rule';

const WORD = 32;

/** What is known of what rules must find in an item, whichever other rules they are run with. */
const known = new WeakMap<Rule, Needs>();
const choices = new WeakMap<readonly Rule[], RuleChoice>();

/** What is known of a list of rules; nobody changes the list. */
export function choiceOf(rules: readonly Rule[]): RuleChoice {
  const choice = choices.get(rules) ?? new RuleChoice(rules);
  choices.set(rules, choice);
  return choice;
}

/** Rules as bits, by their place in the list. */
type Places = Int32Array;

export class RuleChoice {
  readonly #rules: readonly Rule[];
  /** Those that are run on every item, for all that is known. */
  readonly #always: Places;
  /** Those that need a kind, by its number. */
  readonly #byKind: (Places | undefined)[] = [];
  /** Those that need a call of a name that passes a test. */
  readonly #byCall = new Map<TestId, Places>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
    this.#always = this.#none();
    for (const [place, rule] of rules.entries()) {
      if (!rule.check) continue;
      add(this.#always, place);
      const needs = known.get(rule);
      if (needs) this.#take(place, needs);
    }
  }

  /** Whether it is known what the rule at a place needs. */
  isKnown(place: number): boolean {
    return !isIn(this.#always, place);
  }

  /** Takes what the rule at a place needs. */
  learn(place: number, needs: Needs): void {
    known.set(this.#rules[place] as Rule, needs);
    this.#take(place, needs);
  }

  /** The places of the rules to be run on an item, ascending. */
  for(facts: ItemFacts): readonly number[] {
    const chosen = this.#always.slice();
    for (const kind of membersOf(facts.kinds.words)) addAll(chosen, this.#byKind[kind]);
    if (this.#byCall.size > 0) {
      for (let sort = 0; sort < SORTS.length; sort++) {
        for (const test of membersOf(facts.passedBy(sort)))
          addAll(chosen, this.#byCall.get(idFor(sort, test)));
      }
    }
    return membersOf(chosen);
  }

  #take(place: number, needs: Needs): void {
    this.#always[(place / WORD) | 0] = (this.#always[(place / WORD) | 0] as number) & ~(1 << (place % WORD));
    for (const kind of membersOf(needs.kinds.words)) {
      const places = this.#byKind[kind] ?? this.#none();
      this.#byKind[kind] = places;
      add(places, place);
    }
    for (const id of needs.calls) {
      const places = this.#byCall.get(id) ?? this.#none();
      this.#byCall.set(id, places);
      add(places, place);
    }
  }

  #none(): Places {
    return new Int32Array(Math.ceil(this.#rules.length / WORD));
  }
}

function add(set: Places, member: number): void {
  set[(member / WORD) | 0] = (set[(member / WORD) | 0] as number) | (1 << (member % WORD));
}

function addAll(set: Places, others: Places | undefined): void {
  if (others) for (let at = 0; at < set.length; at++) set[at] = (set[at] as number) | (others[at] as number);
}

function isIn(set: Places, member: number): boolean {
  return ((set[(member / WORD) | 0] as number) & (1 << (member % WORD))) !== 0;
}

/** The numbers whose bits are set, ascending. */
function membersOf(words: Int32Array): number[] {
  const members: number[] = [];
  for (let at = 0; at < words.length; at++) {
    for (let left = words[at] as number; left !== 0; left &= left - 1) {
      members.push(at * WORD + (WORD - 1 - Math.clz32(left & -left)));
    }
  }
  return members;
}
