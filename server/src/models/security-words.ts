/**
 * The words by which calls are known whose failure matters: they move money, take access away, keep a record, or
 * make changes final. Most of them are an application's own functions, so their names have to do.
 */

/** Verbs that move money, whatever is named behind them. */
export const PAYING = words('charge refund debit reimburse disburse payout');
/** Whom or what is charged, as in `card.charge(…)`. */
export const PAYERS = words(
  'customer card user account order subscription billing stripe plan invoice merchant',
);
/** Verbs that move money together with a word of `MONEY`. */
export const MOVING = words(
  'capture process execute issue transfer deduct withdraw pay credit consume spend settle void deposit submit ' +
    'perform initiate send confirm complete finalize make create cancel release add',
);
/** Of `MOVING`, those that may as well be about a row in a table. */
export const MOVING_VAGUELY = words('confirm complete finalize make create cancel release add submit send');
export const MONEY = words(
  'payment payments refund refunds payout payouts charge charges funds money balance wallet credits invoice ' +
    'withdrawal transfer debit deposit disbursement',
);
/** As the last word of a name these say that no money is moved, only spoken of. */
export const ABOUT_MONEY = words(
  'email emails mail notification notifications message receipt receipts status reason request requests policy history ' +
    'list link links amount total rate rates type id details info data page form modal button event events webhook ' +
    'webhooks log logs intent method methods count option options report summary record records transaction session',
);

/** Verbs that take something away for good, whoever has it. */
export const REVOKING = words('revoke invalidate blacklist blocklist denylist');
/** Verbs that take something away, and may as well be about a row in a table. */
export const REMOVING = words('delete destroy remove terminate purge kill');
/** What gives access. */
export const CREDENTIALS = words(
  'session sessions token tokens key keys apikey apikeys credential credentials permission permissions role roles access ' +
    'grant grants jwt jwts',
);
/** Beside a word of `CREDENTIALS` these say whose or what they are. */
export const CREDENTIALS_OF = words(
  'refresh user users auth login api all other active every member admin access permission permissions role roles ' +
    'credential credentials jwt',
);
/** Names with these words are about other sessions, keys and tokens, or about copies of them. */
export const OTHER_CREDENTIALS = words(
  'push fcm apns payment checkout device notification csrf chat cache cached upload browser agent cookie cookies local storage temp tmp ' +
    'tab design object url query queries video editor terminal cart item items sse websocket socket stale old ' +
    'pty shell thread conversation game room call meeting recording foreign primary sort index stream expired orphaned',
);

/** Verbs that keep somebody out, or change what somebody proves who they are with. */
export const LOCKING = words('disable lock suspend deactivate ban block');
export const LOCKED = words('user users account accounts member members login credential credentials');
export const ROTATING = words('rotate');
export const SETTING = words('reset change update set');

/** Verbs that write down what happened. */
export const RECORDING = words(
  'log write record create add append insert save emit track send store publish put push audit',
);

/** What holds a transaction, and what its end is called. */
export const TRANSACTIONS = words('transaction trx tx txn t session connection conn client runner db');
export const COMMITTING = words('commit');
/** What runs a callback as a transaction. */
export const RUNNING = words('transaction');
export const DATABASES = words('prisma db database sequelize knex datasource manager mongoose');

/** What is verified, in the name of a call or of what it is a method of. */
export const PROVEN = words(
  'auth authenticate authenticated authorize authorise authorized authorised authorization token tokens jwt bearer ' +
    'session credential credentials password ' +
    'signature signatures hmac webhook apikey permission permissions role roles admin access scope scopes privilege ' +
    'privileges login identity user csrf otp totp mfa owner ownership captcha recaptcha hcaptcha turnstile nonce ' +
    'certificate license entitlement quota payment',
);
/** Receivers whose `verify` and `authenticate` ask whether a server answers. */
export const CONNECTIONS = words(
  'transport transporter mailer smtp sequelize db database connection pool redis client imap',
);

/** Words of receivers that say nothing about what is done. */
export const FILLERS = words(
  'service services repository repo store manager client api model models helper helpers util utils dao db controller ' +
    'provider gateway module prisma tx this my the _ collection table adapter processor handler logger log trail',
);
/** Behind these words of a name stands to whom or by what: `refundPaymentByOrderId`. */
export const PREPOSITIONS = words('by for from to with in at on of as and if when async after');

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
