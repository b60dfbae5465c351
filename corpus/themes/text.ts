/** Files that hold no text, texts that are no JSON, and JSON that is nothing like a certificate; for either statement. */
import { BASES } from "../bases.js";
import { ACCEPTED, draft, edited, find, rejected, retyped, UNREADABLE, type Draft } from "../drafts.js";

/** @param base a certificate @param length how many bytes and characters it has; all of them ASCII */
export function textCases(base: string, length: number): Draft[] {
  const notJson = (comment: string, ...text: Parameters<typeof retyped>[1][]): Draft =>
    draft(comment, "NotJson", retyped(base, ...text), "not-json");
  const bytes = (comment: string, at: number, insert: string, take = 0): Draft =>
    draft(comment, "NotText", { base, digests: "kept", bytes: [{ at, remove: take, insert }] }, UNREADABLE);
  const whole = (comment: string, hex: string): Draft => draft(comment, "NotText", { hex }, UNREADABLE);
  const text = (comment: string, content: string, code = "not-json"): Draft =>
    draft(comment, code === "schema" ? "OtherValue" : "NotJson", { parts: [{ text: content }] }, code);
  const nested = (comment: string, input: Draft["input"], code: string): Draft =>
    draft(comment, "Nesting", input, rejected(code));
  const middle = Math.floor(length / 2);
  return [
    draft("the base as it is", "Control", { base, digests: "kept" }, ACCEPTED),
    text("empty", ""),
    text("a line feed", "\n"),
    text("white space", " \t\r\n"),
    text("a word", "certificate"),
    text("a byte order mark alone", "\ufeff"),
    notJson("cut before its last three characters", { op: "cut", to: -3 }),
    notJson("cut in the middle", { op: "cut", to: middle }),
    notJson("its first character alone", { op: "cut", to: 1 }),
    notJson("a byte order mark before it", { op: "prepend", text: "\ufeff" }),
    notJson("a byte order mark after it", { op: "append", text: "\ufeff" }),
    notJson("an empty object after it", { op: "append", text: "{}" }),
    notJson("a letter after it", { op: "append", text: "x" }),
    notJson("a comma after it", { op: "append", text: "," }),
    notJson("a form feed after it", { op: "append", text: "\f" }),
    notJson("a no-break space before it", { op: "prepend", text: "\u00a0" }),
    notJson("a line separator (U+2028) after it", { op: "append", text: "\u2028" }),
    notJson("a comment before it", { op: "prepend", text: "// a certificate\n" }),
    notJson("a comment in it", find("{\n", "{ /* here */\n")),
    notJson("a comma after its last key", { op: "cut", to: -2 }, { op: "append", text: ",}\n" }),
    notJson("single quotes", find('"', "'", "all")),
    notJson("a key without quotes", find('"version"', "version")),
    notJson("a key without value", find('"version": 1', '"version":')),
    notJson("no comma between two keys", find('"version": 1,', '"version": 1')),
    notJson("NaN", find('"version": 1', '"version": NaN')),
    notJson("Infinity", find('"version": 1', '"version": Infinity')),
    notJson("a hexadecimal number", find('"version": 1', '"version": 0x1')),
    notJson("a plus sign", find('"version": 1', '"version": +1')),
    notJson("a leading zero", find('"version": 1', '"version": 01')),
    notJson("a decimal point without a digit after it", find('"version": 1', '"version": 1.')),
    notJson("a decimal point without a digit before it", find('"version": 1', '"version": .1e1')),
    notJson("an exponent without digits", find('"version": 1', '"version": 1e')),
    notJson("a big integer of JavaScript", find('"version": 1', '"version": 1n')),
    notJson("True", find("true", "True")),
    notJson("undefined", find("true", "undefined")),
    notJson("a line feed in a string", find('"weightproof-certificate"', '"weightproof-\ncertificate"')),
    notJson("a tab in a string", find('"weightproof-certificate"', '"weightproof-\tcertificate"')),
    notJson("an escape that JSON does not have", find('"weightproof-certificate"', '"\\x77eightproof-certificate"')),
    notJson("half an escape", find('"weightproof-certificate"', '"\\u007"')),
    notJson("a string that does not end", { op: "cut", to: -4 }, { op: "append", text: '"' }),
    notJson("the certificate twice", { op: "double" }),
    draft("a byte more than are read", "TooLarge", { parts: [{ text: " ", times: 2 ** 27 + 1 }] }, "too-large"),
    nested("a million opening brackets", { parts: [{ text: "[", times: 1_000_000 }] }, "not-json"),
    nested("a million opening braces, with keys", { parts: [{ text: '{"a":', times: 1_000_000 }] }, "not-json"),
    nested(
      "two hundred thousand arrays in each other",
      {
        parts: [
          { text: "[", times: 200_000 },
          { text: "]", times: 200_000 },
        ],
      },
      "schema",
    ),
    nested(
      "two hundred thousand arrays in each other, under a known key",
      { parts: [{ text: '{"format": ' }, { text: "[", times: 200_000 }, { text: "]", times: 200_000 }, { text: "}" }] },
      "schema",
    ),
    nested(
      "arrays in arrays in place of a count",
      retyped(base, find('"version": 1', `"version": ${"[".repeat(99)}${"]".repeat(99)}`)),
      "schema",
    ),
    bytes("a zero byte at the end", length, "00"),
    bytes("a zero byte at the start", 0, "00"),
    bytes("a zero byte in the middle", middle, "00"),
    bytes("a zero byte in the place of a letter of a name", 14, "00", 1),
    bytes("a byte of no encoding (ff) at the end", length, "ff"),
    bytes("a byte of no encoding (fe) at the start", 0, "fe"),
    bytes("a letter of Latin-1 (e9) in a string", 14, "e9", 1),
    bytes("a continuation byte alone (80) in a string", 14, "80", 1),
    bytes("an overlong letter (c1 b7 for w) in a string", 14, "c1b7", 1),
    bytes("an overlong zero (c0 80) in a string", 14, "c080"),
    bytes("an overlong slash in three bytes (e0 80 af) in a string", 14, "e080af"),
    bytes("a surrogate in UTF-8 (ed a0 80) in a string", 14, "eda080"),
    bytes("a pair of surrogates in UTF-8 (CESU-8) in a string", 14, "eda0bdedb880"),
    bytes("a character past U+10FFFF (f4 90 80 80) in a string", 14, "f4908080"),
    bytes("a character in five bytes (f8 88 80 80 80) in a string", 14, "f888808080"),
    bytes("a character that is cut (e2 82) at the end", length, "e282"),
    bytes("the bit of its first byte that ASCII does not have", 0, "fb", 1),
    bytes("the bit of its last byte that ASCII does not have", length - 1, "8a", 1),
    whole("an object in UTF-16, little endian, with its mark", "fffe7b007d00"),
    whole("an object in UTF-16, big endian", "007b007d"),
    whole("an object in UTF-32, with its mark", "fffe00007b0000007d000000"),
    whole("the start of a gzip file", "1f8b0800000000000003"),
    text("null", "null", "schema"),
    text("a number", "1", "schema"),
    text("a number past every float", "1e400", "schema"),
    text("a string", '"weightproof-certificate"', "schema"),
    text("true", "true", "schema"),
    text("an empty array", "[]", "schema"),
    text("an empty object", "{}", "schema"),
    text("a prototype", '{"__proto__": {"format": "weightproof-certificate"}}', "schema"),
    draft(
      "a certificate in an array",
      "OtherValue",
      retyped(base, { op: "prepend", text: "[" }, { op: "append", text: "]" }),
      "schema",
    ),
    draft(
      "a certificate in an object",
      "OtherValue",
      retyped(base, { op: "prepend", text: '{"certificate": ' }, { op: "append", text: "}" }),
      "schema",
    ),
    draft(
      "a certificate in a string",
      "OtherValue",
      { parts: [{ text: '"{\\"format\\": \\"weightproof-certificate\\"}"' }] },
      "schema",
    ),
    draft(
      "the head of a certificate alone",
      "OtherValue",
      edited(BASES.tiny, { op: "copy", from: "/head", path: "" }),
      "schema",
    ),
  ];
}
