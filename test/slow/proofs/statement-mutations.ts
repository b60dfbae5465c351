/** One-line changes of proofs/Statement.v, each of which makes it another statement. */

/** Replaces the only occurrence of the first text by the second. */
export type StatementMutation = readonly [from: string, to: string];

export const STATEMENT_MUTATIONS: readonly StatementMutation[] = [
  [
    "if symbol =? 0 then blank else if symbol =? 1 then one else minus",
    "if symbol =? 0 then blank else if symbol =? 1 then minus else one",
  ],
  [
    "if (q <? 2 ^ n)%nat then 0 :: bits n q else 1 :: bits n (q - 2 ^ n)",
    "if (q <? 2 ^ n)%nat then 0 :: bits n q else 0 :: bits n (q - 2 ^ n)",
  ],
  ["Some (2 ^ length ds + q)%nat else None", "Some (1 + q)%nat else None"],
  ["| Beyond => 3 ^ Z.of_nat (2 + state_digits M)", "| Beyond => 3 ^ Z.of_nat (1 + state_digits M)"],
  ["((flag =? 1) && (s =? 0))", "(flag =? 1)"],
  ["if (q <? states M)%nat then Some (delta M q s)", "if (q <=? states M)%nat then Some (delta M q s)"],
  ["(is_padding (X above) || is_set (X above))", "(is_set (X above))"],
  ["{| keeps := false; offset := - PHASE M; slope := 1 |}", "{| keeps := false; offset := - PHASE M; slope := 0 |}"],
  ["phase_is (-1) (X above) || phase_is (-1) (X below) then", "phase_is (-1) (X above) then"],
  ["is_one M (X right) && is_padding (X below)", "is_one M (X left) && is_padding (X below)"],
  ["is_one M (X right) && is_padding (X below)", "is_one M (X right) && is_padding (X above)"],
  ["then add (PHASE M + HEAD M 0)", "then add (PHASE M)"],
  ["phase_is 1 (X left) || phase_is 1 (X right) then add", "phase_is 1 (X left) then add"],
  ["put (write e * SYMBOL M + PHASE M + (if stays", "put (write e * SYMBOL M + (if stays"],
  ["same_move (go e) Stay || is_padding (X (towards (go e)))", "same_move (go e) Stay"],
  ["match gamma M (X below) with Some e => arrives M e Up", "match gamma M (X above) with Some e => arrives M e Up"],
  [
    "match gamma M (X right) with Some e => arrives M e Left",
    "match gamma M (X right) with Some e => arrives M e Right",
  ],
  [
    "else if phase_is (-1) (X centre) then {| keeps := true; offset := 0; slope := 1 |}",
    "else if phase_is (-1) (X centre) then keep",
  ],
  ["[(0, -1); (0, 0); (0, 1); (1, 0)]", "[(0, -1); (0, 0); (0, 1)]"],
  ["map (cons d) (strings n)) [-1; 0; 1]", "map (cons d) (strings n)) [0; 1]"],
  ["if (p =? centre)%nat then well_formed M", "if (p =? above)%nat then well_formed M"],
  ["if relu l then Qmax 0 y else y", "if relu l then Qmin 0 y else y"],
  ["else if Qle_bool x 0 then 18 * (x + (1 # 9))", "else if Qle_bool x 0 then 18 * (x - (1 # 9))"],
  ["else if Qle_bool x (1 # 6) then", "else if Qle_bool x (1 # 7) then"],
  ["match m with Up => -1 | Down => 1 | _ => 0 end", "match m with Up => 1 | Down => -1 | _ => 0 end"],
  ["head_row := if moves then i else head_row c", "head_row := i"],
  ["if here c i j then write e else tape c i j", "if here c i j then 0 else tape c i j"],
  ["if Z.abs (i - tau) <? Z.of_nat t then", "if Z.abs (i - tau) <=? Z.of_nat t then"],
  [
    "if j <? data then Digits 0 (sign i j) 0 0 zeros else Digits 1 0 0 0 zeros else Beyond",
    "if j <? data then Digits 0 (sign i j) 0 0 zeros else Digits 0 0 0 0 zeros else Beyond",
  ],
  ["((1 # 3) * inject_Z (label e", "((1 # 2) * inject_Z (label e"],
  ["if (i <? Z.of_nat k)%Z then ((1 # 3)", "if (i <=? Z.of_nat k)%Z then ((1 # 3)"],
  ["then W i j * inject_Z (z j) else 1))", "then W i j else 1))"],
  ["then W i j * inject_Z (z j) else 1))", "then W i j * inject_Z (z j) else 0))"],
  ["if j <? d then x j else 1.", "if j <? d then x j else -1."],
  ["(nth_example examples i)) j * with_one d x j.", "(nth_example examples i)) j."],
];
