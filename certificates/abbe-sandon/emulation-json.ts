/** Emulation nets and what they are trained with as JSON: sparse, and with one spelling for each net. */
import type { OddPiecewiseLinear } from "../../spec/abbe-sandon/activation.js";
import type { EmulationNet, Gadget } from "../../spec/abbe-sandon/emulation-net.js";
import type { Edge } from "../../spec/abbe-sandon/weighted-graph.js";
import { formatRational, parseRational, rational, type Rational } from "../../spec/exact/rational.js";
import type { EmulationCertificate, TrainingJson } from "./emulation-certificate.js";

/** Most vertices and edges of a net. */
export const EMULATION_LIMITS: Readonly<Record<"vertices" | "edges", number>> = {
  vertices: 1_000_000,
  edges: 4_000_000,
};

type NetworkJson = EmulationCertificate["network"];

/** The JSON form of a net. */
export function encodeNet({ graph, gadgets }: EmulationNet): NetworkJson {
  return {
    vertices: graph.computed.map((edges) => edges.map(({ from, weight }) => [from, formatRational(weight)] as const)),
    gadgets: gadgets.map(({ vertices, controls }) => ({ vertices, controls })),
  };
}

/** The JSON form of what a net is trained with. */
export function encodeTraining({ activation, learningRate }: EmulationNet): TrainingJson {
  return {
    loss: "square",
    learningRate: formatRational(learningRate),
    activation: activation.points.map(([x, y]) => [formatRational(x), formatRational(y)] as const),
  };
}

/** Where JSON of the schema's shape is no net; `code` says which condition fails. */
export class EmulationJsonError extends Error {
  readonly code: "number" | "activation" | "network";
  readonly path: string;

  /** @param detail what was expected and what was found, without the place */
  constructor(code: EmulationJsonError["code"], path: string, detail: string) {
    super(detail);
    this.name = "EmulationJsonError";
    this.code = code;
    this.path = path;
  }
}

/**
 * The net that the parts of a certificate spell; which vertices have which role is not looked at.
 *
 * @param inputs the learner's
 * @throws {EmulationJsonError} at the first condition that fails
 */
export function decodeNet(inputs: number, training: TrainingJson, network: NetworkJson): EmulationNet {
  const learningRate = readNumber(training.learningRate, "training.learningRate");
  const activation = readActivation(training);
  if (network.vertices.length === 0)
    throw new EmulationJsonError("network", "network.vertices", "expected at least one vertex");
  if (1 + inputs + network.vertices.length > EMULATION_LIMITS.vertices)
    throw new EmulationJsonError(
      "network",
      "network.vertices",
      `expected at most ${EMULATION_LIMITS.vertices} vertices`,
    );
  let edges = 0;
  const computed = network.vertices.map((vertex, i) => {
    edges += vertex.length;
    if (edges > EMULATION_LIMITS.edges)
      throw new EmulationJsonError(
        "network",
        `network.vertices[${i}]`,
        `expected at most ${EMULATION_LIMITS.edges} edges`,
      );
    return readEdges(vertex, 1 + inputs + i, `network.vertices[${i}]`);
  });
  const gadgets = network.gadgets.map(({ vertices, controls }): Gadget => ({ vertices, controls }));
  return { graph: { inputs, computed }, gadgets, activation, learningRate };
}

function readActivation({ activation }: TrainingJson): OddPiecewiseLinear {
  const at = "training.activation";
  const points = activation.map(
    ([x, y], i) => [readNumber(x, `${at}[${i}][0]`), readNumber(y, `${at}[${i}][1]`)] as const,
  );
  if (points.length < 2) throw new EmulationJsonError("activation", at, "expected at least two points");
  for (const [i, [x, y]] of points.entries()) {
    const before = points[i - 1]?.[0] ?? rational(0n);
    if (x.lte(before))
      throw new EmulationJsonError("activation", `${at}[${i}][0]`, "expected points right of 0 and of the one before");
    if (i === 0 && y.n !== 0n)
      throw new EmulationJsonError("activation", `${at}[0][1]`, "expected 0 at the first point");
  }
  return { points };
}

function readEdges(edges: NetworkJson["vertices"][number], vertex: number, path: string): Edge<Rational>[] {
  let last = -1;
  return edges.map(([from, text], e) => {
    if (from <= last || from >= vertex) {
      const detail = `expected a vertex above ${last} and below ${vertex}, got ${from}`;
      throw new EmulationJsonError("network", `${path}[${e}][0]`, detail);
    }
    last = from;
    const weight = readNumber(text, `${path}[${e}][1]`);
    if (weight.n === 0n)
      throw new EmulationJsonError("network", `${path}[${e}][1]`, "expected a weight other than 0; leave the edge out");
    return { from, weight };
  });
}

function readNumber(text: string, path: string): Rational {
  try {
    return parseRational(text);
  } catch {
    throw new EmulationJsonError("number", path, `expected a reduced number, got ${text.slice(0, 100)}`);
  }
}
