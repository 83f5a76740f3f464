/** A project in a git repository, for tests of the command line. */
import { TestRepository } from '../origin/test-repository';
import { type JsonReport, type Run, runCli } from './project';

export class GitProject extends TestRepository {
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
    return runCli(args, { cwd: this.folder, env });
  }

  /** `file:line rule` of each finding; the exit code and what is on standard error where there is no report. */
  found(...args: readonly string[]): string[] {
    return this.scan(...args).findings.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`);
  }

  scan(...args: readonly string[]): JsonReport {
    const { out, err, code } = this.run(['scan', '--format', 'json', ...args]);
    try {
      return JSON.parse(out) as JsonReport;
    } catch (error) {
      throw new Error(`exit code ${code}: ${err}`, { cause: error });
    }
  }
}

/** Runs a test in a repository that is removed after it. */
export function withGit(
  files: Readonly<Record<string, string>>,
  test: (project: GitProject) => void | Promise<void>,
): () => Promise<void> {
  return async () => {
    const project = new GitProject();
    try {
      for (const [path, content] of Object.entries(files)) project.write(path, content);
      if (Object.keys(files).length > 0) project.commit('Begin');
      await test(project);
    } finally {
      project.remove();
    }
  };
}
