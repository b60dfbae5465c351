/**
 * The claim that a pass of a decoder is a step of its machine: for every machine history, every input and every number of
 * passes within capacity, decided once from the numbers.
 *
 * The argument. Suppose that the inputs of passes 1, ..., i encode z_(t-1), a_(t-1), l_(t-1) as (C.3) has it. Layer by layer, every
 * hidden coordinate of pass t is one and the same function of the pass' situation: of (C.3)'s bits, and of what attention brings, of
 * which only this is used: whether some step t <= i wrote at l_i, the bits of the last of these, i', the symbol it wrote, whether
 * l_i is in the input, and the symbol there. All these are free variables here, so nothing depends on the history beyond them.
 * Function layers are followed by decision diagrams, whatever they are; attention by check-attention.ts. If the last layer's
 * functions are those of the machine's step, the input of pass i + 1 is as (C.3) has it, and by induction all passes are right.
 * The start is checked by itself. Capacity (decoder-layout.ts) says that residues of positions and passes are what they name.
 */
import type { TapeKind, TapeMachine } from "../../spec/machines/tape-machine.js";
import type { AffineMap } from "../../spec/wei-chen-ma/affine.js";
import type { Decoder, TransformerLayer } from "../../spec/wei-chen-ma/decoder.js";
import { decoderGroups, fitsCapacity, longestInput } from "../../spec/wei-chen-ma/decoder-layout.js";
import {
  classifierOf,
  decoderSizes,
  encodeOutput,
  outsideState,
  type DecoderLabel,
} from "../../spec/wei-chen-ma/decoder-step.js";
import { accepted, rejected, undecided, type Rejected, type Verdict, type Witness } from "../verdict.js";
import { Work } from "../work.js";
import {
  addsNothing,
  attentionShapeFault,
  checkAttention,
  crossMeanings,
  selfMeanings,
  type AttentionFault,
  type AttentionKind,
} from "./check-attention.js";
import { formulaFault, type FormulaChanges } from "./check-formulas.js";
import { Diagrams, limitOf, type Assignment, type Node } from "./decision-diagram.js";
import { positive, situation, situationInput, situationOutput, type Situation } from "./decoder-situation.js";

/** Why the step is rejected. */
export type StepFault =
  | AttentionFault
  | "decoder-shape"
  | "capacity"
  | "start"
  | "embedding"
  | "classifier"
  | "binary"
  | "correction"
  | "step"
  | "formula";

/** What a certificate says that a decoder is. */
export interface DecoderClaim {
  readonly machine: TapeMachine;
  readonly tape: TapeKind;
  readonly label: DecoderLabel;
  /** N */
  readonly passes: number;
  readonly decoder: Decoder;
  /** For each layer, what its coordinates are said to hold where that has changed; see check-formulas.ts. */
  readonly formulas: FormulaChanges;
}

/** What was decided. */
export interface CheckedStep {
  readonly layers: number;
  readonly attention: Readonly<Record<AttentionKind, number>>;
  /** Coordinates after all layers, each of which is 0 or 1 in every situation. */
  readonly coordinates: number;
  /** The longest input within capacity. */
  readonly longestInput: string;
  /** For each layer: the gaps of its two modules, or null where one adds nothing. */
  readonly gaps: readonly { readonly self: number | null; readonly cross: number | null }[];
  /** Nodes of the decision diagrams. */
  readonly nodes: number;
}

/** Decides the claim. */
export function checkStep(claim: DecoderClaim, work: Work = new Work()): Verdict<StepFault, CheckedStep> {
  const fault = shapeFault(claim) ?? partsFault(claim);
  if (fault !== undefined) return fault;
  try {
    return followLayers(claim, new Diagrams(work));
  } catch (error) {
    const limit = limitOf(error);
    if (limit === undefined) throw error;
    return undecided(limit.limit, limit.message);
  }
}

function shapeFault({ machine, decoder }: DecoderClaim): Rejected<StepFault> | undefined {
  const { sizes, width, embedding, start, layers, classifier } = decoder;
  const expected = decoderSizes(machine, sizes.bits);
  const fail = (path: string, message: string): Rejected<StepFault> => rejected("decoder-shape", path, message);
  if (sizes.states !== expected.states || sizes.symbols !== expected.symbols)
    return fail("decoder.states", `expected ${expected.states} states and ${expected.symbols} symbols`);
  const least = decoderGroups(sizes).scratch;
  if (width < least) return fail("decoder.width", `expected at least ${least}, got ${width}`);
  if (embedding.length !== sizes.symbols || embedding.some((column) => column.length !== width))
    return fail("decoder.embedding", `expected ${sizes.symbols} columns of ${width} coordinates`);
  if (start.length !== width || classifier.length !== width)
    return fail("decoder.start", `expected ${width} coordinates`);
  for (const [j, { self, cross, feedForward }] of layers.entries()) {
    const path = `decoder.layers[${j}]`;
    for (const [name, module] of [
      ["self", self],
      ["cross", cross],
    ] as const) {
      const wrong = module === null ? undefined : attentionShapeFault(module, width);
      if (wrong !== undefined) return fail(`${path}.${name}`, wrong);
    }
    let inputs = width;
    for (const [k, map] of feedForward.entries()) {
      if (map.inputs !== inputs)
        return fail(`${path}.feedForward[${k}]`, `expected ${inputs} inputs, got ${map.inputs}`);
      inputs = map.rows.length;
    }
    if (inputs !== width) return fail(`${path}.feedForward[2]`, `expected ${width} rows, got ${inputs}`);
  }
  return undefined;
}

/** Capacity, (C.1), o_0 and (4.1). */
function partsFault({ machine, tape, label, passes, decoder }: DecoderClaim): Rejected<StepFault> | undefined {
  const { sizes, width } = decoder;
  if (!fitsCapacity(sizes.bits, passes, 0, tape)) {
    const message = `expected bits for ${passes} passes on a ${tape} tape`;
    return rejected("capacity", "decoder.bits", message, { bits: sizes.bits, passes });
  }
  const groups = decoderGroups(sizes);
  for (const [a, column] of decoder.embedding.entries()) {
    const wrong = column.findIndex((entry, c) => entry !== Number(c === groups.symbol + a));
    if (wrong >= 0)
      return rejected("embedding", `decoder.embedding[${a}]`, "expected 1 at the symbol in sym1 and 0 elsewhere", {
        coordinate: wrong,
        entry: column[wrong] as number,
      });
  }
  const outside = encodeOutput(sizes, width, { state: outsideState(machine), symbol: 0, position: 0 });
  const wrongStart = decoder.start.findIndex((entry, c) => entry !== outside[c]);
  if (wrongStart >= 0)
    return rejected("start", "decoder.start", "expected the state outside, the blank and position 0", {
      coordinate: wrongStart,
      entry: decoder.start[wrongStart] as number,
    });
  const theta = classifierOf(sizes, width, label);
  const wrongTheta = decoder.classifier.findIndex((entry, c) => entry !== theta[c]);
  return wrongTheta < 0
    ? undefined
    : rejected(
        "classifier",
        "decoder.classifier",
        "expected 1 at accepting states, -1 at rejecting ones, 0 elsewhere",
        {
          coordinate: wrongTheta,
          entry: decoder.classifier[wrongTheta] as number,
        },
      );
}

function followLayers(claim: DecoderClaim, diagrams: Diagrams): Verdict<StepFault, CheckedStep> {
  const { machine, tape, passes, decoder } = claim;
  const { sizes, width } = decoder;
  const here = situation(diagrams, machine, sizes, tape);
  let hidden: readonly Node[] = situationInput(diagrams, here, sizes, width);
  const attention: Record<AttentionKind, number> = { any: 0, bit: 0, last: 0, input: 0 };
  const gaps: { self: number | null; cross: number | null }[] = [];
  const after: (readonly Node[])[] = [];
  for (const [j, layer] of decoder.layers.entries()) {
    const path = `decoder.layers[${j}]`;
    const read = throughAttention(layer, { diagrams, here, hidden, claim, path }, attention);
    if ("verdict" in read) return read;
    gaps.push(read.gaps);
    const values = throughFunction(layer.feedForward, { diagrams, here, path }, read.vector);
    if ("verdict" in values) return values;
    hidden = values.vector;
    after.push(hidden);
  }
  const expected = situationOutput(diagrams, here, sizes, width);
  const wrong = expected.findIndex((node, c) => node !== hidden[c]);
  if (wrong >= 0) {
    const [stated, is] = [expected[wrong] as Node, hidden[wrong] as Node];
    const difference = diagrams.find(diagrams.add(stated, diagrams.scale(is, -1)), (value) => value !== 0);
    const message = "expected the last layer to give what the machine's step gives, in every situation";
    const witness = { coordinate: wrong, ...shown(here, difference?.at) };
    return rejected("step", `decoder.layers[${decoder.layers.length - 1}]`, message, witness);
  }
  const fault = formulaFault(diagrams, here, sizes, claim.formulas, after);
  if (fault !== undefined) return fault;
  return accepted({
    layers: decoder.layers.length,
    attention,
    coordinates: decoder.layers.length * width,
    longestInput: longestInput(sizes.bits, passes, tape).toString(),
    gaps,
    nodes: diagrams.size,
  });
}

interface Following {
  readonly diagrams: Diagrams;
  readonly here: Situation;
  readonly path: string;
}

/** A layer's input with what its two modules add. */
function throughAttention(
  { self, cross }: TransformerLayer,
  place: Following & { readonly hidden: readonly Node[]; readonly claim: DecoderClaim },
  counts: Record<AttentionKind, number>,
):
  | { readonly vector: readonly Node[]; readonly gaps: { self: number | null; cross: number | null } }
  | Rejected<StepFault> {
  const { diagrams, here, hidden, claim, path } = place;
  const { sizes, width } = claim.decoder;
  const groups = decoderGroups(sizes);
  const gaps: { self: number | null; cross: number | null } = { self: null, cross: null };
  let vector: readonly Node[] = hidden;
  for (const [kind, module] of [
    ["self", self],
    ["cross", cross],
  ] as const) {
    if (module === null || addsNothing(module)) continue;
    const keys =
      kind === "self"
        ? selfMeanings(diagrams, here, hidden)
        : crossMeanings(width, { symbol: groups.symbol, symbols: sizes.symbols, step: groups.step, bits: sizes.bits });
    const read = checkAttention(module, {
      diagrams,
      situation: here,
      query: vector,
      keys,
      path: `${path}.${kind}`,
      kind,
    });
    if ("verdict" in read) return read;
    counts[read.kind]++;
    gaps[kind] = read.gap;
    vector = vector.map((node, c) => diagrams.add(node, read.adds[c] as Node));
    // The bounds on perturbations and on sums in floats are for coordinates of 0 and 1, between modules as well.
    for (const [c, node] of vector.entries()) {
      const [least, most] = diagrams.range(node);
      if (least >= 0 && most <= 1) continue;
      const wrong = diagrams.find(node, (value) => value < 0 || value > 1);
      const message = "expected the module to leave 0 or 1 in every situation";
      const witness = { coordinate: c, value: wrong?.value ?? 2, ...shown(here, wrong?.at) };
      return rejected("binary", `${path}.${kind}.value.rows[${c}]`, message, witness);
    }
  }
  return { vector, gaps };
}

/** The function layer, whose values must be 0 or 1, and the corrections, which must leave these as they are. */
function throughFunction(
  feedForward: readonly [AffineMap, AffineMap, AffineMap],
  { diagrams, here, path }: Following,
  input: readonly Node[],
): { readonly vector: readonly Node[] } | Rejected<StepFault> {
  const [map, first, second] = feedForward;
  const layer = (rows: AffineMap, vector: readonly Node[]): Node[] =>
    rows.rows.map(({ bias, entries }) => {
      const terms = entries.map(([column, weight]) => [vector[column] as Node, weight] as const);
      return positive(diagrams, diagrams.affine(bias, terms));
    });
  const values = layer(map, input);
  for (const [c, node] of values.entries()) {
    if (diagrams.range(node)[1] <= 1) continue;
    const large = diagrams.find(node, (value) => value > 1);
    const message = "expected 0 or 1 in every situation";
    const witness = { coordinate: c, value: large?.value ?? 2, ...shown(here, large?.at) };
    return rejected("binary", `${path}.feedForward[0].rows[${c}]`, message, witness);
  }
  const corrected = layer(second, layer(first, values));
  const changed = corrected.findIndex((node, c) => node !== values[c]);
  if (changed < 0) return { vector: values };
  const message = "expected the corrections to leave 0 and 1 as they are";
  return rejected("correction", `${path}.feedForward[2].rows[${changed}]`, message, { coordinate: changed });
}

/** A situation, for people. Variables that do not matter are left out. */
export function shown({ variables }: Situation, at: Assignment | undefined): Witness {
  if (at === undefined) return {};
  const situationOf: Record<string, string> = {};
  for (const variable of [
    variables.state,
    variables.symbol,
    variables.found,
    variables.old,
    variables.inside,
    variables.given,
  ]) {
    const value = at.get(variable);
    if (value !== undefined) situationOf[variable.name] = String(value);
  }
  for (const [name, bits] of [
    ["position", variables.position],
    ["step", variables.step],
    ["last", variables.last],
  ] as const) {
    if (!bits.some((bit) => at.has(bit))) continue;
    // Most significant bit first; a dot where either value will do.
    situationOf[name] = bits
      .toReversed()
      .map((bit) => at.get(bit)?.toString() ?? ".")
      .join("");
  }
  return { situation: situationOf };
}
