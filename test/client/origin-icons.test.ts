// The pictures in the gutter: whoever cannot tell colours apart, or uses high contrast, sees them as well.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { MARKERS } from '../../client/src/origin/marker-ranges';
import { repositoryRoot } from '../repository-root';

const folder = join(repositoryRoot(), 'media', 'origin');
const picture = (name: string) => readFileSync(join(folder, `${name}.svg`), 'utf8');

/** Backgrounds of the editor: the lightest and darkest of the built-in themes, which are those of high contrast. */
const BACKGROUNDS = { light: ['#ffffff', '#f3f3f3', '#fdf6e3'], dark: ['#000000', '#1f1f1f', '#272822'] };
/** WCAG 2.2, 1.4.11, asks 3 of graphics; high contrast asks 7 of text. */
const LEAST = { '#ffffff': 7, '#000000': 7 } as Readonly<Record<string, number>>;

describe('pictures of the markers', () => {
  for (const marker of MARKERS) {
    for (const theme of ['light', 'dark'] as const) {
      it(`${marker}-${theme} stands out from its backgrounds`, () => {
        const colors = [...picture(`${marker}-${theme}`).matchAll(/#[0-9a-f]{6}/g)].map(([color]) => color);
        assert.ok(colors.length > 0);
        for (const color of colors) {
          for (const background of BACKGROUNDS[theme]) {
            const found = contrast(color, background);
            const least = LEAST[background] ?? 4.5;
            assert.ok(found >= least, `${color} on ${background}: ${found.toFixed(1)}, not ${least}`);
          }
        }
      });
    }

    it(`${marker} has the same shape in both`, () => {
      const [light, dark] = ['light', 'dark'].map((theme) =>
        picture(`${marker}-${theme}`).replace(/#[0-9a-f]{6}/g, '#'),
      );
      assert.equal(light, dark);
    });
  }

  it('have shapes of their own', () => {
    const shapes = MARKERS.map((marker) => picture(`${marker}-light`).replace(/#[0-9a-f]{6}/g, '#'));
    assert.equal(new Set(shapes).size, MARKERS.length);
  });

  it('have bars on whole pixels, of the height of any line', () => {
    for (const marker of ['solid', 'hollow']) {
      const bars = [...picture(`${marker}-light`).matchAll(/<rect ([^/]*)\/>/g)].map(
        ([, rest]) => rest ?? '',
      );
      assert.ok(bars.length > 0);
      for (const bar of bars) assert.match(bar, /^x="\d+" width="\d+" height="100%"/);
    }
  });
});

/** WCAG 2.2, relative luminance. */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const [red, green, blue] = [1, 3, 5]
      .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}
