import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bytesToText, readExactTextFile, readTextFile } from "../../../inputs/read-text-file.js";
import { TINY_TEXT } from "../checkers/second/forge.js";
import { scratch, weightproof } from "../cli/run-cli.js";

const folder = scratch();
function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe("readTextFile", () => {
  it("should leave out a byte order mark, and readExactTextFile should not", () => {
    const file = fileOf("marked", "\ufefftext\ufeff");
    expect(readTextFile(file)).toBe("text\ufeff");
    expect(readExactTextFile(file, 100)).toBe("\ufefftext\ufeff");
  });

  it("should refuse bytes that are no text, and files past the limit", () => {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80]])
      expect(() => bytesToText(Uint8Array.from([0x41, ...bytes]), "f")).toThrow("f: expected UTF-8 text");
    expect(() => bytesToText(Uint8Array.of(0x41, 0), "f")).toThrow("f: expected a text file, got a binary one");
    expect(() => readExactTextFile(fileOf("long", "12345"), 4)).toThrow("expected at most 4 bytes, got more");
  });
});

describe("weightproof check on files", () => {
  it("should not accept a certificate with a byte order mark, with any checker", () => {
    const file = fileOf("marked.json", `\ufeff${TINY_TEXT}`);
    for (const checker of ["first", "second", "both"]) {
      const { status, stdout } = weightproof("check", file, "--with", checker);
      expect([status, stdout]).toEqual([1, expect.stringContaining("not-json")]);
    }
  });

  it("should reject a text of too many characters as too large, as FORMAT.md has it", () => {
    const file = fileOf("large.json", " ".repeat(2 ** 27 + 1));
    const { status, stdout } = weightproof("check", file, "--with", "both");
    expect([status, stdout.match(/too-large/g)]).toEqual([1, ["too-large", "too-large"]]);
  });
});
