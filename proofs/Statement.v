(* What is claimed: definitions and statements, no proofs. To be read beside B.1 to B.3 of the paper and beside spec/;
   README.md pairs each definition with its place in both. Numbers are integers or rationals, so nothing here needs an axiom. *)
From Coq Require Import ZArith QArith Qabs Qminmax List Bool Arith.
Import ListNotations.
Open Scope Z_scope.

(* ---------------------------------------------------------------- machines (B.1.2) ---- *)

Inductive move := Up | Down | Left | Right | Stay.
Record entry := { write : Z; go : move; next : nat }.
(* For each state, what it does on blank, on 1 and on -1. *)
Record machine := { table : list (entry * entry * entry) }.

Definition states (M : machine) : nat := length (table M).
Definition no_entry : entry := {| write := 0; go := Stay; next := 0 |}.
Definition delta (M : machine) (q : nat) (symbol : Z) : entry :=
  let '(blank, one, minus) := nth q (table M) (no_entry, no_entry, no_entry) in
  if symbol =? 0 then blank else if symbol =? 1 then one else minus.

Definition entry_ok (M : machine) (e : entry) : bool := (-1 <=? write e) && (write e <=? 1) && (next e <? states M)%nat.
(* There is a state, every symbol written is one, and every next state is there. *)
Definition machine_ok (M : machine) : bool :=
  (0 <? states M)%nat && forallb (fun '(a, b, c) => entry_ok M a && entry_ok M b && entry_ok M c) (table M).

(* ---------------------------------------------------------------- cells (B.1.1) ---- *)

(* Digits 0 to 3 (padding column, symbol, phase, head) and those of the state; or p, beyond the edge. *)
Inductive cell := Beyond | Digits (flag symbol phase head : Z) (state : list Z).

Definition state_digits (M : machine) : nat := Nat.log2_up (states M).

(* State q in binary, n digits, the most significant first; and back. *)
Fixpoint bits (n q : nat) : list Z :=
  match n with
  | O => []
  | S n => if (q <? 2 ^ n)%nat then 0 :: bits n q else 1 :: bits n (q - 2 ^ n)
  end.
Fixpoint unbits (ds : list Z) : option nat :=
  match ds with
  | [] => Some O
  | d :: ds =>
    match unbits ds with
    | Some q => if d =? 0 then Some q else if d =? 1 then Some (2 ^ length ds + q)%nat else None
    | None => None
    end
  end.

Fixpoint ternary (ds : list Z) : Z :=
  match ds with [] => 0 | d :: ds => d * 3 ^ Z.of_nat (length ds) + ternary ds end.

(* A cell in u-units, u = 2 * 3^K x with K = 3 + state_digits; p = 1/6 is 3^(K-1). *)
Definition u (M : machine) (c : cell) : Z :=
  match c with
  | Beyond => 3 ^ Z.of_nat (2 + state_digits M)
  | Digits flag symbol phase head ds => 2 * ternary (flag :: symbol :: phase :: head :: ds)
  end.
(* 1, 1/3, 3^-2, and what a head in state q adds: 3^-3 and its code. *)
Definition ONE (M : machine) : Z := 2 * 3 ^ Z.of_nat (3 + state_digits M).
Definition SYMBOL (M : machine) : Z := 2 * 3 ^ Z.of_nat (2 + state_digits M).
Definition PHASE (M : machine) : Z := 2 * 3 ^ Z.of_nat (1 + state_digits M).
Definition HEAD (M : machine) (q : nat) : Z := 2 * (3 ^ Z.of_nat (state_digits M) + ternary (bits (state_digits M) q)).

(* Questions to a cell; of p, which has no digits, a comparison with a digit is false. *)
Definition is_padding (c : cell) : bool := match c with Beyond => true | _ => false end.
Definition is_zero (M : machine) (c : cell) : bool := u M c =? 0.
Definition is_one (M : machine) (c : cell) : bool := u M c =? ONE M.
Definition is_set (c : cell) : bool := match c with Beyond => false | Digits _ s _ _ _ => negb (s =? 0) end.
Definition phase_is (k : Z) (c : cell) : bool := match c with Beyond => false | Digits _ _ f _ _ => f =? k end.
(* gamma: the entry of the table that the head on a cell is about to follow, if the cell carries a head. *)
Definition gamma (M : machine) (c : cell) : option entry :=
  match c with
  | Beyond => None
  | Digits flag s phase head ds =>
    if (phase =? 1) && (head =? 1) && ((flag =? 0) || ((flag =? 1) && (s =? 0))) then
      match unbits ds with
      | Some q => if (q <? states M)%nat then Some (delta M q s) else None
      | None => None
      end
    else None
  end.

(* ---------------------------------------------------------------- f-bar (B.2) ---- *)

(* The nine places of a patch, row by row. *)
Definition above : nat := 1.
Definition left : nat := 3.
Definition centre : nat := 4.
Definition right : nat := 5.
Definition below : nat := 7.
Definition towards (m : move) : nat :=
  match m with Up => above | Down => below | Left => left | Right => right | Stay => centre end.
Definition same_move (a b : move) : bool := (towards a =? towards b)%nat.

(* The value is (if keeps then the centre else 0) + offset; the derivative by the centre is slope, all others are 0. *)
Record outcome := { keeps : bool; offset : Z; slope : Z }.
Definition keep : outcome := {| keeps := true; offset := 0; slope := 0 |}.
Definition add (by_ : Z) : outcome := {| keeps := true; offset := by_; slope := 0 |}.
Definition put (value : Z) : outcome := {| keeps := false; offset := value; slope := 0 |}.

Definition f_msg (M : machine) (X : nat -> cell) : outcome :=
  if is_zero M (X centre) && (is_padding (X above) || is_set (X above)) then
    {| keeps := false; offset := - PHASE M; slope := 1 |}
  else if phase_is (-1) (X above) || phase_is (-1) (X below) then put (- PHASE M)
  else if is_set (X centre) && is_one M (X right) && is_padding (X below) then add (PHASE M + HEAD M 0)
  else if phase_is 1 (X above) || phase_is 1 (X below) || phase_is 1 (X left) || phase_is 1 (X right) then add (PHASE M)
  else keep.

Definition arrives (M : machine) (e : entry) (m : move) : outcome :=
  if same_move (go e) m then add (HEAD M (next e)) else keep.

Definition f_TM (M : machine) (X : nat -> cell) : outcome :=
  match gamma M (X centre) with
  | Some e =>
    let stays := same_move (go e) Stay || is_padding (X (towards (go e))) in
    put (write e * SYMBOL M + PHASE M + (if stays then HEAD M (next e) else 0))
  | None =>
    match gamma M (X below) with Some e => arrives M e Up | None =>
    match gamma M (X above) with Some e => arrives M e Down | None =>
    match gamma M (X right) with Some e => arrives M e Left | None =>
    match gamma M (X left) with Some e => arrives M e Right | None => keep
    end end end end
  end.

Definition f_bar (M : machine) (X : nat -> cell) : outcome :=
  if phase_is 0 (X centre) then f_msg M X
  else if phase_is 1 (X centre) then f_TM M X
  else if phase_is (-1) (X centre) then {| keeps := true; offset := 0; slope := 1 |}
  else keep.

Definition value (M : machine) (X : nat -> cell) (o : outcome) : Z := (if keeps o then u M (X centre) else 0) + offset o.

(* ---------------------------------------------------------------- alphabets ---- *)

(* (digit 0, digit 1) of a cell of the data or of a padding column *)
Definition faces : list (Z * Z) := [(0, -1); (0, 0); (0, 1); (1, 0)].
Definition well_formed (M : machine) : list cell :=
  let n := state_digits M in
  Digits 0 0 (-1) 0 (bits n 0)
  :: flat_map (fun '(flag, s) =>
       Digits flag s 0 0 (bits n 0) :: Digits flag s 1 0 (bits n 0)
       :: map (fun q => Digits flag s 1 1 (bits n q)) (seq 0 (states M))) faces.

Fixpoint strings (n : nat) : list (list Z) :=
  match n with
  | O => [[]]
  | S n => flat_map (fun d => map (cons d) (strings n)) [-1; 0; 1]
  end.
Definition full (M : machine) : list cell :=
  Beyond :: flat_map (fun ds => match ds with a :: b :: c :: d :: ds => [Digits a b c d ds] | _ => [] end)
                     (strings (4 + state_digits M)).

Inductive alphabet := WellFormed | Full.
(* What a place of a patch may hold. *)
Definition letters (M : machine) (A : alphabet) (p : nat) : list cell :=
  match A with
  | Full => full M
  | WellFormed => if (p =? centre)%nat then well_formed M else Beyond :: well_formed M
  end.
Definition patch_of (M : machine) (A : alphabet) (X : nat -> cell) : Prop :=
  forall p, (p < 9)%nat -> In (X p) (letters M A p).

(* ---------------------------------------------------------------- networks and derivatives (2.2) ---- *)

Definition row : Type := Q * list (nat * Q).
Record layer := { relu : bool; rows : list row }.

Definition dot (entries : list (nat * Q)) (x : nat -> Q) : Q :=
  fold_right (fun e s => snd e * x (fst e) + s)%Q 0%Q entries.
(* Entry i of Wx + b, or of relu(Wx + b). *)
Definition apply (l : layer) (x : nat -> Q) (i : nat) : Q :=
  match nth_error (rows l) i with
  | None => 0%Q
  | Some (bias, entries) => let y := (bias + dot entries x)%Q in if relu l then Qmax 0 y else y
  end.
Fixpoint run (network : list layer) (x : nat -> Q) : nat -> Q :=
  match network with [] => x | l :: network => run network (apply l x) end.

(* F is differentiable at x with value v and partial derivatives d: near x it even is the affine function. *)
Fixpoint sum (n : nat) (f : nat -> Q) : Q := match n with O => 0%Q | S n => (sum n f + f n)%Q end.
Definition germ (F : (nat -> Q) -> Q) (x : nat -> Q) (v : Q) (d : nat -> Q) : Prop :=
  exists eps, (0 < eps)%Q /\
  forall z, (forall p, (p < 9)%nat -> (Qabs (z p - x p) < eps)%Q) -> (F z == v + sum 9 (fun p => d p * (z p - x p)))%Q.

(* ---------------------------------------------------------------- the head (end of B.2) ---- *)

Definition f_head (x : Q) : Q :=
  (if Qle_bool x (-1 # 6) then -1
  else if Qle_bool x 0 then 18 * (x + (1 # 9))
  else if Qle_bool x (1 # 9) then -18 * (x - (1 # 9))
  else if Qle_bool x (1 # 6) then 18 * (x - (1 # 9))
  else 1)%Q.

(* ---------------------------------------------------------------- grids and runs ---- *)

Record config := { tape : Z -> Z -> Z; head_row : Z; head_column : Z; state : nat }.

Definition inside (height width i j : Z) : bool := (0 <=? i) && (i <? height) && (0 <=? j) && (j <? width).
Definition down (m : move) : Z := match m with Up => -1 | Down => 1 | _ => 0 end.
Definition across (m : move) : Z := match m with Left => -1 | Right => 1 | _ => 0 end.
Definition here (c : config) (i j : Z) : bool := (i =? head_row c) && (j =? head_column c).

(* One step; a move off the grid leaves the head where it is. *)
Definition step (M : machine) (height width : Z) (c : config) : config :=
  let e := delta M (state c) (tape c (head_row c) (head_column c)) in
  let i := head_row c + down (go e) in
  let j := head_column c + across (go e) in
  let moves := inside height width i j in
  {| tape := fun i j => if here c i j then write e else tape c i j;
     head_row := if moves then i else head_row c;
     head_column := if moves then j else head_column c;
     state := next e |}.
Fixpoint steps (M : machine) (height width : Z) (t : nat) (c : config) : config :=
  match t with O => c | S t => step M height width (steps M height width t c) end.

Definition is_symbol (s : Z) : Prop := s = -1 \/ s = 0 \/ s = 1.
Definition config_ok (M : machine) (height width : Z) (c : config) : Prop :=
  inside height width (head_row c) (head_column c) = true /\ (state c < states M)%nat /\ forall i j, is_symbol (tape c i j).

(* A grid of cells shows a configuration; a cell of a padding column reads as blank until the head has written there. *)
Definition shows (M : machine) (height width : Z) (g : Z -> Z -> cell) (c : config) : Prop :=
  forall i j,
  if inside height width i j then
    exists flag, (flag = 0 \/ flag = 1 /\ tape c i j = 0) /\
    g i j = Digits flag (tape c i j) 1 (if here c i j then 1 else 0) (bits (state_digits M) (if here c i j then state c else 0))
  else g i j = Beyond.

Definition patch {T} (g : Z -> Z -> T) (i j : Z) (p : nat) : T := g (i + Z.of_nat (p / 3) - 1) (j + Z.of_nat (p mod 3) - 1).

(* The grid of Lemma 3 after t layers of the step that memorizes row tau (rows count from 0): rows above tau were memorized
   before and hold a third of a sign, those from tau on are 0, the memory phase has reached all rows less than t away from tau;
   columns from `data` on are padding columns. *)
Definition memory_wave (M : machine) (rows data columns tau : Z) (sign : Z -> Z -> Z) (t : nat) (i j : Z) : cell :=
  let zeros := bits (state_digits M) 0 in
  if inside rows columns i j then
    if j <? data then
      if Z.abs (i - tau) <? Z.of_nat t then Digits 0 0 (-1) 0 zeros
      else if i <? tau then Digits 0 (sign i j) 0 0 zeros else Digits 0 0 0 0 zeros
    else Digits 1 0 0 0 zeros
  else Beyond.

(* The grid when all rows are memorized, and the configuration that it stands for: head at the bottom right of the data. *)
Definition memorized (M : machine) (rows data columns : Z) (sign : Z -> Z -> Z) (i j : Z) : cell :=
  let zeros := bits (state_digits M) 0 in
  if inside rows columns i j then if j <? data then Digits 0 (sign i j) 0 0 zeros else Digits 1 0 0 0 zeros else Beyond.
Definition start_config (rows data columns : Z) (sign : Z -> Z -> Z) : config :=
  {| tape := fun i j => if inside rows columns i j && (j <? data) then sign i j else 0;
     head_row := rows - 1; head_column := data - 1; state := 0 |}.
Definition distance (rows data i j : Z) : Z := Z.abs (i - (rows - 1)) + Z.abs (j - (data - 1)).
(* B.1.2, first step: in state 0 the machine neither moves nor writes. *)
Definition first_state_waits (M : machine) : Prop := forall s, is_symbol s -> go (delta M 0 s) = Stay /\ write (delta M 0 s) = s.

(* The filter as a layer on a grid of numbers, p beyond the edge; and t such layers. *)
Definition conv (M : machine) (filter : list layer) (height width : Z) (z : Z -> Z -> Q) (i j : Z) : Q :=
  if inside height width i j then run filter (patch z i j) 0%nat else inject_Z (u M Beyond).
Fixpoint convs (M : machine) (filter : list layer) (height width : Z) (t : nat) (z : Z -> Z -> Q) : Z -> Z -> Q :=
  match t with O => z | S t => conv M filter height width (convs M filter height width t z) end.

(* ---------------------------------------------------------------- Algorithm 1 (section 4, Definition 5) ---- *)

(* f_mem: W diag(z), and columns of ones to the right of it; W and z are in x-units, the grid in u-units. *)
Definition memory_layer (M : machine) (rows data columns : Z) (W : Z -> Z -> Q) (z : Z -> Z) (i j : Z) : Q :=
  if inside rows columns i j then (inject_Z (ONE M) * (if (j <? data)%Z then W i j * inject_Z (z j) else 1))%Q
  else inject_Z (u M Beyond).
Definition total (rows data : Z) (f : Z -> Z -> Q) : Q :=
  sum (Z.to_nat rows) (fun i => sum (Z.to_nat data) (fun j => f (Z.of_nat i) (Z.of_nat j))).
(* f(z; W): L layers, the head at each cell of the data, the sum. *)
Definition output (M : machine) (filter head : list layer) (rows data columns : Z) (L : nat) (z : Z -> Z) (W : Z -> Z -> Q) : Q :=
  total rows data (fun i j =>
    run head (fun _ => convs M filter rows columns L (memory_layer M rows data columns W z) i j / inject_Z (ONE M))%Q 0%nat).

(* F has at W the value v and the partial derivatives D: near W it even is the affine function. *)
Definition germ_at (rows data : Z) (F : (Z -> Z -> Q) -> Q) (W : Z -> Z -> Q) (v : Q) (D : Z -> Z -> Q) : Prop :=
  exists eps, (0 < eps)%Q /\
  forall W', (forall i j, inside rows data i j = true -> (Qabs (W' i j - W i j) < eps)%Q) ->
  (F W' == v + total rows data (fun i j => D i j * (W' i j - W i j)))%Q.
(* W' is W after a step along the gradient of (F - y)^2 / 2, with the learning rate 1/54. *)
Definition sgd_step (rows data : Z) (F : (Z -> Z -> Q) -> Q) (y : Q) (W W' : Z -> Z -> Q) : Prop :=
  exists v D, germ_at rows data F W v D /\
  forall i j, inside rows data i j = true -> (W' i j == W i j - (1 # 54) * ((v - y) * D i j))%Q.

Definition is_sign (s : Z) : Prop := s = 1 \/ s = -1.
Record example := { point : Z -> Z; label : Z }.
Definition example_ok (e : example) : Prop := (forall j, is_sign (point e j)) /\ is_sign (label e).
Definition dummy : example := {| point := fun _ => 1; label := 1 |}.
(* [x 1]: entries from d on are 1. *)
Definition with_one (d : Z) (x : Z -> Z) (j : Z) : Z := if j <? d then x j else 1.
(* W' is W after steps with these examples, one after the other. *)
Fixpoint trains (rows d : Z) (f : (Z -> Z) -> (Z -> Z -> Q) -> Q) (examples : list example) (W W' : Z -> Z -> Q) : Prop :=
  match examples with
  | [] => forall i j, inside rows (d + 1) i j = true -> (W' i j == W i j)%Q
  | e :: examples => exists W1, sgd_step rows (d + 1) (f (with_one d (point e))) (inject_Z (label e)) W W1 /\
                                trains rows d f examples W1 W'
  end.

(* W holds the first k examples, a third of y [x 1] in a row each, and is 0 below them. *)
Definition nth_example (examples : list example) (i : Z) : example := nth (Z.to_nat i) examples dummy.
Definition stored (d : Z) (examples : list example) (k : nat) (i j : Z) : Q :=
  let e := nth_example examples i in
  if (i <? Z.of_nat k)%Z then ((1 # 3) * inject_Z (label e * with_one d (point e) j))%Q else 0%Q.
Definition holds (d : Z) (examples : list example) (k : nat) (W : Z -> Z -> Q) : Prop :=
  forall i j, inside (Z.of_nat (length examples)) (d + 1) i j = true -> (W i j == stored d examples k i j)%Q.
(* B.1.2, XOR input: what the tape holds for the point x. *)
Definition xor_tape (d : Z) (examples : list example) (x : Z -> Z) (i j : Z) : Z :=
  label (nth_example examples i) * with_one d (point (nth_example examples i)) j * with_one d x j.
(* Definition 6, B.1.2: the answer is in the first cell, the rest of the data is blank, the head on that cell or off the data. *)
Definition answers (rows data : Z) (c : config) (y : Z) : Prop :=
  (forall i j, inside rows data i j = true -> tape c i j = if (i =? 0) && (j =? 0) then y else 0) /\
  (head_row c = 0 /\ head_column c = 0 \/ data <= head_column c).

(* ---------------------------------------------------------------- the claims ---- *)

(* verdicts.function: value and all nine partial derivatives, at every patch of the alphabet. *)
Definition computes_f_bar (M : machine) (A : alphabet) (filter : list layer) : Prop :=
  forall X, patch_of M A X ->
  germ (fun z => run filter z 0%nat) (fun p => inject_Z (u M (X p)))
    (inject_Z (value M X (f_bar M X))) (fun p => if (p =? centre)%nat then inject_Z (slope (f_bar M X)) else 0%Q).

(* verdicts.head: the head's network is f_head on the whole line. *)
Definition computes_f_head (head : list layer) : Prop := forall x, (run head (fun _ => x) 0%nat == f_head x)%Q.

(* verdicts.step, closure: f-bar never leaves the well-formed cells. *)
Definition is_closed (M : machine) : Prop :=
  forall X, patch_of M WellFormed X -> exists c, In c (well_formed M) /\ value M X (f_bar M X) = u M c.

(* verdicts.step, local step: on every grid, f-bar leaves in each cell what the machine's step leaves there. *)
Definition layer_is_step (M : machine) : Prop :=
  forall height width g c, config_ok M height width c -> shows M height width g c ->
  exists g', shows M height width g' (step M height width c) /\
  forall i j, inside height width i j = true -> value M (patch g i j) (f_bar M (patch g i j)) = u M (g' i j).

(* Computation: on every grid, from every configuration, t layers of the filter are t steps of the machine. *)
Definition rolls_out (M : machine) (filter : list layer) : Prop :=
  forall height width g c, config_ok M height width c -> shows M height width g c ->
  forall t, exists g', shows M height width g' (steps M height width t c) /\
  forall i j, (convs M filter height width t (fun i j => inject_Z (u M (g i j))) i j == inject_Z (u M (g' i j)))%Q.

(* And what a grid of numbers shows is one configuration: symbols, head and state can be read off. *)
Definition shows_one (M : machine) : Prop :=
  forall height width g c g' c', config_ok M height width c -> config_ok M height width c' ->
  shows M height width g c -> shows M height width g' c' -> (forall i j, u M (g i j) = u M (g' i j)) ->
  head_row c = head_row c' /\ head_column c = head_column c' /\ state c = state c' /\
  forall i j, inside height width i j = true -> tape c i j = tape c' i j.

(* Lemma 3, layer by layer, for every size and all signs: f-bar turns the grid after t layers into that after t + 1, and its
   derivative by the centre is 1 in row tau and where the memory phase has been before, else 0. So the product over
   layers is 1 in row tau of the data, and 0 everywhere else once the phase has been there. *)
Definition memorizes (M : machine) : Prop :=
  forall rows data columns tau sign, 0 < data < columns /\ 0 <= tau < rows -> (forall i j, sign i j = 1 \/ sign i j = -1) ->
  forall t i j, inside rows columns i j = true ->
  let X := patch (memory_wave M rows data columns tau sign t) i j in
  value M X (f_bar M X) = u M (memory_wave M rows data columns tau sign (S t) i j) /\
  slope (f_bar M X) = if (j <? data) && (Z.abs (i - tau) <=? Z.of_nat t) && ((i =? tau) || (Z.abs (i - tau) <? Z.of_nat t)) then 1 else 0.

(* And the filter's layers do so: t of them turn the grid before the first layer into that after t. *)
Definition network_memorizes (M : machine) (filter : list layer) : Prop :=
  forall rows data columns tau sign, 0 < data < columns /\ 0 <= tau < rows -> (forall i j, sign i j = 1 \/ sign i j = -1) ->
  forall t i j, (convs M filter rows columns t (fun i j => inject_Z (u M (memory_wave M rows data columns tau sign 0 i j))) i j
    == inject_Z (u M (memory_wave M rows data columns tau sign t i j)))%Q.

(* The hand-over from memory to computation, for every size and all signs: after k + 1 layers the compute phase has reached all
   cells up to k away from the start, and those show the machine's k-th configuration; it stays ahead of the head. So
   once k is at least rows + columns, k + 1 layers show what k steps leave. *)
Definition hands_over (M : machine) (filter : list layer) : Prop :=
  forall rows data columns sign, 0 < data < columns /\ 0 < rows -> (forall i j, sign i j = 1 \/ sign i j = -1) ->
  forall k, exists g', shows M rows columns g' (steps M rows columns k (start_config rows data columns sign)) /\
  forall i j, (convs M filter rows columns (S k) (fun i j => inject_Z (u M (memorized M rows data columns sign i j))) i j
    == inject_Z (u M (if (distance rows data i j <=? Z.of_nat k)%Z then g' i j else memorized M rows data columns sign i j)))%Q.

(* Lemma 2, for every d, every number of padding columns, every training set and every depth: what Algorithm 1 leaves after k steps
   is there, is unique, and is a third of the first k examples; and after all steps, that of the dummy sample included, the
   network says of every point what the machine answers, if it has answered after L - 1 steps. *)
Definition learns (M : machine) (filter head : list layer) : Prop :=
  forall d padding examples L, 0 <= d -> 0 < padding -> Forall example_ok examples ->
  let all := examples ++ [dummy] in
  let rows := Z.of_nat (length all) in
  let columns := d + 1 + padding in
  let f := output M filter head rows (d + 1) columns L in
  rows <= Z.of_nat L ->
  (forall k W, (k <= length all)%nat -> trains rows d f (firstn k all) (fun _ _ => 0%Q) W <-> holds d all k W) /\
  (forall W x y, holds d all (length all) W -> (forall j, is_sign (x j)) -> is_sign y -> rows + d <= Z.of_nat L ->
    answers rows (d + 1) (steps M rows columns (L - 1) (start_config rows (d + 1) columns (xor_tape d all x))) y ->
    (f (with_one d x) W == inject_Z y)%Q).
