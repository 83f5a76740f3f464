/** The facts of all files of a scope, read and parsed in this thread one after the other. */
import { grammarFor } from '../../../../grammars/languages';
import type { Parser, ParserRuntime } from '../../../../grammars/parser';
import { decodeText } from '../../host/encoding';
import { readBytes } from '../../host/read-bytes';
import type { RouteFacts } from '../../routes/facts';
import { routeFactsOf } from '../../routes/route-facts';
import { analyseText } from '../../session/analyse-text';
import { looksMinified } from '../scan/minified';
import { scannedFiles } from '../scan/scanned-files';
import { pathBelow, type Scope } from '../scan/scope';

/** Larger files may take long, and nothing ends a thread that waits for itself. */
const LARGEST = 400 * 1024;

export interface ReadFacts {
  /** By the path below the scope's root, with `/`. */
  readonly facts: ReadonlyMap<string, RouteFacts>;
  readonly degraded: readonly { readonly file: string; readonly cause: string }[];
  /** The line of an offset, from 1. */
  lineOf(file: string, offset: number): number;
}

export async function readFacts(scope: Scope, runtime: ParserRuntime): Promise<ReadFacts> {
  const parsers = new Map<string, Parser>();
  const facts = new Map<string, RouteFacts>();
  const degraded: { file: string; cause: string }[] = [];
  const starts = new Map<string, readonly number[]>();
  for (const found of scannedFiles(scope, undefined, () => {})) {
    const path = pathBelow(scope.root, found.path);
    const grammar = grammarFor(path);
    if (!grammar || 'cause' in found) continue;
    const file = readBytes(found.path, LARGEST);
    if (!file || 'refusal' in file) {
      degraded.push({
        file: path,
        cause: 'It cannot be read, or is larger than 400 kB, and was not looked at.',
      });
      continue;
    }
    const text = decodeText(file.bytes)?.text;
    if (text === undefined || looksMinified(text)) continue;
    const parser = parsers.get(grammar) ?? (await runtime.parserFor(grammar));
    parsers.set(grammar, parser);
    const { file: source } = analyseText(text, { path, parser, rules: [], onRuleError: () => {} });
    facts.set(path, routeFactsOf(source));
    starts.set(path, lineStarts(text));
  }
  return { facts, degraded, lineOf: (file, offset) => lineAt(starts.get(file) ?? [], offset) };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** By halves: the number of lines that begin at or before the offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
