// Begins a rule: its file, its page, and its place in the list.
//
//   npm run new-rule -- group/name
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitCode, Refusal, root, runAsProgram } from './repository.mjs';

const INDEX = 'server/src/rules/index.ts';

/** @param {string} name `weak-hash` becomes `weakHash` */
const camelCase = (name) => name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/**
 * @param {string} id
 * @param {string} constant
 */
const ruleText = (id, constant) => `import type { Rule } from '../../analysis/rule';

const DANGEROUS: ReadonlySet<string> = new Set(['module.member']);

export const ${constant}: Rule = {
  id: '${id}',
  title: '',
  severity: 'warning',
  aiSeverity: 'error',
  // Low is off until somebody names the rule; raise it after reading its findings on real code.
  confidence: 'low',
  cwe: [],
  owasp: [],
  fixable: false,

  *check(facts) {
    for (const call of facts.callsTo(DANGEROUS)) {
      yield { at: call.callee, message: 'What is wrong. What to do.' };
    }
  },
};
`;

/** @param {string} id */
const pageText = (id) => `# ${id}

Finds calls of \`member\`.

Why it is a defect, and why AI tools write it.

## Flagged

\`\`\`ts
import { member } from 'module';
const answer = member();
//             ~~~~~~ What is wrong. What to do.
\`\`\`

## Left alone

Why this one is fine.

\`\`\`ts
import { other } from 'module';
const answer = other();
\`\`\`

A function of the same name from elsewhere.

\`\`\`ts
import { member } from 'elsewhere';
const answer = member();
\`\`\`
`;

/** @param {string[]} args */
async function main(args) {
  const [id = ''] = args;
  const match = /^([a-z][a-z-]*)\/([a-z][a-z0-9-]*)$/.exec(id);
  if (!match) throw new Refusal('Name the rule after the defect: npm run new-rule -- group/name');
  const [, group = '', name = ''] = match;
  if (/^(?:no|use|require|enable|avoid)-/.test(name)) {
    throw new Refusal(`Name the defect, not the cure: \`weak-hash\`, not \`${name}\`.`);
  }
  const file = join(root, `server/src/rules/${id}.ts`);
  if (existsSync(file)) throw new Refusal(`server/src/rules/${id}.ts is there already.`);

  const constant = camelCase(name);
  const index = readFileSync(join(root, INDEX), 'utf8');
  const imports = [...index.matchAll(/^import \{ (\w+) \} from '\.\/([^']+)';$/gm)].map(
    ([, known, path]) => ({ known, path }),
  );
  if (imports.some(({ known }) => known === constant))
    throw new Refusal(`A rule named ${name} is there in another group.`);
  const all = [...imports, { known: constant, path: `${group}/${name}` }].sort((a, b) =>
    (a.path ?? '') < (b.path ?? '') ? -1 : 1,
  );
  const lines = all.map(({ known, path }) => `import { ${known} } from './${path}';`);
  const list = all.map(({ known }) => `  ${known},`);
  const head = index.slice(0, index.indexOf('import { '));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ruleText(id, constant));
  writeFileSync(file.replace(/\.ts$/, '.md'), pageText(id));
  writeFileSync(
    join(root, INDEX),
    `${head}${lines.join('\n')}\n\nexport const RULES: readonly Rule[] = [\n${list.join('\n')}\n];\n`,
  );
  console.log(`wrote server/src/rules/${id}.ts and ${id}.md, and listed the rule in ${INDEX}`);
  console.log(`next: write the page, then the check; npm test -- --node --grep ${id}`);
  return exitCode.ok;
}

await runAsProgram(import.meta.url, main);
