/** Programs of learners as circuits: each operation on words in its gates, equal gates once, constants folded. */
import { GraphBuilder } from "../../../inputs/circuits/graph-builder.js";
import { complement, FALSE, TRUE, type Literal } from "../../../spec/circuits/and-inverter-graph.js";
import type { Learner } from "../../../spec/abbe-sandon/learner.js";
import * as arithmetic from "../../circuits/arithmetic.js";
import { simplifyGraph } from "../../wei-chen-ma/simplify-graph.js";
import { programFault, type Expression, type Program } from "./expression.js";

type Bits = readonly Literal[];

/** The circuit of a program. @throws {RangeError} if the program reads what is not there, or has other widths */
export function compileProgram(program: Program): Learner {
  const fault = programFault(program);
  if (fault !== undefined) throw new RangeError(`compileProgram: ${program.name}: ${fault}`);
  const { inputs, memory } = program;
  const names = [...numbered("x", inputs), ...numbered("b", memory)];
  const builder = new GraphBuilder(names, { hashing: true, constants: true });
  const known = new Map<Expression, Bits>();
  const bitsOf = (one: Expression): Bits => {
    const before = known.get(one);
    if (before !== undefined) return before;
    const bits = lower(builder, one, bitsOf, inputs);
    if (bits.length !== one.width)
      throw new RangeError(`compileProgram: expected ${one.width} bits of ${one.kind}, got ${bits.length}`);
    known.set(one, bits);
    return bits;
  };
  const [answer = FALSE] = bitsOf(program.answer);
  const outputs = bitsOf(program.next).map((literal, i) => ({ name: `g${i}`, literal }));
  const whole = builder.graph([{ name: "h", literal: answer }, ...outputs]);
  const { graph } = simplifyGraph(whole, { hashing: true, constants: true });
  return { inputs, memory, circuit: graph };
}

function lower(builder: GraphBuilder, one: Expression, bitsOf: (part: Expression) => Bits, inputs: number): Bits {
  switch (one.kind) {
    case "point":
      return arithmetic.word(builder, one.first, one.width);
    case "memory":
      return arithmetic.word(builder, inputs + one.first, one.width);
    case "constant":
      return Array.from({ length: one.width }, (_, i) => ((one.value >> BigInt(i)) & 1n ? TRUE : FALSE));
    case "not":
      return bitsOf(one.of).map(complement);
    case "any":
      return [builder.orAll(bitsOf(one.of))];
    case "parity":
      return [builder.xorAll(bitsOf(one.of))];
    case "count":
      return fitted(arithmetic.countOnes(builder, bitsOf(one.of)), one.width);
    case "mux": {
      const [select = FALSE] = bitsOf(one.select);
      const low = bitsOf(one.low);
      return bitsOf(one.high).map((high, i) => builder.mux(select, high, low[i] as Literal));
    }
    case "slice":
      return bitsOf(one.of).slice(one.first, one.first + one.width);
    case "join":
      return one.parts.flatMap(bitsOf);
    default:
      return combine(builder, one.kind, bitsOf(one.left), bitsOf(one.right));
  }
}

function combine(
  builder: GraphBuilder,
  kind: "and" | "or" | "xor" | "add" | "equal" | "less",
  left: Bits,
  right: Bits,
): Bits {
  switch (kind) {
    case "add":
      return arithmetic.add(builder, left, right).slice(0, -1);
    case "equal":
      return [arithmetic.equal(builder, left, right)];
    case "less":
      return [arithmetic.lessThan(builder, left, right)];
    default:
      return left.map((a, i) => builder[kind](a, right[i] as Literal));
  }
}

/** Higher bits of a count are 0 where there are more than its largest value needs. */
function fitted(bits: Bits, width: number): Bits {
  return Array.from({ length: width }, (_, i) => bits[i] ?? FALSE);
}

function numbered(prefix: string, length: number): string[] {
  return Array.from({ length }, (_, i) => `${prefix}${i}`);
}
