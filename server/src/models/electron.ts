/** What can be switched off in Electron. */
import type { Confidence } from '../analysis/finding';

/** A preference of a window, and what is open with its bad value. */
interface Setting {
  readonly name: string;
  readonly bad: boolean;
  readonly effect: string;
  readonly confidence: Confidence;
}

/** Source: the documentation of Electron, "Security" and `WebPreferences`. */
export const SETTINGS: readonly Setting[] = [
  { name: 'nodeIntegration', bad: true, effect: 'Scripts of a page can run programs', confidence: 'high' },
  {
    name: 'nodeIntegrationInSubFrames',
    bad: true,
    effect: 'Scripts of frames can run programs',
    confidence: 'high',
  },
  {
    name: 'contextIsolation',
    bad: false,
    effect: 'Scripts of a page can change what the preload script uses',
    confidence: 'high',
  },
  {
    name: 'nodeIntegrationInWorker',
    bad: true,
    effect: 'Scripts of workers can run programs',
    confidence: 'medium',
  },
  {
    name: 'experimentalFeatures',
    bad: true,
    effect: 'Pages can use what nobody has reviewed yet',
    confidence: 'medium',
  },
  { name: 'webSecurity', bad: false, effect: 'Pages can read those of other origins', confidence: 'high' },
  {
    name: 'allowRunningInsecureContent',
    bad: true,
    effect: 'Scripts are loaded without encryption',
    confidence: 'high',
  },
  {
    name: 'enableRemoteModule',
    bad: true,
    effect: 'Scripts of a page can reach the main process',
    confidence: 'medium',
  },
  {
    name: 'sandbox',
    bad: false,
    effect: 'A fault in the renderer reaches the whole machine',
    confidence: 'medium',
  },
];
/** Switches of the command line of Chromium. */
export const SWITCHES =
  /^(?:disable-web-security|ignore-certificate-errors|allow-running-insecure-content|no-sandbox|disable-site-isolation-trials)$/;
/** Attributes of `<webview>`. */
export const ATTRIBUTES = /^(?:nodeintegration|nodeintegrationinsubframes|disablewebsecurity|allowpopups)$/;
