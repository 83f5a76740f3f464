// What the manifest promises and the client keeps: both lists are written by hand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { COMMAND_IDS } from '../../client/src/command-ids';
import { ClientCommand } from '../../protocol/messages';
import { DEFAULT_SETTINGS } from '../../protocol/settings';
import { repositoryRoot } from '../repository-root';

describe('the manifest', () => {
  const root = repositoryRoot();
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  const strings: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
  const { commands, configuration, walkthroughs, menus } = manifest.contributes;

  it('has every command of the client and no other', () => {
    const contributed = commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(contributed.sort(), [...COMMAND_IDS].sort());
  });

  it('has the commands that the server names', () => {
    for (const id of Object.values(ClientCommand))
      assert.ok((COMMAND_IDS as readonly string[]).includes(id), id);
  });

  it('has each string, and no string too many', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(strings).sort());
  });

  it('has the defaults that the server assumes', () => {
    for (const [key, setting] of Object.entries<{ default: unknown }>(configuration.properties)) {
      const path = key.split('.').slice(1);
      if (path[0] === 'trace') continue; // read by the client only
      const assumed = path.reduce<unknown>(
        (value, part) => (value as Record<string, unknown>)[part],
        DEFAULT_SETTINGS,
      );
      assert.deepEqual(setting.default, assumed, key);
    }
  });

  it('hides from the palette what cannot do without an argument', () => {
    assert.ok(
      menus.commandPalette.some(
        ({ command, when }: Record<string, string>) => command === 'countersign.suppress' && when === 'false',
      ),
    );
  });

  it('has a walkthrough whose pictures and links exist', () => {
    for (const { id, media } of walkthroughs[0].steps) {
      assert.ok(existsSync(join(root, media.markdown)), media.markdown);
      const [, command] =
        /\(command:(?:toSide:)?([^)]+)\)/.exec(strings[`walkthrough.${id}.description`] ?? '') ?? [];
      assert.ok((COMMAND_IDS as readonly string[]).includes(command ?? ''), `${id}: ${command}`);
    }
    assert.ok(existsSync(join(root, manifest.icon)));
  });

  it('starts with files that it checks and never with everything', () => {
    assert.equal(manifest.activationEvents.includes('*'), false);
    assert.equal(manifest.activationEvents.includes('onStartupFinished'), false);
  });
});
