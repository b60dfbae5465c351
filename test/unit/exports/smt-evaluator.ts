/**
 * A reader and an evaluator of SMT-LIB scripts of the kind that exports/ writes, made from the standard alone and sharing nothing
 * with the exporter: given values of the free variables, the value of every name and assertion.
 */
import { rational, ZERO, type Rational } from "../../../spec/exact/rational.js";

/** A symbol or numeral, or a list. */
export type Expression = string | readonly Expression[];

export interface ScriptRead {
  readonly commands: readonly (readonly Expression[])[];
  /** Constants without a definition. */
  readonly free: readonly string[];
  /** By define-fun without arguments, or by an assertion (= name term) of a constant that is declared just before. */
  readonly defined: ReadonlyMap<string, Expression>;
  /** All other assertions. */
  readonly asserted: readonly Expression[];
}

/** All expressions of a text without comments; throws if a parenthesis is missing or stray, or at a character out of place. */
export function readExpressions(text: string): readonly Expression[] {
  const top: Expression[] = [];
  const stack: Expression[][] = [top];
  const bare = text.replaceAll(/;[^\n]*/g, "");
  if (!/^[A-Za-z0-9()\s.:<>=*+/_-]*$/.test(bare)) throw new Error("a character out of place");
  for (const [word] of bare.matchAll(/[()]|[^()\s]+/g)) {
    if (word === "(") stack.push([]);
    else if (word !== ")") stack.at(-1)?.push(word);
    else {
      const list = stack.pop() as Expression[];
      if (stack.length === 0) throw new Error("a stray )");
      stack.at(-1)?.push(list);
    }
  }
  if (stack.length !== 1) throw new Error("a missing )");
  return top;
}

export function readScript(text: string): ScriptRead {
  const commands = readExpressions(text).map((each) => {
    if (typeof each === "string") throw new Error(`a stray ${each}`);
    return each;
  });
  const declared: string[] = [];
  const defined = new Map<string, Expression>();
  const asserted: Expression[] = [];
  for (const [i, [command, first, second, , body]] of commands.entries()) {
    if (command === "declare-const") declared.push(first as string);
    if (command === "define-fun") {
      if (second?.length !== 0) throw new Error("a function with arguments");
      defined.set(first as string, body as Expression);
    }
    if (command !== "assert") continue;
    const [operator, name, term] = first as readonly Expression[];
    const before = commands[i - 1];
    if (operator === "=" && before?.[0] === "declare-const" && before[1] === name && term !== undefined) {
      defined.set(name as string, term);
    } else {
      asserted.push(first as Expression);
    }
  }
  return { commands, free: declared.filter((name) => !defined.has(name)), defined, asserted };
}

export type Value = Rational | boolean;

/** The values of expressions at a point, which gives each free variable a value. */
export function evaluatorAt(
  script: ScriptRead,
  point: ReadonlyMap<string, Rational>,
): (expression: Expression) => Value {
  const known = new Map<string, Value>(point);
  const number = (expression: Expression): Rational => {
    const value = evaluate(expression);
    if (typeof value === "boolean") throw new Error(`expected a number: ${String(expression)}`);
    return value;
  };
  const truth = (expression: Expression): boolean => {
    const value = evaluate(expression);
    if (typeof value !== "boolean") throw new Error(`expected a truth value: ${String(expression)}`);
    return value;
  };
  const evaluate = (expression: Expression): Value => {
    if (typeof expression === "string") {
      const value = known.get(expression) ?? evaluateName(expression);
      known.set(expression, value);
      return value;
    }
    const [operator, ...terms] = expression;
    const [first, second, third] = terms as [Expression, Expression, Expression];
    switch (operator) {
      case "+":
        return terms.reduce<Rational>((sum, term) => sum.add(number(term)), ZERO);
      case "*":
        return number(first).mul(number(second));
      case "/":
        return number(first).div(number(second));
      case "-":
        if (terms.length !== 1) throw new Error("a difference");
        return number(first).neg();
      case "ite":
        return truth(first) ? evaluate(second) : evaluate(third);
      case "and":
        return terms.every(truth);
      case "or":
        return terms.some(truth);
      case "not":
        return !truth(first);
      case ">":
        return number(first).gt(number(second));
      case "=":
        return number(first).equals(number(second));
      default:
        throw new Error(`an unknown operator ${String(operator)}`);
    }
  };
  const evaluateName = (name: string): Value => {
    const definition = script.defined.get(name);
    if (definition !== undefined) return evaluate(definition);
    if (name === "true" || name === "false") return name === "true";
    if (!/^(?:0|[1-9][0-9]*)\.0$/.test(name)) throw new Error(`an unknown name or numeral ${name}`);
    return rational(BigInt(name.slice(0, -2)));
  };
  return evaluate;
}

/** Whether all assertions hold at a patch in u-units. */
export function holdsAt(script: ScriptRead, units: readonly Rational[]): boolean {
  const evaluate = evaluatorAt(script, patchPoint(units));
  return script.asserted.every((assertion) => evaluate(assertion) === true);
}

export function patchPoint(units: readonly Rational[]): ReadonlyMap<string, Rational> {
  return new Map(units.map((u, place) => [`x${place}`, u]));
}
