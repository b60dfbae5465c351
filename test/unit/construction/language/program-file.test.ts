import { describe, expect, it } from "vitest";
import { compileProgram } from "../../../../construction/language/compile.js";
import { placeOfState, readListing, writeProgramFile } from "../../../../construction/language/program-file.js";
import {
  loop,
  leave,
  onSymbol,
  program,
  remember,
  right,
  signRegister,
  write,
} from "../../../../construction/language/statement.js";
import { readMachine } from "../../../../inputs/machines/read-machine.js";

const sign = signRegister("sign");
const compiled = compileProgram(
  program(
    "carry",
    "Carries a sign to the right",
    remember(sign),
    right,
    loop("on", onSymbol({ blank: leave("on") }), right),
    write(sign),
  ),
);
const file = writeProgramFile(compiled, "here");

describe("writeProgramFile", () => {
  it("should write a machine file with the listing as comments", () => {
    expect(file.split("\n").slice(0, 5)).toEqual([
      "# Compiled from here; a state is called LABEL.LINE after the line it comes from.",
      "#",
      "# 1 | program carry",
      "# 2 |   remember sign",
      "# 3 |   right",
    ]);
    const { machine } = compiled;
    expect(readMachine(file, "carry.yaml")).toEqual({ ...machine, notes: { about: machine.notes.about } });
  });

  it("should let the listing be read back, and each state lead to its line", () => {
    expect(readListing(file)).toEqual(compiled.listing);
    for (const [state, origins] of compiled.origins) {
      expect(placeOfState(state)).toEqual({ label: origins[0]?.labels.at(-1), line: origins[0]?.line });
    }
  });

  it("should find no listing and no places in other files and names", () => {
    expect(readListing("# a comment\nname: a\n")).toEqual([]);
    for (const name of ["A", "right-mark", "a.", "a.0", "a.1x", ".1", "1.1", "q 1.2"])
      expect(placeOfState(name)).toBe(undefined);
    expect(placeOfState("a-b.12.3")).toEqual({ label: "a-b", line: 12 });
    expect(placeOfState("a.7 sign -1")).toEqual({ label: "a", line: 7 });
  });
});
