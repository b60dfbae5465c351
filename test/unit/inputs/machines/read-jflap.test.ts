import { describe, expect, it } from "vitest";
import { InputError } from "../../../../inputs/input-error.js";
import { MAX_FILE_BYTES, MAX_STATES } from "../../../../inputs/input-limits.js";
import { looksLikeJflap, readJflap as readAlphabet } from "../../../../inputs/machines/read-jflap.js";
import { runAlphabet, wordOnTape } from "../../../../spec/machines/alphabet-machine.js";
import { readJflap } from "../../../three-symbol-readers.js";

const GOOD = `<?xml version="1.0" encoding="UTF-8" standalone="no"?><!--A test.--><structure>&#13;
<type>turing</type>&#13;
<automaton>&#13;
<!--States-->
<block id="0" name="go"><tag>Machine0</tag><x>1.0</x><y>2.0</y><initial/></block>
<block id="1" name="turn"><tag>Machine1</tag><x>3.0</x><y>4.0</y><label>an &amp; sign</label></block>
<block id="2" name="end"><tag>Machine2</tag><x>3.0</x><y>4.0</y><final/></block>
<!--Transitions-->
<transition><from>0</from><to>1</to><read>a</read><write>b</write><move>R</move></transition>
<transition><from>0</from><to>0</to><read/><write/><move>S</move></transition>
<transition><from>1</from><to>2</to><read>~</read><write>~</write><move>L</move></transition>
<!--The machines inside-->
<Machine0/>
<Machine1/>
<Machine2/>
<note><text>a note</text><x>0</x><y>0</y></note>
</automaton>&#13;
</structure>
`;

/** The message of the InputError that reading throws. */
function complaint(text: string): string {
  try {
    readJflap(text, "m.jff");
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${text.slice(0, 200)}`);
}

describe("readJflap", () => {
  const entry = (write: number, move: string, next: string): object => ({ write, move, next });

  it("should read blocks without content, blanks, wildcards and notes", () => {
    expect(readJflap(GOOD, "dir/test.jff")).toEqual({
      name: "test",
      states: ["go", "turn", "no-rule", "end"],
      start: "go",
      // State go has no transition on b.
      halting: ["no-rule", "end"],
      table: new Map([
        [
          "go",
          new Map([
            [1, entry(-1, "right", "turn")],
            [0, entry(0, "stay", "go")],
          ]),
        ],
        [
          "turn",
          new Map([
            [0, entry(0, "left", "end")],
            [1, entry(1, "left", "end")],
            [-1, entry(-1, "left", "end")],
          ]),
        ],
      ]),
      notes: { about: 'Read from a JFLAP file: "□" is blank, "a" is +1, "b" is -1' },
      expected: {},
    });
  });

  it("should read files of old versions: states, no <automaton>, no names, the drawn blank, one tape by name", () => {
    const text = `<structure><type>turing</type><tapes>1</tapes>
      <state id="4"><initial/></state><state id="12" name=" "><final/></state><state id="5" name="x"><name>y</name></state>
      <transition><from>4</from><to>5</to><read tape="1">□</read><write tape="1"><![CDATA[&]]></write><move tape="1">R</move></transition>
      <transition><from>5</from><to>12</to><read>&#38;</read><write>&lt;</write><move>L</move></transition></structure>`;
    const { states, table, notes } = readJflap(text, "m.jff");
    expect(states).toEqual(["q4", "y", "no-rule", "q12"]);
    expect(table.get("q4")?.get(0)).toEqual(entry(1, "right", "y"));
    expect(table.get("y")?.get(1)).toEqual(entry(-1, "left", "q12"));
    expect(notes.about).toContain('"□" is blank, "&" is +1, "<" is -1');
  });

  it("should keep the halting state where no transition is missing", () => {
    const text = GOOD.replace("<read>a</read><write>b</write>", "<read>a</read><write>a</write>");
    expect(readJflap(text, "m.jff").halting).toEqual(["end"]);
  });

  const run = (text: string, word: string): [number, string, boolean | null, string] => {
    const machine = readAlphabet(text, "m.jff", [...word]);
    const start = wordOnTape([...word].map((symbol) => machine.symbols.indexOf(symbol)));
    const end = runAlphabet(machine, 1000, [start]);
    const cells = [...(end.tapes[0]?.cells ?? [])].map(
      ([place, symbol]) => [Number(place.split(",")[1]), symbol] as const,
    );
    const tape = cells.toSorted(([a], [b]) => a - b).map(([, symbol]) => machine.symbols[symbol]);
    return [end.steps, end.state, end.accepts, tape.join("")];
  };
  const file = (states: string, transitions: string): string =>
    `<structure><type>turing</type><automaton>${states}${transitions}</automaton></structure>`;
  const STATES = '<state id="0" name="p"><initial/></state><state id="1" name="f"><final/></state>';
  const arc = (from: number, to: number, read: string, write: string, move: string): string =>
    `<transition><from>${from}</from><to>${to}</to><read>${read}</read><write>${write}</write><move>${move}</move></transition>`;

  it("should halt in a final state, whatever leaves it, also in the first", () => {
    const text = file(STATES, `${arc(0, 1, "a", "b", "R")}${arc(1, 0, "a", "b", "R")}`);
    expect(run(text, "aa")).toEqual([1, "f", true, "ba"]);
    expect(run(text, "ba")).toEqual([0, "p", false, "ba"]);
    expect(run(text.replace("<initial/>", "<initial/><final/>"), "aa")).toEqual([0, "p", true, "aa"]);
  });

  it("should take ! for any symbol but one, after all others, and lists with a variable", () => {
    const text = file(STATES, `${arc(0, 0, "!b", "~", "R")}${arc(0, 0, "b,c}x", "x", "R")}${arc(0, 1, "", "d", "S")}`);
    expect(run(text, "abcc")).toEqual([5, "f", true, "abccd"]);
    expect(run(file(STATES, arc(0, 0, "!b", "b", "R")), "xyb")).toEqual([2, "p", false, "bbb"]);
    expect(() =>
      readAlphabet(file(STATES, `${arc(0, 0, "!b", "b", "R")}${arc(0, 0, "!c", "a", "R")}`), "m.jff"),
    ).toThrow("a second one; only deterministic machines are read");
  });

  it("should take a text of several characters for one symbol", () => {
    const machine = readAlphabet(file(STATES, arc(0, 1, "aa", "b1", "R")), "m.jff");
    expect(machine.symbols).toEqual(["\u25A1", "aa", "b1"]);
  });

  it("should lay building blocks flat: inner transitions come first, those of the block where none applies", () => {
    const inner = `<Machine1><block id="0" name="in"><tag>M</tag><initial/></block>${arc(0, 0, "a", "x", "R")}<M/></Machine1>`;
    const blocks =
      '<block id="0" name="p"><initial/></block><block id="1" name="sub"><tag>Machine1</tag></block><block id="2" name="f"><final/></block>';
    const leaveBlock = '<transition block="true"><from>1</from><to>2</to><read>b</read></transition>';
    const text = file(blocks, `${arc(0, 1, "a", "a", "R")}${leaveBlock}${inner}`);
    expect(readAlphabet(text, "m.jff").states).toEqual(["p", "sub/in", "f"]);
    expect(run(text, "aaab")).toEqual([4, "f", true, "axxb"]);
    expect(run(text, "aax")).toEqual([2, "sub/in", false, "axx"]);
  });

  it("should read several tapes; what is not there for a tape reads and writes blank and moves right", () => {
    const two = (tag: string, a: string, b: string): string =>
      `<${tag} tape="1">${a}</${tag}><${tag} tape="2">${b}</${tag}>`;
    const arcs = `<transition><from>0</from><to>1</to>${two("read", "a", "~")}${two("write", "b", "~")}<move tape="2">L</move></transition>`;
    const machine = readAlphabet(file(STATES, arcs).replace("<automaton>", "<tapes>2</tapes><automaton>"), "m.jff");
    const entry = { write: [2, 1], moves: ["right", "left"], next: "f" };
    expect(machine).toMatchObject({ tapes: 2, symbols: ["\u25A1", "a", "b"] });
    expect([...(machine.table.get("p") ?? [])]).toHaveLength(3);
    expect(machine.table.get("p")?.get("1,1")).toEqual(entry);
  });

  const edits: [string, string, string, string][] = [
    ["a finite automaton", "turing", "fa", 'm.jff:1:69: expected a machine of type turing, got type "fa"'],
    ["a file without a type", "<type>turing</type>", "", "m.jff:1:69: the file: missing <type>"],
    ["two types", "<type>turing</type>", "<type>turing</type><type>fa</type>", "the file: expected one <type>"],
    ["another root", "structure", "model", ""],
    ["four tapes", "<automaton>", "<tapes>4</tapes><automaton>", 'm.jff:3:1: expected 1 to 3 tapes, got "4"'],
    [
      "two automata",
      "<automaton>",
      "<automaton/><automaton>",
      "m.jff:3:13: expected one <automaton>, got a second one",
    ],
    [
      "transitions of two tapes",
      "<read>a</read>",
      '<read tape="1">a</read><read tape="2">a</read>',
      'm.jff:9:1: transition from state "go": <read> of tape "2"; the machine has one',
    ],
    [
      "a transition of the second tape",
      "<read>a</read>",
      '<read tape="2">a</read>',
      '<read> of tape "2"; the machine has one',
    ],
    [
      "a building block without an initial state",
      "<Machine1/>",
      '<Machine1><state id="0"/></Machine1>',
      "m.jff:14:1: expected a state with <initial/>, got none",
    ],
    ["no symbol to read", "<read>a</read>", "", 'transition from state "go": missing <read>'],
    ["no symbol to write", "<write>b</write>", "", 'm.jff:9:1: transition from state "go": missing <write>'],
    ["no move", "<move>S</move>", "", 'm.jff:10:1: transition from state "go": missing <move>'],
    ["an unknown move", "<move>S</move>", "<move>U</move>", 'state "go": expected L, R or S in <move>, got "U"'],
    ["no source", "<from>0</from>", "", "transition: missing <from>"],
    [
      "an unknown source",
      "<from>0</from>",
      "<from>7</from>",
      'm.jff:9:1: transition: expected the id of a state in <from>, got "7"',
    ],
    ["an unknown target", "<to>2</to>", "<to>q2</to>", 'transition: expected the id of a state in <to>, got "q2"'],
    [
      "two transitions on one symbol",
      "<read/>",
      "<read>a</read>",
      'm.jff:10:1: transition from state "go", symbol "a": a second one; only deterministic machines are read',
    ],
    ["a wildcard over a symbol", "<read/>", "<read>~</read>", 'symbol "a": a second one'],
    ["no initial state", "<initial/>", "", "m.jff:3:1: expected a state with <initial/>, got none"],
    ["two initial states", "<final/>", "<initial/>", 'm.jff:7:1: state "end": a second initial state'],
    ["a state without id", 'id="1" ', "", "m.jff:6:1: expected a state with a number as its id, got none"],
    ["a state with a word as its id", 'id="1"', 'id="one"', 'expected a state with a number as its id, got "one"'],
    ["an id twice", 'id="1"', 'id="0"', "m.jff:6:1: state 0: a second state with this id"],
    ["a name twice", 'name="turn"', 'name="go"', 'm.jff:6:1: state 1: a second state with the name "go"'],
    [
      "a name that is too long",
      'name="turn"',
      `name="${"x".repeat(65)}"`,
      "m.jff:6:1: state 1: expected a name (1 to 64 characters",
    ],
    ["a control character in a name", 'name="turn"', 'name="a&#9;b"', "state 1: expected a name"],
    ["a tag that stays open", "</automaton>", "", "not XML: unexpected close tag"],
    ["an unknown entity", "an &amp; sign", "an &sign;", "m.jff:6:82: not XML: undefined entity"],
    ["a bare ampersand", "an &amp; sign", "an & sign", "not XML: "],
    ["an attribute twice", 'id="1"', 'id="1" id="1"', "not XML: duplicate attribute: id."],
    ["a control character", "a note", "a \u0007 note", "not XML: disallowed character"],
  ];

  it.each(edits)("should refuse %s", (_, from, to, message) => {
    const text = GOOD.replace(from, to);
    expect(text).not.toBe(GOOD);
    expect(complaint(text)).toContain(message);
    expect(complaint(text)).toMatch(/^m\.jff:\d+:\d+: [^\n]{1,300}$/);
  });

  const bomb = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, i) => `<!ENTITY ${String.fromCharCode(98 + i)} "${`&${String.fromCharCode(97 + i)};`.repeat(10)}">`).join("")}]>`;
  const texts: [string, string, string][] = [
    ["nothing", " \n", "m.jff: expected a machine, got an empty file"],
    ["a sentence", "hello", "m.jff:1:6: not XML: text data outside of root node."],
    ["another document", "<html/>", "m.jff:1:1: expected <structure> as JFLAP writes it, got <html>"],
    ["a long tag", `<${"x".repeat(100)}/>`, `got <${"x".repeat(37)}...>`],
    ["two roots", "<structure/><structure/>", "not XML: documents may contain only one root"],
    [
      "entities that multiply",
      `${bomb}<structure><type>&u;</type></structure>`,
      "m.jff:1:1: document types (<!DOCTYPE>) are not allowed",
    ],
    [
      "an entity from a file",
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><structure><type>&x;</type></structure>',
      "document types",
    ],
    [
      "a document type by address",
      '<!DOCTYPE structure SYSTEM "http://127.0.0.1:9/x.dtd"><structure/>',
      "document types",
    ],
    ["tags without end", "<a>".repeat(100_000), "m.jff:1:97: nested too deeply"],
    ["a tag that stays open", "<structure", "m.jff:1:11: not XML: document must contain a root element"],
    ["angle brackets without end", "<".repeat(100_000), "not XML: "],
    ["a comment that stays open", "<structure><!--", "not XML: "],
    [
      "attributes without end",
      `<a ${Array.from({ length: 20_000 }, (_, i) => `b${i}=""`).join(" ")}/>`,
      "expected <structure>",
    ],
    [
      "a text past the limit",
      `<a>${" ".repeat(MAX_FILE_BYTES)}`,
      `m.jff: expected at most ${MAX_FILE_BYTES} characters`,
    ],
    [
      "an empty machine",
      "<structure><type>turing</type></structure>",
      "m.jff:1:1: expected a state with <initial/>, got none",
    ],
  ];

  it.each(texts)("should refuse %s", (_, text, message) => {
    expect(complaint(text)).toContain(message);
    expect(complaint(text)).toMatch(/^m\.jff:(\d+:\d+:)? [^\n]{1,300}$/);
  });

  it("should count lines as editors do, whatever ends them", () => {
    const broken = GOOD.replace("<move>S</move>", "<move>U</move>");
    for (const end of ["\r\n", "\r"]) expect(complaint(broken.replaceAll("\n", end))).toMatch(/^m\.jff:10:1: /);
  });

  it("should read as many states as allowed, and no more", () => {
    const text = (count: number): string =>
      `<structure><type>turing</type><automaton>${Array.from({ length: count }, (_, i) => `<state id="${i}">${i === 0 ? "<initial/>" : ""}</state>`).join("\n")}</automaton></structure>`;
    // One more for runs that meet no rule.
    expect(readJflap(text(MAX_STATES), "m.jff").states.length).toBe(MAX_STATES + 1);
    expect(complaint(text(MAX_STATES + 1))).toBe("m.jff:4097:1: expected at most 4096 states, got more");
  });
});

describe("looksLikeJflap", () => {
  it("should go by the first sign", () => {
    expect(["<structure/>", " \n<?xml", "<"].map(looksLikeJflap)).toEqual([true, true, true]);
    expect(["", "a<b", "{<"].map(looksLikeJflap)).toEqual([false, false, false]);
  });
});
