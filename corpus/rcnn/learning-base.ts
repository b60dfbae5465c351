/** The learning certificate from which cases start: three examples of two coordinates, four predictions. */
import { learn } from "../../execution/rcnn/learn.js";
import { learningCertificate } from "../../execution/rcnn/learn-certificate.js";
import type { Example } from "../../inputs/examples/examples.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import { machine } from "./machines.js";

/**
 * Learns x_1 or -x_1 from the first example: blanks the memory cell by cell from the bottom right corner, keeps the top left
 * one, and halts there.
 */
const LEARNER = machine(
  "first-coordinate",
  ["wipe", "had +", "had -", "up +", "up -", "go right", "end"],
  ["end"],
  [
    ["wipe", 1, 0, "left", "had +"],
    ["wipe", -1, 0, "left", "had -"],
    ["had +", 0, 0, "up", "up +"],
    ["had +", 1, 0, "left", "had +"],
    ["had +", -1, 0, "left", "had -"],
    ["had -", 0, 0, "up", "up -"],
    ["had -", 1, 0, "left", "had +"],
    ["had -", -1, 0, "left", "had -"],
    ["up +", 0, 1, "stay", "end"],
    ["up +", 1, 1, "right", "go right"],
    ["up +", -1, -1, "right", "go right"],
    ["up -", 0, -1, "stay", "end"],
    ["up -", 1, 1, "right", "go right"],
    ["up -", -1, -1, "right", "go right"],
    ["go right", 0, 0, "left", "wipe"],
    ["go right", 1, 1, "right", "go right"],
    ["go right", -1, -1, "right", "go right"],
  ],
);

const EXAMPLES: readonly Example[] = [
  { x: [1, -1], y: -1 },
  { x: [-1, -1], y: 1 },
  { x: [-1, 1], y: 1 },
];

/** The text of the certificate, float32 bounds included, which need no tensors. */
export async function learningBase(): Promise<string> {
  const points = [
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ] as const;
  const queries = points.map((x) => ({ x, label: undefined }));
  const request = { machine: normalForm(LEARNER), examples: EXAMPLES, queries, backend: "wasm", layers: 36 } as const;
  const verdict = learningCertificate(LEARNER, EXAMPLES, await learn(request));
  if (verdict.verdict !== "accepted") throw new Error(`learningBase: expected a certificate, got ${verdict.verdict}`);
  return verdict.result.text;
}
