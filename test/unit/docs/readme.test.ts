/** The commands of README.md do what it shows, and docs/commands.md lists every option. */
import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claimIds } from "../../../audit/audit.js";
import { RCNN_PAPER } from "../../../audit/rcnn/paper.js";
import { makeProgram } from "../../../cli/program.js";
import { SYSTEMS } from "../../../systems/index.js";
import { root, scratch } from "../cli/run-cli.js";

const read = (page: string): string => readFileSync(join(root, page), "utf8");

interface Shown {
  readonly command: string;
  /** Lines of output; three dots stand for anything. */
  readonly output: readonly string[];
}

/** The commands of the blocks of a page that show a terminal, each with what it prints. */
function shown(page: string): Shown[] {
  return [...read(page).matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = "", ...output] = text.trimEnd().split("\n");
        return { command, output };
      }),
  );
}

/** What the lines shown ask of the output: each as it is, in this order, with anything in the place of dots. */
function pattern(output: readonly string[]): RegExp {
  const escaped = (line: string): string =>
    line
      .split("...")
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("[^\\n]*");
  return new RegExp(
    `^${output.map((line) => (/^ *\.\.\.$/.test(line) ? "(?:[^\\n]*\\n)*?" : `${escaped(line)}\\n`)).join("")}`,
  );
}

describe("README.md", () => {
  const folder = scratch();
  symlinkSync(join(root, "examples"), join(folder, "examples"));
  const scripts = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;

  it.each(shown("README.md"))("should show what happens: $command", ({ command, output }) => {
    const [, npm] = /^npm (?:run )?([\w:-]+)$/.exec(command) ?? [];
    if (npm !== undefined) {
      expect(npm === "ci" || scripts[npm] !== undefined).toBe(true);
      return;
    }
    const [, words = ""] = /^(?:npx )?weightproof (.+)$/.exec(command) ?? [];
    if (words === "audit --check") {
      // The whole audit takes long, and has a test of its own.
      expect(output).toEqual([`accepted: all ${claimIds(RCNN_PAPER).length} verdicts follow from their evidence`]);
      return;
    }
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "dist/cli/main.js"), ...words.split(" ")],
      { cwd: folder, encoding: "utf8" },
    );
    expect(status).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(pattern(output));
  });

  it("should show certificates, checks, an audit and learning", () => {
    const verbs = shown("README.md").map(({ command }) => /weightproof (\w+)/.exec(command)?.[1]);
    expect(verbs).toEqual(expect.arrayContaining(["certify", "check", "audit", "learn"]));
  });

  it("should open with a picture that is there", () => {
    expect(read("README.md").split("\n").slice(0, 10).join("\n")).toMatch(/^!\[.+\]\(docs\/pictures\/[\w-]+\.svg\)$/m);
  });
});

describe("docs/commands.md", () => {
  const page = read("docs/commands.md");
  const described = [...page.matchAll(/^\| `weightproof ((?:audit (?:search|merge)\b)|[a-z]+)/gm)].map(
    ([, name = ""]) => name,
  );
  /** The options in the table's row of a command; several systems may share one. */
  const options = new Map(
    [...page.matchAll(/^\| ([a-z ]+?) +\| (`?-.*)\|$/gm)].map(([, name = "", cells = ""]) => [
      name,
      new Set([...cells.matchAll(/--[a-z]+(?:-[a-z]+)*/g)].map(([flag]) => flag)),
    ]),
  );
  const program = makeProgram(
    SYSTEMS,
    "0",
    () => {
      throw new Error("nothing is run");
    },
    () => undefined,
  );
  const commands = program.commands.flatMap((command) => [
    [command.name(), command] as const,
    ...command.commands.map((child) => [`${command.name()} ${child.name()}`, child] as const),
  ]);

  it("should have a row for every command, and one for its options", () => {
    expect(described.toSorted()).toEqual(commands.map(([name]) => name).toSorted());
    expect([...options.keys()].toSorted()).toEqual(commands.map(([name]) => name).toSorted());
  });

  it.each(commands)("should list the options of %s", (name, command) => {
    // Those of all commands about machines, and of all commands, are described above and below the tables.
    const flags = command.options.map(({ long }) => long ?? "");
    const own = flags.filter((flag) => !["--format", "--entry", "--system"].includes(flag));
    expect([...(options.get(name) ?? [])].toSorted()).toEqual(own.toSorted());
  });
});
