/** Explanations for people. */
import { drawPatch, grouped, labelled } from "../../print-verdict.js";
import { linesInWords } from "./words.js";
import type { Example, Explanation, Link, MatrixSummary, Reading } from "./explanation.js";

type Line = readonly [label: string, text: string];

/** A row or a number, as lines of labels and texts. */
export function explanationText(explanation: Explanation): string {
  const { what, serves, readings, spans, on, usedBy, bias, notes } = explanation;
  const lines: Line[] = [
    ["is", what],
    ...under(
      "serves",
      serves.map(({ term, about, rules }) => `${term}: ${about} (${linesInWords(rules)})`),
    ),
    ...under("sums", [...summands(explanation), `the bias ${bias}`]),
    ...under("tells", isGate(explanation) ? [] : readings.map(readingInWords)),
    ...under(
      "adds",
      spans.map(({ place, cells, value }) => `${value} for ${place}: ${cells}`),
    ),
    ...(on === null ? [] : [["on", onInWords(on)] as const]),
    ...under(
      "only if",
      (on?.only ?? []).map(({ place, cells }) => `${place}: ${cells}`),
    ),
    ...(usedBy.length === 0 ? [] : [["read by", links(usedBy)] as const]),
    ...notes.map((note): Line => ["note", note]),
  ];
  return labelled(lines) + exampleText(explanation.example);
}

function onInWords({ patches, of }: NonNullable<Explanation["on"]>): string {
  if (patches === of) return `at all ${grouped(of)} patches`;
  return patches === "0" ? "at no patch" : `at ${grouped(patches)} of ${grouped(of)} patches`;
}

function isGate({ path }: Explanation): boolean {
  return path.startsWith("filter.layers[2].");
}

/** The readings of a gate, where they are known; else the numbers. */
function summands(explanation: Explanation): string[] {
  const { entries, readings } = explanation;
  if (isGate(explanation) && readings.length > 0) return readings.map(readingInWords);
  return entries.length === 0 ? [] : [links(entries)];
}

function readingInWords({ place, reading, weight }: Reading): string {
  return `${weight} x [${inFull(place)} ${reading}]`;
}

function inFull(place: string): string {
  if (place === "centre") return "the centre";
  return `the cell ${place === "left" || place === "right" ? "on the " : ""}${place}`;
}

/** Most links that are printed. */
const LISTED_LINKS = 8;

function links(list: readonly Link[]): string {
  const shown = list.slice(0, LISTED_LINKS).map(({ to, weight }) => `${weight} x ${to}`);
  return shown.join(", ") + (list.length > LISTED_LINKS ? ` and ${list.length - LISTED_LINKS} more` : "");
}

/** A label before the first of some texts. */
function under(label: string, texts: readonly string[]): Line[] {
  return texts.map((text, i) => [i === 0 ? label : "", text]);
}

function exampleText(example: Example | null): string {
  if (example === null) return "";
  const { patch, cells, value, adds, rule, newCell } = example;
  const added = adds === null ? "" : `; adds ${adds} to the new cell`;
  return [
    "  patch:\n",
    ...drawPatch(patch),
    labelled([
      ...under(
        "holds",
        cells.map(({ place, cell }) => `${place}: ${cell}`),
      ),
      ["there", `${value}${added}`],
      ["f-bar", `${rule}, the new cell is ${newCell}`],
    ]),
  ].join("");
}

/** The table of matrices. */
export function summaryText(matrices: readonly MatrixSummary[]): string {
  return matrices
    .map(({ name, rows, relu, groups }) => {
      const title = `${name}  ${rows} row${rows === 1 ? "" : "s"}${relu ? ", ReLU" : ""}\n`;
      const told = groups.filter(({ about }) => about !== "");
      return title + labelled(told.map((group) => [group.rows, group.about] as const));
    })
    .join("");
}
