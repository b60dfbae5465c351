// The bit-exactness checks and the speed of every backend of this machine, as one table on stdout; exits 1 if a number is
// wrong. For a machine with an NVIDIA card: install Vulkan's loader and the optional backends first
// (scripts/install-backends.mjs webgpu tensorflow, or npm install --no-save @tensorflow/tfjs-node-gpu@4.22.0), then
//
//   npm run build && node scripts/gpu-checks.mjs [BACKEND ...]
import { BACKENDS } from "../dist/execution/tensors/backends.js";
import { checkBackends, galleryVectors } from "../dist/execution/tensors/backend-checks.js";

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !BACKENDS.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`gpu-checks: expected backends among ${BACKENDS.join(", ")}, got ${unknown}\n`);
  process.exit(2);
}

const vectors = [...galleryVectors("parity"), ...galleryVectors("exact-match")];
const table = await checkBackends(vectors, wanted.length === 0 ? BACKENDS : wanted);
const columns = ["backend", "vectors", "check", "compared", "wrong", "ms"];
const rows = table
  .filter(({ available }) => available)
  .map(({ backend, vectors: name, check, compared, wrong, milliseconds }) =>
    [backend, name, check, compared, wrong, milliseconds.toFixed(1)].map(String),
  );
const widths = columns.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
const line = (cells) => cells.map((cell, i) => (i < 3 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
process.stdout.write([columns, ...rows].map((cells) => `${line(cells)}\n`).join(""));
for (const detail of new Set(
  table.map(({ backend, available, detail: text }) => `${available ? "" : "skipped: "}${backend}: ${text}`),
)) {
  process.stdout.write(`${detail}\n`);
}
for (const { backend, first } of table) if (first !== null) process.stdout.write(`wrong on ${backend}: ${first}\n`);
process.exit(table.some(({ wrong }) => wrong > 0) ? 1 : 0);
