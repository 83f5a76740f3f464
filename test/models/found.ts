import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index';
import { analyseFile, testParsers } from '../engine';

/**
 * A row of a table: what the library has, a text with it that is found, and its twin that is left alone.
 * Without a rule's id of its own it is the table's.
 */
export interface Row {
  readonly title: string;
  readonly rule: string;
  readonly flagged: string;
  readonly silent: string;
  readonly path?: string;
}

/** Runs each row as a test: at `strict` its rule finds the one text and not the other. */
export function testRows(about: string, rows: readonly Row[]): void {
  describe(about, function () {
    this.timeout(30_000);
    let found: (path: string, code: string) => readonly string[];
    before(async () => {
      const parserOf = await testParsers();
      found = (path, code) =>
        analyseFile(path, code, RULES, parserOf)
          .findings.filter(({ confidence }) => confidence !== 'low')
          .map(({ ruleId }) => ruleId);
    });
    for (const { title, rule, flagged, silent, path = 'src/a.js' } of rows) {
      it(title, () => {
        const ids = found(path, flagged);
        assert.ok(ids.includes(rule), `${rule} misses (found: ${ids.join(' ')})\n${flagged}`);
        assert.ok(!found(path, silent).includes(rule), `${rule} reports the twin\n${silent}`);
      });
    }
  });
}

/** By title: what stands at the head of the file, and two bodies of a handler in which `x` is what the client sent. */
export type Table = Readonly<Record<string, readonly [head: string, flagged: string, silent: string]>>;

export function rowsOf(rule: string, table: Table): Row[] {
  return Object.entries(table).map(([title, [head, flagged, silent]]) => ({
    title,
    rule,
    flagged: handler(head, flagged),
    silent: handler(head, silent),
  }));
}

/** A file with one route of Express. */
function handler(head: string, code: string): string {
  return `${head} const express = require('express'); const app = express(); app.post('/', async (req, res) => { const x = req.body.x; ${code} });`;
}
