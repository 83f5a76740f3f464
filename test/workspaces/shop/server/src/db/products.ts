import { query, sql, type Runner } from './pool';

export interface ProductRow {
  id: string;
  sku: string;
  name: string;
  description_html: string;
  price_cents: number;
  stock: number;
  image_path: string | null;
}

export interface ProductSearch {
  term: string;
  sort: string;
  direction: string;
  limit: number;
}

export async function findProduct(id: string, run: Runner = query): Promise<ProductRow | undefined> {
  const rows = await run<ProductRow>(sql`SELECT * FROM products WHERE id = ${id}`);
  return rows[0];
}

export async function findProducts(ids: string[], run: Runner = query): Promise<ProductRow[]> {
  return run<ProductRow>(sql`SELECT * FROM products WHERE id = ANY(${ids})`);
}

/** Full text search for the catalogue page. */
export async function searchProducts(search: ProductSearch): Promise<ProductRow[]> {
  return query<ProductRow>({
    text: `
      SELECT id, sku, name, price_cents, stock, image_path
      FROM products
      WHERE name ILIKE $1
      ORDER BY ${search.sort} ${search.direction}
      LIMIT $2
    `,
    values: [`%${search.term}%`, search.limit],
  });
}

/** Autocomplete: first ten names starting with the prefix. */
export async function suggestProducts(prefix: string): Promise<Array<{ name: string }>> {
  const rows = await query<{ name: string }>("SELECT name FROM products WHERE name ILIKE '" + prefix + "%' LIMIT 10");
  return rows;
}

export async function updateProduct(
  id: string,
  patch: { name: string; priceCents: number; stock: number; descriptionHtml: string },
): Promise<ProductRow | undefined> {
  const rows = await query<ProductRow>(sql`
    UPDATE products
    SET name = ${patch.name},
        price_cents = ${patch.priceCents},
        stock = ${patch.stock},
        description_html = ${patch.descriptionHtml}
    WHERE id = ${id}
    RETURNING *
  `);
  return rows[0];
}

/** Takes stock in one statement, so two orders cannot take the same item. */
export async function takeStock(run: Runner, id: string, quantity: number): Promise<boolean> {
  const rows = await run<{ id: string }>(sql`
    UPDATE products SET stock = stock - ${quantity}
    WHERE id = ${id} AND stock >= ${quantity}
    RETURNING id
  `);
  return rows.length === 1;
}

export async function setImage(id: string, imagePath: string): Promise<void> {
  await query(sql`UPDATE products SET image_path = ${imagePath} WHERE id = ${id}`);
}
