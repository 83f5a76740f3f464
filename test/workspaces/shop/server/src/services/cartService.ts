import { query, sql } from '../db/pool';
import { badRequest } from '../lib/errors';

export interface CartItem {
  productId: string;
  quantity: number;
}

const MAX_ITEMS = 50;

export async function loadCart(customerId: string): Promise<CartItem[]> {
  return query<CartItem>(sql`
    SELECT product_id AS "productId", quantity
    FROM cart_items WHERE customer_id = ${customerId}
    ORDER BY added_at
  `);
}

export async function addItem(customerId: string, item: CartItem): Promise<CartItem[]> {
  const items = await loadCart(customerId);
  if (items.length >= MAX_ITEMS) throw badRequest('your cart is full');

  await query(sql`
    INSERT INTO cart_items (customer_id, product_id, quantity)
    VALUES (${customerId}, ${item.productId}, ${item.quantity})
    ON CONFLICT (customer_id, product_id)
    DO UPDATE SET quantity = cart_items.quantity + EXCLUDED.quantity
  `);
  return loadCart(customerId);
}

export async function removeItem(customerId: string, productId: string): Promise<void> {
  await query(sql`DELETE FROM cart_items WHERE customer_id = ${customerId} AND product_id = ${productId}`);
}

export async function clearCart(customerId: string): Promise<void> {
  await query(sql`DELETE FROM cart_items WHERE customer_id = ${customerId}`);
}

/** Checks the shape of a cart that was kept in the browser. */
export function readGuestItems(value: unknown): CartItem[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(
      (item): item is CartItem =>
        typeof item?.productId === 'string' &&
        Number.isInteger(item?.quantity) &&
        item.quantity >= 1 &&
        item.quantity <= 99,
    )
    .slice(0, MAX_ITEMS);
}

/** Moves a guest cart into the account after the login. */
export async function mergeGuestCart(customerId: string, value: unknown): Promise<CartItem[]> {
  for (const item of readGuestItems(value)) {
    await addItem(customerId, item);
  }
  return loadCart(customerId);
}
