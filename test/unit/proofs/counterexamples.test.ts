/** proofs/Counterexamples.v has a lemma for each amendment of sections 4.1 and B.1 to B.3, on the instance that is replayed here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FAMILY_AMENDMENTS } from "../../../amendments/rcnn/index.js";

it("should evaluate every amendment's counterexample, as it is replayed", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "..", "proofs", "Counterexamples.v"), "utf8");
  const paired = [...text.matchAll(/^\(\* ([a-z0-9-]+): (.*) \*\)\nLemma (\w+)/gm)].map(([, id, instance, lemma]) => ({
    id,
    instance,
    lemma: lemma?.replace(/_count$/, ""),
  }));
  const replayed = FAMILY_AMENDMENTS.map(({ id, replay }) => ({
    id,
    instance: replay().instance,
    lemma: id.replaceAll("-", "_"),
  }));
  const byId = (a: { id?: string | undefined }, b: { id?: string | undefined }): number =>
    String(a.id) < String(b.id) ? -1 : 1;
  expect(paired.toSorted(byId)).toEqual(replayed.toSorted(byId));
  expect(text.match(/^Lemma /gm)).toHaveLength(replayed.length);
});
