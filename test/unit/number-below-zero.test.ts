// What makes sure that a number of a request is not below zero, and what does not.
import assert from 'node:assert/strict';
import { flowsInto } from '../../server/src/analysis/flow/flow';
import { Answers } from '../../server/src/analysis/remembered';
import type { SourceFile } from '../../server/src/analysis/source-file';
import { FLOW_MODEL } from '../../server/src/models/flow/model';
import { argumentOfHere, syntaxReader } from './syntax-of';

const OPEN = [
  'here(Number(req.body.n));',
  'const n = Number(req.body.n); if (n > account.balance) return; here(n);',
  'const n = Number(req.body.n); if (n > 100) return; here(n);',
  'const n = Number(req.body.n); if (n !== 5) here(n);',
  'const n = Number(req.body.n); if (n < -100) return; here(n);',
];
const BOUNDED = [
  'const n = Number(req.body.n); if (n <= 0) return; here(n);',
  'const n = Number(req.body.n); if (0 < n) here(n);',
  'const n = Number(req.body.n); if (n < product.minimum) return; here(n);',
  'here(Math.abs(Number(req.body.n)));',
  'here(Math.max(1, req.body.n));',
];

describe('whether a number may be below zero', () => {
  let read: (code: string) => SourceFile;

  before(async () => {
    read = await syntaxReader();
  });

  for (const code of OPEN) it(`may be: ${code}`, () => assert.equal(flows(code), 1));
  for (const code of BOUNDED) it(`is not: ${code}`, () => assert.equal(flows(code), 0));

  function flows(code: string): number | undefined {
    const file = read(`function handle(req) { ${code} }`);
    file.answers = new Answers();
    const at = argumentOfHere(file);
    return flowsInto(at, at, 'sign', FLOW_MODEL)?.length;
  }
});
