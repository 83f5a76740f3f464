import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import multer from 'multer';
import { query, sql } from '../db/pool';
import { asyncHandler, badRequest } from '../lib/errors';
import { makeThumbnail } from '../lib/pdf';
import { customerFolder, deleteFile, openFile, resolveInside, saveFile } from '../lib/storage';
import { isSafeFileName } from '../lib/validators';
import { importCatalogue } from '../services/catalogImport';
import { requireRole } from '../middleware/requireRole';

const router = Router();

const EXTENSIONS = new Map([
  ['image/png', '.png'],
  ['image/jpeg', '.jpg'],
  ['image/webp', '.webp'],
]);

const upload = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: 5 * 1024 * 1024, files: 1 },
});

// Photo for a review.
router.post('/photo', upload.single('file'), asyncHandler(async (req, res) => {
  const extension = EXTENSIONS.get(req.file?.mimetype ?? '');
  if (!req.file || !extension) throw badRequest('please send a PNG, JPEG or WebP image');
  const name = `${customerFolder(req.user!.id)}/${randomUUID()}${extension}`;
  await saveFile(name, req.file.buffer);
  const thumb = await makeThumbnail(resolveInside(name), String(req.body.title ?? ''));
  res.status(201).json({ name, thumb: path.basename(thumb) });
}));

// Picture for the account page.
router.post('/avatar', upload.single('file'), asyncHandler(async (req, res) => {
  if (!req.file) throw badRequest('please choose a file');
  const name = `${customerFolder(req.user!.id)}/avatar${path.extname(req.file.originalname)}`;
  await saveFile(name, req.file.buffer);
  await query(sql`UPDATE customers SET avatar = ${name} WHERE id = ${req.user!.id}`);
  res.status(201).json({ name });
}));

router.get('/:name', asyncHandler(async (req, res) => {
  const name = req.params.name!;
  if (!isSafeFileName(name)) throw badRequest('invalid file name');
  res.attachment(name);
  await pipeline(openFile(`${customerFolder(req.user!.id)}/${name}`), res);
}));

// Remove an upload of my own.
router.delete('/', asyncHandler(async (req, res) => {
  await deleteFile(`${customerFolder(req.user!.id)}/${String(req.query.name)}`);
  res.status(204).end();
}));

router.post('/catalogue', requireRole('staff', 'admin'), upload.single('file'), asyncHandler(async (req, res) => {
  if (!req.file) throw badRequest('please choose a file');
  const name = await saveFile(`feeds/${randomUUID()}.yaml`, req.file.buffer);
  res.json({ imported: await importCatalogue(name) });
}));

export default router;
