/**
 * A layered circuit as a network (Theorem 3.1): two layers of ReLUs for each layer of gates (Lemma B.1), the two layers of round
 * after each but the last (Lemma 3.3), and 2 z - 1 for each output.
 */
import type { LayeredCircuit } from "../../spec/circuits/layered-circuit.js";
import type { FeedForward, Layer } from "../../spec/wei-chen-ma/affine.js";
import { firstGateRow, secondGateRow } from "../../spec/wei-chen-ma/gate-layer.js";
import { roundOutput, roundRows } from "../../spec/wei-chen-ma/round.js";

/** The network of a layered circuit, of least widths. 4 L - 1 affine maps for L layers of gates. */
export function layersToNetwork({ inputs, layers }: LayeredCircuit): FeedForward {
  const maps: Layer[] = [];
  let width = inputs;
  for (const [i, gates] of layers.entries()) {
    const count = gates.length;
    const hidden = { relu: true, name: `gates ${i + 1}` };
    maps.push({ ...hidden, name: `${hidden.name}, W1`, inputs: width, rows: gates.map(firstGateRow) });
    maps.push({ ...hidden, name: `${hidden.name}, W2`, inputs: count, rows: gates.map(secondGateRow) });
    width = count;
    if (i === layers.length - 1) continue;
    const rounded = gates.flatMap((_, k) => roundRows(k));
    const joined = gates.map((_, k) => roundOutput(2 * k));
    maps.push({ name: `round ${i + 1}, W1`, inputs: count, relu: true, rows: rounded });
    maps.push({ name: `round ${i + 1}, W2`, inputs: 2 * count, relu: true, rows: joined });
  }
  const rows = Array.from({ length: width }, (_, k) => ({ bias: -1, entries: [[k, 2]] as const }));
  maps.push({ name: "output", inputs: width, relu: false, rows });
  return { layers: maps };
}
