/** The explorer, driven as a person would: clicks, keys, links, files. */
import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { close, ONE_FILE, open, ready, watchedPage } from "./browser.js";

const ROOT = join(import.meta.dirname, "../..");
let home = "";

beforeAll(async () => {
  home = await open();
});
afterAll(close);

const digestOf = (file: string): string =>
  createHash("sha256")
    .update(readFileSync(join(ROOT, file)))
    .digest("hex");

describe.each(["hosted", "one-file"])("the %s page", (kind) => {
  it("should prove bb4 with both checkers and give out the committed bytes", async () => {
    const { page, faults, requests } = await watchedPage(kind === "hosted" ? home : ONE_FILE);
    await ready(page);
    await page.getByRole("button", { name: "Prove this machine" }).click();
    await page.getByText("checker 2: accepted").waitFor();
    await page.getByText("58,931,198,861,568 patches").waitFor();
    await page.getByText("What was looked at, and the certificate").click();
    expect(await page.locator(".digest").textContent()).toBe(digestOf("certificates/bb4.json"));
    await page.getByText("These are the bytes of the committed certificate").waitFor();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download bb4.json" }).click();
    expect(readFileSync(await (await saved).path(), "utf8")).toBe(
      readFileSync(join(ROOT, "certificates/bb4.json"), "utf8"),
    );
    expect(faults).toEqual([]);
    const own = kind === "hosted" ? new URL(home).origin : "file:";
    expect(requests.filter((url) => !url.startsWith(own) && !/^(?:blob|data):/.test(url))).toEqual([]);
    await page.context().close();
  });
});

describe("the machine view", () => {
  it("should show a cell taken apart from a link, and walk back through the patches that made it", async () => {
    const { page, faults } = await watchedPage(`${home}#m=bb4&t=13&c=0,-1`);
    await page.getByRole("heading", { name: "Cell -1, layer 13" }).waitFor();
    await page.getByText("tm-1-head-here").first().waitFor();
    expect(await page.getByTestId("cell-value").textContent()).toBe("4/9, compute phase without a head, +");
    expect(await page.getByTestId("agrees").textContent()).toContain("the same: 4/9, and all nine derivatives");
    await page.getByRole("button", { name: /^centre: C on \+ 355\/729/ }).click();
    await page.getByRole("heading", { name: "Cell -1, layer 12" }).waitFor();
    await page.waitForURL(/t=12&c=0%2C-1/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("should say which patches a changed weight breaks, and take it back", async () => {
    const { page, faults } = await watchedPage(`${home}#m=bb4&t=13&c=0,-1`);
    await page.getByText("V4 summands of the new cell").click();
    const weight = page.getByRole("textbox", { name: /^Weight of V4/ }).first();
    await weight.fill("5");
    await weight.press("Enter");
    await page.getByText("The filter is wrong at this patch, among others").waitFor();
    await page.getByText(/Of the \d+ different patches in this run's first layers, \d+ break/).waitFor();
    await page
      .getByTestId("agrees")
      .getByText(/the network says .*, the definition 4\/9/)
      .waitFor();
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByTestId("agrees").getByText("the same: 4/9").waitFor();
    await weight.fill("0.5");
    await weight.press("Enter");
    await page.getByText("expected a fraction such as -3/2").waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("should do everything by keyboard", async () => {
    const { page, faults } = await watchedPage(home);
    await ready(page);
    const layer = page.getByRole("spinbutton", { name: "layer" });
    await page.keyboard.press("End");
    await expect.poll(() => layer.inputValue()).toBe("108");
    for (const key of ["Home", ".", ".", ".", ","]) await page.keyboard.press(key);
    await expect.poll(() => layer.inputValue()).toBe("2");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: "Cell 1, layer 2" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "Cell 1, layer 3" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Select one to see").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.type("40");
    await page.keyboard.press("Enter");
    await expect.poll(() => layer.inputValue()).toBe("40");
    await page.getByTestId("picture").focus();
    await page.keyboard.press(" ");
    await expect.poll(async () => Number(await layer.inputValue())).toBeGreaterThan(41);
    await page.keyboard.press(" ");
    await page.keyboard.press("p");
    await page.getByText("checker 2: accepted").waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("should mark the line of an error, and keep the last machine", async () => {
    const { page, faults } = await watchedPage(home);
    await ready(page);
    await page.getByText("Text: edit it").click();
    const area = page.getByRole("textbox", { name: "Text of the machine" });
    const text = await area.inputValue();
    await area.fill(text.replace("next: B", "next: Q"));
    const line = text.split("\n").findIndex((one) => one.includes("next: B")) + 1;
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/state "Q" is not declared/);
    expect(await page.locator(".lines .wrong").textContent()).toBe(String(line));
    expect(await page.getByTestId("run-state").textContent()).toContain("halted after 107 steps");
    await area.fill("1RB1LB_1LA1RZ");
    await page.getByText("halted after 6 steps").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await page.waitForURL(/x=1RB1LB_1LA1RZ/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it("should run a long machine, say how it is sampled, open any layer, and stop", async () => {
    const { page, faults } = await watchedPage(`${home}#m=bb5`);
    await ready(page);
    await page.getByRole("button", { name: "Run to the halt (47,176,870 steps)" }).click();
    await page.getByRole("button", { name: /^Stop at / }).click();
    const known = Number(
      (await page.getByTestId("run-state").textContent())?.match(/^[\d,]+/)?.[0].replaceAll(",", ""),
    );
    expect(known).toBeLessThan(47_176_871);
    await page.getByRole("button", { name: "Run to the halt" }).click();
    await page.getByText("halted after 47,176,870 steps").waitFor();
    expect(await page.getByTestId("sampling").textContent()).toMatch(
      /^one line every [\d,]+ layers; one pixel for \d+ cells/,
    );
    await page.getByRole("spinbutton", { name: "layer" }).fill("23456789");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Select the head" }).click();
    await page
      .getByTestId("agrees")
      .getByText(/^✓ the same/)
      .waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe("the view that checks files", () => {
  it("should decide certificates of every system, and reject forgeries with code, place and witness", async () => {
    const { page, faults, requests } = await watchedPage(`${home}#v=check`);
    const choose = async (file: string): Promise<void> => page.setInputFiles('input[type="file"]', join(ROOT, file));
    for (const file of [
      "certificates/bb2.json",
      "certificates/wei-chen-ma/c17.json",
      "certificates/wei-chen-ma/bb2.json",
      "corpus/rcnn/bases/learning.json",
    ]) {
      await choose(file);
      await page.getByText(digestOf(file)).waitFor();
      expect(await page.locator(".card .seal.accepted").count(), file).toBe(2);
    }
    await page.getByRole("button", { name: "Show me a forgery" }).click();
    await page.getByText("checker 1: rejected").waitFor();
    await page.getByText("The second checker gives the same code.").waitFor();
    await choose("README.md");
    await page.getByText("not a certificate of this format").waitFor();
    expect(await page.locator(".reason code").first().textContent()).toBe("not-json");
    expect(faults).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(new URL(home).origin))).toEqual([]);
    await page.context().close();
  });
});

describe("the view of learning", () => {
  it("should memorize parity, predict every point, and say what is wrong with data", async () => {
    const { page, faults } = await watchedPage(`${home}#v=learn`);
    await page.getByText("memorized: Lemmas 3 and 4 held after every step").waitFor();
    await page.getByText("every last grid is that of the machine's own run").waitFor();
    const rows = page.getByRole("region", { name: "Predictions" }).locator("tbody tr");
    const signs = await rows.evaluateAll((all) => all.map((row) => (row.textContent ?? "").match(/[+−]/g) ?? []));
    expect(signs).toHaveLength(8);
    for (const [a, b, c, prediction] of signs) {
      const minuses = [a, b, c].filter((sign) => sign === "−").length;
      expect(prediction).toBe(minuses % 2 === 1 ? "−" : "+");
    }
    await page.getByRole("textbox", { name: /^Examples/ }).fill("1,1,1\n1,2,1");
    await page.getByText('data:2: expected entries 1 and -1, got "2"').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe("the view of transformers", () => {
  it("should draw what each pass reads, and refuse machines that need more than one row", async () => {
    const { page, faults } = await watchedPage(`${home}#v=systems&m=bb3`);
    await page.locator(".drawing img").waitFor();
    await page.getByRole("combobox", { name: "Machine" }).selectOption("langtons-ant");
    await page.getByRole("alert").waitFor();
    expect(await page.locator(".drawing img").count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe("the audit", () => {
  it("should filter the claims of both papers, and replay a counterexample", async () => {
    const { page, faults } = await watchedPage(`${home}#v=audit`);
    await page.getByTestId("claims").getByText("of 153 claims").waitFor();
    await page.getByRole("combobox", { name: "Verdict" }).selectOption("all");
    await page.getByTestId("claims").getByText("153 of 153 claims").waitFor();
    await page.getByRole("combobox", { name: "Verdict" }).selectOption("holds as amended");
    const claim = page
      .locator(".claim")
      .filter({ has: page.getByText(/^Amendment/) })
      .first();
    await claim.locator("summary").click();
    await claim.getByRole("button", { name: "Replay its counterexample" }).first().click();
    await page.getByTestId("replay").getByText("Printed").waitFor();
    await page.getByRole("combobox", { name: "Paper" }).selectOption("wei-chen-ma");
    await page.getByTestId("claims").getByText("of 156 claims").waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
