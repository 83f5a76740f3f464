// Texts that were made to be slow to read. An expression that goes back and forth in them never ends here, or
// only long after the limit of the test.
import assert from 'node:assert/strict';
import { sqlTextOf } from '../../server/src/models/flow/sql-text';
import { hiddenIn } from '../../server/src/models/hidden-characters';
import { providerKeysIn } from '../../server/src/models/provider-keys';
import { secretsInText } from '../../server/src/models/secrets/text-secrets';
import { tlsSettingsIn } from '../../server/src/models/tls-settings';
import { RULES } from '../../server/src/rules/index';
import { readTextFile } from '../../server/src/syntax/formats/read-text-file';
import { analyseFile, testParsers } from '../engine';
import { argumentOfHere, syntaxReader } from './syntax-of';

const LENGTH = 500_000;

function filled(pattern: string): string {
  return pattern.repeat(Math.ceil(LENGTH / pattern.length));
}

describe('a hostile text', () => {
  const begin = `-----${'BEGIN'} PRIVATE KEY-----`;
  const texts = {
    'a key that never ends': begin + filled('A'),
    'the lines of a key that never ends': begin + filled(`${'A'.repeat(64)}\n`),
    'keys that begin and never end': filled(`${begin}${'A'.repeat(20)} `),
    'addresses without an end': filled('http://a:b'),
    'addresses without a host': filled('://x:'),
    'tokens without an end': filled('eyJ'),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`has no key: ${name}`, () => assert.deepEqual([...providerKeysIn(text)], []));
  }

  const named = {
    'names without an end': filled('password'),
    'names that are one word': filled('token_'),
    'names and signs': filled('secret="'),
    'names with blanks behind them': `password${filled(' ')}`,
    'values without an end': `password = "${filled('aB3$')}`,
    'values that are escaped': `password: '${filled('\\\\')}`,
    'calls in calls': `setPassword(${filled('a(')}`,
    'dotted names': `${filled('a.')}password${filled('.a')}`,
    'elements without an end': filled('<password>'),
    'variables without a default': filled('"db_password" {'),
    'headers without an end': filled('Bearer '),
    'one long header': `Authorization: Bearer ${filled('a1')}`,
    'commands without a user': filled('curl -u '),
    'programs with options': filled('mysql -p -p '),
    'addresses with a password': filled('a://b:c1d2'),
    'schemes without an end': filled('a+b.c-'),
    'hashes without an end': filled('$6$a$'),
    'statements without a value': filled('IDENTIFIED BY   '),
    'settings of a connection': filled('password=a;'),
    'calls with a user': filled('login("a", '),
    'connections to nowhere': filled('mysqli_connect(a, '),
    'quotes of all kinds': filled('token=\'token="token=`'),
    'statements of one name': filled('password "'),
    'queries without an end': filled('?token=a1'),
    'names and values of elements': filled('password</name> <value>'),
    'one long line of settings': filled('server=b;password=c1;'),
  };
  for (const [name, text] of Object.entries(named)) {
    it(`has its secrets looked for: ${name}`, () => {
      const began = performance.now();
      for (const path of ['settings.yml', 'main.py', 'readme.md']) [...secretsInText(text, path)];
      assert.ok(performance.now() - began < 2_000);
    });
  }

  it('has its hidden characters found in one long line', () => {
    assert.equal([...hiddenIn('a\u202a'.repeat(20_000))].length, 20_000);
  });

  it('has its settings read where blanks have no end', () => {
    const text = `strict-ssl${filled(' ')}x\n${filled(' \t')}`;
    assert.deepEqual([...tlsSettingsIn(readTextFile('.npmrc', 'text', text))], []);
  });

  it('has its SQL told apart', async () => {
    const read = await syntaxReader();
    const texts = {
      'columns without an end': `select 1 order by ${filled('a1 asc, ')}`,
      'blanks without an end': `select 1 where a = ${filled(' ')}`,
      'words that begin a list': filled('select insert into a ('),
      quotes: filled("'"),
    };
    for (const [name, text] of Object.entries(texts)) {
      const { pieces } = sqlTextOf(argumentOfHere(read(`here("${text}" + value + "'");`)));
      assert.equal(pieces.length, 1, name);
    }
  });

  const names = Array.from({ length: 24 }, (_, at) => `v${at}`);
  const pairs = names.flatMap((one) => names.map((other) => [one, other] as const));
  const calls = names.map((name) => `${name}()`).join(' + ');
  const webs = {
    'variables where each may be any other': `export function f(a) { var ${names}; ${pairs.map(([one, other]) => `${one} = ${other};`).join('')} db.query(v0 + a); res.send(v1 + a); el.innerHTML = v2; }`,
    'functions where each calls all others': `${names.map((name) => `function ${name}() { return ${calls}; }`).join('')} function f(a) { db.query(v0() + a); res.send(v1() + a); exec(v2() + a); }`,
    'names where each is put into all others': `var ${names.map((name) => `${name} = {}`)}; ${pairs.map(([one, other]) => `${one}.${other} = ${other};`).join('')} v0.f = function (a) { db.query('select ' + a); res.send('<b>' + a); };`,
  };
  for (const [name, code] of Object.entries(webs)) {
    it(`is looked at by all rules: ${name}`, async () => {
      const parserOf = await testParsers();
      const began = performance.now();
      analyseFile('a.js', code, RULES, parserOf);
      assert.ok(performance.now() - began < 10_000);
    });
  }
});
