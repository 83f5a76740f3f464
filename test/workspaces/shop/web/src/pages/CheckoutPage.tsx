import { useEffect, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { api, placeOrder } from '../api/client';

interface CartItem {
  productId: string;
  quantity: number;
}

export default function CheckoutPage() {
  const navigate = useNavigate();
  const [items, setItems] = useState<CartItem[]>([]);
  const [coupon, setCoupon] = useState('');
  const [message, setMessage] = useState('');
  const [address, setAddress] = useState({ name: '', street: '', postcode: '', city: '', country: 'DE' });

  useEffect(() => {
    api<{ items: CartItem[] }>('/carts')
      .then((data) => setItems(data.items))
      .catch((err: Error) => setMessage(err.message));
  }, []);

  const checkCoupon = async () => {
    const res = await api<{ valid: boolean }>('/coupons/check', {
      method: 'POST',
      body: JSON.stringify({ code: coupon }),
    });
    setMessage(res.valid ? `Coupon ${coupon} is added.` : `Coupon ${coupon} cannot be used.`);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Only ids and quantities are sent, the server knows the prices.
    const result = await placeOrder({
      items,
      shippingAddress: address,
      couponCodes: coupon ? [coupon] : [],
    });
    if (result.ok) navigate('/thank-you');
  };

  return (
    <form onSubmit={submit}>
      <h1>Checkout</h1>
      <ul>
        {items.map((item) => (
          <li key={item.productId}>
            {item.quantity} × {item.productId}
          </li>
        ))}
      </ul>
      {(['name', 'street', 'postcode', 'city', 'country'] as const).map((field) => (
        <label key={field}>
          {field}
          <input
            required
            value={address[field]}
            onChange={(event) => setAddress({ ...address, [field]: event.target.value })}
          />
        </label>
      ))}
      <label>
        Coupon
        <input value={coupon} onChange={(event) => setCoupon(event.target.value)} />
      </label>
      <button type="button" onClick={checkCoupon}>Check coupon</button>
      <button type="submit">Order now</button>
      <p role="status">{message}</p>
    </form>
  );
}
