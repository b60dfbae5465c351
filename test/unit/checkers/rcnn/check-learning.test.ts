import { beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "../../../../certificates/canonical.js";
import type { MapJson, NetworkJson, RowJson } from "../../../../certificates/network-json.js";
import { printLearningCertificate, type LearningCertificate } from "../../../../certificates/rcnn-learning.js";
import { certify } from "../../../../systems/rcnn/certify.js";
import { checkLearning } from "../../../../checkers/rcnn/check-learning.js";
import { hypercube, type Example } from "../../../../inputs/examples/examples.js";
import { learn } from "../../../../execution/rcnn/learn.js";
import { learningCertificate } from "../../../../execution/rcnn/learn-certificate.js";
import { normalForm } from "../../../../spec/machines/normal-form.js";
import { FIRST_LITERAL_SOURCE } from "../../execution/learn/learners.js";

const examples: Example[] = [
  { x: [1, -1], y: -1 },
  { x: [-1, -1], y: 1 },
];
let text = "";
let certificate: LearningCertificate;

beforeAll(async () => {
  const result = await learn({
    machine: normalForm(FIRST_LITERAL_SOURCE),
    examples,
    queries: hypercube(2).map((x) => ({ x, label: undefined })),
    backend: "wasm",
  });
  const verdict = learningCertificate(FIRST_LITERAL_SOURCE, examples, result);
  if (verdict.verdict !== "accepted") throw new Error(JSON.stringify(verdict));
  ({ text, certificate } = verdict.result);
});

const outcome = (changed: LearningCertificate | string): string => {
  const verdict = checkLearning(typeof changed === "string" ? changed : printLearningCertificate(changed));
  return verdict.verdict === "rejected" ? verdict.code : verdict.verdict;
};

describe("learning certificates", () => {
  it("should be accepted from their text alone", () => {
    const verdict = checkLearning(text);
    expect(verdict).toMatchObject({ verdict: "accepted", result: { certificate } });
    // Eight states: what was decided of the filter is what a filter's certificate of this machine says.
    const filter = certify(FIRST_LITERAL_SOURCE);
    if (filter.verdict !== "accepted" || verdict.verdict !== "accepted") throw new Error("expected acceptances");
    const { function: values, step, weights, head } = filter.result.certificate.verdicts;
    expect(verdict.result.filter).toMatchObject({ function: values, step, weights, head });
    expect(certificate.examples).toEqual(["+- -", "-- +"]);
    // y [x, 1], and the dummy sample.
    expect(certificate.memory).toEqual(["-+-", "--+", "+++"]);
    expect(certificate.predictions.map(({ x, f, answer }) => [x, f, answer])).toEqual([
      ["--", "1", "+"],
      ["-+", "1", "+"],
      ["+-", "-1", "-"],
      ["++", "-1", "-"],
    ]);
    expect(certificate.verdicts.float32?.backward.length).toBeGreaterThan(0);
  });

  it("should be refused by code when one part is changed, the last ones included", () => {
    const { shape, verdicts, predictions, memory } = certificate;
    const last = predictions.at(-1) as (typeof predictions)[number];
    const float32 = verdicts.float32 as NonNullable<typeof verdicts.float32>;
    const sum = float32.backward.at(-1) as (typeof float32.backward)[number];
    const cases: [string, LearningCertificate | string][] = [
      ["not-json", "{"],
      ["schema", { ...certificate, extra: 1 } as LearningCertificate],
      ["not-canonical", `${text} `],
      ["digest", { ...certificate, digests: { ...certificate.digests, head: certificate.digests.source } }],
      ["learning-shape", { ...certificate, shape: { ...shape, d: 3 } }],
      ["learning-shape", { ...certificate, shape: { ...shape, layers: 2 } }],
      ["learning-shape", { ...certificate, shape: { ...shape, m: 3 } }],
      ["learning-memory", { ...certificate, memory: memory.with(-1, "++-") }],
      ["learning-memory", { ...certificate, memory: [...memory, "+++"] }],
      ["learning-memory", { ...certificate, examples: certificate.examples.with(-1, "-- -") }],
      ["learning-prediction", { ...certificate, predictions: predictions.with(-1, { ...last, answer: "+" }) }],
      ["learning-prediction", { ...certificate, predictions: predictions.with(-1, { ...last, f: "1" }) }],
      ["learning-prediction", { ...certificate, predictions: predictions.with(-1, { ...last, settles: 1 }) }],
      ["learning-prediction", { ...certificate, shape: { ...shape, layers: shape.layers - 1 } }],
      [
        "float-bounds",
        {
          ...certificate,
          verdicts: {
            ...verdicts,
            float32: { ...float32, backward: float32.backward.with(-1, { ...sum, size: `${sum.size}0` }) },
          },
        },
      ],
      ["counts", { ...certificate, verdicts: { ...verdicts, replay: { ...verdicts.replay, cells: 1 } } }],
      [
        "counts",
        { ...certificate, verdicts: { ...verdicts, memorization: { ...verdicts.memorization, trainingSets: 1 } } },
      ],
    ];
    for (const [code, changed] of cases) expect([code, outcome(changed)]).toEqual([code, code]);
  });

  it("should not hold for another filter, whatever digest it carries", () => {
    const layers = certificate.filter.layers.map((layer, i) =>
      i === 4 ? { ...layer, rows: layer.rows.map(([, ...entries]) => ["1", ...entries] as const) } : layer,
    );
    const filter = { ...certificate.filter, layers };
    const digests = { ...certificate.digests, filter: digestOf(filter) };
    expect(outcome({ ...certificate, filter, digests })).toBe("value");
  });

  it("should not hold for another machine, whichever entry of its table is another", () => {
    const { source } = certificate;
    for (const [r, [state, entries]] of source.table.entries()) {
      for (const [e, [symbol, write, move, next]] of entries.entries()) {
        const other = write === 1 ? -1 : 1;
        const table = source.table.with(r, [state, entries.with(e, [symbol, other, move, next])]);
        const changed = { ...source, table };
        const digests = { ...certificate.digests, source: digestOf(changed) };
        expect([state, symbol, outcome({ ...certificate, source: changed, digests })]).toEqual([
          state,
          symbol,
          "value",
        ]);
      }
    }
  });

  /** The certificate with another head, and its digest. */
  const withHead = (change: (layers: NetworkJson["layers"]) => NetworkJson["layers"]): LearningCertificate => {
    const head = { ...certificate.head, layers: change(certificate.head.layers) };
    return { ...certificate, head, digests: { ...certificate.digests, head: digestOf(head) } };
  };

  it("should not hold for a head that is right where training meets it, and wrong where predictions do", () => {
    // The output falls on beyond the blank cell of the compute phase, where f rises: every answer would be -.
    const forged = withHead(([hidden, output]) => {
      const [[bias]] = (output as MapJson).rows as unknown as [RowJson];
      return [hidden, { ...output, rows: [[bias, [0, "1"], [1, "-2"], [3, "1"]]] }] as NetworkJson["layers"];
    });
    const predictions = certificate.predictions.map(({ x, settles }) => ({
      x,
      f: "-1",
      answer: "-" as const,
      settles,
    }));
    const verdicts = { ...certificate.verdicts, float32: null };
    expect(outcome({ ...forged, predictions, verdicts })).toBe("head-slope");
  });

  it("should refuse heads of several inputs or outputs", () => {
    expect(outcome(withHead(([hidden, output]) => [{ ...hidden, inputs: 2 }, output] as NetworkJson["layers"]))).toBe(
      "head-shape",
    );
    const twice = withHead(
      ([hidden, output]) => [hidden, { ...output, rows: [output?.rows[0], output?.rows[0]] }] as NetworkJson["layers"],
    );
    expect(outcome(twice)).toBe("head-shape");
  });

  it("should refuse words with lone surrogates and control characters", () => {
    const [first, ...rest] = certificate.predictions;
    const { verdicts } = certificate;
    const float32 = verdicts.float32 as NonNullable<typeof verdicts.float32>;
    const [sum, ...sums] = float32.forward;
    for (const word of ["\ud800", "1\n", "\u2028"]) {
      const f = { ...first, f: word } as (typeof rest)[number];
      expect(outcome({ ...certificate, predictions: [f, ...rest] })).toBe("schema");
      for (const key of ["name", "grid", "size"]) {
        const forward = [{ ...sum, [key]: word } as (typeof sums)[number], ...sums];
        expect(outcome({ ...certificate, verdicts: { ...verdicts, float32: { ...float32, forward } } })).toBe("schema");
      }
    }
  });

  it("should call weights that float32 does not hold by one code", () => {
    const unit = withHead((layers) => {
      const hidden = layers[0] as NetworkJson["layers"][number];
      const rows = [...hidden.rows, ["1/3"]] as RowJson[];
      return [
        { ...hidden, rows },
        { ...layers[1], inputs: rows.length },
      ] as NetworkJson["layers"];
    });
    expect(outcome(unit)).toBe("float-bounds");
  });

  it("should not certify predictions that the replay does not make", async () => {
    const result = await learn({
      machine: normalForm(FIRST_LITERAL_SOURCE),
      examples,
      queries: [{ x: [1, 1], label: undefined }],
      backend: "exact",
    });
    const [prediction] = result.predictions;
    const wrong = {
      ...result,
      predictions: [{ ...(prediction as NonNullable<typeof prediction>), prediction: 1 as const }],
    };
    expect(learningCertificate(FIRST_LITERAL_SOURCE, examples, result).verdict).toBe("accepted");
    expect(learningCertificate(FIRST_LITERAL_SOURCE, examples, wrong)).toMatchObject({
      verdict: "rejected",
      code: "learning-prediction",
    });
  });
});
