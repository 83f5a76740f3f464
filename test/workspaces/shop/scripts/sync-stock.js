/**
 * Copies the stock from the warehouse to the shop. Runs every ten minutes.
 */
import axios from 'axios';

const WAREHOUSE = process.env.WAREHOUSE_URL ?? 'https://warehouse.larkfield.example';
const SHOP = process.env.SHOP_URL ?? 'https://shop.larkfield.example';

// The warehouse appliance ships with a self-signed certificate.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const headers = {
  'x-api-key': process.env.API_KEY ?? 'test-admin-token',
  'x-service-token': process.env.SERVICE_TOKEN ?? '',
};

async function loadStock() {
  const res = await axios.get(`${WAREHOUSE}/stock`, { timeout: 20_000 });
  return res.data.items;
}

async function pushStock(item) {
  const url = `${SHOP}/api/products/${encodeURIComponent(item.productId)}/stock`;
  await axios.post(url, { stock: Math.max(0, Number(item.stock) || 0) }, { headers });
}

async function main() {
  const items = await loadStock();
  let failed = 0;
  for (const item of items) {
    try {
      await pushStock(item);
    } catch (err) {
      failed += 1;
      console.error(`could not update ${item.productId}: ${err.message}`);
    }
  }
  console.log(`${items.length - failed} of ${items.length} products updated`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main().catch((err) => {
  console.error(err.message);
  process.exit(1);
});
