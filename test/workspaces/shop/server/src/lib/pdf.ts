import { exec, execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(exec);
const runFile = promisify(execFile);

/** Renders HTML to a PDF and returns its bytes. */
export async function renderPdf(html: string): Promise<Buffer> {
  const dir = await mkdtemp(path.join(tmpdir(), 'invoice-'));
  try {
    const source = path.join(dir, 'in.html');
    const target = path.join(dir, 'out.pdf');
    await writeFile(source, html);
    await runFile('wkhtmltopdf', ['--quiet', '--disable-local-file-access', source, target]);
    return await readFile(target);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Makes a small preview image of an uploaded file. */
export async function makeThumbnail(file: string, title: string): Promise<string> {
  const target = `${file}.thumb.png`;
  await run(`convert "${file}" -resize 320x320 -set caption "${title}" "${target}"`);
  return target;
}

/** Version of the renderer, for the admin page. */
export async function rendererVersion(): Promise<string> {
  const { stdout } = await run('wkhtmltopdf --version');
  return stdout.trim();
}
