import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onnxModel } from "../../../exports/rcnn/onnx.js";
import { npzArchive } from "../../../exports/rcnn/npz.js";
import { galleryCertificate } from "../exports/samples.js";
import { jsonOf, root, scratch, weightproofHere } from "./run-cli.js";

const BB2 = join(root, "certificates/bb2.json");

describe("weightproof export", () => {
  it("should write ONNX models, one for each use, and list them", async () => {
    const out = join(scratch(), "made", "here");
    const { status, stdout, stderr } = await weightproofHere(
      "export",
      BB2,
      "--to",
      "onnx",
      "--precision",
      "float64",
      "--out",
      out,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readdirSync(out).sort()).toEqual(
      ["conv", "gradient", "layer", "patches"].map((kind) => `bb2.${kind}.float64.onnx`),
    );
    const model = readFileSync(join(out, "bb2.gradient.float64.onnx"));
    expect(model.equals(onnxModel(galleryCertificate("bb2"), "gradient", "float64"))).toBe(true);
    expect(stdout).toMatch(
      /^accepted: .*bb2\.json: bb2; written to .*\n {2}bb2\.patches\.float64\.onnx +[\d,]+ bytes\n/,
    );
  });

  it("should write an archive for NumPy, and print JSON where asked to", async () => {
    const out = scratch();
    const listed = jsonOf(await weightproofHere("export", BB2, "--to", "npz", "--out", out, "--json"));
    const archive = readFileSync(join(out, "bb2.npz"));
    expect(archive.equals(npzArchive(galleryCertificate("bb2")))).toBe(true);
    expect(listed).toEqual({
      verdict: "accepted",
      name: "bb2",
      files: [{ path: "bb2.npz", bytes: archive.length }],
      leftOut: [],
    });
  });

  it("should export nothing of a certificate that is rejected", async () => {
    const folder = scratch();
    const forged = join(folder, "forged.json");
    writeFileSync(forged, readFileSync(BB2, "utf8").replace('[8, "4"]', '[8, "5"]'));
    const out = join(folder, "out");
    const { status, stdout } = await weightproofHere("export", forged, "--to", "npz", "--out", out);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^rejected: .*forged\.json: digest at digests\.filter: /);
    expect(existsSync(out)).toBe(false);
  });

  it("should read a certificate's bytes as check does: a byte order mark is too much", async () => {
    const marked = join(scratch(), "marked.json");
    writeFileSync(marked, `\ufeff${readFileSync(BB2, "utf8")}`);
    const { status, stdout } = await weightproofHere("export", marked, "--to", "npz", "--out", scratch());
    expect(status).toBe(1);
    expect(stdout).toBe((await weightproofHere("check", marked)).stdout);
  });

  const folder = scratch();
  const file = join(folder, "file");
  writeFileSync(file, "");
  mkdirSync(join(folder, "taken", "bb2.npz"), { recursive: true });
  const learning = join(folder, "learning.json");
  writeFileSync(learning, '{"format":"weightproof-certificate","version":1,"system":"rcnn","statement":"learning"}');

  const bad: readonly (readonly [name: string, args: readonly string[], message: RegExp])[] = [
    ["no format", [BB2, "--out", folder], /--to/],
    ["no folder", [BB2, "--to", "npz"], /--out/],
    ["an unknown format", [BB2, "--to", "hdf5", "--out", folder], /smt-lib, onnx, vnn-lib, vnn-lib-2, npz/],
    ["an unknown precision", [BB2, "--to", "onnx", "--out", folder, "--precision", "float16"], /float32, float64/],
    ["a missing certificate", [file.replace("file", "none.json"), "--to", "npz", "--out", folder], /none\.json: /],
    ["a file in place of the folder", [BB2, "--to", "npz", "--out", join(file, "x")], /cannot be created \(ENOTDIR\)/],
    [
      "a folder in place of a file",
      [BB2, "--to", "npz", "--out", join(folder, "taken")],
      /cannot be written \(EISDIR\)/,
    ],
    [
      "a learning run",
      [learning, "--to", "npz", "--out", folder],
      /only filters can be exported, and this is the certificate of a learning run/,
    ],
  ];

  it.each(bad)("should answer %s on stderr with exit code 2 and no stack trace", async (_, args, message) => {
    const { status, stdout, stderr } = await weightproofHere("export", ...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toContain("internal error");
  });
});
