import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { ENGINE_RULES } from '../../analysis/engine-rules';
import type { RuleMeta } from '../../analysis/rule';
import type { Host } from '../../host/host';
import type { Environment, Sink } from '../command';
import { pathBelow, type Scope } from '../scan/scope';
import { jsonReporter } from './json-reporter';
import { prettyReporter } from './pretty-reporter';
import type { Reporter } from './report';
import { sarifReporter } from './sarif-reporter';

export interface ReporterParts {
  readonly scope: Scope;
  readonly rules: readonly RuleMeta[];
  readonly environment: Environment;
  /** Where the report goes. */
  readonly sink: Sink;
  readonly host: Host;
}

export function reporterFor(
  {
    format,
    hasSuppressed,
    baseline,
  }: {
    readonly format: 'pretty' | 'json' | 'sarif';
    readonly hasSuppressed: boolean;
    readonly baseline?: object | undefined;
  },
  { scope, rules, environment, sink, host }: ReporterParts,
): Reporter {
  if (format === 'pretty') return prettyReporter(sink.isTerminal && environment.hasColours);
  if (format === 'json') return jsonReporter(scope.root);
  // Whoever shows the results looks for files from the top of the repository.
  const base = scope.repository ?? scope.root;
  const all = [...rules, ...ENGINE_RULES].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sarifReporter({
    version: environment.version,
    informationUri: environment.homepage,
    rules: all.map((rule) => ({ rule, page: host.rulePage(rule.id) })),
    baseUri: pathToFileURL(join(base, '/')).href,
    belowBase: (path) => pathBelow(base, resolve(scope.root, path)),
    hasSuppressed,
    hasBaseline: baseline !== undefined,
  });
}
