(* The definitions of Statement.v as a program, which the tests compare with spec/. *)
From WP Require Import Statement WeightSets Integers.
Extraction Language OCaml.
Extraction "build/definitions.ml" machine_ok u f_bar value letters step f_head run memory_wave memorized memory_layer stored xor_tape weight_sets.
