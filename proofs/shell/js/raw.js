/* oxlint-disable no-unused-vars -- js_of_ocaml links these functions by the names in the comments */
// Integers for the extracted checker: a number while it is a safe integer, else a bigint. A result that may have left the
// safe integers is computed again with bigints.
//Provides: integer_norm
function integer_norm(big) {
  var small = Number(big);
  return small <= 9007199254740991 && small >= -9007199254740991 ? small : big;
}
//Provides: integer_of_int
function integer_of_int(x) {
  return x;
}
//Provides: integer_to_int
function integer_to_int(x) {
  return Number(x);
}
//Provides: integer_of_string
//Requires: integer_norm, caml_jsstring_of_string
function integer_of_string(s) {
  return integer_norm(BigInt(caml_jsstring_of_string(s)));
}
//Provides: integer_to_string
//Requires: caml_string_of_jsstring
function integer_to_string(x) {
  return caml_string_of_jsstring(String(x));
}
//Provides: integer_safe
function integer_safe(x) {
  return typeof x === "number" && x <= 9007199254740991 && x >= -9007199254740991;
}
//Provides: integer_add
//Requires: integer_norm, integer_safe
function integer_add(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    var c = a + b;
    if (integer_safe(c)) return c;
  }
  return integer_norm(BigInt(a) + BigInt(b));
}
//Provides: integer_sub
//Requires: integer_norm, integer_safe
function integer_sub(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    var c = a - b;
    if (integer_safe(c)) return c;
  }
  return integer_norm(BigInt(a) - BigInt(b));
}
//Provides: integer_mul
//Requires: integer_norm, integer_safe
function integer_mul(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    var c = a * b;
    if (integer_safe(c)) return c === 0 ? 0 : c;
  }
  return integer_norm(BigInt(a) * BigInt(b));
}
//Provides: integer_compare
function integer_compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
//Provides: integer_equal
function integer_equal(a, b) {
  return a == b ? 1 : 0;
}
//Provides: integer_leq
function integer_leq(a, b) {
  return a <= b ? 1 : 0;
}
//Provides: integer_lt
function integer_lt(a, b) {
  return a < b ? 1 : 0;
}
//Provides: integer_floor_div
//Requires: integer_norm
function integer_floor_div(a, b) {
  if (b == 0) return 0;
  var x = BigInt(a),
    y = BigInt(b),
    q = x / y;
  if (q * y !== x && x < BigInt(0) !== y < BigInt(0)) q -= BigInt(1);
  return integer_norm(q);
}
//Provides: integer_small
function integer_small(x) {
  return typeof x === "number" ? 1 : 0;
}
//Provides: integer_words
function integer_words(x) {
  if (typeof x === "number") return 1;
  return Math.ceil((x < 0 ? -x : x).toString(16).length / 16);
}
