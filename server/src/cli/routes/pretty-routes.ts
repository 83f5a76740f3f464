/** The tree of routes for people. */
import type { EffectiveRoute, RoutePlace } from '../../routes/graph';
import { guardText, protectionOf, type RouteTree } from '../../routes/route-tree';
import { type Colours, coloursFor } from '../output/colours';
import { harmless, harmlessPath } from '../output/safe-text';

export interface RoutePrinting {
  readonly isColoured: boolean;
  /** The line of a place, from 1. */
  readonly lineOf: (place: RoutePlace) => number;
}

const WIDTH_OF_METHOD = 7;

export function prettyRoutes(tree: RouteTree, printing: RoutePrinting): string {
  const colours = coloursFor(printing.isColoured);
  const lines: string[] = [];
  const show = (node: RouteTree, indent: string) => {
    const isTop = node.segment === '/' && indent === '';
    if (!isTop || node.routes.length > 0) lines.push(`${indent}${colours.bold(harmless(node.segment))}`);
    const inner = isTop && node.routes.length === 0 ? indent : `${indent}  `;
    for (const route of node.routes) lines.push(...routeLines(route, inner, colours, printing));
    for (const child of node.children) show(child, isTop ? indent : inner);
  };
  show(tree, '');
  return lines.map((line) => `${line}\n`).join('');
}

function routeLines(
  route: EffectiveRoute,
  indent: string,
  colours: Colours,
  { lineOf }: RoutePrinting,
): string[] {
  const { methods, guards, handler, place, isMounted, isPublic } = route;
  const told = guards.filter(({ does }) => does !== 'nothing').map((guard) => harmless(guardText(guard)));
  const own = handler && handler.does !== 'unknown' && handler.does !== 'nothing' ? ['in the handler'] : [];
  const chain = [...told, ...own].join(' · ');
  const mark = {
    guarded: colours.green('●'),
    open: colours.severity.warning('○'),
    unknown: colours.dim('◌'),
  }[protectionOf(route)];
  const notes = [isPublic ? 'meant for everybody' : '', isMounted === false ? 'mounted nowhere' : ''].filter(
    (note) => note !== '',
  );
  const method = methods.join(',').padEnd(WIDTH_OF_METHOD);
  const where = colours.dim(`${harmlessPath(place.file)}:${lineOf(place)}`);
  const note = notes.length > 0 ? ` ${colours.severity.info(`(${notes.join(', ')})`)}` : '';
  const name = handler ? ` → ${harmless(handler.name)}` : '';
  return [`${indent}${mark} ${method} ${chain === '' ? 'open' : chain}${name}${note}  ${where}`];
}
