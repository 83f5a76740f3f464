import type { Decode } from '../bytes';

/** The form of `Decode` on Node. */
export const decode: Decode = (bytes, encoding = 'utf-8') => {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
};
