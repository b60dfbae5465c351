/** A browser and the page that was built, for the tests. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";

const SITE = join(import.meta.dirname, "..");

/** The page in one file, as it opens from a disk. */
export const ONE_FILE: string = pathToFileURL(join(SITE, "dist/one-file/weightproof.html")).href;

let browser: Browser | undefined;
let server: PreviewServer | undefined;

/** Starts both; returns the address of the hosted page. */
export async function open(): Promise<string> {
  browser = await chromium.launch({
    ...(process.env["CHROMIUM"] === undefined ? {} : { executablePath: process.env["CHROMIUM"] }),
    // Without it Chromium does not start as root, as in a container.
    args: ["--no-sandbox"],
  });
  server = await preview({
    configFile: join(SITE, "vite.config.ts"),
    preview: { port: 4173, strictPort: false },
    logLevel: "error",
  });
  return server.resolvedUrls?.local[0] as string;
}

/** Ends both. */
export async function close(): Promise<void> {
  await browser?.close();
  await server?.close();
}

/** A page that fails the test on any error, any message of the policy, and any request to elsewhere. */
export interface WatchedPage {
  readonly page: Page;
  /** What went wrong so far. */
  readonly faults: string[];
  /** Every address that was asked for. */
  readonly requests: string[];
}

/** Opens a page. */
export async function watchedPage(address: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await (browser as Browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const [faults, requests]: [string[], string[]] = [[], []];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  return { page, faults, requests };
}

/** Waits until the machine has been run. */
export async function ready(page: Page): Promise<void> {
  await page.getByTestId("run-state").waitFor();
}
