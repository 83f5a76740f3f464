/** Signatures by programs that people have for git: asked in one way only, with keys that the caller names. */

export type SignatureKind = 'ssh' | 'openpgp';

export interface TextSignature {
  readonly kind: SignatureKind;
  /** In armour. */
  readonly text: string;
}

/** As git's settings name it. */
export interface SigningKey {
  readonly kind: SignatureKind;
  /**
   * For SSH a path to a key, or the public key itself, `ssh-ed25519 AAAA…`, with `key::` before it or not, whose private
   * half an agent has. For OpenPGP what `gpg` finds a key by; undefined for that of the address.
   */
  readonly key: string | undefined;
}

/** Whose keys count. Never taken from what is under review. */
export interface TrustedKeys {
  /** Texts in the format of `allowed_signers`, see ssh-keygen(1). */
  readonly allowedSigners: readonly string[];
  /** OpenPGP public keys in armour. */
  readonly publicKeys: readonly string[];
  /** Whether the keys count that the person's own `gpg` knows and trusts. */
  readonly hasKeyring: boolean;
}

export type SignResult =
  | { readonly kind: 'signed'; readonly signature: TextSignature }
  /** `reason` may follow a colon. */
  | { readonly kind: 'failed'; readonly reason: string };

export type VerifyResult =
  /** `by` names the key. */
  | { readonly kind: 'proven'; readonly by: string }
  /** It may be one, but not with a key that counts; or nothing could be asked. `reason` may follow a colon. */
  | { readonly kind: 'unproven'; readonly reason: string }
  /** It is no signature of this text, whoever made it. */
  | { readonly kind: 'refuted'; readonly reason: string };

export interface VerifyRequest {
  readonly text: string;
  readonly signature: TextSignature;
  /** Whose signature it has to be. */
  readonly email: string;
  readonly keys: TrustedKeys;
  /** When it is said to have been made, in milliseconds since 1970: keys that counted then count. */
  readonly time: number;
}

export interface Signing {
  /**
   * Signs with the person's key. Their agent may ask them for a passphrase. Never rejects.
   *
   * @param email of the signer.
   */
  sign(text: string, key: SigningKey, email: string, signal?: AbortSignal): Promise<SignResult>;
  /** Never rejects. */
  verify(request: VerifyRequest, signal?: AbortSignal): Promise<VerifyResult>;
}

/** What SSH signatures of ours are for: one that was made for something else, such as a commit, is none of ours. */
export const SSH_NAMESPACE = 'countersign';
