import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { extensionUnderTest, resetShop } from './harness';

describe('activation', () => {
  beforeEach(resetShop);

  it('activates in a trusted folder', async () => {
    await extensionUnderTest().activate();
    assert.ok(extensionUnderTest().isActive);
  });
});
