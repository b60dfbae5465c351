/** Verbs that a paper offers in the same form as every other: what differs is whose certificates and claims they are about. */
import type { AuditedPaper } from "../audit/paper.js";
import type { Verb, VerbFunction } from "./system.js";

/** Rebuilds folders of a system's certificates; folders that name no system are those of rcnn. */
export function regenerateOf(system: string, about: string, load: () => Promise<VerbFunction>): Verb {
  return {
    about,
    argument: "[DIR]",
    argumentAbout: "folder with certificates",
    argumentDefault: "certificates",
    options: [{ flags: "--check", about: "write nothing; fail on the first difference and show it" }],
    json: true,
    takes: async (argument) => (await import("./regenerate-folder.js")).systemOfFolder(argument, "rcnn") === system,
    load,
  };
}

/** Decides the claims of a paper; nothing of it is loaded before the verb is called. */
export function auditOf(about: string, paper: () => Promise<AuditedPaper>): Verb {
  return {
    about,
    argument: "[CLAIM...]",
    argumentAbout: "claims of the paper; all of them if absent",
    options: [
      { flags: "--check", about: "print only whether every stated verdict follows" },
      { flags: "--html <FILE>", about: "write the report as one HTML page (- for stdout)" },
    ],
    json: true,
    takes: async (claim) => (await import("./audit-verb.js")).hasClaim(await paper(), claim),
    load: async () => (await import("./audit-verb.js")).auditVerb(await paper()),
  };
}
