// Symbolic links on a real disk: what a configuration extends must not lead out of the workspace folder by them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createNodeHost } from '../../server/src/host/node-host';
import { ConfigurationFiles } from '../../server/src/session/configuration/configuration-files';

describe('the real place of a file', () => {
  const base = realpathSync.native(mkdtempSync(join(tmpdir(), 'countersign-real-')));
  after(() => rmSync(base, { recursive: true, force: true }));
  const uri = (path: string) => pathToFileURL(join(base, path)).href;
  const host = createNodeHost(base, () => {});

  before(() => {
    for (const folder of ['work/packages/base', 'work/node_modules', 'outside']) {
      mkdirSync(join(base, folder), { recursive: true });
    }
    const strict = '{ "profile": "strict" }';
    writeFileSync(join(base, 'work/packages/base/countersign.json'), strict);
    writeFileSync(join(base, 'outside/countersign.json'), strict);
    symlinkSync(join(base, 'work/packages/base'), join(base, 'work/node_modules/base'), 'junction');
    symlinkSync(join(base, 'outside'), join(base, 'work/node_modules/leak'), 'junction');
    symlinkSync(join(base, 'work'), join(base, 'link'), 'junction');
  });

  it('is told for files and folders behind links, and for nothing else', () => {
    assert.equal(host.realUri(uri('work/node_modules/base')), uri('work/packages/base'));
    assert.equal(
      host.realUri(uri('link/packages/base/countersign.json')),
      uri('work/packages/base/countersign.json'),
    );
    for (const none of [
      uri('work/nothing'),
      `${uri('work')}/countersign.json/a`,
      'untitled:a',
      'file:///%00',
      '',
    ]) {
      assert.equal(host.realUri(none), undefined, none);
    }
  });

  it('decides what may be extended', () => {
    const told = (name: string, root: string) => {
      writeFileSync(join(base, 'work/.countersignrc.json'), JSON.stringify({ extends: name }));
      const files = new ConfigurationFiles(host, new Set(), true);
      const problems = files.nearest(`${uri(root)}/a.ts`, uri(root))?.problems ?? [];
      return [
        files.inForce(`${uri(root)}/a.ts`, uri(root)).profile,
        ...problems.map(({ message }) => message),
      ];
    };
    for (const root of ['work', 'link']) {
      assert.deepEqual(told('base', root), ['strict']);
      assert.deepEqual(told('./packages/base/countersign.json', root), ['strict']);
      for (const name of ['leak', './node_modules/leak/countersign.json', '../outside/countersign.json']) {
        const [profile, message] = told(name, root);
        assert.equal(profile, undefined);
        assert.match(message ?? '', /leads out of the workspace folder/);
      }
    }
  });
});
