import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { extensionUnderTest, resetShop } from './harness';

describe('activation in restricted mode', () => {
  beforeEach(resetShop);

  it('activates in a folder that nobody trusts', async () => {
    await extensionUnderTest().activate();
    assert.ok(extensionUnderTest().isActive);
  });
});
