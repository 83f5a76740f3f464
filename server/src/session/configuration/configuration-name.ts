export const CONFIGURATION_NAME = '.countersignrc.json';

export function isConfigurationFile(uri: string): boolean {
  return uri.endsWith(`/${CONFIGURATION_NAME}`);
}
