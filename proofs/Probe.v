(* The definitions of the statements as a program, which the tests compare with spec/. *)
From WP Require Import Statement WeightSets WeiChenMaStatement DecoderStatement Integers.
Extraction Language OCaml.
Extraction "build/definitions.ml" machine_ok u f_bar value letters step f_head run memory_wave memorized memory_layer stored xor_tape weight_sets
  circuit_value gates_value gate_layers round_layers circuit_network number bit time_bits score full_score output_of history pass.
