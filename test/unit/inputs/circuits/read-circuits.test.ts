import { describe, expect, it } from "vitest";
import {
  MAX_CIRCUIT_GATES,
  MAX_CIRCUIT_INPUTS,
  MAX_CIRCUIT_OUTPUTS,
  MAX_SIGNAL_NAME,
} from "../../../../inputs/circuits/circuit-limits.js";
import { readAiger } from "../../../../inputs/circuits/read-aiger.js";
import { readBench } from "../../../../inputs/circuits/read-bench.js";
import { readBlif } from "../../../../inputs/circuits/read-blif.js";
import { readCnf } from "../../../../inputs/circuits/read-cnf.js";
import { writeAsciiAiger, writeBinaryAiger } from "../../../../exports/aiger/write-aiger.js";
import { evaluateGraph, graphFault, type AndInverterGraph } from "../../../../spec/circuits/and-inverter-graph.js";

/** The outputs at all inputs, the first input changing fastest. */
function tableOf(graph: AndInverterGraph): string[] {
  expect(graphFault(graph)).toBeUndefined();
  return Array.from({ length: 2 ** graph.inputs.length }, (_, x) =>
    evaluateGraph(
      graph,
      graph.inputs.map((_name, i) => ((x >> i) & 1) === 1),
    )
      .map(Number)
      .join(""),
  );
}

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect((error as Error).name).toBe("InputError");
    return (error as Error).message;
  }
  return "no error";
}

const aiger = (text: string | Uint8Array): AndInverterGraph =>
  readAiger(typeof text === "string" ? Buffer.from(text) : text, "f");
const hex = (head: string, bytes: string, tail = ""): Uint8Array =>
  Buffer.concat([Buffer.from(head), Buffer.from(bytes, "hex"), Buffer.from(tail)]);

describe("AIGER", () => {
  it("should read gates in any order, gaps between variables, symbols and comments", () => {
    // o = NOT(a AND NOT b), with gate 12 written before gate 8, which it reads.
    const graph = aiger("aag 7 2 0 3 2\n2\n6\n13\n0\n3\n12 8 1\n8 7 2\ni0 a\ni1 b\no2 not a\nc\nanything\n");
    expect(graph.inputs).toEqual(["a", "b"]);
    expect(graph.outputs.map(({ name }) => name)).toEqual(["o0", "o1", "not a"]);
    expect(tableOf(graph)).toEqual(["101", "000", "101", "100"]);
  });

  it("should read the binary format, deltas of several bytes included", () => {
    const graph = aiger(hex("aig 3 2 0 1 1\n6\n", "0202"));
    expect(graph).toEqual({ inputs: ["i0", "i1"], ands: [[4, 2]], outputs: [{ name: "o0", literal: 6 }] });
    const inputs = Array.from({ length: 200 }, (_, i) => `x${i}`);
    const wide: AndInverterGraph = {
      inputs,
      ands: [
        [3, 2],
        [402, 5],
      ],
      outputs: [{ name: "o", literal: 405 }],
    };
    expect(aiger(writeBinaryAiger(wide))).toEqual(wide);
    expect(aiger(writeAsciiAiger(wide))).toEqual(wide);
  });

  it("should take outputs that are constant, repeated, or inputs", () => {
    expect(tableOf(aiger("aag 1 1 0 4 0\n2\n0\n1\n2\n2\n"))).toEqual(["0100", "0111"]);
  });

  it("should read a chain of 200,000 gates", () => {
    const count = 200_000;
    const lines = Array.from({ length: count }, (_, i) => `${2 * (count - i + 1)} ${2 * (count - i)} 2`);
    const graph = aiger(`aag ${count + 1} 1 0 1 ${count}\n2\n${2 * (count + 1)}\n${lines.join("\n")}\n`);
    expect(graph.ands.length).toBe(count);
    expect(graph.ands[count - 1]).toEqual([2 * count, 2]);
  });

  it.each([
    ["", "f:1: expected a header, got the end of the file"],
    ["agg 1 1 0 1 0\n", 'f:1: expected "aag" or "aig", got "agg 1 1 0 1 0"'],
    ["aag 1 1 0 1\n", 'f:1: expected five counts M I L O A, got "aag 1 1 0 1"'],
    ["aag 1 1 0 1 -1\n", "f:1: expected five counts"],
    ["aag 01 1 0 1 0\n", "f:1: expected five counts"],
    ["aag 1 1 3 1 0\n", "f:1: expected a combinational circuit, got 3 latches"],
    ["aag 1 1 0 1 0 1\n", "f:1: expected no properties"],
    [`aag 100000 ${MAX_CIRCUIT_INPUTS + 1} 0 1 0\n`, `f:1: expected at most ${MAX_CIRCUIT_INPUTS} inputs`],
    [`aag 1 1 0 ${MAX_CIRCUIT_OUTPUTS + 1} 0\n`, `f:1: expected at most ${MAX_CIRCUIT_OUTPUTS} outputs`],
    ["aag 1000000001 1 0 1 1000000000\n", `f:1: expected at most ${MAX_CIRCUIT_GATES} gates, got 1000000000`],
    ["aag 1000001 1 0 1 1000000\n2\n2\n", "f:1: expected no more gates and outputs than 30 bytes can hold"],
    ["aig 1000001 1 0 1 1000000\n2\n", "f:1: expected no more gates and outputs than"],
    ["aag 1 1 0 1 1\n2\n2\n4 2 2\n", "f:1: expected M >= I + A = 2, got 1"],
    ["aig 3 1 0 1 1\n2\n....", "f:1: expected M = I + A = 2, got 3"],
    ["aag 1 1 0 0 0\n2\n", "f:1: expected at least one output"],
    ["aag 1 1 0 1 0\n2\n", "f:3: expected the literal of an output, got the end of the file"],
    ["aag 1 1 0 1 0\n3\n2\n", "f:2: expected an even literal from 2 on for what is defined here, got 3"],
    ["aag 1 1 0 1 0\n0\n2\n", "f:2: expected an even literal from 2 on"],
    ["aag 1 1 0 1 0\n2\n4\n", "f:3: expected a literal up to 2 M + 1 = 3, got 4"],
    ["aag 2 2 0 1 0\n2\n2\n2\n", "f:3: literal 2: expected one definition, got another on line 2"],
    ["aag 2 1 0 1 1\n2\n4\n2 2 2\n", "f:4: literal 2: expected one definition, got another on line 2"],
    ["aag 2 1 0 1 1\n2\n4\n4 2\n", 'f:4: expected the three literals of a gate, got "4 2"'],
    ["aag 2 1 0 1 1\n2\n4\n4 2 x\n", "f:4: expected the three literals"],
    ["aag 2 1 0 1 1\n2\n4\n4 4 2\n", "f:4: gate 4: expected no cycle, but it depends on itself"],
    ["aag 3 1 0 1 2\n2\n4\n4 6 2\n6 4 2\n", "f:5: gate 6: expected no cycle"],
    ["aag 3 1 0 1 1\n2\n4\n4 6 2\n", "f:4: gate 4: literal 6 is not defined"],
    ["aag 3 1 0 2 1\n2\n4\n6\n4 2 2\n", "f:4: output 1: literal 6 is not defined"],
    ["aag 1 1 0 1 0\n2\n2\nx0 a\n", 'f:4: expected a symbol such as "i0 name"'],
    ["aag 1 1 0 1 0\n2\n2\ni1 a\n", 'f:4: expected a number below 1 in "i1 a"'],
    ["aag 1 1 0 1 0\n2\n2\ni0 a\ni0 b\n", "f:5: expected one symbol for i0"],
    ["aag 2 2 0 1 0\n2\n4\n2\ni0 i1\n", "expected each name of an input once"],
    [`aag 1 1 0 1 0\n2\n2\ni0 ${"a".repeat(MAX_SIGNAL_NAME + 1)}\n`, "f:4: expected a name of one line"],
    [hex("aig 2 1 0 1 1\n4\n", "82"), "f: byte 17: expected another byte of a gate, got the end of the file"],
    [hex("aig 2 1 0 1 1\n4\n", "ffffffffff01"), "expected a number of at most five bytes"],
    [hex("aig 2 1 0 1 1\n4\n", "0002"), "gate 0: expected literals below 4, got 4 and 2"],
    [hex("aig 2 1 0 1 1\n4\n", "0303"), "gate 0: expected literals below 4, got 1 and -2"],
    [hex("aig 2 1 0 1 1\n4\n", "0500"), "gate 0: expected literals below 4, got -1 and -1"],
    [hex("aig 2 1 0 1 1\n4\n", "0202", "zz"), "expected a symbol"],
  ])("should refuse %j", (text, message) => {
    expect(messageOf(() => aiger(text))).toContain(message);
  });
});

describe("BENCH", () => {
  it("should read every gate, in any order and any case", () => {
    const gates = ["AND", "NAND", "OR", "NOR", "XOR", "XNOR"];
    const text = `# comment\nOUTPUT(n)\n${gates.map((g) => `OUTPUT(${g})\n${g} = ${g.toLowerCase()}(a, b) # end\n`).join("")}
      OUTPUT(B)\nB = BUFF(a)\nn = not(b)\nINPUT(a)\ninput( b )\nOUTPUT(one)\none = vdd\nOUTPUT(zero)\nzero=gnd\n`;
    const graph = readBench(text, "f");
    expect(graph.outputs.map(({ name }) => name)).toEqual(["n", ...gates, "B", "one", "zero"]);
    const expected = [0, 1, 2, 3].map((x) => {
      const [a, b] = [x & 1, x >> 1];
      return [1 - b, a & b, 1 - (a & b), a | b, 1 - (a | b), a ^ b, 1 - (a ^ b), a, 1, 0].join("");
    });
    expect(tableOf(graph)).toEqual(expected);
    const three = readBench("INPUT(a)\nINPUT(b)\nINPUT(c)\nOUTPUT(o)\no = XOR(a, b, c)\n", "f");
    expect(tableOf(three)).toEqual(["0", "1", "1", "0", "1", "0", "0", "1"]);
  });

  it.each([
    ["INPUT(a)\n", "f: expected at least one output"],
    ["INPUT(a)\nOUTPUT(o)\no = NAND(a, b)\n", 'f:3: signal "b" is not defined'],
    ["INPUT(a)\nOUTPUT(o)\n", 'f:2: signal "o" is not defined'],
    ["INPUT(a)\nINPUT(a)\nOUTPUT(a)\n", 'f:2: signal "a": expected one definition, got another on line 1'],
    ["INPUT(a)\nOUTPUT(a)\na = NOT(a)\n", 'f:3: signal "a": expected one definition'],
    ["INPUT(a)\nOUTPUT(a)\nOUTPUT(a)\n", 'f:3: output "a": expected each output once'],
    [
      "INPUT(a)\nOUTPUT(o)\no = AND(a, p)\np = NOT(o)\n",
      'f:4: signal "p": expected no cycle, but it depends on itself',
    ],
    ["INPUT(a)\nOUTPUT(o)\no = AND(a, o)\n", 'f:3: signal "o": expected no cycle'],
    ["INPUT(a)\nOUTPUT(o)\no = DFF(a)\n", "f:3: expected a combinational circuit, got a flip-flop (DFF)"],
    ["INPUT(a)\nOUTPUT(o)\no = MUX(a, a, a)\n", "f:3: expected one of AND, NAND"],
    ["INPUT(a)\nOUTPUT(o)\no = toString(a)\n", "f:3: expected one of AND, NAND"],
    ["INPUT(a)\nOUTPUT(o)\no = NOT(a, a)\n", "f:3: expected one signal in NOT, got 2"],
    ["INPUT(a)\nOUTPUT(o)\no = AND(a,)\n", 'f:3: expected names between commas, got ""'],
    ["INPUT(a)\nOUTPUT(o)\nwhat is this\n", "f:3: expected INPUT(x), OUTPUT(x) or x = GATE(a, b)"],
    [`INPUT(${"a".repeat(MAX_SIGNAL_NAME + 1)})\n`, "f:1: expected a name of at most"],
  ])("should refuse %j", (text, message) => {
    expect(messageOf(() => readBench(text, "f"))).toContain(message);
  });
});

describe("BLIF", () => {
  it("should read covers of ones and of zeros, constants, and lines that are continued", () => {
    const text = `.model m # name
.inputs a \\
 b
.outputs and nor one zero xnor id
.names a b and
11 1
.names a b nor
1- 0
-1 0
.names one
1
.names zero
.names a b \\
xnor
00 1
11 1
.names a id
1 1
.end
`;
    expect(tableOf(readBlif(text, "f"))).toEqual(["011010", "001001", "001000", "101011"]);
    expect(tableOf(readBlif(".inputs a\n.outputs t\n.names a t\n- 1\n", "f"))).toEqual(["1", "1"]);
    expect(tableOf(readBlif(".inputs a\n.outputs t\n.names a t\n- 0", "f"))).toEqual(["0", "0"]);
  });

  it.each([
    [".inputs a\n.outputs o\n.latch a o re c 0\n", "f:3: expected a combinational circuit, got a latch"],
    [".inputs a\n.outputs o\n.subckt m x=a y=o\n", "f:3: expected one flat model, got .subckt"],
    [".inputs a\n.outputs o\n.gate nand2 a=a\n", "f:3: expected .names, got a gate of a library (.gate)"],
    [".model a\n.model b\n", "f:2: expected one model, got another .model"],
    [".inputs a\n.outputs o\n.names a o\n11 1\n", 'f:4: expected 1 of 0, 1, -, got "11"'],
    [".inputs a\n.outputs o\n.names a o\n1 2\n", "f:4: expected 1 of 0, 1, - and then 0 or 1"],
    [".inputs a\n.outputs o\n.names a o\n1\n", "f:4: expected 1 of 0, 1, - and then 0 or 1"],
    [".inputs a\n.outputs o\n.names a o\n1 1\n0 0\n", "f:5: expected the same value in all rows of a cover"],
    [".inputs a\n11 1\n", 'f:2: expected a row only after .names, got "11"'],
    [".names\n", "f:1: expected a signal after .names"],
    [".what\n", 'f:1: expected a directive of combinational BLIF, got ".what"'],
    [".inputs a\n.outputs a\n.end\n.inputs b\n", 'f:4: expected nothing after .end, got ".inputs"'],
    [".inputs a\n.outputs o\n.names o p\n1 1\n.names p o\n1 1\n", "expected no cycle"],
  ])("should refuse %j", (text, message) => {
    expect(messageOf(() => readBlif(text, "f"))).toContain(message);
  });
});

describe("DIMACS CNF", () => {
  it("should be the function of the assignment", () => {
    expect(tableOf(readCnf("c comment\np cnf 2 2\n1 -2\n0 2 0\n%\n0\n", "f"))).toEqual(["0", "0", "0", "1"]);
    expect(tableOf(readCnf("p cnf 1 0\n", "f"))).toEqual(["1", "1"]);
    expect(tableOf(readCnf("p cnf 1 2\n0\n1 0\n", "f"))).toEqual(["0", "0"]);
  });

  it.each([
    ["", 'f:1: expected a header "p cnf VARIABLES CLAUSES"'],
    ["1 0\n", 'f:1: expected the header "p cnf VARIABLES CLAUSES" before the clauses'],
    ["p dnf 1 1\n", 'f:1: expected "p cnf VARIABLES CLAUSES"'],
    ["p cnf 1 1\np cnf 1 1\n", "f:2: expected one header, got another"],
    ["p cnf 100000 1\n", `f:1: expected at most ${MAX_CIRCUIT_INPUTS} variables`],
    ["p cnf 1 1\n2 0\n", 'f:2: expected a literal from -1 to 1, got "2"'],
    ["p cnf 1 1\nx 0\n", 'f:2: expected a literal from -1 to 1, got "x"'],
    ["p cnf 1 1\n1\n", "f:2: expected 0 at the end of the last clause"],
    ["p cnf 1 2\n1 0\n", "f:1: expected 2 clauses as stated, got 1"],
  ])("should refuse %j", (text, message) => {
    expect(messageOf(() => readCnf(text, "f"))).toContain(message);
  });
});
