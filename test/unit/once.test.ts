// A text that is checked once is evaluated without recording what was looked at, and items share their answers.
// It must be told the same as a text that is edited.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { grammarFor } from '../../grammars/languages';
import type { Parser } from '../../grammars/parser';
import { FileAnalysis } from '../../server/src/analysis/file-analysis';
import type { Finding } from '../../server/src/analysis/finding';
import { SourceFile } from '../../server/src/analysis/source-file';
import { RULES } from '../../server/src/rules/index';
import { CodeDocument } from '../../server/src/session/code-document';
import { codeReader, readOnce } from '../../server/src/syntax/syntax-document';
import { rethrow, testParsers } from '../engine';
import { readPage } from '../pages/page';
import { readRealFile, realFiles } from '../real-files';
import { repositoryRoot } from '../repository-root';

const plain = (findings: readonly Finding[]) =>
  findings.map(({ fixes, ...rest }) => ({ ...rest, fixes: fixes() }));

describe('a text that is checked once', () => {
  let parserOf: (path: string) => Parser;
  before(async () => {
    parserOf = await testParsers();
  });

  it('has the findings of one that is edited, in real files and in the examples of all rules', () => {
    let count = 0;
    const compare = (path: string, text: string) => {
      const parser = parserOf(path);
      const [once, followed] = [true, false].map((isOnce) => {
        const file = new SourceFile(path, parser.grammar, codeReader(parser));
        readOnce(file, parser, text);
        return plain(new FileAnalysis(file, RULES, rethrow, isOnce).run());
      });
      assert.deepEqual(once, followed, path);
      count += once?.length ?? 0;
    };
    for (const path of realFiles()) compare(path, readRealFile(path));
    for (const { id } of RULES) {
      const page = `server/src/rules/${id}.md`;
      const { examples } = readPage(page, readFileSync(join(repositoryRoot(), page), 'utf8'));
      for (const { name, text } of examples.flatMap(({ files }) => files)) {
        if (grammarFor(name)) compare(name, text);
      }
    }
    assert.ok(count > RULES.length, 'nothing was found anywhere');
  }).timeout(120_000);

  it('is evaluated anew as a whole if it is edited all the same', () => {
    const text = "const key = 'off';\nexport const a = { rejectUnauthorized: key };\nexport const b = 1;\n";
    const document = new CodeDocument(TextDocument.create('file:///a.ts', 'typescript', 0, text), {
      path: 'a.ts',
      grammar: 'typescript',
      parser: parserOf('a.ts'),
      rules: RULES,
      onRuleError: rethrow,
      suppression: () => ({ today: '2026-01-01', isRule: () => true }),
      now: () => 0,
      isOnce: true,
    });
    assert.equal(document.findings.length, 0);
    const range = { start: { line: 0, character: 12 }, end: { line: 0, character: 17 } };
    document.change(1, [{ range, text: 'false' }], false);
    assert.deepEqual(
      document.findings.map(({ ruleId }) => ruleId),
      ['transport/tls-verify-off'],
    );
    document.dispose();
  });
});
