(* The checker as a program. *)
From WP Require Import Statement Weights Head Theorems Integers.
Extraction Language OCaml.
Extraction "build/checker.ml" machine_ok accepts check_head check_weights check_code.
