import assert from 'node:assert/strict';
import { TRANSFORMATIONS } from './transformations';
import { after } from './transformations/holds';

describe('transformations', () => {
  it('are listed by name, each once', () => {
    const names = TRANSFORMATIONS.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)].toSorted());
  });

  it('leave files alone that are no code or do not parse', () => {
    for (const { name, apply } of TRANSFORMATIONS) {
      if (name === 'crlf') continue;
      assert.equal(apply([{ name: '.env', text: 'A=`${b}`\n' }]), undefined, name);
      assert.equal(
        apply([{ name: 'a.ts', text: "import { a } from 'b'; const x = a(`${`;\n" }]),
        undefined,
        name,
      );
    }
  });

  it('reads files that end their lines with CRLF', () => {
    const text = "import { exec } from 'cp';\r\nconst a = `x ${b}`;\r\nexec(a, { shell: true });\r\n";
    for (const { name, apply } of TRANSFORMATIONS)
      assert.ok(name === 'crlf' || apply([{ name: 'a.ts', text }]) !== null);
    assert.match(after('import-alias', text)!, /exec_\(a, /);
  });
});
