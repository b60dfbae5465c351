/**
 * Builds the explorer: `vite build` into dist/hosted (a page with its files beside it), `vite build --mode one-file` into
 * dist/one-file (all in one HTML file, which opens from a disk). Neither page may load anything from elsewhere or make
 * code from text; the policy that says so is written into the page.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const ROOT = import.meta.dirname;
const SERVICE_WORKER = "service-worker.js";

export default defineConfig(({ mode }) => {
  const isOneFile = mode === "one-file";
  return {
    root: ROOT,
    base: "./",
    publicDir: false as const,
    define: { __ONE_FILE__: JSON.stringify(isOneFile), __CERTIFICATES__: JSON.stringify(committedDigests()) },
    resolve: {
      // A page from a disk may start no worker from another file.
      alias: isOneFile
        ? [{ find: /^.*\/start-worker\.js$/, replacement: join(ROOT, "workers/start-inline-worker.ts") }]
        : [],
    },
    build: {
      outDir: join("dist", isOneFile ? "one-file" : "hosted"),
      emptyOutDir: true,
      target: "es2023",
      modulePreload: false as const,
      assetsInlineLimit: 0,
      ...(isOneFile ? { rolldownOptions: { output: { codeSplitting: false } } } : {}),
    },
    worker: isOneFile
      ? { format: "iife" as const, rolldownOptions: { output: { codeSplitting: false } } }
      : { format: "es" as const },
    plugins: [isOneFile ? oneFile() : hosted()],
  };
});

/** SHA-256 of the certificates that are committed, by the name of their machine. */
function committedDigests(): Record<string, string> {
  const folder = join(ROOT, "../certificates");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    files.map((name) => {
      const digest = createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex");
      return [basename(name, ".json"), digest];
    }),
  );
}

/** The policy of the hosted page, and the service worker that keeps its files. */
function hosted(): Plugin {
  return {
    name: "hosted",
    enforce: "post",
    transformIndexHtml: (html) => withPolicy(html, "'self'", "'self'", "'self'"),
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => name !== SERVICE_WORKER);
      const contents = files.map((name) => {
        const file = bundle[name];
        return file?.type === "chunk" ? file.code : (file?.source ?? "");
      });
      const version = contents.reduce((hash, content) => hash.update(content), createHash("sha256")).digest("hex");
      const source = readFileSync(join(ROOT, "offline", SERVICE_WORKER), "utf8")
        .replace("__VERSION__", version.slice(0, 16))
        .replace("__FILES__", JSON.stringify(["./", ...files]));
      this.emitFile({ type: "asset", fileName: SERVICE_WORKER, source });
    },
  };
}

/** Script and style written into the page, named by their digests in its policy. */
function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_, bundle) {
      let script = "";
      let style = "";
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === "chunk") script += file.code;
        else if (name.endsWith(".css")) style += String(file.source);
        else continue;
        delete bundle[name];
      }
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("one-file: expected index.html");
      // A browser ends a script at this text wherever it is.
      script = script.replaceAll("</script", "<\\/script");
      const html = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>/, () => `<script type="module">${script}</script>`)
        .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`);
      if (/<(?:script|link)[^>]*(?:src|href)="\.\//.test(html)) throw new Error("one-file: a file is left outside");
      page.source = withPolicy(html, digestOf(script), digestOf(style), "blob:");
      page.fileName = "weightproof.html";
    },
  };
}

function digestOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The page with its Content-Security-Policy as the first thing that it says. */
function withPolicy(html: string, script: string, style: string, worker: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${script}${worker === "blob:" ? " blob:" : ""}`,
    `style-src ${style}`,
    "img-src 'self' data: blob:",
    `worker-src ${worker}`,
    `connect-src ${worker === "blob:" ? "'none'" : "'self'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`);
}
