/**
 * The TensorFlow.js backends of a Node process: which there are, which are here, and how to get the others.
 *
 * Everything is imported when it is asked for, never at start-up. `tensorflow` and `webgpu` come from packages that
 * this project does not install by itself (docs/backends.md says why); they are found where they are.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { registerGradientRules } from "./gradient-rules.js";
import type { Tf } from "./tensor-rcnn.js";

/** In the order of preference. */
export const BACKENDS = ["tensorflow", "webgpu", "wasm", "cpu"] as const;

/** The name of a TensorFlow.js backend that is used here. */
export type BackendName = (typeof BACKENDS)[number];

/** A backend that is ready for use; TensorFlow.js has been told to use it. */
export interface Backend {
  readonly name: BackendName;
  readonly tf: Tf;
  /** One line for people: versions, device. */
  readonly detail: string;
  /** Whether tensors live in this process's memory, so that reading them costs next to nothing. */
  readonly readsAreCheap: boolean;
  /** True for a GPU that is emulated by the processor. */
  readonly isSoftware: boolean;
}

/** A backend that cannot be used here; the message says why and what to do. */
export class BackendUnavailable extends Error {
  readonly backend: BackendName;
  constructor(backend: BackendName, reason: string) {
    super(`backend ${backend}: ${reason}`);
    this.name = "BackendUnavailable";
    this.backend = backend;
  }
}

/** Names of the packages that are looked for and never required; see docs/backends.md. */
const TFJS_NODE_PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;
const WEBGPU_PACKAGE = "webgpu";
const WEBGPU_BACKEND_PACKAGE = "@tensorflow/tfjs-backend-webgpu";
/** A folder with a build of tfjs-node outside node_modules, such as scripts/build-tfjs-node.mjs makes. */
export const TFJS_NODE_VARIABLE = "WEIGHTPROOF_TFJS_NODE";

/** Commands that install a missing backend. */
export const REMEDIES: Readonly<Record<BackendName, string>> = {
  tensorflow: `npm install @tensorflow/tfjs-node@4.22.0 (downloads libtensorflow), or build it with scripts/build-tfjs-node.mjs and name the folder in ${TFJS_NODE_VARIABLE}`,
  webgpu:
    "npm install webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0; without a GPU, name a software Vulkan driver in VK_DRIVER_FILES",
  wasm: "npm install @tensorflow/tfjs-backend-wasm@4.22.0",
  cpu: "npm install @tensorflow/tfjs-backend-cpu@4.22.0",
};

/**
 * Loads a backend and makes it current.
 *
 * @throws {BackendUnavailable} if it cannot be used here
 */
export async function loadBackend(name: BackendName): Promise<Backend> {
  try {
    if (name === "tensorflow") return await loadTensorflow();
    if (name === "webgpu") return await loadWebgpu();
    return await loadPortable(name);
  } catch (error) {
    if (error instanceof BackendUnavailable) throw error;
    throw new BackendUnavailable(name, `it failed to start (${firstLine(error)}). To get it: ${REMEDIES[name]}`);
  }
}

/**
 * Loads the best backend that is here: tensorflow, a hardware webgpu, wasm, cpu. An emulated GPU is never chosen.
 *
 * @throws {BackendUnavailable} if not even cpu can be loaded
 */
export async function loadBestBackend(): Promise<Backend> {
  for (const name of BACKENDS.slice(0, -1)) {
    try {
      const backend = await loadBackend(name);
      if (!backend.isSoftware) return backend;
    } catch (error) {
      if (!(error instanceof BackendUnavailable)) throw error;
    }
  }
  return loadBackend("cpu");
}

let portable: Promise<Tf> | undefined;

/** The core with its gradient rules; it has no backend yet. */
async function core(): Promise<Tf> {
  portable ??= import("@tensorflow/tfjs-core").then((module) => {
    const tf = namespaceOf(module);
    registerGradientRules(tf);
    // Before the first tensor: it silences a banner on stderr that recommends tfjs-node.
    tf.enableProdMode();
    return tf;
  });
  return portable;
}

async function loadPortable(name: "wasm" | "cpu"): Promise<Backend> {
  const tf = await core();
  let features = "";
  if (name === "wasm") {
    const listeners = processListeners();
    await import("@tensorflow/tfjs-backend-wasm");
    await use(tf, name);
    // The wasm runtime installs handlers that rethrow what they catch; errors are this program's business.
    removeNewListeners(listeners);
    features = (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) === true ? ", SIMD" : ", no SIMD";
  } else {
    await import("@tensorflow/tfjs-backend-cpu");
    await use(tf, name);
  }
  const detail = `TensorFlow.js ${tf.version_core}, ${name}${features}`;
  return { name, tf, detail, readsAreCheap: true, isSoftware: false };
}

async function loadTensorflow(): Promise<Backend> {
  // Reduced-precision and transformed convolutions would round; libtensorflow reads these when it starts.
  process.env["NVIDIA_TF32_OVERRIDE"] ??= "0";
  process.env["TF_ENABLE_WINOGRAD_NONFUSED"] ??= "0";
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  const failures: string[] = [];
  const folder = process.env[TFJS_NODE_VARIABLE];
  for (const specifier of folder === undefined ? TFJS_NODE_PACKAGES : [folder]) {
    try {
      const tf = namespaceOf(await importFrom(specifier));
      tf.enableProdMode();
      await use(tf, "tensorflow");
      const { binding, isUsingGpuDevice } = tf.backend() as unknown as {
        binding: { TF_Version?: string };
        isUsingGpuDevice: boolean;
      };
      const version = binding.TF_Version === undefined ? "" : `, libtensorflow ${binding.TF_Version}`;
      const detail = `TensorFlow.js ${tf.version_core}${version}, ${isUsingGpuDevice ? "GPU" : "CPU"}`;
      return { name: "tensorflow", tf, detail, readsAreCheap: !isUsingGpuDevice, isSoftware: false };
    } catch (error) {
      failures.push(`${specifier}: ${firstLine(error)}`);
    }
  }
  throw new BackendUnavailable(
    "tensorflow",
    `not installed (${failures.join("; ")}). To get it: ${REMEDIES.tensorflow}`,
  );
}

async function loadWebgpu(): Promise<Backend> {
  let dawn: { create: (flags: string[]) => GpuLike; globals: object };
  try {
    dawn = (await importFrom(WEBGPU_PACKAGE)) as typeof dawn;
  } catch (error) {
    throw new BackendUnavailable("webgpu", `not installed (${firstLine(error)}). To get it: ${REMEDIES.webgpu}`);
  }
  gpu ??= dawn.create([]);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) {
    // The next attempt looks for drivers again.
    gpu = undefined;
    throw new BackendUnavailable("webgpu", `no GPU was found. ${REMEDIES.webgpu}`);
  }
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis, "navigator", { value: { gpu, userAgent: "node" }, configurable: true });
  const tf = await core();
  // The package registers its backend only if navigator.gpu exists while it is imported.
  await importFrom(WEBGPU_BACKEND_PACKAGE);
  if (tf.findBackendFactory("webgpu") === null || tf.findBackendFactory("webgpu") === undefined) {
    const reason = `${WEBGPU_BACKEND_PACKAGE} uses another copy of TensorFlow.js; install it beside this package`;
    throw new BackendUnavailable("webgpu", `${reason}: ${REMEDIES.webgpu}`);
  }
  await use(tf, "webgpu");
  const { vendor, architecture, device, description } = adapter.info;
  const name = [vendor, architecture, device, description].filter((part) => part !== "").join(" ");
  const detail = `TensorFlow.js ${tf.version_core}, webgpu on ${name}`;
  const isSoftware = /swiftshader|llvmpipe|lavapipe|software/i.test(name);
  return { name: "webgpu", tf, detail, readsAreCheap: false, isSoftware };
}

interface GpuLike {
  requestAdapter(): Promise<{
    info: { vendor: string; architecture: string; device: string; description: string };
  } | null>;
}

/** Dawn's instance; it must outlive every device. */
let gpu: GpuLike | undefined;

async function use(tf: Tf, name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js could not start its ${name} backend`);
  await tf.ready();
}

/** Imports a package or folder that may not be there: from this project, else from the current directory. */
async function importFrom(specifier: string): Promise<unknown> {
  const require = createRequire(import.meta.url);
  let path: string;
  try {
    path = require.resolve(specifier);
  } catch (error) {
    try {
      path = createRequire(join(process.cwd(), "package.json")).resolve(specifier);
    } catch {
      throw error;
    }
  }
  const module = (await import(pathToFileURL(path).href)) as unknown;
  return namespaceOf(module);
}

/** The exports of a CommonJS module, which Node may wrap into a default export. */
function namespaceOf(module: unknown): Tf {
  return ((module as { default?: unknown }).default ?? module) as Tf;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] as string;
}

const RETHROWN = ["uncaughtException", "unhandledRejection"] as const;

function processListeners(): Set<unknown> {
  return new Set(RETHROWN.flatMap((event) => process.listeners(event as "uncaughtException") as unknown[]));
}

function removeNewListeners(before: ReadonlySet<unknown>): void {
  for (const event of RETHROWN) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before.has(listener)) process.removeListener(event, listener);
    }
  }
}
