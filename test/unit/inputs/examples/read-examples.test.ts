import { describe, expect, it } from "vitest";
import { readExamples, readQueries, readTrainingFile } from "../../../../inputs/examples/read-examples.js";

describe("readExamples", () => {
  const two = [
    { x: [1, -1], y: -1 },
    { x: [-1, -1], y: 1 },
  ];
  it.each([
    ["signs", "1,-1,-1\n-1,-1,1\n"],
    ["bits", "1,0,0\n0,0,1\n"],
    ["bits in some columns, signs in others", "1,0,-1\n0,0,1"],
    ["a header", "a,b,label\n1,-1,-1\n-1,-1,1\n"],
    [
      "a header of quoted names, plus signs, spaces, CRLF and a byte order mark",
      '\uFEFF"x 1","x,2",y\r\n +1, -1,-1\r\n-1,-1,+1\r\n',
    ],
    ["empty lines", "\n1,-1,-1\n\n-1,-1,1\n\n"],
  ])("should read %s", (_, text) => {
    expect(readExamples(text, "train.csv")).toEqual(two);
  });

  it.each([
    ["", "train.csv: expected at least one line of data, got none"],
    ["a,b,label\n", "train.csv: expected at least one line of data, got none"],
    ["1,-1,1\n1,-1\n", "train.csv:2: expected 3 columns, got 2"],
    ["x,y\n1,-1,1\n", "train.csv:2: expected 2 columns, got 3"],
    ["1,-1,1\n1,2,1\n", 'train.csv:2: column 2: expected 1, -1 or 0, got "2"'],
    ["1,-1,1\n1,yes,1\n", 'train.csv:2: column 2: expected 1, -1 or 0, got "yes"'],
    ["1,-1,1\n1,-1,\n", "train.csv:2: column 3: expected 1, -1 or 0, got nothing"],
    [",1\n1,1\n", "train.csv:1: column 1: expected 1, -1 or 0, got nothing"],
    ["0.5,1\n", 'train.csv:1: column 1: expected 1, -1 or 0, got "0.5"'],
    ["1,-1,1\n\n1,0,1\n", "train.csv:3: column 2: expected -1 as above, got 0"],
    ["1\n-1\n", "train.csv: expected at least one coordinate and a label in each line, got one column"],
    ['1,"-1\n', "train.csv: not CSV: Quote Not Closed: the parsing is finished with an opening quote at line 1"],
  ])("should refuse %j in one line", (text, message) => {
    let error: unknown;
    try {
      readExamples(text, "train.csv");
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: "InputError", message });
  });
});

describe("readQueries", () => {
  it("should read points with and without labels", () => {
    expect(readQueries("1,-1\n", "test.csv", 2)).toEqual([{ x: [1, -1], label: undefined }]);
    expect(readQueries("a,b,label\n1,0,0\n", "test.csv", 2)).toEqual([{ x: [1, -1], label: -1 }]);
  });

  it("should refuse another dimension than the training set's", () => {
    expect(() => readQueries("1,-1\n", "test.csv", 3)).toThrow(
      "test.csv: expected 3 coordinates as in the training set, with or without a label, got 2 columns",
    );
  });
});

describe("files of bits", () => {
  it("should read 1 as -1 or as +1, as told, and files of signs as they are", () => {
    const bits = "a,b,y\n1,0,1\n1,1,0\n";
    expect(readTrainingFile(bits, "m.csv", "minus")).toEqual({
      examples: [
        { x: [-1, 1], y: -1 },
        { x: [-1, -1], y: 1 },
      ],
      header: ["a", "b", "y"],
      isBits: true,
    });
    expect(readExamples(bits, "m.csv", "plus")[0]).toEqual({ x: [1, -1], y: 1 });
    expect(readQueries("0,1\n", "m.csv", 2, "minus")).toEqual([{ x: [1, -1], label: undefined }]);
    for (const signs of ["1,-1,1\n", "1,+1,0\n", "1,1,1\n", "-1,0,1\n"]) {
      const read = readTrainingFile(signs, "m.csv", "minus");
      expect(read).toMatchObject({ isBits: false, header: undefined });
      expect(read).toEqual(readTrainingFile(signs, "m.csv", "plus"));
    }
  });
});
