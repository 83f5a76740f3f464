// What is said of reviews where git is missing: the truth, and not that there is nothing to review.
import assert from 'node:assert/strict';
import {
  AI_REGIONS_REQUEST,
  type AiRegionsAnswer,
  REVIEWER_REQUEST,
  type ReviewerAnswer,
} from '../../protocol/reviews';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeSigning } from '../../server/src/host/node-signing';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { ReviewedRepository } from '../signoffs/reviewed-repository';
import { DiskHost } from './disk-host';
import { TestClient, type TestClientOptions } from './test-client';

describe('reviews without git', () => {
  let repository: ReviewedRepository;
  let client: TestClient;
  beforeEach(() => {
    repository = new ReviewedRepository();
    repository.commitAi('src/ai.ts', 'one();\n', { lines: '1' });
  });
  afterEach(async () => {
    client.takeRefreshes();
    await client.dispose();
    repository.remove();
  });

  const noGit = () => createNodeGit({ environment: { ...PLAIN_ENVIRONMENT, PATH: repository.around } });

  async function start(options: TestClientOptions): Promise<void> {
    client = await TestClient.start({
      ...{ folders: [repository.uri], host: new DiskHost(), signing: createNodeSigning() },
      ...{ git: createNodeGit({ environment: PLAIN_ENVIRONMENT }), ...options },
    });
  }

  it('blame no missing repository where git is missing or the workspace is not trusted', async () => {
    const reason = async () => {
      const request = { uri: repository.uriOf('src/ai.ts') };
      const answer = await client.connection.sendRequest<ReviewerAnswer>(REVIEWER_REQUEST, request);
      return answer.kind === 'unknown' ? answer.reason : '';
    };
    await start({ git: noGit() });
    assert.match(await reason(), /git was not found/);
    await client.dispose();
    await start({ isTrusted: false });
    assert.match(await reason(), /not trusted/);
  });

  it('say that regions are not known, and say nothing where there is no repository', async () => {
    const causes = async () => {
      for (let round = 0; round < 200; round++) {
        const answer = await client.connection.sendRequest<AiRegionsAnswer>(AI_REGIONS_REQUEST);
        if (!answer.isLoading) return answer.causes;
        await client.advance(400);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return assert.fail('still loading');
    };
    await start({ git: noGit(), folders: [repository.uri, repository.uriOf('src')] });
    assert.deepEqual(await causes(), [
      'Not known of what the branch changes: git was not found on this machine.',
    ]);
    await client.dispose();
    await start({ folders: [repository.uriOf('..')] });
    assert.deepEqual(await causes(), []);
  });
});
