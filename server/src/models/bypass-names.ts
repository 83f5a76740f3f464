/** Names of settings, headers and parameters by which applications switch their own guards off. */

/** Settings that say "off" when they are set: `SKIP_AUTH`, `AUTH_DISABLED`, `DEV_MODE`. */
export const SWITCH_OFF =
  /(?:^|_)(?:SKIP|BYPASS|DISABLED?|NO|MOCK|FAKE|IGNORE|WITHOUT|ALLOW_ALL|UNSAFE|INSECURE)(?:_|$)(?!.*(?:CACHE|COLOU?R|LOG|EMAIL|MAIL))|^(?:IS_)?(?:DEV|TEST|TESTING|DEMO|DEBUG|E2E|LOCAL|CI|CYPRESS|PLAYWRIGHT)(?:_MODE|_TEST|_TESTS|_RUN|_ENV)?$|(?:^|_)NOAUTH(?:_|$)/i;

/** Settings without which there is no check: `AUTH_ENABLED`, `REQUIRE_LOGIN`. */
export const SWITCH_ON =
  /(?:^|_)(?:AUTH|AUTHENTICATION|AUTHORIZATION|LOGIN|GUARDS?|RBAC|ACL|SECURITY)_(?:ENABLED?|REQUIRED?|ON|ACTIVE)$|^(?:ENABLE|REQUIRE|ENFORCE|USE)_(?:AUTH|AUTHENTICATION|AUTHORIZATION|LOGIN|GUARDS?|RBAC|ACL|SECURITY)$/i;

/** Headers and parameters that callers get round a guard with. */
export const SWITCHES_OF_REQUESTS =
  /^x-(?:.*-)?(?:internal|debug|test|testing|bypass|skip|dev|mock|noauth|no-auth|e2e|admin|trusted|superuser)(?:-.*)?$|^(?:debug|bypass|skip|no|test)(?:[-_]?(?:auth|login|mode|user|guard|check|token|key))?$|^(?:internal|is[-_]?internal|is[-_]?admin|admin|superuser|dev[-_]?mode|noauth)$/i;
