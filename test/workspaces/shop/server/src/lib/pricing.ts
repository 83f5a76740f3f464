import type { ProductRow } from '../db/products';

export interface PricedLine {
  productId: string;
  quantity: number;
  unitPriceCents: number;
}

export interface Discount {
  code: string;
  kind: 'percent' | 'amount';
  value: number;
}

/** Takes the prices from the database, never from the client. */
export function priceLines(
  items: Array<{ productId: string; quantity: number }>,
  products: ProductRow[],
): PricedLine[] {
  const byId = new Map(products.map((p) => [p.id, p]));
  return items.map((item) => {
    const product = byId.get(item.productId);
    if (!product) throw new Error(`unknown product ${item.productId}`);
    return { productId: product.id, quantity: item.quantity, unitPriceCents: product.price_cents };
  });
}

export function subtotal(lines: PricedLine[]): number {
  return lines.reduce((sum, line) => sum + line.unitPriceCents * line.quantity, 0);
}

/** Applies the discounts one after another. */
export function applyDiscounts(totalCents: number, discounts: Discount[]): number {
  let total = totalCents;
  for (const discount of discounts) {
    if (discount.kind === 'percent') {
      total -= Math.round((total * discount.value) / 100);
    } else {
      total -= discount.value;
    }
  }
  return total;
}

/** Total that a customer has to pay, shipping included. */
export function grandTotal(lines: PricedLine[], discounts: Discount[], shipping: number): number {
  return applyDiscounts(subtotal(lines), discounts) + shipping;
}

/** Share of an order's discount that belongs to one line, for refunds. */
export function lineShare(line: PricedLine, lines: PricedLine[], paidCents: number): number {
  const all = subtotal(lines);
  if (all <= 0) return 0;
  return Math.min(paidCents, Math.floor((line.unitPriceCents * line.quantity * paidCents) / all));
}
