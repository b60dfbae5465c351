(* How integers and natural numbers are extracted. Integers become those of the module Integer, which has two implementations:
   Zarith, and numbers and bigints of JavaScript behind js_of_ocaml. Natural numbers (columns, places, states, digits) become
   machine integers; the shell refuses texts in which they could grow large. *)
From Coq Require Export Extraction ExtrOcamlBasic ExtrOcamlNatInt.
From Coq Require Import ZArith QArith.

Extraction Blacklist Integer String List.
Extract Inductive positive => "Integer.t" [ "Integer.twice_plus_one" "Integer.twice" "Integer.one" ]
  "(fun f2p1 f2p f1 p -> if Integer.leq p Integer.one then f1 () else let h = Integer.half p in if Integer.is_even p then f2p h else f2p1 h)".
Extract Inductive Z => "Integer.t" [ "Integer.zero" "" "Integer.neg" ]
  "(fun fO fp fn z -> let s = Integer.sign z in if s = 0 then fO () else if s > 0 then fp z else fn (Integer.neg z))".
Extract Inductive N => "Integer.t" [ "Integer.zero" "" ] "(fun fO fp n -> if Integer.sign n <= 0 then fO () else fp n)".
Extract Constant Pos.add => "Integer.add".
Extract Constant Pos.succ => "(fun x -> Integer.add x Integer.one)".
Extract Constant Pos.mul => "Integer.mul".
Extract Constant Pos.compare => "(fun x y -> let s = Integer.compare x y in if s = 0 then Eq else if s < 0 then Lt else Gt)".
Extract Constant Pos.of_succ_nat => "(fun n -> Integer.of_int (n + 1))".
Extract Constant Pos.to_nat => "Integer.to_int".
Extract Constant Z.add => "Integer.add".
Extract Constant Z.sub => "Integer.sub".
Extract Constant Z.mul => "Integer.mul".
Extract Constant Z.opp => "Integer.neg".
Extract Constant Z.abs => "Integer.abs".
Extract Constant Z.min => "Integer.min".
Extract Constant Z.max => "Integer.max".
Extract Constant Z.eqb => "Integer.equal".
Extract Constant Zeq_bool => "Integer.equal".
Extract Constant Z.leb => "Integer.leq".
Extract Constant Z.ltb => "Integer.lt".
Extract Constant Z.compare => "(fun x y -> let s = Integer.compare x y in if s = 0 then Eq else if s < 0 then Lt else Gt)".
Extract Constant Z.of_nat => "Integer.of_int".
Extract Constant Z.to_nat => "(fun z -> if Integer.sign z <= 0 then 0 else Integer.to_int z)".
Extract Constant Z.div => "Integer.floor_div".
Extract Constant Z.lcm => "Integer.lcm".
Extract Constant Z.pow => "(fun x n -> Integer.pow x (Integer.to_int n))".
