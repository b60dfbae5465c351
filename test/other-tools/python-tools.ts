/** In Python: NumPy on the .npz export, Marabou on the VNN-LIB properties, vnnlib on those in VNN-LIB 2.0, onnx on the models. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npzArchive } from "../../exports/rcnn/npz.js";
import { ONNX_KINDS, onnxModel } from "../../exports/rcnn/onnx.js";
import { vnnLibProperties, type VnnProperty } from "../../exports/rcnn/vnn-lib.js";
import { mutant, type Case } from "./cases.js";
import { brokenBy } from "./solvers.js";
import type { Table } from "./table.js";

/** An interpreter that has a module, with the module's version. */
export interface PythonTool {
  readonly python: string;
  readonly title: string;
}

const SOURCES = join("test", "other-tools");

/** The module in the environment of the tools' folder, or else in the system's Python. */
export function findModule(tools: string, module: string): PythonTool | undefined {
  const own = [join(tools, "python", "bin", "python"), join(tools, "python", "Scripts", "python.exe")];
  for (const python of [...own.filter((path) => existsSync(path)), "python3"]) {
    const text = `import importlib.metadata, ${module}; print("version", importlib.metadata.version("${module}"))`;
    const { stdout, status } = spawnSync(python, ["-W", "ignore", "-c", text], { encoding: "utf8" });
    const version = /^version (\S+)$/m.exec(stdout ?? "")?.[1];
    if (status === 0 && version !== undefined) return { python, title: `${module} ${version}` };
  }
  return undefined;
}

export function askNumPy(table: Table, { python, title }: PythonTool, one: Case, folder: string): void {
  const [archive, certificate] = [join(folder, `${one.name}.npz`), join(folder, `${one.name}.json`)];
  const bytes = npzArchive(one.certificate);
  writeFileSync(archive, bytes);
  writeFileSync(certificate, one.text);
  const layers = [...one.certificate.filter.layers, ...one.certificate.head.layers];
  const numbers = 2 * layers.reduce((sum, { inputs, rows }) => sum + rows.length * (inputs + 1), 0);
  const started = performance.now();
  const { stdout, stderr } = spawnSync(python, [join(SOURCES, "read_npz.py"), certificate, archive], {
    encoding: "utf8",
  });
  const answer = stdout.trim() === "" ? (stderr.trim().split("\n").at(-1) ?? "") : stdout.trim();
  table.add({
    machine: one.name,
    tool: title,
    query: "npz, every number",
    bytes: bytes.length,
    seconds: (performance.now() - started) / 1000,
    answer,
    expected: `equal: ${numbers.toLocaleString("en-US")} numbers`,
  });
}

/** Runs one of the scripts here on files, and adds a row with what it prints, or with the last line of its error. */
export function askAboutFiles(
  table: Table,
  { python, title }: PythonTool,
  script: string,
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
  row: { readonly machine: string; readonly query: string; readonly expected: string },
): void {
  for (const { path, content } of files) writeFileSync(path, content);
  const started = performance.now();
  const args = [join(SOURCES, script), ...files.map(({ path }) => path)];
  const { stdout, stderr } = spawnSync(python, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  table.add({
    ...row,
    tool: title,
    bytes: files.reduce((sum, { content }) => sum + content.length, 0),
    seconds: (performance.now() - started) / 1000,
    answer: stdout.trim() === "" ? (stderr.trim().split("\n").at(-1) ?? "") : stdout.trim(),
  });
}

/** The properties in VNN-LIB 2.0, read and typed; each falls into two cases, the output above and below. */
export function askVnnLib(table: Table, tool: PythonTool, one: Case, folder: string): void {
  for (const precision of ["float32", "float64"] as const) {
    const properties = vnnLibProperties(one.certificate, 2, precision);
    const files = properties.map(({ name, text }) => ({
      path: join(folder, `${one.name}-${name}.2.vnnlib`),
      content: text,
    }));
    const [n, assertions] = [properties.length, 19 * properties.length];
    askAboutFiles(table, tool, "check_vnnlib.py", files, {
      machine: one.name,
      query: `VNN-LIB 2.0, ${precision}`,
      expected: `read: ${n} properties, ${assertions} assertions, ${2 * n} cases`,
    });
  }
}

/** Every model in both precisions, unless it is refused. */
export function askOnnxChecker(table: Table, tool: PythonTool, one: Case, folder: string): void {
  const files = ONNX_KINDS.flatMap((kind) =>
    (["float32", "float64"] as const).map((precision) => ({
      path: join(folder, `${one.name}.${kind}.${precision}.onnx`),
      content: onnxModel(one.certificate, kind, precision),
    })),
  );
  askAboutFiles(table, tool, "check_onnx.py", files, {
    machine: one.name,
    query: "onnx.checker, shape inference",
    expected: `accepted: ${files.length} models`,
  });
}

/** Every property of the certified filter, then those that a mutant breaks. */
export function askMarabou(
  table: Table,
  { python, title }: PythonTool,
  one: Case,
  properties: readonly VnnProperty[],
  folder: string,
): void {
  const ask = (of: Case, asked: readonly VnnProperty[], query: string, expected: string): void => {
    const inside = join(folder, `marabou-${one.name}-${expected}`);
    mkdirSync(inside);
    const model = onnxModel(of.certificate, "patches", "float32");
    writeFileSync(join(inside, "model.onnx"), model);
    const files = asked.map(({ name, text }) => {
      const path = join(inside, `${name}.vnnlib`);
      writeFileSync(path, text);
      return path;
    });
    const started = performance.now();
    const args = ["-W", "ignore", join(SOURCES, "marabou.py"), join(inside, "model.onnx"), ...files];
    const { stdout, stderr } = spawnSync(python, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
    const answers = [...stdout.matchAll(/^answer: (\w+)$/gm)].map(([, answer]) => answer);
    const complete = answers.length === asked.length;
    table.add({
      machine: one.name,
      tool: title,
      query: `VNN-LIB, ${asked.length} ${query}`,
      bytes: asked.reduce((sum, { text }) => sum + text.length, model.length),
      seconds: (performance.now() - started) / 1000,
      answer: complete ? [...new Set(answers)].join(", ") : `failed: ${stderr.trim().split("\n").at(-1)}`,
      expected,
    });
  };
  ask(one, properties, "properties", "unsat");
  const wrong = mutant(one, "value");
  ask(wrong, brokenBy(wrong.exported.filter, properties), "of a mutant", "sat");
}
