/** Every property test runs from one seed, so that a failure in CI is the failure at the desk. */
import fc from "fast-check";

const seed = Number(process.env["FC_SEED"] ?? 20221121);
// A mutant that is noticed need not be noticed by the smallest example.
fc.configureGlobal({ seed, endOnFailure: process.env["MUTATION_TESTS"] !== undefined });
