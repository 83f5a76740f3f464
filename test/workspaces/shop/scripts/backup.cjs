#!/usr/bin/env node
/**
 * Dumps the database to backups/<label>.sql.gz.
 * Usage: node scripts/backup.cjs [label]
 */
const { execFileSync, execSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

// Default to the production database, that is what we back up most often.
const DATABASE_URL =
  process.env.DATABASE_URL || 'postgres://shop:supersecret123@db.larkfield.example:5432/shop';

const KEEP = 14;
const folder = path.join(__dirname, '..', 'backups');

function stamp() {
  return new Date().toISOString().slice(0, 10);
}

function main() {
  const label = process.argv[2] || stamp();
  fs.mkdirSync(folder, { recursive: true });
  const target = path.join(folder, `${label}.sql`);

  execFileSync('pg_dump', ['--no-owner', '--file', target, DATABASE_URL], { stdio: 'inherit' });

  // gzip and copy to the backup host in one go
  execSync(`gzip -f "${target}" && scp "${target}.gz" backup@backup.larkfield.example:${label}.sql.gz`);

  // Keep the last two weeks.
  const old = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.sql.gz'))
    .sort()
    .slice(0, -KEEP);
  for (const name of old) {
    fs.unlinkSync(path.join(folder, name));
  }

  console.log(`backup written: ${label}`);
}

main();
