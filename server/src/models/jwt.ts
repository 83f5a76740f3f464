/** What reads and what verifies JSON Web Tokens. */

/** A function that reads a token and checks nothing. */
export interface TokenDecoder {
  /** Canonical name; what belongs to an instance is `module.Class().method`. */
  readonly name: string;
  /** How it answers header and payload rather than the claims alone: always, or with `{ complete: true }`. */
  readonly whole?: 'always' | 'complete';
  /** Runs in browsers too, where nothing can be verified: mostly there, or there as well. */
  readonly inBrowsers?: 'mostly' | 'too';
}

/**
 * A function or constructor that verifies tokens. Numbers are places among the arguments, strings are
 * options.
 */
export interface TokenVerifier {
  readonly name: string;
  readonly options?: number;
  /** The option that holds the options of the verification, where they are not the options themselves. */
  readonly inside?: string;
  /** Where an empty key means that no signature is asked for. */
  readonly key?: number;
  /** True here switches the verification off. */
  readonly unverified?: number;
  /** Verifies a token that is handed over with the call, in this place. */
  readonly token?: number;
}

/**
 * Sources: the READMEs of jsonwebtoken 9, jose 6, jwt-decode 4 and 3 (which has a default export), fast-jwt 6,
 * @nestjs/jwt 11, hono 4, jwt-simple 0.5, jws 4 and @tsndr/cloudflare-worker-jwt 3.
 */
export const TOKEN_DECODERS: readonly TokenDecoder[] = [
  { name: 'jsonwebtoken.decode', whole: 'complete' },
  { name: '@nestjs/jwt.JwtService().decode', whole: 'complete' },
  { name: 'fast-jwt.createDecoder()', whole: 'complete' },
  { name: 'hono/jwt.decode', whole: 'always' },
  { name: '@tsndr/cloudflare-worker-jwt.decode', whole: 'always' },
  { name: 'jws.decode', whole: 'always' },
  { name: 'jose.UnsecuredJWT.decode', whole: 'always' },
  { name: 'jose.decodeJwt', inBrowsers: 'too' },
  { name: 'jwt-decode', inBrowsers: 'mostly' },
  { name: 'jwt-decode.jwtDecode', inBrowsers: 'mostly' },
  { name: 'jwt-decode.jwt_decode', inBrowsers: 'mostly' },
];

/**
 * `algorithms` may hold `none` and `ignoreExpiration` may be set wherever these hand their options to
 * jsonwebtoken or have taken them over. jose knows neither. jsonwebtoken refuses an empty key since 9.0.
 */
export const TOKEN_VERIFIERS: readonly TokenVerifier[] = [
  { name: 'jsonwebtoken.verify', token: 0, options: 2, key: 1 },
  { name: '@nestjs/jwt.JwtService().verify', token: 0, options: 1 },
  { name: '@nestjs/jwt.JwtService().verifyAsync', token: 0, options: 1 },
  { name: '@nestjs/jwt.JwtModule.register', options: 0, inside: 'verifyOptions' },
  { name: 'passport-jwt.Strategy', options: 0 },
  { name: 'express-jwt', options: 0 },
  { name: 'express-jwt.expressjwt', options: 0 },
  { name: 'koa-jwt', options: 0 },
  { name: 'fast-jwt.createVerifier', options: 0 },
  { name: 'fast-jwt.createVerifier()', token: 0 },
  { name: 'jwt-simple.decode', token: 0, unverified: 2 },
  { name: 'hono/jwt.verify', token: 0 },
  { name: 'jose.jwtVerify', token: 0 },
  { name: 'jose.compactVerify', token: 0 },
  { name: 'jws.verify', token: 0 },
  { name: '@tsndr/cloudflare-worker-jwt.verify', token: 0 },
];

/** What makes tokens: one that was made here needs no check. */
export const TOKEN_SIGNERS: ReadonlySet<string> = new Set([
  'jsonwebtoken.sign()',
  '@nestjs/jwt.JwtService().sign()',
  '@nestjs/jwt.JwtService().signAsync()',
  'hono/jwt.sign()',
  'fast-jwt.createSigner()()',
  'jose.UnsecuredJWT().encode()',
]);

/** Claims that say how long, for whom and with which key: what reads only these trusts the token in nothing. */
export const METADATA: ReadonlySet<string> = new Set(
  'exp iat nbf jti iss aud kid alg typ header signature x5t cnf azp tid'.split(' '),
);

/** Standard functions with which a signature can be checked by hand. */
export const SIGNATURE_CHECKS: ReadonlySet<string> = new Set([
  'crypto.createHmac',
  'crypto.createVerify',
  'crypto.verify',
  'crypto.timingSafeEqual',
  'crypto.subtle.verify',
  'crypto.webcrypto.subtle.verify',
  'globalThis.crypto.subtle.verify',
]);

/** Functions with these words in their names may look at a token that has expired. */
export const SESSION_ENDING: ReadonlySet<string> = new Set(
  'logout signout revoke blacklist expired expiry expiration inspect decode'.split(' '),
);

/** Functions with these words in their names say who somebody is. */
export const WHO_IS_THERE: ReadonlySet<string> = new Set(
  'user users identity principal session me account role roles auth'.split(' '),
);

/** Functions with these words in their names only read a token; what is made of it is for their callers. */
export const READING: ReadonlySet<string> = new Set(
  'decode decoded parse payload claims header inspect read jwt'.split(' '),
);
