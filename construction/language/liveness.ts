/**
 * Which registers matter where: a register is live at an instruction if its value may still be read before it is
 * replaced. States need only hold the live ones, so a register costs states on its own stretch of the program alone.
 */
import type { Instruction, LoweredProgram } from "./lower.js";

/** liveRegisters(p)[i]: indices into p.registers of the registers that are live before instruction i, rising. */
export function liveRegisters({ instructions, registers }: LoweredProgram): readonly (readonly number[])[] {
  const indexOf = new Map(registers.map((register, i) => [register.name, i]));
  const bit = (name: string): bigint => 1n << BigInt(indexOf.get(name) as number);
  const successors = instructions.map((instruction, i) => successorsOf(instruction, i));
  const predecessors = instructions.map((): number[] => []);
  for (const [i, targets] of successors.entries()) for (const target of targets) predecessors[target]?.push(i);

  const live = instructions.map(() => 0n);
  const waiting = instructions.map((_, i) => i);
  while (waiting.length > 0) {
    const i = waiting.pop() as number;
    const after = (successors[i] as number[]).reduce((mask, target) => mask | (live[target] as bigint), 0n);
    const { reads, replaces } = accesses(instructions[i] as Instruction);
    const before = (replaces === undefined ? after : after & ~bit(replaces)) | (reads === undefined ? 0n : bit(reads));
    if (before === live[i]) continue;
    live[i] = before;
    waiting.push(...(predecessors[i] as number[]));
  }
  return live.map((mask) => registers.map((_, r) => r).filter((r) => ((mask >> BigInt(r)) & 1n) === 1n));
}

function successorsOf(instruction: Instruction, index: number): number[] {
  switch (instruction.op) {
    case "onSymbol":
      return Object.values(instruction.targets);
    case "onRegister":
      return [...instruction.targets.values()];
    case "ifSame":
      return [instruction.same, instruction.different];
    case "jump":
      return [instruction.target];
    case "halt":
    case "never":
      return [];
    default:
      return [index + 1];
  }
}

/**
 * The register that an instruction reads, and the one whose old value it replaces without looking. A `change` does neither:
 * before it, the register matters iff it matters after it.
 */
function accesses(instruction: Instruction): { reads?: string; replaces?: string } {
  switch (instruction.op) {
    case "write":
      return typeof instruction.value === "object" ? { reads: instruction.value.name } : {};
    case "onRegister":
    case "ifSame":
      return { reads: instruction.register.name };
    case "set":
    case "remember":
      return { replaces: instruction.register.name };
    default:
      return {};
  }
}
