/* js_of_ocaml takes linked bytecode, so the names must exist; raw.js and entry.js have what they do. None of these is ever called. */
#define STUB(name) long name(void) { return 1; }
STUB(integer_of_int) STUB(integer_to_int) STUB(integer_of_string) STUB(integer_to_string) STUB(integer_add) STUB(integer_sub) STUB(integer_mul)
STUB(integer_compare) STUB(integer_equal) STUB(integer_leq) STUB(integer_lt) STUB(integer_floor_div)
STUB(integer_small) STUB(integer_words) STUB(entry_decide) STUB(entry_is_program)
