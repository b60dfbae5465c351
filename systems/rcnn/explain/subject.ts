/**
 * What explain reads of a certificate: its numbers, and, if they are those that the construction makes of its source, what
 * each row is for. Nothing is decided: a certificate that check rejects can be explained, too.
 */
import { decodeSourceMachine } from "../../../certificates/machine-json.js";
import { decodeNetwork, NetworkJsonError, type NetworkJson } from "../../../certificates/network-json.js";
import { readCertificateText } from "../../../certificates/rcnn-certificate.js";
import { isLearningText, readLearningText } from "../../../certificates/rcnn-learning.js";
import { checkAlphabetSize } from "../../../checkers/rcnn/letters.js";
import { rejected, type Rejected, type Undecided } from "../../../checkers/verdict.js";
import type { DescribedNetwork } from "../../../construction/rcnn/gates-to-network.js";
import { describedFilter } from "../../../construction/rcnn/machine-to-filter.js";
import { readoutNetwork, readoutNetworkInUnits } from "../../../construction/rcnn/readout-network.js";
import type { NormalMachine } from "../../../spec/machines/machine.js";
import { normalForm } from "../../../spec/machines/normal-form.js";
import type { Network } from "../../../spec/networks/network.js";
import { alphabet, type Alphabet } from "../../../spec/rcnn/alphabet.js";
import { cellCode, type CellCode } from "../../../spec/rcnn/cell-code.js";

/** A certificate's networks, and what is known of them. */
export interface Subject {
  /** The machine's name, a label. */
  readonly name: string;
  readonly statement: "filter" | "learning";
  readonly machine: NormalMachine;
  readonly code: CellCode;
  readonly letters: Alphabet;
  readonly filter: Network;
  readonly head: Network;
  /** What the rows of the filter are for; absent if its numbers are not those that the construction makes of the source. */
  readonly described: DescribedNetwork | undefined;
  /** Whether the readout is the one that the construction makes. */
  readonly headIsBuilt: boolean;
}

/**
 * Reads a certificate of a filter or of a learning run; a rejection if the text is no certificate, and undecided if its alphabet
 * is too large to be listed.
 */
export function readSubject(text: string): Subject | Rejected<string> | Undecided {
  const statement = isLearningText(text) ? "learning" : "filter";
  const read = statement === "learning" ? readLearningText(text) : readCertificateText(text);
  if ("fault" in read) return rejected(read.fault, read.path, read.message);
  const { certificate } = read;
  let machine: NormalMachine;
  let code: CellCode;
  try {
    machine = normalForm(decodeSourceMachine(certificate.source));
    code = cellCode(machine.states.length);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    return rejected("source-machine", "source", error.message);
  }
  const name = "alphabet" in certificate ? certificate.alphabet : "well-formed";
  const tooLarge = checkAlphabetSize(code, name);
  if (tooLarge !== undefined) return tooLarge;
  const filter = networkOf(certificate.filter, "filter");
  if ("verdict" in filter) return filter;
  const head = networkOf(certificate.head, "head");
  if ("verdict" in head) return head;
  const described = describedFilter(machine, name);
  const builtHead = statement === "learning" ? readoutNetworkInUnits(code) : readoutNetwork();
  return {
    name: certificate.source.name,
    statement,
    machine,
    code,
    letters: alphabet(code, name),
    filter,
    head,
    described: hasSameNumbers(filter, described.network) ? described : undefined,
    headIsBuilt: hasSameNumbers(head, builtHead),
  };
}

function networkOf(json: NetworkJson, part: string): Network | Rejected<string> {
  try {
    return decodeNetwork(json);
  } catch (error) {
    if (!(error instanceof NetworkJsonError)) throw error;
    return rejected("network", `${part}.${error.path}`, error.message);
  }
}

/** Whether two networks are equal in every number and ReLU; names of layers are labels. */
export function hasSameNumbers(a: Network, b: Network): boolean {
  return (
    a.layers.length === b.layers.length &&
    a.layers.every((layer, l) => {
      const other = b.layers[l];
      if (other === undefined || layer.inputs !== other.inputs || layer.relu !== other.relu) return false;
      return (
        layer.rows.length === other.rows.length &&
        layer.rows.every(({ bias, entries }, r) => {
          const row = other.rows[r];
          return (
            row !== undefined &&
            bias.equals(row.bias) &&
            entries.length === row.entries.length &&
            entries.every(([column, weight], e) => {
              const entry = row.entries[e];
              return entry !== undefined && column === entry[0] && weight.equals(entry[1]);
            })
          );
        })
      );
    })
  );
}
