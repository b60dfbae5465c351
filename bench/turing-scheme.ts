/**
 * The scheme of github.com/jonrbates/turing (read at commit 87df96f7c17ce9bd108638384dcb2c7bad71a51e), written again from what it computes,
 * to be compared with ours: the same theorem, but nothing is rounded between layers; additions by full adders of three ReLU layers; in place
 * of hard-max a softmax of scale 9999 (or, as an option, ties by closeness and shares of 1/|J|); the whole history is computed again in
 * each pass. The package itself, which needs torch, was not available where this was measured.
 */
/** An affine map with a ReLU or without. Shape of rows: outputs x inputs. */
export interface Linear {
  readonly kind: "linear";
  readonly rows: Float64Array[];
  readonly bias: Float64Array;
  readonly relu: boolean;
}

/** An attention with a null key and a null value, added to what it reads. */
export interface Attend {
  readonly kind: "attend";
  readonly cross: boolean;
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly nullKey: Float64Array;
}

/** A machine as that package has it: entries by state and symbol; its reader stops at terminal states. */
export interface SchemeMachine {
  readonly states: readonly string[];
  readonly symbols: readonly string[];
  readonly empty: string;
  readonly table: readonly (readonly [state: string, symbol: string, next: string, write: string, move: -1 | 1])[];
}

/** The network of a machine: where its groups of coordinates are, and its layers. */
export class Scheme {
  readonly machine: SchemeMachine;
  readonly bits: number;
  readonly width: number;
  readonly at: Readonly<
    Record<"sym1" | "sym2" | "pos1" | "pos2" | "pos3" | "scr1" | "scr2" | "scr3" | "scr4" | "scr5", number>
  >;
  readonly layers: readonly (Linear | Attend)[];

  /** @param steps T: positions have ceil(log2 T) bits */
  constructor(machine: SchemeMachine, steps: number) {
    this.machine = machine;
    const [z, a, w] = [machine.states.length, machine.symbols.length, Math.ceil(Math.log2(steps))];
    this.bits = w;
    const sym1 = z;
    const [sym2, pos1] = [sym1 + a, sym1 + 2 * a];
    const [pos2, pos3, scr1] = [pos1 + w, pos1 + 2 * w, pos1 + 3 * w];
    const [scr2, scr3] = [scr1 + a, scr1 + 2 * a];
    const [scr4, scr5] = [scr3 + w, scr3 + w + 3];
    this.at = { sym1, sym2, pos1, pos2, pos3, scr1, scr2, scr3, scr4, scr5 };
    this.width = scr5 + 2;
    this.layers = this.#build();
  }

  /** Bits of a number, most significant first. */
  bin(value: number): number[] {
    return Array.from({ length: this.bits }, (_, j) => (value >> (this.bits - 1 - j)) & 1);
  }

  /** The vector of pass 0: state I on a B at position 0. */
  begin(): Float64Array {
    return this.encode(this.machine.states.indexOf("I"), this.machine.symbols.indexOf("B"), 0, 0);
  }

  /** The vector that encodes state, symbol, pass and position. */
  encode(state: number, symbol: number, pass: number, position: number): Float64Array {
    const h = new Float64Array(this.width);
    if (state >= 0) h[state] = 1;
    h[this.at.sym1 + symbol] = 1;
    h.set(this.bin(pass), this.at.pos1);
    if (state >= 0) h.set(this.bin(position), this.at.pos2);
    return h;
  }

  #linear(rows: number, columns: number, relu: boolean, copies = 0): Linear {
    const made: Linear = {
      kind: "linear",
      rows: Array.from({ length: rows }, () => new Float64Array(columns)),
      bias: new Float64Array(rows),
      relu,
    };
    for (let c = 0; c < copies; c++) set(made, c, [[c, 1]]);
    return made;
  }

  #build(): (Linear | Attend)[] {
    const { bits: w, width: d } = this;
    const { sym1, sym2, pos2, pos3, scr1, scr2, scr3, scr4 } = this.at;
    const symbols = this.machine.symbols.length;
    const down = this.#linear(d, d + w, false, d);
    const search = Array.from({ length: w }, (_, j): (Linear | Attend)[] => {
      const shift = this.#linear(d, d, false, d);
      set(shift, scr3 + j, [
        [scr3 + j, 1],
        [scr4 + 2, 1],
      ]);
      set(shift, scr4 + 2, []);
      return [this.#search(j), shift];
    });
    const forget = this.#linear(d, d, false, d);
    for (let k = 0; k < w; k++) set(forget, scr3 + k, []);
    const cases = this.#linear(d, d, true, d);
    set(cases, scr4 + 1, [
      [scr4, -1],
      [scr4 + 1, 1],
    ]);
    set(
      cases,
      scr4 + 2,
      [
        [scr4, -1],
        [scr4 + 1, -1],
        [scr4 + 2, 1],
      ],
      1,
    );
    const chosen = this.#linear(d, d, true, d);
    const sum = this.#linear(d, d, false, sym2);
    for (let k = 0; k < symbols; k++) {
      set(
        chosen,
        scr1 + k,
        [
          [scr1 + k, 1],
          [scr4, 1],
        ],
        -1,
      );
      set(
        chosen,
        scr2 + k,
        [
          [scr2 + k, 1],
          [scr4 + 1, 1],
        ],
        -1,
      );
      set(chosen, sym1 + k, [[scr4 + 2, 1]], this.machine.symbols[k] === this.machine.empty ? 0 : -1);
      set(sum, sym1 + k, [
        [sym1 + k, 1],
        [scr1 + k, 1],
        [scr2 + k, 1],
      ]);
    }
    for (let k = 0; k < w; k++) set(sum, pos2 + k, [[pos3 + k, 1]]);
    const adders = Array.from({ length: w }, (_, k) => this.#fullAdder(w - 1 - k)).flat();
    const found = [this.#visited(), ...search.flat(), this.#written(), forget, this.#given()];
    return [...this.#transition(), this.#operands(), ...adders, down, ...found, cases, chosen, sum];
  }

  #transition(): Linear[] {
    const { width: d, bits: w } = this;
    const { sym1, sym2, pos1, scr5 } = this.at;
    const { states, symbols, table } = this.machine;
    const pairs = states.length * symbols.length;
    const first = this.#linear(pairs + d, d, true);
    const second = this.#linear(d, pairs + d, false);
    for (const [z, state] of states.entries()) {
      for (const [a, symbol] of symbols.entries()) {
        const pair = z * symbols.length + a;
        set(
          first,
          pair,
          [
            [z, 1],
            [sym1 + a, 1],
          ],
          -1,
        );
        const entry = table.find(([from, read]) => from === state && read === symbol);
        if (entry === undefined) continue;
        const [, , next, write, move] = entry;
        for (const row of [states.indexOf(next), sym2 + symbols.indexOf(write), scr5 + (move + 1) / 2])
          (second.rows[row] as Float64Array)[pair] = 1;
      }
    }
    for (let c = 0; c < d; c++) set(first, pairs + c, [[c, 1]]);
    for (let k = 0; k < 2 * w; k++) set(second, pos1 + k, [[pairs + pos1 + k, 1]]);
    return [first, second];
  }

  /** The position in pos3, and in w more coordinates 1 for a move to the right, -2 to the left, where the carry adds 1. */
  #operands(): Linear {
    const { width: d, bits: w } = this;
    const { pos2, pos3, scr5 } = this.at;
    const made = this.#linear(d + w, d, false, d);
    for (let k = 0; k < w; k++) {
      set(made, pos3 + k, [
        [pos3 + k, 1],
        [pos2 + k, 1],
      ]);
      set(made, d + k, [[k === w - 1 ? scr5 + 1 : scr5, 1]]);
    }
    return made;
  }

  #fullAdder(k: number): Linear[] {
    const { width: d, bits: w } = this;
    const [i, j, carry] = [this.at.pos3 + k, d + k, this.at.scr5];
    const copy = (relu: boolean): Linear => this.#linear(d + w, d + w, relu, d + w);
    const half = (a: number, b: number): Linear[] => {
      const [one, two, three] = [copy(true), copy(true), copy(false)];
      set(
        one,
        a,
        [
          [a, 1],
          [b, 1],
        ],
        -1,
      );
      set(
        one,
        b,
        [
          [a, -1],
          [b, -1],
        ],
        1,
      );
      set(two, a, [[a, -1]], 1);
      set(two, b, [[b, -1]], 1);
      set(
        three,
        a,
        [
          [a, 1],
          [b, 1],
        ],
        -1,
      );
      set(three, b, [[a, -1]], 1);
      return [one, two, three];
    };
    const [either, back] = [copy(true), copy(false)];
    set(
      either,
      carry,
      [
        [j, -1],
        [carry, -1],
      ],
      1,
    );
    set(back, carry, [[carry, -1]], 1);
    return [...half(i, j), ...half(i, carry), either, back];
  }

  /** Compared bits as 2 bit - 1; "one" is 1; and the constant against null's key. */
  #attend(compared: readonly (readonly [query: number | "one", key: number])[], cross: boolean): Attend {
    const { width: d } = this;
    const query = this.#linear(compared.length + 1, d, false);
    const key = this.#linear(compared.length + 1, d, false);
    for (const [r, [q, k]] of compared.entries()) {
      if (q === "one") set(query, r, [], 1);
      else set(query, r, [[q, 2]], -1);
      set(key, r, [[k, 2]], -1);
    }
    set(query, compared.length, [], 1);
    const nullKey = new Float64Array(compared.length + 1);
    nullKey[compared.length] = compared.length - 1;
    return { kind: "attend", cross, query, key, value: this.#linear(d, d, false), nullKey };
  }

  #here(): (readonly [number, number])[] {
    const { pos2, pos3 } = this.at;
    return Array.from({ length: this.bits }, (_, k) => [pos3 + k, pos2 + k] as const);
  }

  #visited(): Attend {
    const made = this.#attend(this.#here(), false);
    set(made.value, this.at.scr4, [], 1);
    return made;
  }

  #search(j: number): Attend {
    const { scr3, pos1, scr4 } = this.at;
    const prefix = Array.from({ length: j }, (_, k) => [scr3 + k, pos1 + k] as const);
    const made = this.#attend([...this.#here(), ...prefix, ["one", pos1 + j]], false);
    set(made.value, scr4 + 2, [], 1);
    return made;
  }

  #written(): Attend {
    const { scr1, scr3, pos1, sym2 } = this.at;
    const own = Array.from({ length: this.bits }, (_, k) => [scr3 + k, pos1 + k] as const);
    const made = this.#attend([...this.#here(), ...own], false);
    for (let k = 0; k < this.machine.symbols.length; k++) set(made.value, scr1 + k, [[sym2 + k, 1]]);
    return made;
  }

  #given(): Attend {
    const { scr2, scr4, pos1, pos3, sym1 } = this.at;
    const place = Array.from({ length: this.bits }, (_, k) => [pos3 + k, pos1 + k] as const);
    const made = this.#attend(place, true);
    for (let k = 0; k < this.machine.symbols.length; k++) set(made.value, scr2 + k, [[sym1 + k, 1]]);
    set(made.value, scr4 + 1, [], 1);
    return made;
  }
}

function set(
  map: Linear,
  row: number,
  entries: readonly (readonly [column: number, weight: number])[],
  bias = 0,
): void {
  const weights = (map.rows[row] as Float64Array).fill(0);
  for (const [column, weight] of entries) weights[column] = weight;
  map.bias[row] = bias;
}
