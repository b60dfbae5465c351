/* oxlint-disable no-unused-vars -- js_of_ocaml links these functions by the names in the comments */
// How Node gets at the checker.
//Provides: entry_is_program
function entry_is_program() {
  return typeof module === "object" && typeof require === "function" && require.main === module ? 1 : 0;
}
//Provides: entry_decide
//Requires: caml_call_gen, caml_string_of_jsstring, caml_jsstring_of_string
function entry_decide(answer) {
  module.exports.decide = function (text) {
    var result = caml_call_gen(answer, [caml_string_of_jsstring(text)]);
    return { exitCode: result[1], text: caml_jsstring_of_string(result[2]) };
  };
  return 0;
}
