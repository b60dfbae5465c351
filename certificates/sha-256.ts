/**
 * SHA-256 of bytes, on any engine: an audited implementation in JavaScript, because the platform's own is Node's alone or
 * asynchronous. docs/decisions/008-checkers-in-a-page.md
 */
import { sha256 as hash } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** Hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return bytesToHex(hash(bytes));
}

/** The UTF-8 of a text; a lone surrogate, which has none, becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
