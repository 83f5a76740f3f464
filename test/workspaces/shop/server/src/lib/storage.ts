import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from '../config/env';
import { badRequest } from './errors';

const ROOT = path.resolve(env.uploadDir);

/**
 * Resolves a relative file name below the upload folder and refuses names
 * that would leave it (SHOP-176).
 */
export function resolveInside(name: string): string {
  const full = path.resolve(ROOT, name);
  if (!full.startsWith(ROOT + path.sep)) throw badRequest('invalid file name');
  return full;
}

export async function saveFile(name: string, body: Buffer): Promise<string> {
  const full = resolveInside(name);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, body);
  return name;
}

export function openFile(name: string): ReadStream {
  return createReadStream(resolveInside(name));
}

export async function readText(name: string): Promise<string> {
  return readFile(resolveInside(name), 'utf8');
}

/** Removes an uploaded file; it is fine if it is gone already. */
export async function deleteFile(name: string): Promise<void> {
  await rm(path.join(ROOT, name), { force: true });
}

/** Folder of one customer; ids are UUIDs from our own database. */
export function customerFolder(customerId: string): string {
  return path.posix.join('customers', customerId);
}
