/** Words and values by which rights are known wherever they stand, and what only looks like them. */

/** Words of names that are about who somebody is or what they may do, wherever they stand. */
export const ACCESS_NAMES = words(
  'role roles admin admins administrator superadmin superuser moderator permission permissions privilege privileges ' +
    'authenticated authorized authorised authorization authorisation unauthorized auth owner owners loggedin entitled ' +
    'logged impersonating acl rbac',
);

/** Values that roles have. */
export const ROLE_VALUES = words('admin administrator superadmin super-admin super_admin owner moderator');

/** Roles of messages to and from a language model. */
export const CONVERSATION_ROLES = words('assistant system tool function model developer bot ai human');

/** Roles of the elements of a page. Source: WAI-ARIA. */
export const PAGE_ROLES = words(
  'button link menu menuitem tab tablist tabpanel dialog alert checkbox radio option listbox combobox textbox img ' +
    'heading list listitem row cell grid switch slider tooltip navigation presentation none separator tree treeitem',
);

/** Roles that may do everything, or nearly so, without separators. */
export const POWERFUL_ROLES = words('admin administrator superadmin superuser sysadmin root owner *');

/** Names of what somebody may do, as the last word. */
export const PERMISSION_NAMES = words(
  'permission permissions privilege privileges right rights grant grants scopes acl',
);

/** Values that stand for every permission. */
export const EVERYTHING = words('* *:* all admin admin:*');

/** Answers that say who somebody is or what they may do whatever is around them, in one word. */
export const CLEAR_ANSWERS = words(
  'isadmin isadministrator issuperadmin issuperuser useradmin isauthenticated authenticated isauthorized authorized ' +
    'isauthorised authorised haspermission haspermissions hasaccess emailverified isemailverified isloggedin',
);
/** Answers that may be about something else than rights. */
export const VAGUE_ANSWERS = words(
  'allowed isallowed permitted ispermitted granted accessgranted isgranted verified isverified isowner isstaff ' +
    'ismoderator canaccess candelete canedit canwrite canmanage canapprove isapproved',
);

/** What is asked of somebody, where more is stricter: `requiredRole`, `allowedRoles`, `minimumRole`. */
export const DEMANDED = words(
  'required require requires needed expected allowed allow allowlist min minimum protected restrict restricted target ' +
    'aria filter excluded exclude denied invite assignable available option options only not creator founder',
);

/** Whose role it is. */
export const PEOPLE = words(
  'user users account customer member employee person profile claims payload session principal actor identity auth ' +
    'token jwt decoded login viewer me body',
);

/** Names of what only stands in for the real thing. */
export const STAND_INS = words(
  'test tests mock mocks mocked fake stub fixture fixtures seed seeds seeder demo story stories storybook ' +
    'spec bootstrap setup factory',
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
