/** The settings `countersign.*` as the server asks for them, per resource. */

export interface Settings {
  /** Whether files are checked at all. */
  readonly enable: boolean;
  /** When an edited file is checked: at every pause in typing, or when it is saved. */
  readonly run: 'onType' | 'onSave';
  /**
   * `recommended` shows findings of high confidence, `strict` also those of medium; `default` leaves it to
   * the configuration file, and is `recommended` without one.
   */
  readonly profile: 'default' | 'recommended' | 'strict';
  /**
   * Whether findings on lines that an AI tool is known to have written are judged by what their rules say of AI code;
   * `default` leaves it to the configuration file, and is `on` without one.
   */
  readonly ai: 'default' | 'on' | 'off';
  readonly rules: { readonly customizations: readonly RuleCustomization[] };
  /** Whether markers beside the lines say who wrote them. The server asks git for it where they do. */
  readonly origin: { readonly markers: boolean };
  readonly recording: {
    /** Whether hooks tell AI tools of findings on the lines that they wrote. The client tells it by itself. */
    readonly findings: boolean;
    /** Whether fixes of committed code that are applied and saved are recorded in the repository. */
    readonly fixes: boolean;
  };
}

/** Changes what a rule reports; later entries win. */
export interface RuleCustomization {
  /** A rule's id, or a pattern with `*`: `auth/*`. */
  readonly rule: string;
  /** `upgrade` and `downgrade` move one level; `default` takes an earlier entry back. */
  readonly severity: 'off' | 'hint' | 'info' | 'warn' | 'error' | 'upgrade' | 'downgrade' | 'default';
}

export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  run: 'onType',
  profile: 'default',
  ai: 'default',
  rules: { customizations: [] },
  origin: { markers: true },
  recording: { findings: false, fixes: true },
};
