/** Reads a text file of bounded size, or says in one line why it cannot. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { InputError, showPath } from "./input-error.js";
import { MAX_FILE_BYTES } from "./input-limits.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "expected a file, got a directory",
  ENAMETOOLONG: "file name too long",
  ERR_INVALID_ARG_VALUE: "not a file name",
  ELOOP: "too many symbolic links",
};

/**
 * The text of a UTF-8 file, without a byte order mark. Pipes are read like files.
 *
 * @throws {InputError} "path: ..." if there is no such file, it cannot be read, it has more than maxBytes bytes, or it is
 *   not text
 */
export function readTextFile(path: string, maxBytes: number = MAX_FILE_BYTES): string {
  return readExactTextFile(path, maxBytes).replace(/^\ufeff/, "");
}

/**
 * The text of a UTF-8 file with the byte order mark, if it has one: for files that have one spelling only, which none has.
 *
 * @throws {InputError} as readTextFile does
 */
export function readExactTextFile(path: string, maxBytes: number): string {
  return bytesToText(readBytes(path, maxBytes), path);
}

/**
 * The text that the bytes of a file spell in UTF-8, a byte order mark included.
 *
 * @throws {InputError} "path: ..." if they spell none, or a zero byte is among them
 */
export function bytesToText(bytes: Uint8Array, path: string): string {
  if (bytes.includes(0)) throw new InputError(`${showPath(path)}: expected a text file, got a binary one`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(`${showPath(path)}: expected UTF-8 text`);
  }
}

const CHUNK = 2 ** 16;

/**
 * The bytes of a file. Pipes are read like files.
 *
 * @throws {InputError} "path: ..." if there is no such file, it cannot be read, or it has more than maxBytes bytes
 */
export function readBytes(path: string, maxBytes: number): Buffer {
  const place = showPath(path);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    if (fstatSync(descriptor).isDirectory()) throw new InputError(`${place}: expected a file, got a directory`);
    // The bytes are counted as they arrive: neither a pipe nor a growing file has a size that could be believed.
    const chunks: Buffer[] = [];
    for (let length = 0; ;) {
      const chunk = Buffer.alloc(CHUNK);
      const count = readSync(descriptor, chunk, 0, CHUNK, null);
      length += count;
      if (length > maxBytes) throw new InputError(`${place}: expected at most ${maxBytes} bytes, got more`);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, count));
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw new InputError(`${place}: ${REASONS[code] ?? `cannot be read (${code})`}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
