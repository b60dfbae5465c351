/**
 * Functions of variables with finite domains to integers, as decision diagrams (MTBDDs): ordered, reduced, and each function
 * once, so that two functions are equal exactly if their nodes are.
 *
 * A variable of n values is a chain of n - 1 tests "is it k?"; behind a test that says yes there are no more tests of the
 * variable, and if all say no it is n - 1. A test is there only where the function differs from its value at n - 1, which makes
 * the form the only one; an indicator of a value is one node, however many values there are.
 */
import { OutOfWork, type Work } from "../work.js";

/** A function; an index into the diagrams that made it. */
export type Node = number;

/** A variable: its first test and its number of values. */
export interface Variable {
  readonly name: string;
  readonly first: number;
  readonly values: number;
}

/** Values of some variables. */
export type Assignment = ReadonlyMap<Variable, number>;

/** Most nodes of the diagrams for one certificate; more are left undecided. BB(5) with w = 26 has about 7,000. */
export const MAX_DIAGRAM_NODES: number = 2 ** 21;

/** Largest absolute value of a leaf; sums beyond it are left undecided. */
const MAX_LEAF: number = 2 ** 52;

/** Pairs of nodes as keys. */
const PAIR: number = MAX_DIAGRAM_NODES;

/** A limit of the diagrams was reached; the claim is undecided. */
export class DiagramLimit extends Error {
  readonly limit = "diagram-nodes";

  constructor(message: string) {
    super(message);
    this.name = "DiagramLimit";
  }
}

/** Decision diagrams that share their nodes. */
export class Diagrams {
  readonly #work: Work;
  readonly #most: number;
  /** The test of each node, or -1 for a leaf. */
  readonly #test: number[] = [];
  readonly #yes: Node[] = [];
  readonly #no: Node[] = [];
  readonly #value: number[] = [];
  readonly #leaves = new Map<number, Node>();
  readonly #nodes: Map<number, Node>[] = [];
  /** The variable of each test. */
  readonly #variables: Variable[] = [];
  readonly #sums = new Map<number, Node>();
  /** Images that are asked for again and again: of ReLUs, and of weights. */
  readonly #positive = new Map<Node, Node>();
  readonly #scaled = new Map<number, Map<Node, Node>>();
  readonly #ranges: (readonly [least: number, most: number])[] = [];
  readonly zero: Node;
  readonly one: Node;

  constructor(work: Work, most: number = MAX_DIAGRAM_NODES) {
    this.#work = work;
    this.#most = Math.min(most, MAX_DIAGRAM_NODES);
    this.zero = this.constant(0);
    this.one = this.constant(1);
  }

  /** How many nodes there are. */
  get size(): number {
    return this.#test.length;
  }

  /** A new variable, behind all others in the order. */
  variable(name: string, values: number): Variable {
    const variable = { name, first: this.#variables.length, values };
    for (let k = 0; k < values - 1; k++) {
      this.#variables.push(variable);
      this.#nodes.push(new Map());
    }
    return variable;
  }

  /** A constant function. */
  constant(value: number): Node {
    if (!(Math.abs(value) <= MAX_LEAF)) throw new DiagramLimit(`a value beyond ${MAX_LEAF}`);
    const known = this.#leaves.get(value);
    if (known !== undefined) return known;
    const node = this.#push(-1, 0, 0, value);
    this.#leaves.set(value, node);
    return node;
  }

  /** 1 where a variable has a value, else 0. */
  is(variable: Variable, value: number): Node {
    if (value < variable.values - 1) return this.#node(variable.first + value, this.one, this.zero);
    let node = this.one;
    for (let k = variable.values - 2; k >= 0; k--) node = this.#node(variable.first + k, this.zero, node);
    return node;
  }

  /** `yes` where a variable of two values is 1, `no` where it is 0; neither depends on a variable before it. */
  choose(variable: Variable, yes: Node, no: Node): Node {
    return this.#node(variable.first, no, yes);
  }

  /** The sum of bias and of weight times node. */
  affine(bias: number, terms: readonly (readonly [node: Node, weight: number])[]): Node {
    let sum = this.zero;
    for (const [node, weight] of terms) sum = this.add(sum, this.scale(node, weight));
    return this.add(sum, this.constant(bias));
  }

  add(a: Node, b: Node): Node {
    if (a === this.zero) return b;
    if (b === this.zero) return a;
    const [left, right] = a < b ? [a, b] : [b, a];
    const key = left * PAIR + right;
    const known = this.#sums.get(key);
    if (known !== undefined) return known;
    this.#work.spend(8);
    const [testA, testB] = [this.#test[a] as number, this.#test[b] as number];
    let sum: Node;
    if (testA < 0 && testB < 0) sum = this.constant((this.#value[a] as number) + (this.#value[b] as number));
    else {
      const test = testA < 0 ? testB : testB < 0 ? testA : Math.min(testA, testB);
      sum = this.#node(
        test,
        this.add(this.#when(a, test), this.#when(b, test)),
        this.add(this.#unless(a, test), this.#unless(b, test)),
      );
    }
    this.#sums.set(key, sum);
    return sum;
  }

  scale(node: Node, weight: number): Node {
    if (weight === 1) return node;
    const done = this.#scaled.get(weight) ?? new Map<Node, Node>();
    this.#scaled.set(weight, done);
    return this.#map(node, (value) => value * weight, done);
  }

  /** The ReLU of a function. */
  positive(node: Node): Node {
    return this.#map(node, (value) => Math.max(value, 0), this.#positive);
  }

  /** f behind the function. */
  map(node: Node, f: (value: number) => number): Node {
    return this.#map(node, f, new Map());
  }

  #map(node: Node, f: (value: number) => number, done: Map<Node, Node>): Node {
    const walk = (at: Node): Node => {
      const known = done.get(at);
      if (known !== undefined) return known;
      this.#work.spend(8);
      const test = this.#test[at] as number;
      const image =
        test < 0
          ? this.constant(f(this.#value[at] as number))
          : this.#node(test, walk(this.#yes[at] as Node), walk(this.#no[at] as Node));
      done.set(at, image);
      return image;
    };
    return walk(node);
  }

  /** The function with a variable held at a value. */
  restrict(node: Node, variable: Variable, value: number): Node {
    const done = new Map<Node, Node>();
    const [first, end] = [variable.first, variable.first + variable.values - 1];
    const walk = (at: Node): Node => {
      const test = this.#test[at] as number;
      if (test < 0 || test >= end) return at;
      const known = done.get(at);
      if (known !== undefined) return known;
      this.#work.spend(8);
      const image =
        test < first
          ? this.#node(test, walk(this.#yes[at] as Node), walk(this.#no[at] as Node))
          : walk((test === first + value ? this.#yes[at] : this.#no[at]) as Node);
      done.set(at, image);
      return image;
    };
    return walk(node);
  }

  /** The value of a constant function; undefined for others. */
  constantOf(node: Node): number | undefined {
    return (this.#test[node] as number) < 0 ? this.#value[node] : undefined;
  }

  /** The least and the largest value. */
  range(node: Node): readonly [least: number, most: number] {
    const known = this.#ranges[node];
    if (known !== undefined) return known;
    let range: readonly [number, number];
    if ((this.#test[node] as number) < 0) range = [this.#value[node] as number, this.#value[node] as number];
    else {
      const [yes, no] = [this.range(this.#yes[node] as Node), this.range(this.#no[node] as Node)];
      range = [Math.min(yes[0], no[0]), Math.max(yes[1], no[1])];
    }
    this.#ranges[node] = range;
    return range;
  }

  /** An assignment under which the value is one that is looked for; undefined if there is none. */
  find(
    node: Node,
    wanted: (value: number) => boolean,
  ): { readonly value: number; readonly at: Assignment } | undefined {
    const hopeless = new Set<Node>();
    const path: [test: number, yes: boolean][] = [];
    const walk = (at: Node): number | undefined => {
      if (hopeless.has(at)) return undefined;
      const test = this.#test[at] as number;
      if (test < 0) return wanted(this.#value[at] as number) ? (this.#value[at] as number) : undefined;
      for (const yes of [true, false]) {
        path.push([test, yes]);
        const value = walk((yes ? this.#yes : this.#no)[at] as Node);
        if (value !== undefined) return value;
        path.pop();
      }
      hopeless.add(at);
      return undefined;
    };
    const value = walk(node);
    return value === undefined ? undefined : { value, at: this.#assignment(path) };
  }

  /** Values of the variables that a path tests; a chain of which every test says no up to its end has the last value. */
  #assignment(path: readonly (readonly [test: number, yes: boolean])[]): Assignment {
    const at = new Map<Variable, number>();
    const refused = new Map<Variable, Set<number>>();
    for (const [test, yes] of path) {
      const variable = this.#variables[test] as Variable;
      const value = test - variable.first;
      if (yes) at.set(variable, value);
      else refused.set(variable, (refused.get(variable) ?? new Set()).add(value));
    }
    for (const [variable, values] of refused) {
      if (at.has(variable)) continue;
      let free = variable.values - 1;
      while (values.has(free)) free--;
      at.set(variable, free);
    }
    return at;
  }

  /** The part of a node where a test, no later than the node's own, says yes. */
  #when(node: Node, test: number): Node {
    if (this.#test[node] === test) return this.#yes[node] as Node;
    return this.#otherwise(node, test);
  }

  /** The part of a node where all further tests of a test's variable say no. */
  #otherwise(node: Node, test: number): Node {
    const { first, values } = this.#variables[test] as Variable;
    let at = node;
    for (;;) {
      const own = this.#test[at] as number;
      if (own < 0 || own >= first + values - 1) return at;
      at = this.#no[at] as Node;
    }
  }

  #unless(node: Node, test: number): Node {
    return this.#test[node] === test ? (this.#no[node] as Node) : node;
  }

  #node(test: number, yes: Node, no: Node): Node {
    // Behind a no may come further tests of the variable; what they all leave is what this one would leave.
    if (yes === this.#otherwise(no, test)) return no;
    const nodes = this.#nodes[test] as Map<number, Node>;
    const key = yes * PAIR + no;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = this.#push(test, yes, no, 0);
    nodes.set(key, node);
    return node;
  }

  #push(test: number, yes: Node, no: Node, value: number): Node {
    if (this.#test.length >= this.#most) throw new DiagramLimit(`more than ${this.#most} nodes of decision diagrams`);
    this.#test.push(test);
    this.#yes.push(yes);
    this.#no.push(no);
    this.#value.push(value);
    return this.#test.length - 1;
  }
}

/** Whether an error means that a limit was reached, and its name. */
export function limitOf(error: unknown): { readonly limit: string; readonly message: string } | undefined {
  if (error instanceof DiagramLimit || error instanceof OutOfWork)
    return { limit: error.limit, message: error.message };
  // Recursion is as deep as there are variables; a hostile document may have more than the stack.
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return { limit: "diagram-nodes", message: "decision diagrams deeper than the stack" };
  return undefined;
}
