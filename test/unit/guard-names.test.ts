import assert from 'node:assert/strict';
import { wordsOf } from '../../server/src/analysis/words';
import { meaningOf } from '../../server/src/models/auth/guard';

describe('names of guards', () => {
  const NAMES: Readonly<Record<ReturnType<typeof meaningOf>, string>> = {
    insists:
      'requireAuth ensureAuthenticated isAdmin isLoggedIn isTokenValid hasPermission canEditOrder canActivate ' +
      'protect restrictTo adminOnly isAllowed AuthGuard',
    checks:
      'verifyToken checkPermission validateSession authenticate authorize withAuth verifyWebhookSignature',
    mentions: 'auth authMiddleware jwtMiddleware',
    optional: 'optionalAuth attachUser loadUser currentUser deserializeUser',
    nothing:
      'isTokenExpired isSessionRevoked isBlocked isOnline isTarballAllowed validateEmailFormat validateForm ' +
      'checkPasswordStrength startOAuthFlow requiresAuth rateLimiter author canPlay hasChildren',
  };
  for (const [meaning, names] of Object.entries(NAMES)) {
    for (const name of names.split(' ')) {
      it(`takes ${name} to say: ${meaning}`, () => {
        assert.equal(meaningOf(name), meaning);
      });
    }
  }

  it('splits names into words', () => {
    assert.deepEqual(wordsOf('verifyJWTToken'), ['verify', 'jwt', 'token']);
    assert.deepEqual(wordsOf('is_API_keyValid'), ['is', 'api', 'key', 'valid']);
  });
});
