/**
 * From the statement tree to a list of instructions with jumps, and to the listing whose line numbers name the states.
 */
import { TAPE_SYMBOLS, type Move, type TapeSymbol } from "../../spec/machines/machine.js";
import { InputError } from "../../inputs/input-error.js";
import {
  SYMBOL_VALUES,
  type Procedure,
  type Program,
  type Register,
  type Statement,
  type Written,
} from "./statement.js";

/** One instruction; after it, control continues at the next index unless it names targets. */
export type Instruction =
  | { readonly op: "move"; readonly move: Move }
  | { readonly op: "write"; readonly value: Written }
  | { readonly op: "remember"; readonly register: Register }
  | { readonly op: "change"; readonly register: Register; readonly to: ReadonlyMap<string, string> }
  | { readonly op: "set"; readonly register: Register; readonly value: string }
  | { readonly op: "onSymbol"; readonly targets: Readonly<Record<TapeSymbol, number>> }
  | { readonly op: "onRegister"; readonly register: Register; readonly targets: ReadonlyMap<string, number> }
  | { readonly op: "ifSame"; readonly register: Register; readonly same: number; readonly different: number }
  | { readonly op: "jump"; readonly target: number }
  | { readonly op: "halt"; readonly state: string }
  | { readonly op: "never"; readonly why: string };

/** Where an instruction is in the listing. */
export interface Place {
  /** 1-based line of the listing. */
  readonly line: number;
  /** The labels, loops and procedure around it, the innermost last; the program's name outside of all. */
  readonly labels: readonly string[];
}

/** A program as instructions; execution begins at index 0. */
export interface LoweredProgram {
  readonly instructions: readonly Instruction[];
  /** places[i] belongs to instructions[i]. */
  readonly places: readonly Place[];
  /** The program as text, one string per line. */
  readonly listing: readonly string[];
  /** All registers, the hidden ones of procedures included, in order of first use; they differ in their names. */
  readonly registers: readonly Register[];
  /** Every name that a label, loop or procedure has. */
  readonly labels: ReadonlySet<string>;
}

/** Most instructions of a program: macros that call one another can grow a tree without bound. */
export const MAX_INSTRUCTIONS: number = 2 ** 18;

/** A loop around the statement that is being lowered: its start, and the jumps that wait for its end. */
interface OpenLoop {
  readonly name: string;
  readonly start: number;
  readonly exits: number[];
}

/** A procedure that is called somewhere. */
interface CalledProcedure {
  readonly procedure: Procedure;
  /** Holds the number of the call; its values grow with the calls. */
  readonly returns: Register & { readonly values: string[] };
  /** Index of the jump at each call. */
  readonly calls: number[];
  /** Procedures that it calls itself. */
  readonly callees: Set<string>;
}

/**
 * Lowers a program.
 *
 * @throws {InputError} with the program's name and the line, if a loop is left that is not around the statement, a
 *   procedure calls itself, two procedures or two different registers share a name, or the program is too long
 */
export function lowerProgram(program: Program): LoweredProgram {
  return new Lowering(program).lower();
}

class Lowering {
  readonly #instructions: Instruction[] = [];
  readonly #places: Place[] = [];
  readonly #listing: string[] = [];
  readonly #labels = new Set<string>();
  readonly #program: Program;
  readonly #registers = new Map<string, Register>();
  readonly #called = new Map<string, CalledProcedure>();
  /** The procedure whose body is being lowered. */
  #procedure: CalledProcedure | undefined;
  #loops: OpenLoop[] = [];
  #around: readonly string[];
  #indent = 1;
  /** What precedes the next line's text: the condition of a case. */
  #prefix = "";

  constructor(program: Program) {
    this.#program = program;
    this.#around = [program.name];
  }

  lower(): LoweredProgram {
    this.#body("program", this.#program.name, this.#program.body);
    this.#line("halt");
    this.#emit({ op: "halt", state: "halt" });
    const returns: { called: CalledProcedure; entry: number; exit: number }[] = [];
    // Lowering a body may find further procedures; a Map also visits entries that are added on the way.
    for (const called of this.#called.values()) {
      const { name, body } = called.procedure;
      this.#procedure = called;
      const entry = this.#instructions.length;
      this.#labels.add(name);
      this.#body("procedure", name, body);
      this.#line("return");
      returns.push({ called, entry, exit: this.#emit({ op: "jump", target: entry }) });
    }
    this.#assertNoRecursion();
    for (const { called, entry, exit } of returns) {
      const targets = new Map(called.calls.map((index, i) => [String(i + 1), index + 1]));
      this.#instructions[exit] = { op: "onRegister", register: called.returns, targets };
      for (const index of called.calls) this.#aim(index, entry);
    }
    return {
      instructions: this.#instructions,
      places: this.#places,
      listing: this.#listing,
      registers: [...this.#registers.values()],
      labels: this.#labels,
    };
  }

  #body(keyword: string, name: string, body: Statement): void {
    this.#indent = 0;
    this.#line(`${keyword} ${name}`);
    this.#indent = 1;
    this.#around = [name];
    this.#lower(body);
  }

  #lower(statement: Statement): void {
    switch (statement.kind) {
      case "sequence":
        for (const part of statement.body) this.#lower(part);
        return;
      case "move":
        this.#line(statement.move);
        this.#emit({ op: "move", move: statement.move });
        return;
      case "write":
        this.#line(describeWrite(statement.value));
        if (typeof statement.value === "object") this.#register(statement.value);
        this.#emit({ op: "write", value: statement.value });
        return;
      case "remember":
        this.#line(`remember ${statement.register.name}`);
        this.#emit({ op: "remember", register: this.#register(statement.register) });
        return;
      case "set":
        this.#line(`set ${statement.register.name} ${statement.value}`);
        this.#emit({ op: "set", register: this.#register(statement.register), value: statement.value });
        return;
      case "change":
        this.#line(`change ${statement.register.name} ${[...statement.to].map(([a, b]) => `${a} to ${b}`).join(", ")}`);
        this.#emit({ op: "change", register: this.#register(statement.register), to: statement.to });
        return;
      case "onSymbol":
        this.#onSymbol(statement.cases);
        return;
      case "onRegister":
        this.#onRegister(this.#register(statement.register), statement.cases);
        return;
      case "ifSame":
        this.#ifSame(this.#register(statement.register), statement.same, statement.different);
        return;
      case "label":
        this.#named(statement.name, `${statement.name}:`, statement.body);
        return;
      case "loop":
        this.#loop(statement.name, statement.body);
        return;
      case "leave":
      case "again": {
        this.#line(`${statement.kind} ${statement.loop}`);
        const loop = this.#loops.findLast(({ name }) => name === statement.loop);
        if (loop === undefined) throw this.#error(`there is no loop "${statement.loop}" around "${statement.kind}"`);
        const jump = this.#emit({ op: "jump", target: loop.start });
        if (statement.kind === "leave") loop.exits.push(jump);
        return;
      }
      case "call":
        this.#call(statement.procedure);
        return;
      case "halt":
        this.#line(statement.state === "halt" ? "halt" : `halt ${statement.state}`);
        this.#emit({ op: "halt", state: statement.state });
        return;
      case "never":
        this.#line(`never: ${statement.why}`);
        this.#emit({ op: "never", why: statement.why });
    }
  }

  #onSymbol(cases: ReadonlyMap<TapeSymbol, Statement>): void {
    const targets: Record<TapeSymbol, number> = { 0: 0, 1: 0, [-1]: 0 };
    const groups = new Map<Statement, TapeSymbol[]>();
    for (const symbol of TAPE_SYMBOLS) {
      const statement = cases.get(symbol);
      if (statement !== undefined) groups.set(statement, [...(groups.get(statement) ?? []), symbol]);
    }
    // The choice itself belongs to the line of its first case.
    const branch = this.#emit({ op: "onSymbol", targets }, 1);
    const ends = [...groups].map(([statement, symbols]) => {
      for (const symbol of symbols) targets[symbol] = this.#instructions.length;
      return this.#case(`on ${symbols.map((symbol) => SYMBOL_VALUES.get(symbol)).join(", ")}: `, statement);
    });
    const end = this.#instructions.length;
    for (const symbol of TAPE_SYMBOLS) if (!cases.has(symbol)) targets[symbol] = end;
    this.#instructions[branch] = { op: "onSymbol", targets };
    for (const jump of ends) this.#aim(jump, end);
  }

  #onRegister(register: Register, cases: ReadonlyMap<string, Statement>): void {
    const targets = new Map<string, number>();
    this.#emit({ op: "onRegister", register, targets }, 1);
    const ends = [...cases].map(([value, statement]) => {
      targets.set(value, this.#instructions.length);
      return this.#case(`if ${register.name} ${value}: `, statement);
    });
    const end = this.#instructions.length;
    for (const value of register.values) if (!targets.has(value)) targets.set(value, end);
    for (const jump of ends) this.#aim(jump, end);
  }

  #ifSame(register: Register, same: Statement, different: Statement): void {
    const branch = this.#emit({ op: "ifSame", register, same: 0, different: 0 }, 1);
    const first = this.#case(`if same as ${register.name}: `, same);
    const other = this.#instructions.length;
    const second = isEmpty(different) ? undefined : this.#case("otherwise: ", different);
    const end = this.#instructions.length;
    this.#instructions[branch] = { op: "ifSame", register, same: branch + 1, different: other };
    this.#aim(first, end);
    if (second !== undefined) this.#aim(second, end);
  }

  /** Lowers one case, on one line if it is one simple statement; returns the index of the jump to the end. */
  #case(condition: string, statement: Statement): number {
    const only = onlyStatement(statement);
    if (isEmpty(statement)) {
      this.#line(`${condition}nothing`);
    } else if (only === undefined || NESTED.has(only.kind)) {
      this.#line(condition.trimEnd());
      this.#indent += 1;
      this.#lower(statement);
      this.#indent -= 1;
    } else {
      this.#prefix = condition;
      this.#lower(only);
    }
    return this.#emit({ op: "jump", target: 0 });
  }

  #named(name: string, header: string, body: Statement, last?: Instruction): void {
    const around = this.#around;
    this.#labels.add(name);
    this.#around = [...around, name];
    this.#line(header);
    this.#indent += 1;
    this.#lower(body);
    if (last !== undefined) this.#emit(last);
    this.#indent -= 1;
    this.#around = around;
  }

  #loop(name: string, body: Statement): void {
    const open: OpenLoop = { name, start: this.#instructions.length, exits: [] };
    this.#loops.push(open);
    this.#named(name, `loop ${name}`, body, { op: "jump", target: open.start });
    this.#loops.pop();
    for (const exit of open.exits) this.#aim(exit, this.#instructions.length);
  }

  #call(procedure: Procedure): void {
    const { name } = procedure;
    this.#line(`call ${name}`);
    let called = this.#called.get(name);
    if (called === undefined) {
      const returns = { name: `${name}.call`, values: [] };
      called = { procedure, returns, calls: [], callees: new Set() };
      this.#called.set(name, called);
      this.#register(returns);
    }
    if (called.procedure !== procedure) throw this.#error(`there are two procedures "${name}"`);
    this.#procedure?.callees.add(name);
    const number = String(called.calls.length + 1);
    called.returns.values.push(number);
    this.#emit({ op: "set", register: called.returns, value: number });
    called.calls.push(this.#emit({ op: "jump", target: 0 }));
  }

  #register(register: Register): Register {
    const known = this.#registers.get(register.name);
    if (known === undefined) this.#registers.set(register.name, register);
    else if (known !== register && known.values.join() !== register.values.join()) {
      throw this.#error(`there are two registers "${register.name}" with different values`);
    }
    return known ?? register;
  }

  #line(text: string): void {
    this.#listing.push(`${"  ".repeat(this.#indent)}${this.#prefix}${text}`);
    this.#prefix = "";
  }

  /** Appends an instruction that belongs to the current line, or to a line that is still to come; returns its index. */
  #emit(instruction: Instruction, linesAhead: number = 0): number {
    if (this.#instructions.length >= MAX_INSTRUCTIONS) {
      throw this.#error(`the program has more than ${MAX_INSTRUCTIONS} instructions`);
    }
    this.#places.push({ line: this.#listing.length + linesAhead, labels: this.#around });
    return this.#instructions.push(instruction) - 1;
  }

  #aim(index: number, target: number): void {
    this.#instructions[index] = { op: "jump", target };
  }

  #assertNoRecursion(): void {
    const done = new Set<string>();
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) {
        throw this.#error(`procedures call themselves: ${[...path.slice(path.indexOf(name)), name].join(" > ")}`);
      }
      if (done.has(name)) return;
      for (const callee of this.#called.get(name)?.callees ?? []) visit(callee, [...path, name]);
      done.add(name);
    };
    for (const name of this.#called.keys()) visit(name, []);
  }

  #error(message: string): InputError {
    return new InputError(`program ${this.#program.name}, line ${this.#listing.length}: ${message}`);
  }
}

const NESTED: ReadonlySet<Statement["kind"]> = new Set(["label", "loop", "onSymbol", "onRegister", "ifSame"]);

function describeWrite(value: Written): string {
  if (value === "negated") return "negate";
  return `write ${typeof value === "object" ? value.name : SYMBOL_VALUES.get(value)}`;
}

function isEmpty(statement: Statement): boolean {
  return statement.kind === "sequence" && statement.body.every(isEmpty);
}

/** The statement itself, or the only one of a sequence; undefined if there are none or several. */
function onlyStatement(statement: Statement): Exclude<Statement, { kind: "sequence" }> | undefined {
  if (statement.kind !== "sequence") return statement;
  const parts = statement.body.filter((part) => !isEmpty(part));
  return parts.length === 1 ? onlyStatement(parts[0] as Statement) : undefined;
}
