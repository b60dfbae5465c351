import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../certificates/sha-256.js";
import { jsonOf, root, scratch, weightproofHere } from "./run-cli.js";

const folder = scratch();
const [OUT, FILTER, STATEMENT] = ["a.json", "a.filter.json", "a.intoto.json"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

describe("weightproof certify --statement, check --statement", () => {
  beforeAll(async () => {
    const made = await weightproofHere(
      "certify",
      "bb2",
      "--out",
      OUT,
      "--filter",
      FILTER,
      "--statement",
      STATEMENT,
      "--json",
    );
    expect(jsonOf(made)).toMatchObject({ verdict: "accepted", out: OUT, filter: FILTER, statement: STATEMENT });
  });

  it("should speak of the bytes of the files that were written", async () => {
    expect(JSON.parse(readFileSync(STATEMENT, "utf8"))).toMatchObject({
      subject: [
        { name: "a.json", digest: { sha256: sha256(readFileSync(OUT)) } },
        { name: "a.filter.json", digest: { sha256: sha256(readFileSync(FILTER)) } },
      ],
    });
  });

  it.each(["first", "second", "both"])("should be found right beside the verdict of %s", async (checker) => {
    const given = ["check", OUT, "--with", checker, "--statement", STATEMENT, "--subject", FILTER, OUT];
    const { stdout, status } = await weightproofHere(...given);
    expect(stdout).toMatch(/^accepted: /);
    expect(stdout).toMatch(/ statement +is the one about a\.json and a\.filter\.json that follows/);
    expect(stdout).toMatch(/a\.filter\.json is the filter\n/);
    expect(status).toBe(0);
    expect(jsonOf(await weightproofHere(...given, "--json"))).toMatchObject({
      verdict: "accepted",
      statement: { _type: "https://in-toto.io/Statement/v1" },
      subjects: [{ part: "filter" }, { part: "certificate" }],
    });
  });

  it("should reject the statement of another certificate, and files of another", async () => {
    const other = join(root, "certificates/bb3.json");
    const statement = await weightproofHere("check", other, "--statement", STATEMENT, "--json");
    expect(jsonOf(statement)).toMatchObject({ verdict: "rejected", code: "statement", path: "line 4" });
    expect(statement.status).toBe(1);
    const subject = await weightproofHere("check", other, "--subject", FILTER);
    expect(subject.stdout).toMatch(/^rejected: --subject: subject-file at .*a\.filter\.json: /);
    expect(subject.status).toBe(1);
  });

  it("should say of a rejected certificate that it is, whatever was given with it", async () => {
    const forged = join(folder, "forged.json");
    writeFileSync(forged, readFileSync(OUT, "utf8").replace('"alphabet": "well-formed"', '"alphabet": "full"'));
    const { stdout, status } = await weightproofHere("check", forged, "--statement", STATEMENT);
    expect(stdout).toMatch(/^rejected: .*forged\.json: (?!statement)/);
    expect(status).toBe(1);
  });

  it.each([
    [["certify", "bb2", "--statement", STATEMENT], /the statement names the certificate's file\n$/],
    [["certify", "bb2", "--out", "-", "--statement", STATEMENT], /the statement names the certificate's file\n$/],
    [
      ["certify", "bb2", "--out", OUT, "--filter", join(scratch(), "a.json"), "--statement", join(scratch(), "s")],
      /expected different file names\n$/,
    ],
    [["check", OUT, "--statement", join(folder, "missing")], /no such file\n$/],
    [["check", OUT, "--subject", folder], /expected a file, got a directory\n$/],
  ])("should refuse %j in one line", async (given, message) => {
    const { stderr, status } = await weightproofHere(...given);
    expect(stderr).toMatch(message);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(status).toBe(2);
  });
});
