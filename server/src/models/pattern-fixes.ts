/** How patterns that match too much are mended. */
import type { Fix } from '../analysis/fix';
import type { Pattern } from './patterns';

function edited({ node, flags }: Pattern, source: string, left = flags): Fix[] | undefined {
  return node.kind === 'regex'
    ? [
        {
          title: '',
          safety: 'unsafe',
          edits: [{ start: node.start, end: node.end, text: `/${source}/${left}` }],
        },
      ]
    : undefined;
}

export function anchored(pattern: Pattern): Fix[] {
  return (edited(pattern, `^${pattern.source}$`) ?? []).map((fix) => ({
    ...fix,
    title: 'Anchor the pattern',
  }));
}

export function grouped(pattern: Pattern): Fix[] {
  const inside = pattern.source.slice(1, -1);
  return (edited(pattern, `^(?:${inside})$`) ?? []).map((fix) => ({
    ...fix,
    title: 'Put the alternatives in a group',
  }));
}

export function withoutFlag(pattern: Pattern): Fix[] {
  const fixes = edited(pattern, pattern.source, pattern.flags.replace(/[gy]/g, '')) ?? [];
  return fixes.map((fix) => ({ ...fix, title: 'Leave the flag out', safety: 'safe' }));
}

/** `[A-z]` without the signs between `Z` and `a`. */
export function withoutSigns({ node }: Pattern): Fix[] {
  const edits = [{ start: node.start, end: node.end, text: node.text.replaceAll('A-z', 'A-Za-z') }];
  return [{ title: 'Leave the signs out', safety: 'unsafe', edits }];
}
