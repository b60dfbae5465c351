/** A rejection names a place that a reader can follow into the file, by either checker. */
import { describe, expect, it } from "vitest";
import { checkCertificateAgain } from "../../checkers/second/check.js";
import { bytesToText } from "../../inputs/read-text-file.js";
import { check } from "../../systems/check.js";
import { FILES, MATERIALIZER } from "../mutants/corpus.js";

/**
 * Follows a place such as `filter.layers[2].rows[17][0]` into a value; the last step may be missing from it, as a missing
 * key is. The empty place is the whole text.
 */
function follow(place: string, json: unknown): boolean {
  if (place === "") return true;
  if (!/^[\w-]+(?:\.[\w-]+|\[\d+\])*$/.test(place)) return false;
  let value = json;
  const steps = place.split(/[.[\]]+/).filter((step) => step !== "");
  for (const [i, step] of steps.entries()) {
    if (typeof value !== "object" || value === null) return false;
    if (!Object.hasOwn(value, step)) return i === steps.length - 1;
    value = (value as Record<string, unknown>)[step];
    // Layers of a decoder name their maps by index (DECODER.md).
    if (
      steps[0] === "decoder" &&
      typeof value === "number" &&
      i < steps.length - 1 &&
      !/^\d+$/.test(steps[i + 1] ?? "")
    )
      value = (json as { decoder: { maps: readonly unknown[] } }).decoder.maps[value];
  }
  return true;
}

/** Whether a rejection's place is there: the number of a line, or a path into the JSON. */
function leads(place: string, text: string): boolean {
  const line = /^line (\d+)$/.exec(place)?.[1];
  if (line !== undefined) return Number(line) >= 1 && Number(line) <= text.split("\n").length;
  try {
    return follow(place, JSON.parse(text));
  } catch {
    return place === "";
  }
}

describe("places", () => {
  for (const [name, decide] of Object.entries({ first: check, second: checkCertificateAgain })) {
    it(`should lead into the file (${name} checker)`, () => {
      const lost = new Set<string>();
      let followed = 0;
      for (const { cases } of FILES) {
        for (const { input, flags } of cases) {
          const text = flags.includes("Slow") ? undefined : textOf(MATERIALIZER.bytesOf(input));
          const verdict = text === undefined ? undefined : decide(text);
          if (text === undefined || verdict?.verdict !== "rejected") continue;
          followed++;
          if (!leads(verdict.path, text)) lost.add(`${verdict.code} at ${verdict.path}`);
        }
      }
      expect([...lost]).toEqual([]);
      expect(followed).toBeGreaterThan(2000);
    });
  }
});

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return bytesToText(bytes, "file");
  } catch {
    return undefined;
  }
}
