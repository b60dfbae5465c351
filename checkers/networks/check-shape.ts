/**
 * What has to be so before a network and a table can be compared: both keep the promises of their types, and the network
 * has the table's inputs and outputs.
 */
import { assertNetworkShape, NetworkJsonError, type NetworkShapeCode } from "../../certificates/network-json.js";
import type { AffineMap, Network } from "../../spec/networks/network.js";
import { findTableFault, type Table, type TableFaultCode } from "../../spec/networks/table.js";
import { rejected, type Rejected, type Undecided, undecided } from "../verdict.js";

/** Why a network and a table cannot be compared: a fault of either, or sizes that differ. */
export type ShapeCode = TableFaultCode | Exclude<NetworkShapeCode, "too-large"> | "inputs-differ" | "outputs-differ";

/**
 * The first condition that fails, or undefined. A network beyond NETWORK_LIMITS is left undecided.
 *
 * Paths start with "table" or "network".
 */
export function findShapeFault(network: Network, table: Table): Rejected<ShapeCode> | Undecided | undefined {
  const fault = findTableFault(table);
  if (fault !== undefined) return rejected(fault.code, `table.${fault.path}`, fault.message);
  try {
    assertNetworkShape(network, "network");
  } catch (error) {
    if (!(error instanceof NetworkJsonError)) throw error;
    const { code, path, message } = error;
    if (code === "too-large") return undecided("NETWORK_LIMITS", message);
    return rejected(code as ShapeCode, path, message);
  }
  // A network of good shape has a layer.
  const [{ inputs }] = network.layers as readonly [AffineMap];
  if (inputs !== table.inputs) {
    const message = `expected ${table.inputs} inputs as in the table, got ${inputs}`;
    return rejected("inputs-differ", "network.layers[0].inputs", message, { expected: table.inputs, found: inputs });
  }
  const last = network.layers.length - 1;
  const outputs = (network.layers[last] as AffineMap).rows.length;
  if (outputs !== table.outputs) {
    const message = `expected ${table.outputs} rows as the table has outputs, got ${outputs}`;
    const witness = { expected: table.outputs, found: outputs };
    return rejected("outputs-differ", `network.layers[${last}].rows`, message, witness);
  }
  return undefined;
}
