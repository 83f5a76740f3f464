import { useEffect, useRef, useState } from 'react';
import { api, invoiceUrl } from '../api/client';

/** All orders of the customer; the note of an order opens in a panel. */
export default function OrderHistory({ customerId }) {
  const [orders, setOrders] = useState([]);
  const [error, setError] = useState('');
  const panel = useRef(null);

  useEffect(() => {
    if (!customerId) return;
    api('/orders')
      .then((data) => setOrders(data.orders))
      .catch((err) => setError(err.message));
  }, [customerId]);

  const showNote = (order) => {
    // Keep the line breaks that the customer has typed.
    panel.current.innerHTML = String(order.note ?? '').replace(/\n/g, '<br>');
  };

  const closeNote = () => {
    panel.current.innerHTML = '';
  };

  if (error) return <p role="alert">{error}</p>;

  return (
    <main>
      <h1>Your orders</h1>
      <ul>
        {orders.map((order) => (
          <li key={order.id}>
            {new Date(order.created_at).toLocaleDateString()} · {(order.total_cents / 100).toFixed(2)} €
            {order.note && (
              <button type="button" onClick={() => showNote(order)}>
                Note
              </button>
            )}
            {order.invoice_id && (
              <a href={invoiceUrl(order.invoice_id)} target="_blank" rel="noopener noreferrer">
                Invoice
              </a>
            )}
          </li>
        ))}
      </ul>
      <div ref={panel} onDoubleClick={closeNote} />
    </main>
  );
}
