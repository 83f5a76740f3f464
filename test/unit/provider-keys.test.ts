// What the page of the rule cannot show: how sure a key is, and the forms of private keys.
import assert from 'node:assert/strict';

import { providerKeysIn } from '../../server/src/models/provider-keys';
import { checksumOf } from '../../server/src/models/secrets/checksum';
import { MADE_UP_SECRETS } from '../pages/made-up-secrets';

const LINE = `${'Zk3vQ9'.repeat(3)}hT7mWc2Lx8Bn4Rj6Yp1Sd5Gf0KaUeOiNqVbHgJtMwXyPlCr`;

function keyOf(type: string, lines: readonly string[], end = type): string {
  return [`-----${'BEGIN'} ${type}-----`, ...lines, `-----${'END'} ${end}-----`].join('\n');
}

function found(text: string): string[] {
  return [...providerKeysIn(text)].map(({ what, confidence }) => `${what}: ${confidence}`);
}

describe('keys of providers', () => {
  it('have a checksum, of which the announcement shows one', () => {
    assert.equal(checksumOf(['zQWBuTSOoRi4A9s', 'pHcVY5ncnsDkxkJ'].join('')), '0mLq17');
  });

  it('are less sure where the checksum is wrong', () => {
    const token = MADE_UP_SECRETS['github token']?.() ?? '';
    const other = token.slice(0, -1) + (token.endsWith('1') ? '2' : '1');
    assert.deepEqual(found(`a ${token} b`), ['GitHub token: high']);
    assert.deepEqual(found(`a ${other} b`), ['GitHub token: medium']);
  });

  it('are none in the token that documentation shows', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = { sub: '1234567890', name: 'John Doe', iat: 1_516_239_022 };
    assert.deepEqual(
      found([part({ alg: 'HS256', typ: 'JWT' }), part(body), LINE.slice(0, 43)].join('.')),
      [],
    );
  });
});

describe('private keys', () => {
  it('are found in the form of OpenSSH, which has long runs of one letter', () => {
    const type = `OPENSSH ${'PRIVATE'} KEY`;
    assert.deepEqual(found(keyOf(type, [`b3BlbnNzaC1rZXktdjEA${'A'.repeat(20)}BG5vbmU`, LINE, LINE])), [
      'private key: high',
    ]);
  });

  it('are found where lines say how they are encrypted', () => {
    const headers = ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,0F1E2D3C4B5A69788796A5B4C3D2E1F0', ''];
    assert.deepEqual(found(keyOf(`RSA ${'PRIVATE'} KEY`, [...headers, LINE, LINE])), ['private key: medium']);
  });

  it('are found in comments, in strings put together and in blocks of PGP', () => {
    const type = `RSA ${'PRIVATE'} KEY`;
    const key = keyOf(type, [LINE, LINE]);
    assert.deepEqual(found(key.replace(/^/gm, '# ')), ['private key: high']);
    assert.deepEqual(found(key.replace(/^(.*)$/gm, '"$1\\n" +')), ['private key: high']);
    assert.deepEqual(
      found(keyOf(`PGP ${'PRIVATE'} KEY BLOCK`, ['Version: GnuPG v2', '', LINE, LINE, '=aB3d'])),
      ['private key: high'],
    );
  });

  it('are none where there is no key between the lines', () => {
    const type = `RSA ${'PRIVATE'} KEY`;
    assert.deepEqual(found(keyOf(type, ['...'])), []);
    assert.deepEqual(found(keyOf(type, ['your key here'])), []);
    assert.deepEqual(found(keyOf(type, ['x'.repeat(64), 'x'.repeat(64)])), []);
  });
});
