import assert from 'node:assert/strict';
import { weakPattern } from '../../server/src/models/cors/origin-check';

describe('patterns for origins', () => {
  const HOLD = [
    '^https:\\/\\/larkfield\\.example$',
    '^https?:\\/\\/(?:www\\.)?larkfield\\.example$',
    '^https:\\/\\/[a-z-]+\\.larkfield\\.example$',
    '^https:\\/\\/.*\\.larkfield\\.example$',
    '^https:\\/\\/([\\w-]+\\.)*larkfield\\.example(:\\d+)?$',
    '\\.larkfield\\.example$',
    '^http:\\/\\/localhost(:\\d+)?$',
    '^chrome-extension:\\/\\/',
  ];
  const LOOK_ALIKES_PASS: Readonly<Record<string, string>> = {
    'larkfield\\.example$': 'https://evil-larkfield.example',
    '^https:\\/\\/larkfield\\.example': 'https://larkfield.example.evil.example',
    '^https:\\/\\/.*larkfield\\.example$': 'https://evil-larkfield.example',
    '^https:\\/\\/[a-z-]*larkfield\\.example$': 'https://evil-larkfield.example',
    '^https:\\/\\/shop.larkfield.example$': 'https://shop-larkfield.example',
    'larkfield.example': 'https://larkfield.example.evil.example',
    localhost: 'https://localhost.evil.example',
    '.*': 'https://evil.example',
    '^https?:\\/\\/': 'https://evil.example',
  };

  for (const source of HOLD) {
    it(`takes /${source}/ to hold`, () => {
      assert.equal(weakPattern(source), undefined);
    });
  }
  for (const [source, lookAlike] of Object.entries(LOOK_ALIKES_PASS)) {
    it(`sees that ${lookAlike} passes /${source}/`, () => {
      assert.match(lookAlike, new RegExp(source));
      assert.notEqual(weakPattern(source), undefined);
    });
  }
});
