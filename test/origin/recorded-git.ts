import type { Git, GitArguments } from '../../server/src/host/git';
import { createNodeGit } from '../../server/src/host/node-git';
import { PLAIN_ENVIRONMENT } from './test-repository';

/** Git as it is, which also tells what it is asked. */
export function recordedGit(asked: GitArguments[]): Git {
  const git = createNodeGit({ environment: PLAIN_ENVIRONMENT });
  return {
    run: (args, request) => {
      asked.push(args);
      return git.run(args, request);
    },
  };
}
