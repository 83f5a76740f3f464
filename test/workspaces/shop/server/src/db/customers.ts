import { query, sql } from './pool';

export type Role = 'customer' | 'staff' | 'admin';

export interface CustomerRow {
  id: string;
  email: string;
  name: string;
  role: Role | null;
  password_hash: string;
  reset_token_hash: string | null;
  two_factor: boolean;
  marketing_opt_in: boolean;
  created_at: string;
}

/** What a customer may see of their own record. */
export function toPublicCustomer(row: CustomerRow) {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    marketingOptIn: row.marketing_opt_in,
  };
}

export async function findCustomer(id: string): Promise<CustomerRow | undefined> {
  const rows = await query<CustomerRow>(sql`SELECT * FROM customers WHERE id = ${id}`);
  return rows[0];
}

export async function findCustomerByEmail(email: string): Promise<CustomerRow | undefined> {
  const rows = await query<CustomerRow>(sql`
    SELECT * FROM customers WHERE lower(email) = ${email.toLowerCase()}
  `);
  return rows[0];
}

export async function insertCustomer(input: {
  email: string;
  name: string;
  passwordHash: string;
  role: Role;
}): Promise<CustomerRow> {
  const [row] = await query<CustomerRow>(sql`
    INSERT INTO customers (email, name, password_hash, role)
    VALUES (${input.email}, ${input.name}, ${input.passwordHash}, ${input.role})
    RETURNING *
  `);
  return row!;
}

/** Updates any of the given columns. */
export async function updateCustomer(id: string, patch: Partial<CustomerRow>): Promise<CustomerRow | undefined> {
  const keys = Object.keys(patch);
  if (keys.length === 0) return findCustomer(id);
  const assignments = keys.map((key, i) => `${key} = $${i + 2}`).join(', ');
  const rows = await query<CustomerRow>({
    text: `UPDATE customers SET ${assignments} WHERE id = $1 RETURNING *`,
    values: [id, ...Object.values(patch)],
  });
  return rows[0];
}

export async function setPasswordHash(id: string, hash: string): Promise<void> {
  await query(sql`
    UPDATE customers SET password_hash = ${hash}, reset_token_hash = NULL WHERE id = ${id}
  `);
}

export async function setRole(id: string, role: Role): Promise<void> {
  await query(sql`UPDATE customers SET role = ${role} WHERE id = ${id}`);
}
