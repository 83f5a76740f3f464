// Where compiled code is kept: with a person's caches, and nowhere else.
import assert from 'node:assert/strict';
import { join } from 'node:path';

import { codeFolder } from '../../server/src/startup/cache-folder';

const home = '/home/p';
const at = (platform: NodeJS.Platform, environment: Record<string, string> = {}) =>
  codeFolder({ environment, platform, home });

describe('the folder for compiled code', () => {
  it('is among the caches of the person', () => {
    assert.equal(at('linux'), join(home, '.cache/countersign/code'));
    assert.equal(at('linux', { XDG_CACHE_HOME: '/caches' }), join('/caches/countersign/code'));
    assert.equal(at('darwin', { XDG_CACHE_HOME: '/caches' }), join(home, 'Library/Caches/countersign/code'));
    assert.equal(at('win32', { LOCALAPPDATA: '/local' }), join('/local/countersign/code'));
  });

  it('is never in the folder that a command runs in', () => {
    assert.equal(at('linux', { XDG_CACHE_HOME: 'caches' }), join(home, '.cache/countersign/code'));
    assert.equal(at('win32', { LOCALAPPDATA: 'local' }), undefined);
    assert.equal(at('win32'), undefined);
    assert.equal(codeFolder({ environment: {}, platform: 'linux', home: '' }), undefined);
  });

  it('is where the client says', () => {
    const storage = '/storage/code';
    assert.equal(codeFolder({ environment: {}, platform: 'linux', home, named: storage }), storage);
    assert.equal(codeFolder({ environment: {}, platform: 'linux', home, named: 'code' }), undefined);
    const environment = { NODE_DISABLE_COMPILE_CACHE: '1' };
    assert.equal(codeFolder({ environment, platform: 'linux', home, named: storage }), undefined);
  });

  it('is nowhere where Node.js is told to keep no code, or measures what is run', () => {
    assert.equal(at('linux', { NODE_DISABLE_COMPILE_CACHE: '1' }), undefined);
    assert.equal(at('linux', { NODE_V8_COVERAGE: '/coverage' }), undefined);
  });
});
