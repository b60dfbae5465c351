/**
 * The bit-exactness check on webgl, in a page of a headless Chromium: the page loads TensorFlow.js and the compiled engine
 * from a server of this test and posts its table back. Skipped, with the reason, where there is no Chromium.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { hypercube, type Example } from "../../inputs/examples/examples.js";
import { checkVectors, checkVectorsToJson } from "../../execution/tensors/check-vectors.js";
import { gradientRules, readCoreModule } from "../../execution/tensors/gradient-rules.js";
import type { CheckRow } from "../../execution/tensors/self-check.js";
import { FIRST_LITERAL } from "../unit/execution/learn/learners.js";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(import.meta.url);
const work = mkdtempSync(join(tmpdir(), "webgl-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const candidates = [process.env["CHROMIUM"], "chromium", "chromium-browser", "google-chrome"];
const chromium = candidates.find(
  (name) => name !== undefined && spawnSync(name, ["--version"], { encoding: "utf8" }).status === 0,
);

const examples: Example[] = [
  { x: [1, -1], y: -1 },
  { x: [-1, -1], y: 1 },
];
const common = { machine: FIRST_LITERAL, examples, points: hypercube(2), columns: 1, layers: 30, patches: 200 };

/** What the page sends back. */
interface Report {
  readonly backend: string;
  readonly rows: readonly CheckRow[];
  readonly error: string | null;
}

const PAGE = `<!doctype html><meta charset="utf-8">
<script src="/core.js"></script><script src="/webgl.js"></script><script src="/gradients.js"></script>
<script type="module">
import { selfCheck } from "/built/execution/tensors/self-check.js";
const report = { backend: "", rows: [], error: null };
try {
  if (!(await tf.setBackend("webgl"))) throw new Error("TensorFlow.js could not start webgl");
  await tf.ready();
  report.backend = tf.getBackend();
  for (const vectors of await (await fetch("/vectors.json")).json()) report.rows.push(...(await selfCheck(tf, vectors)));
} catch (error) {
  report.error = String(error);
}
await fetch("/report", { method: "POST", body: JSON.stringify(report) });
</script>`;

function serve(vectors: string, onReport: (report: Report) => void): Server {
  const script = (text: string): readonly [type: string, content: string] => ["text/javascript", text];
  const files: Readonly<Record<string, () => readonly [type: string, content: string]>> = {
    "/": () => ["text/html", PAGE],
    "/vectors.json": () => ["application/json", vectors],
    "/core.js": () => script(readFileSync(require.resolve("@tensorflow/tfjs-core/dist/tf-core.min.js"), "utf8")),
    "/webgl.js": () =>
      script(readFileSync(require.resolve("@tensorflow/tfjs-backend-webgl/dist/tf-backend-webgl.min.js"), "utf8")),
    // The page's core is another build of the same release, with the same exports.
    "/gradients.js": () =>
      script(`(${gradientRules(require("@tensorflow/tfjs-core") as object, readCoreModule)})(tf);`),
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    if (path === "/report") {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        response.end();
        onReport(JSON.parse(body) as Report);
      });
      return;
    }
    const isBuilt = path.startsWith("/built/") && extname(path) === ".js";
    const found = isBuilt ? script(readFileSync(join(work, path), "utf8")) : files[path]?.();
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": found[0] }).end(found[1]);
  };
  return createServer(answer).listen(0, "127.0.0.1");
}

describe("tensors on webgl, in a browser", () => {
  it("should give the integer engine's bits", async ({ skip }) => {
    if (chromium === undefined) return skip("no Chromium was found; name one in CHROMIUM");
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const built = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", join(work, "built")], {
      cwd: root,
      encoding: "utf8",
    });
    expect(built.stdout).toBe("");
    const vectors = (["dense", "taps"] as const).map((layout) =>
      checkVectorsToJson(checkVectors({ ...common, layout })),
    );
    let browser: ChildProcess | undefined;
    let server: Server | undefined;
    try {
      const report = await new Promise<Report>((done, fail) => {
        const listening = serve(`[${vectors.join()}]`, done);
        server = listening;
        listening.once("listening", () => {
          const { port } = listening.address() as AddressInfo;
          const flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu-sandbox",
            `--user-data-dir=${join(work, "profile")}`,
          ];
          browser = spawn(chromium, [...flags, `http://127.0.0.1:${port}/`], { stdio: "ignore" });
          browser.once("error", fail);
          browser.once("exit", (code) => fail(new Error(`Chromium ended with ${code}`)));
        });
      });
      expect(report.error).toBeNull();
      expect(report.backend).toBe("webgl");
      expect(report.rows).toHaveLength(12);
      for (const { check, compared, wrong, first } of report.rows) {
        expect({ check, wrong, first }).toEqual({ check, wrong: 0, first: null });
        expect(compared).toBeGreaterThan(0);
      }
    } finally {
      browser?.removeAllListeners("exit");
      browser?.kill("SIGKILL");
      server?.close();
      server?.closeAllConnections();
    }
  });
});
