// What the readers of formats make of a text: settings with their places, and comments.
import assert from 'node:assert/strict';
import type { Format } from '../../server/src/analysis/text-file';
import { formatOf } from '../../server/src/syntax/formats/format-of';
import { readTextFile } from '../../server/src/syntax/formats/read-text-file';

/** `path = meaning ⟨as written⟩`, one line for each setting. */
function settings(format: Format, text: string): string[] {
  return readTextFile('a', format, text).entries.map(({ path, key, value, text: meaning, isString }) => {
    if (key) assert.ok(text.slice(key.start, key.end).includes(path.at(-1) ?? ''), 'the key stands there');
    const written = text.slice(value.start, value.end);
    return `${path.join('.')} = ${isString ? JSON.stringify(meaning) : meaning} ⟨${written}⟩`;
  });
}

function comments(format: Format, text: string): string[] {
  return readTextFile('a', format, text).comments.map(({ start, end }) => text.slice(start, end));
}

describe('the format of a file', () => {
  const cases: [string, string, Format][] = [
    ['.env', '', 'env'],
    ['config/.env.production', 'properties', 'env'],
    ['prod.env', '', 'env'],
    ['environment.txt', '', 'text'],
    ['Dockerfile', '', 'dockerfile'],
    ['Dockerfile.dev', '', 'dockerfile'],
    ['web.dockerfile', '', 'dockerfile'],
    ['docker-compose.yml', '', 'yaml'],
    ['a.JSON', '', 'json'],
    ['.eslintrc', 'jsonc', 'json'],
    ['.cursor/rules/a.mdc', '', 'markdown'],
    ['Untitled-1', 'yaml', 'yaml'],
    ['main.py', 'python', 'text'],
    ['LICENSE', '', 'text'],
  ];
  for (const [path, language, format] of cases) {
    it(`of ${path} is ${format}`, () => assert.equal(formatOf(path, language), format));
  }
});

describe('the settings of a file', () => {
  const cases: [Format, string, string[]][] = [
    [
      'json',
      '{ // c\n "a": { "b": "x\\ny", "c": [1, true,] }, }',
      ['a.b = "x\\ny" ⟨"x\\ny"⟩', 'a.c.0 = 1 ⟨1⟩', 'a.c.1 = true ⟨true⟩'],
    ],
    ['json', '{ "a": "1", "b": ', ['a = "1" ⟨"1"⟩']],
    ['json', '', []],
    [
      'yaml',
      'a:\n  b: "x"\n  c: [1, y]\n  d: |\n    t # no\n---\ne: on\n',
      [
        'a.b = "x" ⟨"x"⟩',
        'a.c.0 = 1 ⟨1⟩',
        'a.c.1 = "y" ⟨y⟩',
        'a.d = "t # no\\n" ⟨|\n    t # no\n⟩',
        'e = "on" ⟨on⟩',
      ],
    ],
    ['yaml', 'a: &x 1\nb: *x\nc: [', ['a = 1 ⟨1⟩']],
    [
      'env',
      'A=1\n#B=2\nexport C = "x # y"\n D=a # c\nE=\'$x\'\nF=\nG: z\nH="a\nb"\r\nI=x#y\n',
      [
        ...['A = "1" ⟨1⟩', 'C = "x # y" ⟨"x # y"⟩', 'D = "a" ⟨a⟩', 'E = "$x" ⟨\'$x\'⟩', 'F = "" ⟨⟩'],
        ...['G = "z" ⟨z⟩', 'H = "a\\nb" ⟨"a\nb"⟩', 'I = "x#y" ⟨x#y⟩'],
      ],
    ],
    [
      'dockerfile',
      'FROM x\nENV A=1 B="2 3" \\\n    C=4\nENV D 5 6\nARG E=7\nARG F\nRUN G=8 x\n# ENV H=9\n',
      [
        'ENV.A = "1" ⟨1⟩',
        'ENV.B = "2 3" ⟨"2 3"⟩',
        'ENV.C = "4" ⟨4⟩',
        'ENV.D = "5 6" ⟨5 6⟩',
        'ARG.E = "7" ⟨7⟩',
      ],
    ],
    ['markdown', 'A=1\n', []],
  ];
  for (const [format, text, expected] of cases) {
    it(`of ${JSON.stringify(text)} as ${format}`, () => assert.deepEqual(settings(format, text), expected));
  }

  for (const format of ['json', 'yaml'] as const) {
    it(`are none in ${format} that is nested too deeply, which is said`, () => {
      const file = readTextFile('a', format, '['.repeat(30_000));
      assert.deepEqual(file.entries, []);
      assert.match(file.cause ?? 'nothing', /too deeply/);
    });
  }

  it('count the faults of the syntax', () => {
    assert.equal(readTextFile('a', 'json', '{}').faults, 0);
    assert.notEqual(readTextFile('a', 'json', '{').faults, 0);
    assert.equal(readTextFile('a', 'yaml', 'a: 1\n').faults, 0);
    assert.notEqual(readTextFile('a', 'yaml', 'a: [\n').faults, 0);
  });
});

describe('the comments of a file', () => {
  const cases: [Format, string, string[]][] = [
    ['json', '{ // a\n "b": "// no", /* c\n d */ }', ['// a', '/* c\n d */']],
    ['yaml', '# a\nb: "# no" # c\nd: |\n  # no\n# e\n', ['# a', '# c', '# e']],
    ['env', '# a\nB=1 # no\n  # c\r\n', ['# a', '# c']],
    ['dockerfile', '# a\nRUN x # no\n', ['# a']],
    ['markdown', '# no\n<!-- a\nb --> c <!-- d -->\n', ['<!-- a\nb -->', '<!-- d -->']],
    ['text', '# no\n// no\n', []],
  ];
  for (const [format, text, expected] of cases) {
    it(`of ${JSON.stringify(text)} as ${format}`, () => assert.deepEqual(comments(format, text), expected));
  }
});
