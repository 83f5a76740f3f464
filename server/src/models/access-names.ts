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

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
