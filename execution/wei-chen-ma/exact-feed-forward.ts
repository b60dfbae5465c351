/**
 * An exact engine for feed-forward networks with integer weights. It reads nothing but the network's numbers. Where no sum can pass
 * 2^53 it counts in doubles, which are exact there, and in bigints elsewhere.
 */
import { evaluateFeedForward, type FeedForward } from "../../spec/wei-chen-ma/affine.js";

/** Weights of a layer side by side. */
interface PackedLayer {
  readonly relu: boolean;
  readonly bias: Float64Array;
  /** Where the entries of each row start; one more than rows. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

/** Evaluates one network at many inputs. */
export class ExactFeedForward {
  readonly #network: FeedForward;
  readonly #layers: readonly PackedLayer[];

  constructor(network: FeedForward) {
    this.#network = network;
    this.#layers = network.layers.map(({ rows, relu }) => {
      const starts = new Int32Array(rows.length + 1);
      for (const [r, { entries }] of rows.entries()) starts[r + 1] = (starts[r] as number) + entries.length;
      const entries = rows.flatMap((row) => [...row.entries]);
      return {
        relu,
        bias: Float64Array.from(rows, ({ bias }) => bias),
        starts,
        columns: Int32Array.from(entries, ([column]) => column),
        weights: Float64Array.from(entries, ([, weight]) => weight),
      };
    });
  }

  /** The values after every layer, the input first. @param input shape: inputs */
  run(input: readonly bigint[]): bigint[][] {
    const values: Float64Array[] = [Float64Array.from(input, Number)];
    let most = input.reduce(
      (size, value) => ((value < 0n ? -value : value) > size ? (value < 0n ? -value : value) : size),
      0n,
    );
    if (most > LIMIT) return evaluateFeedForward(this.#network, input);
    for (const layer of this.#layers) {
      const bound = this.#bound(layer, Number(most));
      if (!(bound <= Number(LIMIT))) return evaluateFeedForward(this.#network, input);
      const next = applyLayer(layer, values.at(-1) as Float64Array);
      values.push(next);
      most = BigInt(next.reduce((size, value) => Math.max(size, Math.abs(value)), 0));
    }
    return values.map((list) => Array.from(list, BigInt));
  }

  /** How large a sum of absolute values can be where what is read is at most so large. Rounds up where it is not exact. */
  #bound({ bias, starts, weights }: PackedLayer, most: number): number {
    let largest = 0;
    for (let r = 0; r < bias.length; r++) {
      let sum = Math.abs(bias[r] as number);
      for (let e = starts[r] as number; e < (starts[r + 1] as number); e++)
        sum += Math.abs(weights[e] as number) * most;
      largest = Math.max(largest, sum * (1 + 2 ** -40));
    }
    return largest;
  }
}

const LIMIT = 2n ** 53n;

function applyLayer({ bias, starts, columns, weights, relu }: PackedLayer, before: Float64Array): Float64Array {
  const next = new Float64Array(bias.length);
  for (let r = 0; r < next.length; r++) {
    let sum = bias[r] as number;
    for (let e = starts[r] as number; e < (starts[r + 1] as number); e++)
      sum += (weights[e] as number) * (before[columns[e] as number] as number);
    next[r] = relu && sum < 0 ? 0 : sum;
  }
  return next;
}
