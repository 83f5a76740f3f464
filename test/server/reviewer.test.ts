import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { REVIEWER_REQUEST, type ReviewerAnswer } from '../../protocol/reviews';
import { createNodeGit } from '../../server/src/host/node-git';
import { createNodeSigning } from '../../server/src/host/node-signing';
import { PLAIN_ENVIRONMENT } from '../origin/test-repository';
import { ReviewedRepository } from '../signoffs/reviewed-repository';
import { DiskHost } from './disk-host';
import { TestClient } from './test-client';

describe('in whose name a record would be stored', () => {
  let repository: ReviewedRepository;
  let client: TestClient;
  beforeEach(async () => {
    repository = new ReviewedRepository();
    repository.git('config', 'user.name', 'Ben');
    repository.git('config', 'user.email', 'ben@example.org');
    repository.commitAi('src/ai.ts', 'one();\n', { lines: '1' });
    client = await TestClient.start({
      ...{ folders: [repository.uri], host: new DiskHost(), signing: createNodeSigning() },
      git: createNodeGit({ environment: PLAIN_ENVIRONMENT }),
    });
  });
  afterEach(async () => {
    client.takeRefreshes();
    await client.dispose();
    repository.remove();
  });

  const reviewer = (uri: string): Promise<ReviewerAnswer> =>
    client.connection.sendRequest(REVIEWER_REQUEST, { uri });

  it('is told before, with what is missing to store one', async () => {
    // At once: whether git has said who wrote the lines does not matter.
    const { uri } = await client.open(repository.uriOf('src/ai.ts'), 'one();\n');
    const ben = { name: 'Ben', email: 'ben@example.org' };
    assert.deepEqual(await reviewer(uri), { kind: 'known', ...ben, isSigning: false });
    repository.write('../elsewhere/a.ts', 'one();\n');
    const elsewhere = await reviewer(repository.uriOf('../elsewhere/a.ts'));
    assert.ok(elsewhere.kind === 'unknown' && /in no git repository/.test(elsewhere.reason));
    repository.git('config', '--unset', 'user.email');
    const unknown = await reviewer(uri);
    assert.ok(unknown.kind === 'unknown' && /git config --global user\.email/.test(unknown.reason));
  });
});
