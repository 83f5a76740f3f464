import { useCallback, useEffect, useState } from 'react';
import { api, ApiError, setAccessToken } from '../api/client';

export interface User {
  id: string;
  email: string;
  name: string;
  role: 'customer' | 'staff' | 'admin';
}

/** Claims of the token, only to show the name before /me has answered. */
function readClaims(token: string): { email?: string; role?: User['role'] } {
  try {
    const part = token.split('.')[1] ?? '';
    return JSON.parse(atob(part.replace(/-/g, '+').replace(/_/g, '/')));
  } catch {
    return {};
  }
}

export function useAuth() {
  const [user, setUser] = useState<User | null>(null);
  const [greeting, setGreeting] = useState('');

  useEffect(() => {
    let cancelled = false;
    api<{ accessToken: string }>('/sessions/refresh', { method: 'POST' })
      .then(async ({ accessToken }) => {
        setAccessToken(accessToken);
        setGreeting(readClaims(accessToken).email ?? '');
        const { customer } = await api<{ customer: Omit<User, 'role'> }>('/customers/me');
        // Older API versions do not send a role.
        const role = readClaims(accessToken).role ?? 'staff';
        if (!cancelled) setUser({ ...customer, role });
      })
      .catch((err) => {
        if (err instanceof ApiError && err.status === 401) return;
        throw err;
      });
    return () => {
      cancelled = true;
    };
  }, []);

  const login = useCallback(async (email: string, password: string) => {
    const { accessToken } = await api<{ accessToken: string }>('/sessions', {
      method: 'POST',
      body: JSON.stringify({ email, password }),
    });
    setAccessToken(accessToken);
    window.location.assign('/');
  }, []);

  const logout = useCallback(async () => {
    await api('/sessions', { method: 'DELETE' });
    setAccessToken(null);
    setUser(null);
  }, []);

  return { user, greeting, login, logout };
}
