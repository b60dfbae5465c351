/**
 * The gradient rules of TensorFlow.js, for its bare core.
 *
 * The core's bundle for Node has the tape and no rule for any kernel. Its package carries the rules as modules that only a
 * bundler can load: they say `import` in a package of CommonJS and leave out the ends of file names. The package that
 * bundles them for Node brings 220 MB that nothing here uses. So this is a bundler for these files and no others: it joins
 * them into one script and leaves every name that the running core exports to that core. What differentiates is thus
 * TensorFlow.js's own text, with the same operations and the same engine as the forward pass.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import type { Tf } from "./tensor-rcnn.js";

/** The modules that register something: all rules, and the methods of tensors that two of them call (GatherV2, Prod). */
const ENTRIES = [
  "public/chained_ops/reshape",
  "public/chained_ops/slice",
  "public/chained_ops/split",
  "register_all_gradients",
] as const;

/**
 * Modules that must not be there twice, because they hold the engine or the class of its tensors, as expressions in `tf`.
 * The core exports what the rules need of them, under other names.
 */
const OF_THE_RUNNING_CORE: Readonly<Record<string, string>> = {
  engine: "{ ENGINE: tf.engine() }",
  tensor: "{ getGlobalTensorClass: () => tf.Tensor }",
  util: "tf.util",
  util_base: "tf.util",
};

const IMPORT = /^import (?:\{([^}]*)\}|\* as (\w+)) from '([^']+)';$/gm;
const EXPORT = /^export (?=(?:const|let|var|class|function) (\w+))/gm;

/** Most of the text: a copy of the sources. */
const SOURCE_MAP = /^\/\/# sourceMappingURL=.*$/m;

/** The text of a module of the core, "ops/conv_util" for example. */
export type ReadModule = (module: string) => string;

/**
 * The script of a function that registers all rules with the core that it is called with.
 *
 * @param core the core's exports: a name that is among them is not looked for in the files
 * @param read reads the files of the same release
 * @throws {SyntaxError} if a file is written in a way that this bundler does not know
 */
export function gradientRules(core: object, read: ReadModule): string {
  const parts: string[] = [];
  const seen = new Map<string, "open" | "done">();
  const include = (module: string): void => {
    if (seen.get(module) === "done") return;
    if (seen.get(module) === "open") throw new SyntaxError(`gradientRules: ${module} imports itself`);
    seen.set(module, "open");
    const source = (from: string): string => {
      const target = join(dirname(module), from).replaceAll("\\", "/");
      const running = OF_THE_RUNNING_CORE[target];
      if (running !== undefined) return running;
      include(target);
      return `modules[${JSON.stringify(target)}]`;
    };
    const names: string[] = [];
    const body = read(module)
      .replace(SOURCE_MAP, "")
      .replace(IMPORT, (_, list: string | undefined, namespace: string | undefined, from: string) => {
        if (list === undefined) return `const ${namespace} = ${source(from)};`;
        const imports = list.split(",").map((item) => item.trim().split(" as ") as [string, string?]);
        const isExported = imports.every(([name]) => name in core);
        const pattern = imports.map(([name, local]) => (local === undefined ? name : `${name}: ${local}`));
        return `const { ${pattern.join(", ")} } = ${isExported ? "tf" : source(from)};`;
      })
      .replace(EXPORT, (_, name: string) => {
        names.push(name);
        return "";
      });
    const unknown = /^(?:import|export)\b.*/m.exec(body);
    if (unknown !== null) throw new SyntaxError(`gradientRules: ${module}: cannot read: ${unknown[0]}`);
    parts.push(`modules[${JSON.stringify(module)}] = (() => {\n${body}\nreturn { ${names.join(", ")} };\n})();`);
    seen.set(module, "done");
  };
  ENTRIES.forEach(include);
  return `(tf) => {\n"use strict";\nconst modules = {};\n${parts.join("\n")}\n}`;
}

/** Reads modules of the installed core. */
export const readCoreModule: ReadModule = (module) => {
  const bundle = createRequire(import.meta.url).resolve("@tensorflow/tfjs-core");
  return readFileSync(join(dirname(bundle), `${module}.js`), "utf8");
};

/** Registers all of TensorFlow.js's gradient rules with the installed core, which has none of its own. */
export function registerGradientRules(tf: Tf): void {
  const script = new Script(gradientRules(tf, readCoreModule), { filename: "tfjs-core-gradients.js" });
  (script.runInThisContext() as (tf: Tf) => void)(tf);
}
