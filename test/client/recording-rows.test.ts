import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { namedPlace, recordingRows } from '../../client/src/recording/recording-rows';
import type { RecordingPlace } from '../../protocol/recording';
import { english } from './english';

const FOLDER = 'file:///home/ada/shop';
const CLAUDE: RecordingPlace = {
  ...{ agent: 'claude', folder: null, name: 'Claude Code', file: '/home/ada/.claude/settings.json' },
  state: 'set-up',
};
const PLACES: readonly RecordingPlace[] = [
  CLAUDE,
  { ...CLAUDE, agent: 'cursor', name: 'Cursor', state: 'broken', problem: 'It is no JSON.' },
  { ...CLAUDE, folder: FOLDER, state: 'none' },
  { ...CLAUDE, agent: 'cursor', name: 'Cursor', folder: FOLDER, state: 'other' },
];

describe('the list of AI tools that can be recorded', () => {
  const texts = (isRemoval: boolean) =>
    recordingRows(PLACES, isRemoval, (uri) => uri.slice(-4), english).map((row) =>
      row.heading === undefined ? `${row.label}: ${row.description}` : `# ${row.heading}`,
    );

  it('says how each stands, for the person and for each folder', () => {
    assert.deepEqual(texts(false), [
      '# In all that you do',
      'Claude Code: set up',
      'Cursor: cannot be set up: It is no JSON.',
      '# In the folder shop alone',
      'Claude Code: not set up',
      'Cursor: set up by another version, or in another way',
    ]);
  });

  it('has only what can be removed where that is asked for', () => {
    assert.deepEqual(texts(true), [
      '# In all that you do',
      'Claude Code: set up',
      '# In the folder shop alone',
      'Cursor: set up by another version, or in another way',
    ]);
  });

  it('is not needed where the command names one', () => {
    assert.equal(namedPlace({ agent: 'claude' }, PLACES), CLAUDE);
    assert.equal(namedPlace({ agent: 'claude', folder: FOLDER }, PLACES), PLACES[2]);
    for (const argument of [undefined, null, 'claude', {}, { agent: 'claude', folder: 'file:///other' }])
      assert.equal(namedPlace(argument, PLACES), undefined);
  });
});
