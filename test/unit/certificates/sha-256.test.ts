import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 as first, utf8 } from "../../../certificates/sha-256.js";
import { sha256 as second } from "../../../checkers/second/sha-256.js";

/** FIPS 180-4's examples and NIST's short messages, as published. */
const PUBLISHED: readonly (readonly [name: string, message: Uint8Array, digest: string])[] = [
  ["nothing", utf8(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["one block", utf8("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "a length that takes a second block",
    utf8("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
  [
    "two blocks",
    utf8(
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
    ),
    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
  ],
  ["one byte", Uint8Array.of(0xbd), "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"],
  [
    "a million times a",
    new Uint8Array(1_000_000).fill(0x61),
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
  ],
];

describe.each([
  ["the first checker's", first],
  ["the second checker's", second],
])("sha256: %s", (_, sha256) => {
  it.each(PUBLISHED)("should give the published digest of %s", (__, message, digest) => {
    expect(sha256(message)).toBe(digest);
  });

  it("should agree with Node's at every length up to five blocks", () => {
    for (let length = 0; length <= 320; length++) {
      const bytes = Uint8Array.from({ length }, (__, i) => (i * i + length) & 0xff);
      expect(sha256(bytes), `${length} bytes`).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  it("should agree with Node's on any bytes, and on a part of a larger array", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096, size: "max" }), fc.nat(64), (bytes, from) => {
        const part = bytes.subarray(from);
        expect(sha256(part)).toBe(createHash("sha256").update(part).digest("hex"));
      }),
    );
  });
});

describe("utf8", () => {
  it("should be what Node encodes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(Buffer.from(utf8(text))).toEqual(Buffer.from(text, "utf8"));
      }),
    );
  });
});
