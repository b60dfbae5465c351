/** The second checker on a network that is too large: its text has 34 million characters. */
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { dataOf, get } from "../unit/checkers/second/forge.js";
import { said, SHORT } from "../unit/checkers/second/alone/said.js";

it("should read networks of 2,000,000 rows, and of no more", () => {
  const counts = [1_000_000, 1_000_000, 1];
  const inputs = [1, ...counts];
  const rows = (count: number, between: string): string => Array<string>(count).fill('["1"]').join(between);
  const canonical = counts.map(
    (count, l) => `{"inputs":${inputs[l]},"name":"","relu":true,"rows":[${rows(count, ",")}]}`,
  );
  const digest = createHash("sha256")
    .update(`{"format":"weightproof-network","layers":[${canonical.join(",")}],"version":1}`)
    .digest("hex");
  const printed = counts.map((count, l) => {
    const start = `      {"name": "", "inputs": ${inputs[l]}, "relu": true, "rows": `;
    if (count === 1) return `${start}[["1"]]}`;
    const lines = start.replace("{", "{\n        ").replaceAll(", ", ",\n        ");
    return `${lines}[\n          ${rows(count, ",\n          ")}\n        ]\n      }`;
  });
  const [before, after] = [SHORT.indexOf('  "filter": {'), SHORT.indexOf('  "head": {\n')];
  const text = [
    SHORT.slice(0, before).replace(get(dataOf(SHORT), ["digests", "filter"]) as string, `sha256:${digest}`),
    '  "filter": {\n    "format": "weightproof-network",\n    "version": 1,\n    "layers": [\n',
    `${printed.join(",\n")}\n    ]\n  },\n`,
    SHORT.slice(after),
  ].join("");
  // Two layers have 2,000,000 rows; the third one has a row too many.
  expect(said(text)).toBe("network filter.layers[2]");
});
