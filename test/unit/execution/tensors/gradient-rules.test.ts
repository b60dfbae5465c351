import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../execution/tensors/backends.js";
import { gradientRules, readCoreModule } from "../../../../execution/tensors/gradient-rules.js";
import type { Tf } from "../../../../execution/tensors/tensor-rcnn.js";

const require = createRequire(import.meta.url);
const bundle = require.resolve("@tensorflow/tfjs-core");
let tf: Tf;
beforeAll(async () => {
  await loadBackend("wasm");
  ({ tf } = await loadBackend("cpu"));
});

/** The derivatives of the sum of f's entries by each argument, as flat lists. */
function derivatives(f: (...args: Tensor[]) => Tensor, ...args: Tensor[]): number[][] {
  return tf
    .grads(f)(args)
    .map((gradient) => [...gradient.dataSync()]);
}

describe("the gradient rules of the core", () => {
  it("should be registered for every kernel for which the core's package has one", () => {
    const files = readdirSync(join(dirname(bundle), "gradients")).filter((file) => file.endsWith("_grad.js"));
    const kernels = files.map((file) => {
      const [, name] = /^ {4}kernelName: (\w+),$/m.exec(readCoreModule(`gradients/${file.slice(0, -3)}`)) ?? [];
      return (tf as unknown as Record<string, string>)[name ?? ""] ?? file;
    });
    expect(new Set(kernels).size).toBe(101);
    expect(kernels.filter((kernel) => tf.getGradient(kernel) === undefined)).toEqual([]);
  });

  it("should give the derivatives of what the network is made of", () => {
    const x = tf.tensor2d([-1, 2, 3, -4], [2, 2]);
    expect(derivatives((a) => tf.relu(a), x)).toEqual([[0, 1, 1, 0]]);
    expect(derivatives((a, b) => tf.add(a, b), x, tf.tensor1d([5, 7]))).toEqual([
      [1, 1, 1, 1],
      [2, 2],
    ]);
    expect(derivatives((a, b) => tf.mul(a, b), x, tf.tensor1d([5, 7]))).toEqual([
      [5, 7, 5, 7],
      [2, -2],
    ]);
    expect(derivatives((a, b) => tf.matMul(a, b), x, tf.tensor2d([5, 7, 11, 13], [2, 2]))).toEqual([
      [12, 24, 12, 24],
      [2, 2, -2, -2],
    ]);
    expect(derivatives((a) => tf.slice(tf.pad(a, [[1, 1], [1, 1]], 9), [0, 0], [2, 3]), x)).toEqual([[1, 1, 0, 0]]); // prettier-ignore
    expect(derivatives((a) => tf.tile(tf.expandDims(a, 0), [3, 1, 2]), x)).toEqual([[6, 6, 6, 6]]);
    expect(derivatives((a) => tf.sum(tf.concat([tf.reshape(a, [4]), tf.ones([3])])), x)).toEqual([[1, 1, 1, 1]]);
    const grid = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    const kernel = tf.tensor4d([1, 10, 100, 1000], [2, 2, 1, 1]);
    expect(derivatives((a, k) => tf.conv2d(a as typeof grid, k as typeof grid, 1, "valid"), grid, kernel)).toEqual([
      [1, 11, 10, 100, 1100, 1000],
      [3, 5, 9, 11],
    ]);
  });

  it("should give derivatives where a rule calls a method of tensors", () => {
    expect(derivatives((a) => tf.prod(a, 1), tf.tensor2d([2, 3, 5, 7], [2, 2]))).toEqual([[3, 2, 7, 5]]);
    const indices = tf.tensor2d([0, 1, 1, 1], [2, 2], "int32");
    expect(derivatives((a) => tf.gather(a, indices, 1, 1), tf.ones([2, 3]))).toEqual([[1, 1, 0, 0, 2, 0]]);
  });

  it("should leave the engine and the class of tensors to the one core that runs", () => {
    const cores = Object.keys(require.cache).filter((file) => /tf-core[^/\\]*\.js$/.test(file));
    expect(cores).toEqual([bundle]);
    const script = gradientRules(tf, readCoreModule);
    expect(script).not.toMatch(/^(?:class|var|let) (?:Engine|Tensor|ENV)\b/m);
    expect(script).not.toContain('modules["ops/mul"]');
  });

  it("should be refused, by name, where a module is written in another way", () => {
    const read = (text: string) => (module: string) => (module === "register_all_gradients" ? text : "");
    const rules = (text: string): string => gradientRules({}, read(text));
    expect(rules("import { a as b } from './x';\nb();")).toContain('const { a: b } = modules["x"];');
    for (const line of ["import a from './x';", "import './x';", "export * from './x';", "export default 1;"]) {
      expect(() => rules(`const a = 1;\n${line}`)).toThrow(
        new SyntaxError(`gradientRules: register_all_gradients: cannot read: ${line}`),
      );
    }
    expect(() => rules("import { a } from './register_all_gradients';")).toThrow(
      new SyntaxError("gradientRules: register_all_gradients imports itself"),
    );
  });
});

describe("an installation", () => {
  it("should bring three packages of TensorFlow.js and no others", () => {
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
      packages: Readonly<Record<string, { dev?: boolean; peer?: boolean }>>;
    };
    const installed = Object.entries(lock.packages).filter(([, { dev = false, peer = false }]) => !dev && !peer);
    const names = installed.map(([path]) => path.slice("node_modules/".length));
    expect(names.filter((name) => /^@tensorflow\/[^/]*$/.test(name))).toEqual([
      "@tensorflow/tfjs-backend-cpu",
      "@tensorflow/tfjs-backend-wasm",
      "@tensorflow/tfjs-core",
    ]);
  });
});
