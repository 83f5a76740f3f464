// Whether the AI switch is on for a file, as configuration files say it.
import assert from 'node:assert/strict';
import { ConfigurationFiles } from '../../server/src/session/configuration/configuration-files';
import { CONFIGURATION_NAME as FILE } from '../../server/src/session/configuration/configuration-name';
import { FakeHost } from '../server/fake-host';

const ROOT = 'file:///w';

describe('the AI switch in configuration files', () => {
  const files = {
    'shared.json': { ai: false, overrides: [{ files: 'web/**', ai: true }] },
    [FILE]: { extends: './shared.json', overrides: [{ files: '*.gen.ts', ai: false }] },
    [`own/${FILE}`]: { ai: true },
    [`silent/${FILE}`]: {},
    [`wrong/${FILE}`]: { ai: 'no' },
  };
  const cases: [what: string, path: string, isOn: boolean | undefined][] = [
    ['what is extended', 'a.ts', false],
    ['an override of what is extended', 'web/a.ts', true],
    ['an override of the file, which comes last', 'web/a.gen.ts', false],
    ['the nearest file', 'own/a.ts', true],
    ['nobody', 'silent/a.ts', undefined],
    ['nobody, where it is wrong', 'wrong/a.ts', undefined],
  ];
  for (const [what, path, isOn] of cases) {
    it(`is what ${what} says`, () => {
      const host = new FakeHost();
      for (const [name, content] of Object.entries(files))
        host.files.set(`${ROOT}/${name}`, { text: JSON.stringify(content) });
      assert.equal(new ConfigurationFiles(host, new Set(), true).inForce(`${ROOT}/${path}`, ROOT).ai, isOn);
    });
  }
});
