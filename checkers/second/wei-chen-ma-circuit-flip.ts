/** A perturbation of a circuit's network that makes an output wrong, replayed in integers. */
import { circuitWords } from "./wei-chen-ma-circuit-inputs.js";
import {
  type Certificate,
  type Flip,
  greatest,
  type Layer,
  type Ratio,
  ratioOf,
  reject,
} from "./wei-chen-ma-circuit-text.js";

/** Replays a perturbation in integers: after each layer values are multiples of 1 over the product of denominators so far. */
export function checkFlip(flip: Flip, layers: readonly Layer[], circuit: Certificate["circuit"]): void {
  const fail = (place: string, message: string): never => reject("flip", `verdicts.margin.flip.${place}`, message);
  const { input, output, squaredNorm, entries } = flip;
  if (input.length !== circuit.inputs.length) fail("input", `expected ${circuit.inputs.length} bits`);
  if (output >= circuit.outputs.length) fail("output", `expected a number below ${circuit.outputs.length}`);
  const common = layers.map(() => 1n);
  const added = layers.map(() => new Map<number, (readonly [number, Ratio])[]>());
  let before: readonly number[] = [-1, 0, 0];
  let bits = 0;
  for (const [e, [l, r, c, text]] of entries.entries()) {
    const layer = layers[l];
    if (layer === undefined || r >= layer.rows.length || c > layer.inputs)
      return fail(`entries[${e}]`, "expected a place of the network");
    const [bl, br, bc] = before as [number, number, number];
    if (l < bl || (l === bl && (r < br || (r === br && c <= bc)))) fail(`entries[${e}]`, "expected rising places");
    before = [l, r, c];
    const value = ratioOf(text) ?? fail(`entries[${e}]`, "expected a reduced number");
    const old = common[l] as bigint;
    const joined = (old / greatest(old, value[1])) * value[1];
    bits += joined.toString(2).length - old.toString(2).length;
    if (bits > 16_384) fail(`entries[${e}]`, "expected common denominators of at most 16384 bits together");
    common[l] = joined;
    const row = added[l]?.get(r) ?? [];
    row.push([c, value]);
    added[l]?.set(r, row);
  }
  let [n, d] = [0n, 1n];
  let values = Array.from(input, BigInt);
  let scale = 1n;
  for (const [l, { rows, inputs, relu }] of layers.entries()) {
    const q = common[l] as bigint;
    let sum = 0n;
    values = rows.map(({ bias, entries: weights }, r) => {
      let total = BigInt(bias) * scale * q;
      for (const [c, weight] of weights) total += BigInt(weight) * (values[c] as bigint) * q;
      for (const [c, [x, y]] of added[l]?.get(r) ?? []) {
        const numerator = x * (q / y);
        sum += numerator * numerator;
        total += numerator * (c === inputs ? scale : (values[c] as bigint));
      }
      return relu && total < 0n ? 0n : total;
    });
    scale *= q;
    [n, d] = [n * q * q + sum * d, d * q * q];
    const divisor = greatest(n, d);
    [n, d] = [n / divisor, d / divisor];
  }
  if (squaredNorm !== (d === 1n ? String(n) : `${n}/${d}`)) fail("squaredNorm", "expected the sum of squares");
  const words = circuitWords(
    circuit,
    Int32Array.from(input, (bit) => (bit === "1" ? -1 : 0)),
  );
  const sign = (words[output] as number) === 0 ? -1n : 1n;
  if (sign * (values[output] as bigint) > 0n) fail("output", "expected an output that becomes wrong");
}
