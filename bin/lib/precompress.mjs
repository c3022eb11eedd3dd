// precompress.mjs FOLDER: puts a .br and a .gz beside each compressible file of the folder, for the server
// to send as they are. Files whose compressed copies are newer are skipped; copies of vanished files are removed.
import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const MIN_BYTES = 1024;
const COMPRESSIBLE = new Set([".css", ".html", ".ico", ".js", ".json", ".map", ".svg", ".txt", ".wasm", ".webmanifest"]);
const ENCODERS = {
  ".br": (bytes) =>
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  ".gz": (bytes) => gzipSync(bytes, { level: 9 }),
};

const folder = process.argv[2];
if (!folder) {
  console.error("usage : precompress.mjs DOSSIER");
  process.exit(2);
}

function mtime(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const extension = extname(path);
  if (extension in ENCODERS) {
    if (mtime(path.slice(0, -extension.length)) === undefined) rmSync(path, { force: true });
    continue;
  }
  if (!COMPRESSIBLE.has(extension) || statSync(path).size < MIN_BYTES) continue;
  for (const [suffix, encode] of Object.entries(ENCODERS)) {
    if (mtime(path + suffix) >= mtime(path)) continue;
    // In one step, so that a server that runs never sends half a file.
    const partial = `${path}.${process.pid}.partial`;
    writeFileSync(partial, encode(readFileSync(path)));
    renameSync(partial, path + suffix);
  }
}
