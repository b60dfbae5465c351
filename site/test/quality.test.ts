/** What a page has to be beside right: usable by all, small, offline, as wide as any screen. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { close, ONE_FILE, open, ready, watchedPage, type WatchedPage } from "./browser.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DIST = join(import.meta.dirname, "../dist");
let home = "";

beforeAll(async () => {
  home = await open();
});
afterAll(close);

/** What axe-core finds, each as its rule and the first element. */
async function findings({ page }: WatchedPage): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  });
}

const VIEWS = [
  ["a machine", "#m=bb4"],
  ["a cell", "#m=bb4&t=13&c=0,-1"],
  ["a grid", "#m=langtons-ant&t=500&c=1,1"],
  ["a file", "#v=check"],
  ["learning", "#v=learn"],
  ["a transformer", "#v=systems"],
  ["the audit", "#v=audit"],
] as const;

describe.each(VIEWS)("the view of %s", (_, hash) => {
  it.each(["light", "dark"] as const)(
    "should be usable by all, %s, and need no scrolling to the side from 360 to 2,560 pixels",
    async (colorScheme) => {
      const watched = await watchedPage(home + hash, { colorScheme, bypassCSP: true });
      const { page } = watched;
      if (!hash.includes("v=")) await ready(page);
      if (/learn|systems/.test(hash)) await page.locator(".drawing img").waitFor();
      if (hash.includes("audit")) await page.locator(".claim").first().waitFor();
      if (hash.includes("c=")) await page.getByTestId("agrees").waitFor();
      // Of many that are alike, the first few.
      for (const summary of (await page.locator("summary:visible").all()).slice(0, 12)) await summary.click();
      expect(await findings(watched)).toEqual([]);
      for (const width of [360, 400, 760, 1180, 1900, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(beyond, `${width} pixels`).toBeLessThanOrEqual(0);
      }
      await page.context().close();
    },
  );
});

describe("what is loaded", () => {
  it("should be at most 250 KB with gzip before a machine runs, and the page in one file at most 400", async () => {
    const { page, requests } = await watchedPage(home, { serviceWorkers: "block" });
    await ready(page);
    const files = requests.map((url) => new URL(url).pathname).filter((path) => path !== "/");
    expect(files.length).toBeGreaterThan(3);
    const sizes = ["/index.html", ...files].map(
      (path) => gzipSync(readFileSync(join(DIST, "hosted", path)), { level: 9 }).length,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(250_000);
    expect(gzipSync(readFileSync(new URL(ONE_FILE)), { level: 9 }).length).toBeLessThanOrEqual(400_000);
    await page.context().close();
  });

  it("should work without a network after the first visit", async () => {
    const { page, faults } = await watchedPage(home);
    await ready(page);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await page.context().setOffline(true);
    await page.reload();
    await ready(page);
    await page.getByRole("button", { name: "Prove this machine" }).click();
    await page.getByText("checker 2: accepted").waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("should name no other origin, and no code from text", () => {
    for (const kind of ["hosted/index.html", "one-file/weightproof.html"]) {
      const page = readFileSync(join(DIST, kind), "utf8");
      const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
      expect(policy).toMatch(/^default-src 'none'; script-src /);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    }
    expect(readdirSync(join(DIST, "one-file"))).toEqual(["weightproof.html"]);
  });
});
