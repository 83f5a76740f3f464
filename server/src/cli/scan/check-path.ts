/** From the path of a file to what is found in it. */
import { pathToFileURL } from 'node:url';

import { type Grammar, grammarFor } from '../../../../grammars/languages';
import type { Parser } from '../../../../grammars/parser';
import { ENGINE_RULES } from '../../analysis/engine-rules';
import type { Rule } from '../../analysis/rule';
import { type DecodedText, decodeText } from '../../host/encoding';
import type { Host } from '../../host/host';
import { readBytes } from '../../host/read-bytes';
import { type CheckedFile, checkFile, isCode, refusalOf } from '../../session/check-file';
import { ConfigurationFiles } from '../../session/configuration/configuration-files';
import { isConfigurationFile } from '../../session/configuration/configuration-name';
import { parseConfiguration } from '../../session/configuration/configuration-syntax';
import { type PersonalSettings, shownSettings } from '../../session/shown-findings';
import { formatOf } from '../../syntax/formats/format-of';
import { looksMinified } from './minified';
import { pathBelow, type Scope } from './scope';

/** Longer files are not read: nobody writes them by hand, and all of it would be in memory. */
const MOST_BYTES = 5 * 1024 * 1024;

const REFUSALS: Readonly<Record<string, string>> = {
  'no file': 'It is no plain file and was not checked.',
  'too large': 'It is larger than 5 MB and was not checked.',
  binary: 'It is binary and was not checked.',
};

export interface CheckedPath extends CheckedFile {
  /** Below the root, with `/`. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly decoded: DecodedText;
  /** Checks another text as if it were the file's. */
  readonly checkText: (text: string) => CheckedFile;
}

/** What became of a file: checked, not checked for a cause that is told, or rightly passed over. */
export type Outcome =
  | { readonly checked: CheckedPath }
  | { readonly cause: string }
  | { readonly passedOver: 'binary' | 'ignored' };

export interface CheckerOptions {
  readonly host: Host;
  readonly parsers: Readonly<Record<Grammar, Parser>>;
  readonly rules: readonly Rule[];
  readonly personal: PersonalSettings;
  readonly onError: (message: string) => void;
}

export interface BadConfiguration {
  readonly cause: string;
  /** Whether it is no JSON, or cannot be read at all. */
  readonly isUnread: boolean;
}

export class PathChecker {
  /** The configuration files that are in force for what was checked, and why not all of them is in force. */
  readonly badConfigurations = new Map<string, BadConfiguration>();
  readonly #scope: Scope;
  readonly #options: CheckerOptions;
  readonly #files: ConfigurationFiles;
  readonly #ruleIds: ReadonlySet<string>;
  readonly #configurationRoot: string;
  readonly #today: string;

  constructor(scope: Scope, options: CheckerOptions) {
    this.#scope = scope;
    this.#options = options;
    this.#ruleIds = new Set([...options.rules, ...ENGINE_RULES].map(({ id }) => id));
    this.#files = new ConfigurationFiles(options.host, this.#ruleIds, true);
    this.#configurationRoot = pathToFileURL(scope.configurationRoot).href.replace(/\/$/, '');
    this.#today = options.host.today();
  }

  /** @param isNamed whether the person named the file: then nothing is passed over in silence. */
  check(path: string, isNamed: boolean): Outcome {
    const uri = pathToFileURL(path).href;
    const configuration = this.#files.inForce(uri, this.#configurationRoot);
    this.#noteConfiguration(uri);
    if (configuration.isIgnored && !isConfigurationFile(uri)) {
      return isNamed
        ? { cause: 'It is left out by `ignore` in the configuration and was not checked.' }
        : { passedOver: 'ignored' };
    }
    const settings = shownSettings(configuration, this.#options.personal);

    const file = readBytes(path, MOST_BYTES);
    if (!file) return { cause: 'It is gone and was not checked.' };
    const isKnown = grammarFor(path) !== undefined || formatOf(path) !== 'text';
    if ('refusal' in file) {
      if (file.refusal === 'binary' && !isNamed && !isKnown) return { passedOver: 'binary' };
      return { cause: REFUSALS[file.refusal] ?? `It cannot be read (${file.refusal}) and was not checked.` };
    }
    const decoded = decodeText(file.bytes);
    if (!decoded) {
      if (!isNamed && !isKnown) return { passedOver: 'binary' };
      return { cause: 'It has NUL bytes, so it is taken for binary and was not checked.' };
    }

    const below = pathBelow(this.#scope.root, path);
    const asked = { uri, path: below, text: decoded.text };
    const refusal = refusalOf(asked);
    if (refusal) return { cause: refusal };
    const isLenient = settings.selection.profile === 'recommended' && !isNamed;
    if (isLenient && isCode(below, decoded.text) && looksMinified(decoded.text)) {
      return {
        cause:
          'It looks minified and was not checked. Name the file, or use `--profile strict`, to check it.',
      };
    }
    const checkText = (text: string): CheckedFile =>
      checkFile({ ...asked, text }, settings, {
        parsers: this.#options.parsers,
        rules: this.#options.rules,
        suppression: { today: this.#today, isRule: (id) => this.#ruleIds.has(id) },
        problemsOf: (whole) => this.#files.problemsOf(whole, uri, this.#configurationRoot),
        onRuleError: (rule, error) =>
          this.#options.onError(`${rule.id} failed on ${below}: ${stackOf(error)}`),
      });
    try {
      const checked = checkText(decoded.text);
      const lost = decoded.isWhole ? [] : ['It is not valid UTF-8, so some of its characters are lost.'];
      const causes = [...checked.causes, ...lost];
      return { checked: { ...checked, causes, path: below, bytes: file.bytes, decoded, checkText } };
    } catch (error) {
      this.#options.onError(`Checking ${below} failed: ${stackOf(error)}`);
      return { cause: 'Checking it failed. Please report that, with the message on standard error.' };
    }
  }

  #noteConfiguration(uri: string): void {
    const file = this.#files.nearest(uri, this.#configurationRoot);
    if (file?.cause === undefined || this.badConfigurations.has(file.uri)) return;
    this.badConfigurations.set(file.uri, { cause: file.cause, isUnread: isUnread(file.text) });
  }
}

/** @param text is empty where there is none. */
function isUnread(text: string): boolean {
  return parseConfiguration(text).problems.length > 0;
}

function stackOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}
