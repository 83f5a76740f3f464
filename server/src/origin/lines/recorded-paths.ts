import type { Host } from '../../host/host';
import type { Repository } from '../repository/repository';
import { repositoryPath } from '../stranger-text';
import { decode } from './decode';
import { recorderLogs } from './recorder-source';

/** The files of a repository that agents told `countersign hook` of, from its root, those of late first. */
export function recordedPaths(host: Host, repository: Repository): readonly string[] {
  const paths = new Set<string>();
  for (const log of [...recorderLogs(host, repository)].reverse()) {
    for (const line of decode(log).split('\n').reverse()) {
      // Whole records are long; their paths are all that is wanted.
      const [, quoted = ''] = /"path":("(?:[^"\\]|\\.)*")/.exec(line) ?? [];
      const path = quoted === '' ? undefined : repositoryPath(parsed(quoted));
      if (path !== undefined) paths.add(path);
    }
  }
  return [...paths];
}

function parsed(quoted: string): unknown {
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined;
  }
}
