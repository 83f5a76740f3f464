/** How flows are shown: their steps as related places, and what their sources are called. */
import type { RelatedReport } from '../../analysis/finding';
import type { Flow } from '../../analysis/flow/flow';
import type { SourceKind } from '../../analysis/flow/flow-model';
import type { Hop } from '../../analysis/flow/origin';
import type { Node } from '../../analysis/node';

/** More steps are not shown. */
const MOST_STEPS = 8;

const ORIGINS: Readonly<Record<SourceKind, string>> = {
  request: 'The client sends this.',
  page: 'The address, the storage or another window decides on this.',
  model: 'A language model wrote this.',
  tool: 'A language model decides on this.',
  'command-line': 'Whoever starts the program decides on this.',
  environment: 'Whoever starts the program decides on this.',
  api: 'Whoever calls this function decides on this.',
};

/** The steps from the source to the sink, without those that are the finding itself. */
export function stepsOf(flow: Flow, later: readonly Hop[], at: Node): readonly RelatedReport[] {
  const steps: RelatedReport[] = [];
  const add = (node: Node, message: string) => {
    if (!node.is(at) && !steps.some((step) => 'is' in step.at && node.is(step.at)))
      steps.push({ at: node, message, isStep: true });
  };
  if (flow.source) add(flow.from, ORIGINS[flow.source.kind]);
  for (const hop of [...flow.hops, ...later]) add(hop.node, shownHop(hop));
  return steps.slice(0, MOST_STEPS);
}

function shownHop({ how, name }: Hop): string {
  if (how === 'stored') return `It goes into \`${name}\`.`;
  return how === 'returned' ? `\`${name}\` returns it.` : `It is passed on as \`${name}\`.`;
}

/** An expression as messages name it. */
export function shown(expression: Node): string {
  const { text } = expression;
  return text.length <= 40 && !/[\n`]/.test(text) ? `\`${text}\`` : 'a value';
}
