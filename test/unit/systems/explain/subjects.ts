/** Certificates to explain, read. */
import { printCertificate } from "../../../../certificates/rcnn-certificate.js";
import { readSubject, type Subject } from "../../../../systems/rcnn/explain/subject.js";
import { GateUse } from "../../../../systems/rcnn/explain/gate-use.js";
import { explainRow } from "../../../../systems/rcnn/explain/explain-row.js";
import type { Explanation } from "../../../../systems/rcnn/explain/explanation.js";
import { dataOf, put, TINY_TEXT, type Json, type Path } from "../../checkers/second/forge.js";

export function subjectOf(text: string = TINY_TEXT): Subject {
  const subject = readSubject(text);
  if ("verdict" in subject) throw new Error(subject.message);
  return subject;
}

/** The certificate `tiny` with one value changed, in the one spelling; digests are left as they were. */
export function changed(path: Path, value: Json | undefined): string {
  const data = dataOf(TINY_TEXT);
  put(data, path, value);
  return printCertificate(data as never);
}

/** Explains rows of a filter, by layer, row and element. */
export function explainer(subject: Subject): (layer: number, row: number, element?: number) => Explanation {
  const use = GateUse.of(subject.filter, subject.code, subject.letters);
  return (layer, row, element) =>
    explainRow({ subject, use, layer, row, ...(element === undefined ? {} : { element }) });
}
