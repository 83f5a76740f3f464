// Comments that suppress findings in files that are no code, on the command line.
import assert from 'node:assert/strict';
import { withProject } from './project';

const RULES_FILE = (comment: string) => `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /users/{userId} {
${comment}      allow read, write: if true;
    }
  }
}
`;
const RULE = 'firebase/open-rules';

describe('command line: suppressions in files that are no code', function () {
  this.timeout(60_000);

  it(
    'hold, expire and are unused as those in code',
    withProject(
      {
        'open/firestore.rules': RULES_FILE(''),
        'known/firestore.rules': RULES_FILE(
          `      // countersign-disable-next-line ${RULE} -- a demonstration\n      // Of everything.\n`,
        ),
        'over/firestore.rules': RULES_FILE(
          `      // countersign-disable-next-line ${RULE} -- a demonstration until 2020-01-01\n`,
        ),
        'block/firestore.rules': `/* countersign-disable-file ${RULE} -- a demonstration */\n${RULES_FILE('')}`,
        'schema.sql': `-- countersign-disable-file ${RULE} -- a demonstration\nselect 1;\n`,
        'other.txt': `-- countersign-disable-file ${RULE} -- no comment here\n`,
      },
      (project) => {
        const { findings } = project.scan('--profile', 'strict');
        assert.deepEqual(
          findings.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`),
          [
            `open/firestore.rules:5 ${RULE}`,
            'over/firestore.rules:5 suppression/expired',
            `over/firestore.rules:6 ${RULE}`,
            'schema.sql:1 suppression/unused',
          ],
        );
        project.run(['scan', '--fix']);
        assert.equal(project.read('schema.sql'), 'select 1;\n', 'the unused one is removed by its fix');
      },
    ),
  );
});
