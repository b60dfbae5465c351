/**
 * Layered circuits (section 3): gates AND, OR, NOT and ID, each of which reads the layer before its own. Layer 0 is the input,
 * the last layer the output. Constants are not among the paper's gates; `false` and `true` are the amendment `constants`.
 */

/** How many parents a gate of each kind has. */
export const GATE_ARITY = { and: 2, or: 2, not: 1, id: 1, false: 0, true: 0 } as const;

/** Kinds of gates. */
export type GateKind = keyof typeof GATE_ARITY;

/** All kinds. */
export const GATE_KINDS: readonly GateKind[] = ["and", "or", "not", "id", "false", "true"];

/** A gate; its parents are places in the layer before. */
export interface Gate {
  readonly kind: GateKind;
  readonly parents: readonly number[];
}

/** Layers of gates, each of which reads the one before. */
export interface LayeredCircuit {
  /** m, the width of layer 0. */
  readonly inputs: number;
  /** Layers 1 ... q - 1 in the paper's count, which counts the input as a layer. */
  readonly layers: readonly (readonly Gate[])[];
}

/** Depth q, width r and size s as section 3 counts them: the input gates are a layer. */
export interface CircuitSize {
  readonly depth: number;
  readonly width: number;
  readonly size: number;
}

/** q, r and s of a layered circuit. */
export function circuitSize({ inputs, layers }: LayeredCircuit): CircuitSize {
  const widths = [inputs, ...layers.map((layer) => layer.length)];
  return {
    depth: widths.length,
    width: widths.reduce((most, width) => Math.max(most, width), 0),
    size: widths.reduce((sum, width) => sum + width, 0),
  };
}

/** The value of a gate. @param bits its parents' values, in order */
export function gateValue(kind: GateKind, bits: readonly boolean[]): boolean {
  switch (kind) {
    case "and":
      return bits.every(Boolean);
    case "or":
      return bits.some(Boolean);
    case "not":
      return bits[0] !== true;
    case "id":
      return bits[0] === true;
    case "false":
      return false;
    case "true":
      return true;
  }
}

/**
 * The values of all layers at an input, the input included.
 *
 * @param bits shape: inputs
 * @throws {RangeError} if there are not as many bits as inputs, or a gate's parents are not its kind's, or not there
 */
export function evaluateLayers({ inputs, layers }: LayeredCircuit, bits: readonly boolean[]): boolean[][] {
  if (bits.length !== inputs) throw new RangeError(`evaluateLayers: expected ${inputs} bits, got ${bits.length}`);
  const values: boolean[][] = [[...bits]];
  for (const layer of layers) {
    const before = values.at(-1) as readonly boolean[];
    values.push(
      layer.map(({ kind, parents }) => {
        if (parents.length !== GATE_ARITY[kind])
          throw new RangeError(
            `evaluateLayers: expected ${GATE_ARITY[kind]} parents of ${kind}, got ${parents.length}`,
          );
        return gateValue(
          kind,
          parents.map((parent) => {
            const bit = before[parent];
            if (bit === undefined)
              throw new RangeError(`evaluateLayers: expected a place below ${before.length}, got ${parent}`);
            return bit;
          }),
        );
      }),
    );
  }
  return values;
}
