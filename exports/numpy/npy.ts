/** Arrays in NumPy's .npy format, version 1.0, and many of them in one .npz file. */
import { zipSync } from "fflate";

/** float64 numbers, int64 numbers row by row, or one text; the shape of a single value is []. */
export type NpyArray =
  | { readonly type: "float64"; readonly shape: readonly number[]; readonly values: Float64Array }
  | { readonly type: "int64"; readonly shape: readonly number[]; readonly values: BigInt64Array }
  | { readonly type: "text"; readonly value: string };

/** The header's length, magic included, is a multiple of this. */
const ALIGNMENT = 64;
const MAGIC = [0x93, ...ascii("NUMPY"), 1, 0];
/** The earliest date that a zip file can state: the same arrays have the same bytes. */
const NO_DATE: Date = new Date(1980, 0, 1);

/** The bytes of an .npz file: one .npy file for each array, compressed. */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { mtime: NO_DATE });
}

/** The bytes of an .npy file, little-endian. */
export function encodeNpy(array: NpyArray): Uint8Array {
  const letters = array.type === "text" ? Array.from(array.value, (letter) => letter.codePointAt(0) as number) : [];
  const descriptor = { float64: "<f8", int64: "<i8", text: `<U${letters.length}` }[array.type];
  const shape = array.type === "text" ? [] : array.shape;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${descriptor}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = MAGIC.length + 2;
  const length = Math.ceil((start + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const width = array.type === "text" ? 4 : 8;
  const count = array.type === "text" ? letters.length : array.values.length;
  const bytes = new Uint8Array(length + width * count);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(MAGIC.length, length - start, true);
  bytes.set(ascii(`${text.padEnd(length - start - 1)}\n`), start);
  if (array.type === "text") for (const [i, letter] of letters.entries()) view.setUint32(length + 4 * i, letter, true);
  else if (array.type === "float64") {
    for (const [i, value] of array.values.entries()) view.setFloat64(length + 8 * i, value, true);
  } else for (const [i, value] of array.values.entries()) view.setBigInt64(length + 8 * i, value, true);
  return bytes;
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
