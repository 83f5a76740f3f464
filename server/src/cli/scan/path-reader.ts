/** From the path of a file to what is to be checked, and how. */
import { pathToFileURL } from 'node:url';

import { grammarFor } from '../../../../grammars/languages';
import { ENGINE_RULES } from '../../analysis/engine-rules';
import type { Rule } from '../../analysis/rule';
import { type DecodedText, decodeText } from '../../host/encoding';
import type { Host } from '../../host/host';
import { readBytes } from '../../host/read-bytes';
import { ResolvedRecords } from '../../resolved/resolved-records';
import { isCode } from '../../session/check-file';
import { ConfigurationFiles } from '../../session/configuration/configuration-files';
import { isConfigurationFile } from '../../session/configuration/configuration-name';
import { parseConfiguration } from '../../session/configuration/configuration-syntax';
import { type PersonalSettings, shownSettings } from '../../session/shown-findings';
import { MOST_BYTES, TOO_LARGE } from '../../session/size-limits';
import { formatOf } from '../../syntax/formats/format-of';
import type { FileJob } from './file-job';
import { looksMinified } from './minified';
import { pathBelow, type Scope } from './scope';

const REFUSALS: Readonly<Record<string, string>> = {
  'no file': 'It is no plain file and was not checked.',
  'too large': TOO_LARGE,
  binary: 'It is binary and was not checked.',
};

/** A file that is to be checked, as it was read. */
export interface ReadPath {
  readonly job: FileJob;
  readonly bytes: Buffer;
  readonly decoded: DecodedText;
}

/** What is to be done with a file: checked, not checked for a cause that is told, or rightly passed over. */
export type Opened =
  | { readonly read: ReadPath }
  | { readonly cause: string }
  | { readonly passedOver: 'binary' | 'ignored' };

export interface PathReaderOptions {
  readonly host: Host;
  readonly rules: readonly Rule[];
  readonly personal: PersonalSettings;
  readonly fix: FileJob['fix'];
}

export interface BadConfiguration {
  readonly cause: string;
  /** Whether it is no JSON, or cannot be read at all. */
  readonly isUnread: boolean;
}

export class PathReader {
  /** The configuration files that are in force for what was checked, and why not all of them is in force. */
  readonly badConfigurations = new Map<string, BadConfiguration>();
  readonly #scope: Scope;
  readonly #options: PathReaderOptions;
  readonly #files: ConfigurationFiles;
  readonly #resolved: ResolvedRecords;
  readonly #configurationRoot: string;
  readonly #today: string;

  constructor(scope: Scope, options: PathReaderOptions) {
    this.#scope = scope;
    this.#options = options;
    const ruleIds = new Set([...options.rules, ...ENGINE_RULES].map(({ id }) => id));
    this.#files = new ConfigurationFiles(options.host, ruleIds, true);
    this.#resolved = new ResolvedRecords(options.host);
    this.#configurationRoot = pathToFileURL(scope.configurationRoot).href.replace(/\/$/, '');
    this.#today = options.host.today();
  }

  /** @param isNamed whether the person named the file: then nothing is passed over in silence. */
  open(path: string, isNamed: boolean): Opened {
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
    const isLenient = settings.selection.profile === 'recommended' && !isNamed;
    if (isLenient && isCode(below, decoded.text) && looksMinified(decoded.text)) {
      return {
        cause:
          'It looks minified and was not checked. Name the file, or use `--profile strict`, to check it.',
      };
    }
    const { fix } = this.#options;
    const job: FileJob = {
      kind: 'file',
      uri,
      path: below,
      text: decoded.text,
      settings,
      configurationRoot: this.#configurationRoot,
      today: this.#today,
      // What was lost in reading would be lost in the file.
      fix: decoded.isWhole ? fix : undefined,
      aiLines: undefined,
      resolved: this.#resolved.of(uri),
    };
    return { read: { job, bytes: file.bytes, decoded } };
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
