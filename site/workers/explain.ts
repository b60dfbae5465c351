/** What a row or a number of the loaded filter is for; loaded when the first one is asked about. */
import { alphabet } from "../../spec/rcnn/alphabet.js";
import { findAddress } from "../../systems/rcnn/explain/address.js";
import { explainRow } from "../../systems/rcnn/explain/explain-row.js";
import type { Explanation } from "../../systems/rcnn/explain/explanation.js";
import { GateUse } from "../../systems/rcnn/explain/gate-use.js";
import { readoutNetwork } from "../../construction/rcnn/readout-network.js";
import { InputError } from "../../inputs/input-error.js";
import { current } from "./explore.js";

/** Explains an address such as V3[7]. */
export function explain(text: string): Explanation {
  const { machine, code, filter, described } = current();
  const head = readoutNetwork();
  const { part, layer, row, element } = findAddress(text, filter, head);
  if (part !== "filter" || layer === undefined || row === undefined) {
    throw new InputError(`${text}: expected a row of the filter, such as V3[0]`);
  }
  const letters = alphabet(code, "well-formed");
  const subject = {
    name: machine.name,
    statement: "filter",
    machine,
    code,
    letters,
    filter,
    head,
    described,
    headIsBuilt: true,
  } as const;
  const use = GateUse.of(filter, code, letters);
  return explainRow({ subject, use, layer, row, ...(element === undefined ? {} : { element }) });
}
