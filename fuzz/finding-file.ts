/** Findings on disk: everything that a replay needs. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FoundInput } from "./watch.js";

/** A finding as it is written. */
export interface FindingJson {
  readonly target: string;
  readonly seed: number;
  readonly kind: FoundInput["kind"];
  readonly message: string;
  /** The bytes of the input, in hexadecimal. */
  readonly input: string;
}

/** Writes a finding into a folder. @returns the path, which names the target and the input's digest */
export function writeFinding(folder: string, { input, ...rest }: FoundInput): string {
  const digest = createHash("sha256").update(input).digest("hex").slice(0, 12);
  const path = join(folder, `${rest.target}-${rest.kind}-${digest}.json`);
  const json: FindingJson = { ...rest, input: Buffer.from(input).toString("hex") };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(json, null, 2)}\n`);
  return path;
}

/**
 * Reads a finding.
 *
 * @throws {SyntaxError | TypeError} if the file is none
 */
export function readFinding(path: string): FindingJson {
  const json = JSON.parse(readFileSync(path, "utf8")) as Partial<FindingJson> | null;
  const { target, seed = 0, kind = "thrown", message = "", input } = json ?? {};
  if (typeof target !== "string" || typeof input !== "string" || !/^(?:[0-9a-f]{2})*$/.test(input)) {
    throw new TypeError(`readFinding: expected a target and an input in hexadecimal in ${path}`);
  }
  return { target, seed, kind, message, input };
}
