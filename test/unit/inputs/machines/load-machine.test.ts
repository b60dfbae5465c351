import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { MAX_FILE_BYTES } from "../../../../inputs/input-limits.js";
import { galleryFolder, galleryNames, loadMachine } from "../../../../inputs/machines/load-machine.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "weightproof-load-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const SMALL = "{name: small, start: A, table: {A: {}}}";

describe("loadMachine", () => {
  it("should load a machine of the gallery by name", () => {
    expect(loadMachine("bb4").name).toBe("bb4");
    expect(loadMachine("langtons-ant").states).toEqual(["north", "east", "south", "west"]);
  });

  it("should load a bbchallenge text", () => {
    expect(loadMachine("1RB1LB_1LA1RZ").states).toEqual(["A", "B", "Z"]);
  });

  it("should load a file, whatever its ending, and a file that holds a bbchallenge text", () => {
    expect(loadMachine(file("small.yaml", SMALL)).name).toBe("small");
    expect(loadMachine(file("small.txt", `\uFEFF${SMALL}`)).name).toBe("small");
    expect(loadMachine(file("champion.txt", "1RB1LB_1LA1RZ\n")).name).toBe("1RB1LB_1LA1RZ");
    expect(loadMachine(file("bb5", SMALL)).name).toBe("small");
  });

  it("should prefer the gallery to a file of the same name, and a path to the gallery", () => {
    const before = process.cwd();
    file("bb2", SMALL);
    file("plain", SMALL);
    try {
      process.chdir(folder);
      expect(loadMachine("bb2").name).toBe("bb2");
      expect(loadMachine("./bb2").name).toBe("small");
      expect(loadMachine("plain").name).toBe("small");
    } finally {
      process.chdir(before);
    }
  });

  const failures: [string, () => string, RegExp][] = [
    [
      "a name near one of the gallery",
      () => "langton-ant",
      /^"langton-ant" is not a file, .* \(did you mean "langtons-ant"\?\); the gallery has bb2, /,
    ],
    [
      "a name unlike all",
      () => "quux",
      /^"quux" is not a file, a bbchallenge text, a turmite or a machine of the gallery; the gallery has bb2, .*turmite-32$/,
    ],
    ["nothing", () => "", /^"" is not a file/],
    ["a path that leaves the gallery", () => "../package", /^\.\.\/package: no such file$/],
    ["a prototype's property", () => "constructor", /^"constructor" is not a file/],
    [
      "a malformed bbchallenge text",
      () => "1RB1LB_1LA1XZ",
      /^machine text: row 2 \(state B\), symbol 1: expected the direction L or R/,
    ],
    ["a missing file", () => join(folder, "none.yaml"), /none\.yaml: no such file$/],
    ["a line break in the name", () => "a\nb.yaml", /^"a\\nb\.yaml": no such file$/],
    ["a folder", () => join(folder, "."), /: expected a file, got a directory$/],
    ["a file below a file", () => join(file("f.yaml", SMALL), "x.yaml"), /: no such file$/],
    ["a NUL byte in the name", () => "a\0.yaml", /^"a\\u0000\.yaml": not a file name$/],
    [
      "a binary file",
      () => file("b.yaml", new Uint8Array([0x89, 0x50, 0, 0, 1])),
      /b\.yaml: expected a text file, got a binary one$/,
    ],
    [
      "a file that is no UTF-8",
      () => file("l.yaml", new Uint8Array([0x6e, 0xe9, 0x0a])),
      /l\.yaml: expected UTF-8 text$/,
    ],
    [
      "a UTF-16 file",
      () => file("w.yaml", Buffer.from(`\uFEFF${SMALL}`, "utf16le")),
      /w\.yaml: expected a text file, got a binary one$/,
    ],
    ["an empty file", () => file("e.yaml", ""), /e\.yaml: expected a machine, got an empty file$/],
    [
      "a file that is too large",
      () => file("large.yaml", Buffer.alloc(MAX_FILE_BYTES + 1, 32)),
      /large\.yaml: expected at most 1048576 bytes, got more$/,
    ],
    ["a malformed file", () => file("m.yaml", "name: x\ntable: {}\n"), /m\.yaml:1:1: missing key "start"$/],
  ];

  it.each(failures)("should refuse %s in one line", (_, argument, message) => {
    const given = argument();
    expect(() => loadMachine(given)).toThrow(InputError);
    expect(() => loadMachine(given)).toThrow(message);
    expect(() => loadMachine(given)).toThrow(/^.*$/);
  });

  it("should refuse a symbolic link that leads to itself", () => {
    const link = join(folder, "loop.yaml");
    symlinkSync(link, link);
    expect(() => loadMachine(link)).toThrow(/loop\.yaml: too many symbolic links$/);
  });

  it("should read a file of just the largest size", () => {
    const path = file("full.yaml", SMALL.padEnd(MAX_FILE_BYTES, " "));
    expect(loadMachine(path).name).toBe("small");
  });
});

describe("galleryFolder", () => {
  it("should be found from the sources and from compiled files, past folders of the same name", () => {
    const root = join(folder, "package");
    for (const path of ["machines", "construction/machines", "dist/construction/machines"]) {
      mkdirSync(join(root, path), { recursive: true });
    }
    writeFileSync(join(root, "package.json"), "{}");
    const from = (path: string): string => galleryFolder(pathToFileURL(join(root, path)).href);
    expect(from("inputs/machines/load-machine.ts")).toBe(join(root, "machines"));
    expect(from("dist/construction/machines/load-machine.js")).toBe(join(root, "machines"));
  });

  it("should say so if there is none", () => {
    expect(() => galleryFolder("file:///nowhere/at/all.js")).toThrow("galleryFolder: expected a folder machines/");
  });
});

describe("galleryNames", () => {
  it("should be sorted and consist of names that need no quoting in a shell", () => {
    const names = galleryNames();
    expect(names).toEqual(names.toSorted());
    for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/);
  });
});
