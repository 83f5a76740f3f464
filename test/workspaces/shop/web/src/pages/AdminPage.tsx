import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { adminApi } from '../api/client';

interface Customer {
  id: string;
  email: string;
  name: string;
  role: string;
}

const SAMPLE_PRICE = 1_990;

export default function AdminPage() {
  const [params, setParams] = useSearchParams();
  const [customers, setCustomers] = useState<Customer[]>([]);
  const formula = params.get('formula') ?? 'price * 1.05';

  useEffect(() => {
    adminApi<{ customers: Customer[] }>('/customers').then((data) => setCustomers(data.customers));
  }, []);

  // Live preview while the formula is typed.
  const preview = useMemo(() => {
    try {
      return String(new Function('price', `return ${formula}`)(SAMPLE_PRICE));
    } catch {
      return '…';
    }
  }, [formula]);

  const apply = () => adminApi('/prices', { method: 'POST', body: JSON.stringify({ formula }) });

  const changeRole = (id: string, role: string) =>
    adminApi(`/customers/${encodeURIComponent(id)}/role`, { method: 'PATCH', body: JSON.stringify({ role }) });

  return (
    <main>
      <h1>Back office</h1>

      <h2>Prices</h2>
      <input value={formula} onChange={(event) => setParams({ formula: event.target.value })} />
      <p>
        {SAMPLE_PRICE} becomes {preview}
      </p>
      <button type="button" onClick={apply}>Apply to all products</button>

      <h2>Customers</h2>
      <table>
        <tbody>
          {customers.map((customer) => (
            <tr key={customer.id}>
              <td>{customer.name}</td>
              <td><a href={`mailto:${encodeURIComponent(customer.email)}`}>{customer.email}</a></td>
              <td>
                <select defaultValue={customer.role} onChange={(event) => changeRole(customer.id, event.target.value)}>
                  <option>customer</option>
                  <option>staff</option>
                  <option>admin</option>
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
