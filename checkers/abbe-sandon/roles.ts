/** Which vertices of a net do what: gadgets as they are named, the output, and every other vertex as one that gradients never reach. */
import type { EmulationNet } from "../../spec/abbe-sandon/emulation-net.js";
import { rejected, type Rejected } from "../verdict.js";

/** The roles of all vertices. */
export interface Roles {
  /** The number of the gadget of each vertex; undefined outside of them. Shape: vertices */
  readonly gadgetOf: readonly (number | undefined)[];
  /** The last vertex. */
  readonly output: number;
}

/**
 * Reads the roles. Gradients go from the output into gadgets only, and leave a gadget only by its first vertex and its sources.
 *
 * @param memory m: the first vertices of so many gadgets may be read
 */
export function readRoles({ graph, gadgets }: EmulationNet, memory: number): Roles | Rejected<"roles"> {
  const { inputs, computed } = graph;
  const output = inputs + computed.length;
  const gadgetOf: (number | undefined)[] = Array.from({ length: output + 1 }, () => undefined);
  if (gadgets.length <= memory)
    return rejected("roles", "network.gadgets", `expected more than ${memory} gadgets, got ${gadgets.length}`);
  for (const [g, { vertices }] of gadgets.entries()) {
    const path = `network.gadgets[${g}].vertices`;
    if (vertices.length === 0) return rejected("roles", path, "expected at least one vertex");
    let last = inputs;
    for (const [i, vertex] of vertices.entries()) {
      if (vertex <= last || vertex >= output)
        return rejected("roles", `${path}[${i}]`, `expected a vertex above ${last} and below ${output}, got ${vertex}`);
      if (gadgetOf[vertex] !== undefined)
        return rejected("roles", `${path}[${i}]`, `vertex ${vertex} is in gadget ${gadgetOf[vertex]} as well`);
      gadgetOf[vertex] = g;
      last = vertex;
    }
  }
  return (
    wrongControl({ graph, gadgets }, gadgetOf, output) ??
    wrongEdge({ graph, gadgets }, memory, gadgetOf, output) ?? { gadgetOf, output }
  );
}

type Net = Pick<EmulationNet, "graph" | "gadgets">;

function wrongControl(
  { graph, gadgets }: Net,
  gadgetOf: Roles["gadgetOf"],
  output: number,
): Rejected<"roles"> | undefined {
  for (const [g, { controls }] of gadgets.entries()) {
    for (const [c, control] of controls.entries()) {
      const path = `network.gadgets[${g}].controls[${c}]`;
      if (control <= graph.inputs || control >= output || gadgetOf[control] !== undefined)
        return rejected("roles", path, `expected a vertex outside of gadgets that is no input, got ${control}`);
    }
    if (controls[0] === controls[1])
      return rejected("roles", `network.gadgets[${g}].controls[1]`, "expected two different controls");
  }
  return undefined;
}

/** Edges may come from: into the output, gadgets; into a gadget, itself and what is no gadget and no input; into the rest, no gadget's
 * vertices but the first ones that hold memory. */
function wrongEdge(
  { graph, gadgets }: Net,
  memory: number,
  gadgetOf: Roles["gadgetOf"],
  output: number,
): Rejected<"roles"> | undefined {
  const cells = new Set(gadgets.slice(0, memory).map(({ vertices }) => vertices[0]));
  for (const [i, edges] of graph.computed.entries()) {
    const vertex = graph.inputs + 1 + i;
    const gadget = gadgetOf[vertex];
    for (const [e, { from }] of edges.entries()) {
      const source = gadgetOf[from];
      const isInput = from >= 1 && from <= graph.inputs;
      const fits =
        vertex === output
          ? source !== undefined
          : gadget === undefined
            ? source === undefined || cells.has(from)
            : source === gadget || (source === undefined && !isInput);
      if (fits) continue;
      const role = vertex === output ? "the output" : gadget === undefined ? "a gate" : `gadget ${gadget}`;
      return rejected("roles", `network.vertices[${i}][${e}]`, `no edge from vertex ${from} may end in ${role}`, {
        from,
        to: vertex,
      });
    }
  }
  return undefined;
}
