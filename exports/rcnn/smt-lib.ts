/**
 * The claim `function` of a certificate, turned round, in SMT-LIB 2: satisfiability problems in linear arithmetic over the nine
 * cells of a patch, all in u-units, all numbers exact. The claim holds if and only if every one of them is unsat:
 *
 *   value               is there a patch of the alphabet at which the filter's value is not f-bar's
 *   first-layer-kink    is there one at which a unit of V1 that reads a cell is exactly 0
 *   kink                is there one at which a unit of V3 is exactly 0 and changes with some coordinate
 *   derivative-0 ... 8  is there one at which that partial derivative of the filter is not f-bar's
 *   tables              (in the form `tables` only) does a table differ from what V1 and V2 give
 *
 * A ReLU at 0 passes on the value 0 and the derivative 0, which is right where it does not change; where it does, the filter has
 * no derivative, and the two kink queries say so. So derivatives are compared at all patches, and no query supposes another.
 */
import { decodeSourceMachine } from "../../certificates/machine-json.js";
import { decodeNetwork } from "../../certificates/network-json.js";
import type { RcnnCertificate } from "../../certificates/rcnn-certificate.js";
import { normalForm } from "../../spec/machines/normal-form.js";
import type { Network } from "../../spec/networks/network.js";
import { cellCode } from "../../spec/rcnn/cell-code.js";
import { CENTRE, PLACES } from "../../spec/rcnn/patch.js";
import type { SmtForm } from "../export-formats.js";
import { ExportRefused } from "../export-refused.js";
import { printScript, type Section } from "../smt/script.js";
import { differ, ZERO_TERM, type Term } from "../smt/terms.js";
import { smtLayers, smtTables, type SmtNetwork } from "./smt-network.js";
import { smtLetters, smtSpecification, type SmtLetters } from "./smt-specification.js";

const PLACE_INDICES: readonly number[] = Array.from({ length: PLACES }, (_, place) => place);

/** One file. */
export interface SmtQuery {
  /** Such as "value" or "derivative-4". */
  readonly name: string;
  /** SMT-LIB 2, logic QF_LRA. */
  readonly text: string;
}

/** A query before it is printed. */
interface Question {
  readonly name: string;
  readonly asks: string;
  readonly term: Term;
  /** Read in a model beside the nine cells. */
  readonly values: readonly string[];
  readonly sections: readonly Section[];
}

/**
 * The queries of a certificate's filter; it need not have been accepted. The machine is the normal form of its `source`.
 *
 * @throws {ExportRefused} if the filter does not have five layers with ReLU after V1 and V3, nine inputs and one output; in the
 *   form `tables`, also if a unit of V1 reads several coordinates
 */
export function smtQueries(certificate: RcnnCertificate, form: SmtForm = "tables"): readonly SmtQuery[] {
  const machine = normalForm(decodeSourceMachine(certificate.source));
  const code = cellCode(machine.states.length);
  const filter = decodeNetwork(certificate.filter);
  assertShape(filter);
  const letters = smtLetters(code, certificate.alphabet);
  const specification = smtSpecification(code, machine, letters);
  const facts = [
    `machine: ${certificate.source.name}, ${code.states} states; alphabet: ${certificate.alphabet}; form: ${form}`,
    `filter: ${certificate.digests.filter}`,
    `source: ${certificate.digests.source}`,
    `Cells are in u-units, u = ${code.scale} x. All numbers are exact.`,
  ];
  return questions(filter, form, letters, specification).map(({ name, asks, term, values, sections }) => ({
    name,
    text: printScript({
      header: [`Query ${name}. unsat: no; sat: yes, at the patch x0 ... x8.`, asks, "", ...facts],
      logic: "QF_LRA",
      variables: letters.variables,
      sections: [letters.section, ...sections],
      assertions: [
        { heading: ["The patch is one of the alphabet."], terms: letters.assertions },
        { heading: [asks], terms: [term] },
      ],
      values: [...letters.variables, ...values],
    }),
  }));
}

function questions(
  filter: Network,
  form: SmtForm,
  letters: SmtLetters,
  specification: readonly Section[],
): readonly Question[] {
  const layers = smtLayers(filter);
  const [firstKink = "false", layeredKink = "false"] = layers.kinks;
  const first: Question = {
    name: "first-layer-kink",
    asks: "Is there a patch of the alphabet at which a unit of V1 that reads a cell is exactly 0?",
    term: firstKink,
    values: [],
    sections: layers.sections,
  };
  if (form === "layers") return [first, ...comparisons(layers, layeredKink, specification)];
  const tables = smtTables(filter, letters);
  const faults: Question = {
    name: "tables",
    asks: "Is there a patch of the alphabet at which a table is not what V1 and V2 give?",
    term: tables.faults,
    values: [],
    sections: [...layers.sections, ...tables.sections],
  };
  return [faults, first, ...comparisons(tables, tables.kinks[0] ?? "false", specification)];
}

function comparisons(network: SmtNetwork, kink: Term, specification: readonly Section[]): readonly Question[] {
  const { values, derivatives } = network.output;
  const slopeName = (j: number): string => `filter-slope-${j}`;
  const output: Section = {
    heading: ["The output of the filter, and its derivatives by the cells."],
    definitions: [
      { name: "filter", sort: "Real", term: values[0] ?? ZERO_TERM },
      ...PLACE_INDICES.map((j) => ({
        name: slopeName(j),
        sort: "Real" as const,
        term: derivatives[0]?.get(j) ?? ZERO_TERM,
      })),
    ],
  };
  const sections = [...network.sections, output, ...specification];
  return [
    {
      name: "value",
      asks: "Is there a patch of the alphabet at which the value of the filter is not that of f-bar?",
      term: differ("filter", "f-bar"),
      values: ["filter", "f-bar"],
      sections,
    },
    {
      name: "kink",
      asks: "Is there a patch of the alphabet at which a unit of V3 is exactly 0 and changes with some coordinate?",
      term: kink,
      values: [],
      sections,
    },
    ...PLACE_INDICES.map((j): Question => {
      const wanted = j === CENTRE ? "f-bar-slope" : ZERO_TERM;
      return {
        name: `derivative-${j}`,
        asks: `Is there a patch of the alphabet at which the derivative of the filter by x${j} is not that of f-bar?`,
        term: differ(slopeName(j), wanted),
        values: j === CENTRE ? [slopeName(j), wanted] : [slopeName(j)],
        sections,
      };
    }),
  ];
}

function assertShape({ layers }: Network): void {
  const isSupported =
    layers.length === 5 &&
    layers[0]?.inputs === PLACES &&
    layers[4]?.rows.length === 1 &&
    layers.every(({ relu }, i) => relu === (i === 0 || i === 2));
  if (isSupported) return;
  throw new ExportRefused(
    "SMT-LIB is written for filters of five layers, ReLU after V1 and V3, nine inputs, one output",
  );
}
