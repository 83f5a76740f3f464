/**
 * The words by which authentication and authorisation are known in names: `requireAuth`, `isAdmin`,
 * `verifyToken`. Guards are an application's own functions, so there is nothing but their names to go by.
 */

/** First words of functions that insist: who is not allowed does not get past them. */
export const INSISTING = words('require ensure enforce protect protected guard restrict assert must only');

/** Verbs of functions that look at a proof. With a word of `PROOFS` they make a check. */
export const CHECKING = words(
  'verify verifies authenticate authorize authorise validate check confirm introspect compare test',
);

/** Verbs that are a check whatever is checked, as in `this.tokens.verify(value)`. */
export const CHECKING_ALONE = words('verify authenticate authorize authorise introspect');

/** Verbs that fetch who is there: checks together with `IDENTITIES`. */
export const FETCHING = words('get fetch load find lookup resolve');
export const IDENTITIES = words('session token jwt auth identity claims principal');

/** What is looked at to find out who somebody is and what they may do. */
export const PROOFS = words(
  'auth authenticated authenticate authentication authorized authorised authorization token tokens jwt bearer ' +
    'session sessions credential credentials password passwords signature hmac apikey permission permissions ' +
    'role roles admin access scope scopes privilege privileges login identity user csrf otp totp mfa owner ownership',
);

/** What `is…`, `has…` and `can…` ask where they guard something. */
export const IS = words(
  'authenticated authorized authorised admin administrator superadmin superuser owner staff moderator ' +
    'logged',
);
/** After `is` these need to be about somebody: `isAllowed`, `isUserAllowed`, but not `isFileAllowed`. */
export const ALLOWED = words('allowed permitted');
export const IS_VALID = words(
  'token jwt session signature credential credentials password apikey user login',
);
export const HAS = words(
  'permission permissions role roles access scope scopes privilege privileges rights auth',
);
export const CAN = words(
  'access activate edit view read write delete update manage create modify remove publish approve load match',
);

/** Middleware with these words has to do with logins, if only to read them. */
export const MENTIONING = words(
  'auth authentication authorization jwt token session acl rbac login guard passport',
);

/** Names with these words go on without a login on purpose. */
export const OPTIONAL = words(
  'optional optionally maybe try soft lenient loose attach load populate extract parse current decode deserialize ' +
    'guest anonymous silent possibly set add inject hydrate peek passive public if identify context refresh',
);

/** Names with these words answer the opposite, or something else than who may pass. */
export const OTHERWISE = words(
  'not no non denied revoked blocked banned expired expiring locked forbidden blacklisted denylisted disabled ' +
    'invalid missing limited limit unauthorized unauthenticated suspended needs need requires required strength ' +
    'format policy length schema input form field exists pwned breached leaked available type name page route ' +
    'routes callback controller oauth o sso flow cookie header headers log event error create setup config provider client',
);

/** Properties of a request that say who is logged in. */
export const WHO = words('user auth session account principal identity claims currentuser userid jwt');

/** Keys of an answer that say yes or no. */
export const VERDICTS = words(
  'valid isvalid ok success authorized isauthorized authenticated isauthenticated allowed isallowed granted ' +
    'permitted verified active admin isadmin loggedin isloggedin authorised haspermission hasaccess',
);

/** Keys of an answer that is a user, or of a user. */
export const USER_KEYS = words(
  'user payload claims session account role roles isadmin permissions scopes id userid sub uid',
);

/** Values that stand for nobody. */
export const NOBODY = /anon|guest|public|visitor|unknown|none|null/i;

/** Members by which a response is sent or a request refused. */
export const SENDING = words(
  'json send end redirect render sendstatus sendfile jsonp text html body throw writehead write unauthorized ' +
    'unauthorised forbidden badrequest reject destroy disconnect close abort',
);

/** Names under which a response, or a context that answers, is handed to a handler. */
export const RESPONSES = words('res response resp reply ctx context c h socket');

/** Functions with these words in their names refuse or pass the error on. */
export const REFUSING = words(
  'reject deny denied refuse unauthorized unauthorised unauthenticated forbidden forbid fail abort redirect ' +
    'notfound exit throw panic signout logout',
);

/** Names with these words stand in for a guard, or say openly that everybody may pass. */
export const PRETENDING = words(
  'mock mocked fake stub noop dummy double spy test tests testing public open allow always anonymous permissive ' +
    'permit unrestricted none null void no base abstract default',
);

/** Parameters with these words are about somebody who asks for something. */
export const ASKING = words(
  'user req request session ctx context account member principal actor role roles permission permissions token subject caller',
);

/** Functions of these names, written in one word, refuse nobody: they read, or put strings together. */
export const HARMLESS_CALLS = words(
  'get header headers query param split trim slice substring startswith endswith includes replace replaceall ' +
    'tolowercase touppercase tostring indexof match test join map filter has keys values entries push at ' +
    'switchtohttp switchtows switchtorpc getrequest getresponse getclient gethandler getclass getallandoverride ' +
    'getallandmerge getargs getargbyindex log resolve settimeout delay sleep wait of super then now',
);

/** What comments say of code that is not finished. */
export const UNFINISHED =
  /\b(?:todo|fixme|xxx|hack|wip|placeholder|stub(?:bed)?|not (?:yet )?implemented|implement(?:ed)? (?:this|me|later|actual|real|proper|check)|for now|for (?:the )?(?:demo|testing|development)|temporar(?:y|ily)|in (?:a )?(?:real|production)|replace (?:this|with)|simulat\w+|always (?:allow|true|return|pass)|allow (?:all|every))\b/i;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
