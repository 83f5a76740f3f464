/** Every rule, in alphabetical order. */
import type { Rule } from '../analysis/rule';
import { alwaysTrueCondition } from './access/always-true-condition';
import { clientSuppliedIdentity } from './access/client-supplied-identity';
import { denyNotEnforced } from './access/deny-not-enforced';
import { idorLookup } from './access/idor-lookup';
import { massAssignment } from './access/mass-assignment';
import { overexposedResponse } from './access/overexposed-response';
import { unawaitedGuard } from './access/unawaited-guard';
import { browserLlmKey } from './agent/browser-llm-key';
import { destructiveToolNoApproval } from './agent/destructive-tool-no-approval';
import { modelOutputToSink } from './agent/model-output-to-sink';
import { shellTool } from './agent/shell-tool';
import { untrustedInSystemPrompt } from './agent/untrusted-in-system-prompt';
import { clientSideCheck } from './auth/client-side-check';
import { commentedOutGuard } from './auth/commented-out-guard';
import { envBypass } from './auth/env-bypass';
import { failOpenCatch } from './auth/fail-open-catch';
import { guardedOnlyIfUser } from './auth/guarded-only-if-user';
import { hardcodedCredentialCheck } from './auth/hardcoded-credential-check';
import { jwtUnverified } from './auth/jwt-unverified';
import { plaintextPassword } from './auth/plaintext-password';
import { rateLimitMissing } from './auth/rate-limit-missing';
import { stubGuard } from './auth/stub-guard';
import { timingUnsafeCompare } from './auth/timing-unsafe-compare';
import { tokenNeverExpires } from './auth/token-never-expires';
import { webhookUnverified } from './auth/webhook-unverified';
import { debugExposed } from './config/debug-exposed';
import { electronUnsafe } from './config/electron-unsafe';
import { suppressedChecks } from './config/suppressed-checks';
import { insecureRandom } from './crypto/insecure-random';
import { staticIv } from './crypto/static-iv';
import { weakPasswordHash } from './crypto/weak-password-hash';
import { weakPrimitive } from './crypto/weak-primitive';
import { unsafeDeserializer } from './deser/unsafe-deserializer';
import { xmlExternalEntities } from './deser/xml-external-entities';
import { asyncHandlerUnhandled } from './errors/async-handler-unhandled';
import { ignoredCheckResult } from './errors/ignored-check-result';
import { leakDetails } from './errors/leak-details';
import { successOnFailure } from './errors/success-on-failure';
import { swallowedSecurityError } from './errors/swallowed-security-error';
import { permissiveDefault } from './fallback/permissive-default';
import { weakerRetry } from './fallback/weaker-retry';
import { exposedFolder } from './file/exposed-folder';
import { pathTraversal } from './file/path-traversal';
import { permissiveMode } from './file/permissive-mode';
import { predictableTemp } from './file/predictable-temp';
import { uploadUnchecked } from './file/upload-unchecked';
import { zipSlip } from './file/zip-slip';
import { openRules } from './firebase/open-rules';
import { domHtmlSink } from './injection/dom-html-sink';
import { dynamicMethod } from './injection/dynamic-method';
import { evalDynamic } from './injection/eval-dynamic';
import { formatString } from './injection/format-string';
import { headerLines } from './injection/header-lines';
import { htmlResult } from './injection/html-result';
import { ldapFilter } from './injection/ldap-filter';
import { logForging } from './injection/log-forging';
import { nosqlOperator } from './injection/nosql-operator';
import { prototypePollution } from './injection/prototype-pollution';
import { reactRawHtml } from './injection/react-raw-html';
import { regexInjection } from './injection/regex-injection';
import { responseHtml } from './injection/response-html';
import { scriptAddress } from './injection/script-address';
import { shellCommand } from './injection/shell-command';
import { sqlStringBuild } from './injection/sql-string-build';
import { templateFromInput } from './injection/template-from-input';
import { templateRawOutput } from './injection/template-raw-output';
import { xpathQuery } from './injection/xpath-query';
import { validationPipeWeak } from './nest/validation-pipe-weak';
import { autoApprove } from './prompt/auto-approve';
import { hiddenUnicode } from './prompt/hidden-unicode';
import { configLiteral } from './secrets/config-literal';
import { envFallback } from './secrets/env-fallback';
import { envFileExposed } from './secrets/env-file-exposed';
import { genericCredential } from './secrets/generic-credential';
import { loggedSecret } from './secrets/logged-secret';
import { providerKey } from './secrets/provider-key';
import { publicEnvPrefix } from './secrets/public-env-prefix';
import { userUrlFetch } from './ssrf/user-url-fetch';
import { getsessionServer } from './supabase/getsession-server';
import { rlsMissing } from './supabase/rls-missing';
import { serviceRoleMisuse } from './supabase/service-role-misuse';
import { cleartextUrl } from './transport/cleartext-url';
import { tlsVerifyOff } from './transport/tls-verify-off';
import { unverifiedDownload } from './transport/unverified-download';
import { clientPrice } from './validation/client-price';
import { incompleteSanitizer } from './validation/incomplete-sanitizer';
import { parameterType } from './validation/parameter-type';
import { parseResultIgnored } from './validation/parse-result-ignored';
import { regexDos } from './validation/regex-dos';
import { substringHostCheck } from './validation/substring-host-check';
import { typeAssertion } from './validation/type-assertion';
import { unanchoredRegex } from './validation/unanchored-regex';
import { unboundedNumber } from './validation/unbounded-number';
import { unboundedSize } from './validation/unbounded-size';
import { unvalidatedBody } from './validation/unvalidated-body';
import { cookieFlags } from './web/cookie-flags';
import { corsPermissive } from './web/cors-permissive';
import { csrfMissing } from './web/csrf-missing';
import { frameSandboxOpen } from './web/frame-sandbox-open';
import { headersMissing } from './web/headers-missing';
import { openRedirect } from './web/open-redirect';
import { postmessageOrigin } from './web/postmessage-origin';
import { scriptWithoutIntegrity } from './web/script-without-integrity';
import { secretInQuery } from './web/secret-in-query';
import { sessionFixation } from './web/session-fixation';
import { tokenInStorage } from './web/token-in-storage';

export const RULES: readonly Rule[] = [
  alwaysTrueCondition,
  clientSuppliedIdentity,
  denyNotEnforced,
  idorLookup,
  massAssignment,
  overexposedResponse,
  unawaitedGuard,
  browserLlmKey,
  destructiveToolNoApproval,
  modelOutputToSink,
  shellTool,
  untrustedInSystemPrompt,
  clientSideCheck,
  commentedOutGuard,
  envBypass,
  failOpenCatch,
  guardedOnlyIfUser,
  hardcodedCredentialCheck,
  jwtUnverified,
  plaintextPassword,
  rateLimitMissing,
  stubGuard,
  timingUnsafeCompare,
  tokenNeverExpires,
  webhookUnverified,
  debugExposed,
  electronUnsafe,
  suppressedChecks,
  insecureRandom,
  staticIv,
  weakPasswordHash,
  weakPrimitive,
  unsafeDeserializer,
  xmlExternalEntities,
  asyncHandlerUnhandled,
  ignoredCheckResult,
  leakDetails,
  successOnFailure,
  swallowedSecurityError,
  permissiveDefault,
  weakerRetry,
  exposedFolder,
  pathTraversal,
  permissiveMode,
  predictableTemp,
  uploadUnchecked,
  zipSlip,
  openRules,
  domHtmlSink,
  dynamicMethod,
  evalDynamic,
  formatString,
  headerLines,
  htmlResult,
  ldapFilter,
  logForging,
  nosqlOperator,
  prototypePollution,
  reactRawHtml,
  regexInjection,
  responseHtml,
  scriptAddress,
  shellCommand,
  sqlStringBuild,
  templateFromInput,
  templateRawOutput,
  xpathQuery,
  validationPipeWeak,
  autoApprove,
  hiddenUnicode,
  configLiteral,
  envFallback,
  envFileExposed,
  genericCredential,
  loggedSecret,
  providerKey,
  publicEnvPrefix,
  userUrlFetch,
  getsessionServer,
  rlsMissing,
  serviceRoleMisuse,
  cleartextUrl,
  tlsVerifyOff,
  unverifiedDownload,
  clientPrice,
  incompleteSanitizer,
  parameterType,
  parseResultIgnored,
  regexDos,
  substringHostCheck,
  typeAssertion,
  unanchoredRegex,
  unboundedNumber,
  unboundedSize,
  unvalidatedBody,
  cookieFlags,
  corsPermissive,
  csrfMissing,
  frameSandboxOpen,
  headersMissing,
  openRedirect,
  postmessageOrigin,
  scriptWithoutIntegrity,
  secretInQuery,
  sessionFixation,
  tokenInStorage,
];
