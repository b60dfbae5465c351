/** onnxruntime-node on a decoder's pass, in a loop that keeps its history: every output equal, bit for bit, to the exact engine's. */
import { decodeDecoder } from "../../certificates/wei-chen-ma/decoder-json.js";
import { gridToTape } from "../../construction/wei-chen-ma/one-row.js";
import { decodeExactly } from "../../execution/wei-chen-ma/decode.js";
import { decoderOnnx } from "../../exports/wei-chen-ma/decoder-onnx.js";
import { loadMachine } from "../../inputs/machines/load-machine.js";
import { encode, positionalCode } from "../../spec/wei-chen-ma/decoder.js";
import { certifyDecoder } from "../../systems/wei-chen-ma/certify-decoder.js";
import type { loadOnnxRuntime } from "./onnx-runtime.js";
import type { Table } from "./table.js";

/** Machines, inputs as indices of symbols, and passes. */
const RUNS: readonly (readonly [name: string, input: readonly number[], passes: number])[] = [
  ["bb2", [1], 10],
  ["bb4", [], 108],
];

/** Runs the decoders. */
export async function askRuntimeOfDecoders(
  table: Table,
  { runtime, title }: NonNullable<ReturnType<typeof loadOnnxRuntime>>,
): Promise<void> {
  for (const [name, input, passes] of RUNS) {
    const verdict = certifyDecoder({ source: gridToTape(loadMachine(name)), steps: passes - 1, inputs: [input] });
    if (verdict.verdict !== "accepted") throw new Error(verdict.message);
    const { certificate } = verdict.result;
    const decoder = decodeDecoder(certificate.decoder, "decoder");
    const { width, layers, sizes } = decoder;
    const model = decoderOnnx(certificate, decoder);
    const started = performance.now();
    const session = await runtime.InferenceSession.create(model);
    const tensor = (values: readonly number[], dims: readonly number[]): InstanceType<typeof runtime.Tensor> =>
      new runtime.Tensor("float32", Float32Array.from(values), dims);
    let output: readonly number[] = decoder.start;
    const history = layers.map((): number[] => []);
    let [pass, wrong] = [0, 0];
    for (const exact of decodeExactly(decoder, input)) {
      pass++;
      const { next, remembered } = await session.run({
        output: tensor(output, [1, width]),
        code: tensor(positionalCode(sizes, width, pass), [1, width]),
        encoded: tensor(encode(decoder, input).flat(), [input.length, width]),
        history: tensor(history.flat(), [layers.length, pass - 1, width]),
      });
      if (next === undefined || remembered === undefined) throw new Error("the model has no outputs");
      output = [...next.data];
      wrong += exact.output.filter((entry, c) => entry !== output[c]).length;
      for (const [j, vectors] of history.entries()) vectors.push(...remembered.data.slice(j * width, (j + 1) * width));
      if (pass === passes) break;
    }
    const expected = `equal: ${passes} passes`;
    const answer = wrong === 0 ? expected : `${wrong} numbers differ`;
    const seconds = (performance.now() - started) / 1000;
    table.add({
      machine: name,
      tool: title,
      query: "ONNX decoder float32",
      bytes: model.length,
      seconds,
      answer,
      expected,
    });
  }
}
