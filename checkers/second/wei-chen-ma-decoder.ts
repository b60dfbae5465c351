/**
 * The certificate of a decoder (DECODER.md), decided once more: from the formulas that it carries, each proved from the numbers by
 * enumerating the little that its row reads, instead of following all layers symbolically. No file of this checker is shared with
 * the first. What it leaves alone is the perturbation that flips an output: an upper bound, of which nothing else depends.
 */
import { followLayers } from "./wei-chen-ma-decoder-layers.js";
import { decideFlip } from "./wei-chen-ma-decoder-flip.js";
import { decideMargin } from "./wei-chen-ma-decoder-margin.js";
import { exactness, norms, softmaxScale } from "./wei-chen-ma-decoder-numbers.js";
import { decideReplays } from "./wei-chen-ma-decoder-replay.js";
import { readMachine, type Machine } from "./wei-chen-ma-decoder-machine.js";
import { readNetwork, type Network } from "./wei-chen-ma-decoder-network.js";
import { readCertificate, reject, type Certificate, type DecoderCode } from "./wei-chen-ma-decoder-text.js";
import { agree, giveUp, workUpTo } from "./text.js";

export type { DecoderCode } from "./wei-chen-ma-decoder-text.js";

/** Passes of all replays of a certificate together. */
const MAX_REPLAYED_PASSES = 1024;

/** Decides data and text of a decoder's certificate; ends the check, or gives what is left alone. */
export function decideDecoder(json: unknown, text: string): readonly string[] {
  const certificate = readCertificate(json, text);
  const machine = readMachine(certificate);
  decideLabel(certificate, machine);
  const network = readNetwork(certificate, machine);
  decideParts(certificate, machine, network);
  const work = workUpTo(2 ** 30 + 2048 * text.length, 2 ** 25);
  const { kinds, gaps } = followLayers(certificate, machine, network, work.spend);
  const { verdicts, passes, tape } = certificate;
  decideMargin(certificate, network, gaps);
  decideFlip(certificate, machine, network, work.spend);
  if (verdicts.replay.reduce((sum, run) => sum + run.passes, 0) > MAX_REPLAYED_PASSES)
    giveUp("replayed-passes", `more than ${MAX_REPLAYED_PASSES} passes in all replays together`);
  const replay = decideReplays(certificate, machine, network, work);
  const room = 2n ** BigInt(network.bits);
  const layers = network.layers.length;
  const computed = {
    step: { layers, attention: kinds, longestInput: String(tape === "two-way" ? room - BigInt(passes) : room - 1n) },
    binary: { coordinates: layers * network.width },
    correction: { layers, radius: "1/3" },
    norms: norms(network),
    margin: verdicts.margin,
    exactness: exactness(network),
    softmax: { scale: softmaxScale(network, gaps) },
    replay,
  };
  agree("counts", verdicts, computed, "verdicts");
  return [];
}

function decideLabel({ label }: Certificate, machine: Machine): void {
  const seen = new Set<number>();
  for (const [name, states] of Object.entries(label)) {
    for (const [i, state] of states.entries()) {
      if (state >= machine.states || state <= (states[i - 1] ?? -1) || seen.has(state))
        reject("label", `label.${name}[${i}]`, "expected indices of states, rising, in one list only");
    }
    for (const state of states) seen.add(state);
  }
}

/** Capacity, (C.1), o_0 and (4.1). */
function decideParts({ passes, tape, label }: Certificate, machine: Machine, network: Network): void {
  const { bits, width } = network;
  const room = 2 ** bits;
  if (tape === "two-way" ? room < passes + 1 : room <= passes)
    reject("capacity", "decoder.bits", `expected bits for ${passes} passes`);
  const { states, symbols } = machine;
  const compare = (
    code: DecoderCode,
    vector: readonly number[],
    ones: ReadonlyMap<number, number>,
    path: string,
  ): void => {
    for (let c = 0; c < width; c++)
      if (vector[c] !== (ones.get(c) ?? 0))
        reject(code, path, `coordinate ${c}: expected ${ones.get(c) ?? 0}, got ${vector[c]}`);
  };
  for (let a = 0; a < symbols; a++)
    compare(
      "embedding",
      network.embedding[a] as readonly number[],
      new Map([[states + a, 1]]),
      `decoder.embedding[${a}]`,
    );
  compare(
    "start",
    network.start,
    new Map([
      [states - 1, 1],
      [states, 1],
    ]),
    "decoder.start",
  );
  const theta = new Map([...label.accept.map((z) => [z, 1] as const), ...label.reject.map((z) => [z, -1] as const)]);
  compare("classifier", network.classifier, theta, "decoder.classifier");
}
