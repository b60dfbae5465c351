/**
 * Leaves out mutants of texts for people: what a message says is looked at, not tested word by word. Codes, paths, witnesses
 * and everything that is computed are mutated.
 */
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** The argument of each function that is a message. */
const MESSAGE_OF = { rejected: 2, undecided: 1, reject: 2, giveUp: 1, fail: 0, shape: 0 };
/** Keys whose values describe. */
const DESCRIPTIONS = new Set(["message", "printed", "amended", "reason", "order", "place", "text", "found"]);
const TEXTS = new Set(["StringLiteral", "TemplateLiteral"]);

/** Whether an expression is handed on as a message. */
function isMessage({ parent, node }) {
  if (parent.type === "NewExpression") return parent.callee.name?.endsWith("Error") === true;
  if (parent.type === "CallExpression") {
    // The checks of arguments are told the name of the function that asks.
    if (parent.callee.name?.startsWith("assert") === true) return node.type === "StringLiteral";
    return parent.arguments[MESSAGE_OF[parent.callee.name]] === node;
  }
  if (parent.type === "ObjectProperty") return parent.value === node && DESCRIPTIONS.has(parent.key.name);
  if (parent.type === "AssignmentPattern") return parent.left.name === "caller";
  return parent.type === "VariableDeclarator" && parent.id.name === "message";
}

/** Whether a text is a message or a part of one, however it is put together; what a function returns is not. */
function isInMessage(path) {
  if (path === null || path.parent === null || path.isStatement() || path.isFunction()) return false;
  return isMessage(path) || isInMessage(path.parentPath);
}

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "message-texts", {
    shouldIgnore: (path) => (TEXTS.has(path.node.type) && isInMessage(path) ? "the text of a message" : undefined),
  }),
];
