(* The counterexamples of the amendments to sections 4.1 and B.1 to B.3, evaluated: on each the print's reading fails and that of
   Statement.v holds. A comment has the amendment's id and instance as amendments/rcnn/ replays it, which a test compares.
   Names: s = 1 is `idle`; values are in u-units, 2 * 3^K times the paper's: 54 times for s = 1, 162 times for s = 2. *)
From Coq Require Import ZArith QArith List Bool Arith.
From WP Require Import Statement.
Import ListNotations.
Open Scope Z_scope.

(* ---- machines whose states act alike on all symbols ---- *)
Definition keeping (m : move) (q : nat) : entry * entry * entry :=
  ({| write := 0; go := m; next := q |}, {| write := 1; go := m; next := q |}, {| write := -1; go := m; next := q |}).
Definition writing (w : Z) (m : move) (q : nat) : entry * entry * entry :=
  let e := {| write := w; go := m; next := q |} in (e, e, e).
Definition uniform (rows : list (entry * entry * entry)) : machine := {| table := rows |}.
Definition idle : machine := uniform [keeping Stay 0].
Definition halting : machine := uniform [keeping Stay 1; keeping Stay 1].

(* ---- grids as lists of rows ---- *)
Definition grid (cells : list (list cell)) (i j : Z) : cell :=
  if (0 <=? i) && (0 <=? j) then nth (Z.to_nat j) (nth (Z.to_nat i) cells []) Beyond else Beyond.
Definition left_by_layer (M : machine) (g : Z -> Z -> cell) (i j : Z) : Z := value M (patch g i j) (f_bar M (patch g i j)).
Definition indices {T} (l : list T) : list Z := map Z.of_nat (seq 0 (length l)).
(* The cells after a layer, read off their values. *)
Definition next_cells (M : machine) (cells : list (list cell)) : list (list cell) :=
  map (fun i => map (fun j =>
    match find (fun c => u M c =? left_by_layer M (grid cells) i j) (well_formed M) with Some c => c | None => Beyond end)
    (indices (nth (Z.to_nat i) cells []))) (indices cells).
Definition values (M : machine) (cells : list (list cell)) : list Z := map (u M) (concat cells).
Definition data (s : Z) (phase head : Z) (state : list Z) : cell := Digits 0 s phase head state.
Definition x_units (M : machine) (c : cell) : Q := (inject_Z (u M c) / inject_Z (ONE M))%Q.

(* ---- f-bar as printed: a comparison with a digit of p has no answer, gamma is asked of any cell ---- *)
Definition both (a b : option bool) : option bool :=
  match a, b with Some false, _ => Some false | _, Some false => Some false | Some true, Some true => Some true | _, _ => None end.
Definition either (a b : option bool) : option bool :=
  match a, b with Some true, _ => Some true | _, Some true => Some true | Some false, Some false => Some false | _, _ => None end.
Definition phase_printed (k : Z) (c : cell) : option bool := match c with Beyond => None | Digits _ _ f _ _ => Some (f =? k) end.
Definition set_printed (c : cell) : option bool := match c with Beyond => None | Digits _ s _ _ _ => Some (negb (s =? 0)) end.
Definition head_printed (c : cell) : option bool := match c with Beyond => None | Digits _ _ _ h _ => Some (h =? 1) end.
Definition gamma_printed (M : machine) (c : cell) : option entry :=
  match c with
  | Beyond => None
  | Digits _ s _ _ ds => match unbits ds with Some q => if (q <? states M)%nat then Some (delta M q s) else None | None => None end
  end.
Fixpoint first_line (lines : list (option bool * option Z)) : option Z :=
  match lines with
  | [] => None
  | (condition, value) :: lines => match condition with Some true => value | Some false => first_line lines | None => None end
  end.
Definition plus (a : Z) (b : option Z) : option Z := match b with Some b => Some (a + b) | None => None end.
Definition arrival_printed (M : machine) (mover : cell) (m : move) (source : cell) : option Z :=
  match gamma_printed M mover with
  | None => None
  | Some e => if same_move (go e) m then match gamma_printed M source with Some e => Some (HEAD M (next e)) | None => None end else Some 0
  end.
Definition f_bar_printed (M : machine) (X : nat -> cell) : option Z :=
  let x := u M (X centre) in
  let some := fold_right either (Some false) in
  match phase_printed 0 (X centre) with
  | None => None
  | Some true =>
    first_line [
      (both (Some (is_zero M (X centre))) (either (Some (is_padding (X above))) (set_printed (X above))), Some (- PHASE M));
      (either (phase_printed (-1) (X above)) (phase_printed (-1) (X below)), Some (- PHASE M));
      (both (set_printed (X centre)) (both (Some (is_one M (X right))) (Some (is_padding (X below)))), Some (x + PHASE M + HEAD M 0));
      (some (map (fun p => phase_printed 1 (X p)) [above; below; left; right]), Some (x + PHASE M));
      (Some true, Some x)]
  | Some false =>
    match phase_printed 1 (X centre) with
    | Some true =>
      first_line [
        (head_printed (X centre), match gamma_printed M (X centre) with
          | Some e => plus (write e * SYMBOL M + PHASE M) (arrival_printed M (X centre) Stay (X centre)) | None => None end);
        (head_printed (X below), plus x (arrival_printed M (X below) Up (X below)));
        (head_printed (X above), plus x (arrival_printed M (X above) Down (X above)));
        (head_printed (X right), plus x (arrival_printed M (X right) Left (X above)));
        (head_printed (X left), plus x (arrival_printed M (X left) Right (X above)));
        (Some true, Some x)]
    | _ => Some x
    end
  end.
Definition printed_at (M : machine) (cells : list (list cell)) (i j : Z) : option Z := f_bar_printed M (patch (grid cells) i j).

(* f-bar_head as printed: three open intervals, and 1 wherever no line says otherwise. *)
Definition less (a b : Q) : bool := negb (Qle_bool b a).
Definition f_head_printed (x : Q) : Q :=
  (if Qle_bool x (-1 # 6) then -1
  else if less x 0 then 18 * (x + (1 # 9))
  else if less 0 x && less x (1 # 9) then -18 * (x - (1 # 9))
  else if less (1 # 9) x && less x (1 # 6) then 18 * (x - (1 # 9))
  else 1)%Q.

(* ---------------------------------------------------------------- cells ---- *)

(* V_s as printed: digits from index 1 on. *)
Definition printed_letters (M : machine) : list cell :=
  flat_map (fun ds => match ds with b :: c :: d :: ds => [Digits 0 b c d ds] | _ => [] end) (strings (3 + state_digits M)).

(* digit-zero: s = 1, the value 1 of a padding column *)
Lemma digit_zero : existsb (is_one idle) (printed_letters idle) = false /\ existsb (is_one idle) (full idle) = true.
Proof. vm_compute. auto. Qed.
(* alphabet-size: s = 1 *)
Lemma alphabet_size : (length (Beyond :: printed_letters idle) <=? 16)%nat = false /\ (length (letters idle WellFormed above) <=? 16)%nat = true.
Proof. vm_compute. auto. Qed.
(* tape-alphabet: a machine with 4 tape symbols *)
Lemma tape_alphabet : let symbols := nodup Z.eq_dec (map (fun c => match c with Digits _ s _ _ _ => s | Beyond => 0 end) (full idle)) in
  (4 <=? length symbols)%nat = false /\ (3 <=? length symbols)%nat = true.
Proof. vm_compute. auto. Qed.
(* edges-need-padding: 1 x 3 grid *)
Lemma edges_need_padding :
  let end_of i n := (i =? 0) || (i =? n - 1) in
  let needs j := existsb (fun p => negb (patch (fun i j => inside 1 3 i j) 0 j p)) (seq 0 9) in
  forallb (fun j => implb (needs j) (end_of 0 1 && end_of j 3)) [0; 1; 2] = false /\
  forallb (fun j => implb (needs j) (end_of 0 1 || end_of j 3)) [0; 1; 2] = true.
Proof. vm_compute. auto. Qed.
(* padding-in-patch: the patches of a 1 x 1 grid of zeros, s = 1 *)
Lemma padding_in_patch :
  let entries := map (fun p => u idle (patch (grid [[data 0 0 0 []]]) 0 0 p)) (seq 0 9) in
  let all_in cells := forallb (fun x => existsb (fun c => u idle c =? x) cells) entries in
  all_in (tl (full idle)) = false /\ all_in (full idle) = true.
Proof. vm_compute. auto. Qed.
(* head-cell: s = 2, the cell 11/81 (digits 0 0 1 1 -1) among zeros *)
Lemma head_cell :
  let zero := data 0 0 0 [0] in
  let cells := [[zero; zero; zero]; [zero; data 0 1 1 [-1]; zero]; [zero; zero; zero]] in
  printed_at halting cells 1 1 = None /\ left_by_layer halting (grid cells) 1 1 = 22.
Proof. vm_compute. auto. Qed.

(* ---------------------------------------------------------------- states ---- *)

(* state-digits: s = 1, whose bit precision is log(s) + 4 = 4 *)
Lemma state_digits_count : let log := Nat.log2 1 in
  (length (seq 0 (S (log + 4))) =? log + 4)%nat = false /\ (4 + length (bits (state_digits idle) 0) =? log + 4)%nat = true.
Proof. vm_compute. auto. Qed.
(* power-of-two: s = 3 *)
Lemma power_of_two : existsb (fun k => 2 ^ k =? 3)%nat (seq 0 3) = false /\
  (3 <=? 2 ^ state_digits (uniform [keeping Stay 0; keeping Stay 0; keeping Stay 0]))%nat = true.
Proof. vm_compute. auto. Qed.
(* state-code: s = 2, the code 0 of the start state *)
Lemma state_code : existsb (fun ds => ternary ds =? 0) [[-1]; [1]] = false /\ existsb (fun ds => ternary ds =? 0) [bits 1 0; bits 1 1] = true.
Proof. vm_compute. auto. Qed.
(* state-scale: s = 2, a head in state 1 with code 1/81 arrives at the cell 3^-2 *)
Lemma state_scale :
  let state_of x := match find (fun c => Qeq_bool (x_units halting c) x) (tl (full halting)) with
    | Some (Digits _ _ _ _ ds) => unbits ds | _ => None end in
  state_of ((1 # 9) + (1 # 27) + (1 # 81) * (1 # 81))%Q = None /\
  state_of ((1 # 9) + inject_Z (HEAD halting 1) / inject_Z (ONE halting))%Q = Some 1%nat.
Proof. vm_compute. auto. Qed.

(* ---------------------------------------------------------------- machines ---- *)

(* halting-fixed-point: the halting state writes 0, moves "stay" and enters 0; it stands on a blank *)
Lemma halting_fixed_point :
  let cells := [[data 0 1 1 [1]]] in
  let after M := left_by_layer M (grid cells) 0 0 =? u M (grid cells 0 0) in
  after (uniform [keeping Stay 1; writing 0 Stay 0]) = false /\ after halting = true.
Proof. vm_compute. auto. Qed.
(* output-symbol: the label -1 *)
Lemma output_symbol :
  let share symbol := f_head (x_units halting (data symbol 1 1 [1])) in
  Qeq_bool (share 0) (-1) = false /\ Qeq_bool (share (-1)) (-1) = true.
Proof. vm_compute. auto. Qed.
(* halting-position: 1 x 2 grid, output 1, head at (1, 2), in state 1 of 2 *)
Lemma halting_position :
  let output cells := fold_right Qplus 0%Q (map (fun c => f_head (x_units halting c)) cells) in
  Qeq_bool (output [data 1 1 0 [0]; data 0 1 1 [1]]) 1 = false /\ Qeq_bool (output [data 1 1 1 [1]; data 0 1 0 [0]]) 1 = true /\
  ~ answers 1 2 {| tape := fun _ j => if j =? 0 then 1 else 0; head_row := 0; head_column := 1; state := 1 |} 1.
Proof.
  split; [vm_compute; reflexivity|]. split; [vm_compute; reflexivity|].
  intros [_ [[_ H]|H]]; cbn in H; [discriminate|apply H; reflexivity].
Qed.
(* final-cell: s = 1, halted in state 0 with output 1 *)
Lemma final_cell :
  let last := left_by_layer idle (grid [[data 1 1 1 []]]) 0 0 in
  (SYMBOL idle + PHASE idle =? last) = false /\ (SYMBOL idle + PHASE idle + HEAD idle 0 =? last) = true.
Proof. vm_compute. auto. Qed.
(* layers-until-halt: m = 0, d = 0, a machine that halts after t = 1 steps *)
Lemma layers_until_halt :
  let grids := fix grids n cells := match n with O => [cells] | S n => cells :: grids n (next_cells halting cells) end in
  let after k := values halting (nth k (grids 3%nat [[data 1 0 0 [0]; Digits 1 0 0 0 [0]]]) []) in
  let same k l := if list_eq_dec Z.eq_dec (after k) (after l) then true else false in
  existsb (fun l => l + 0 + 1 + 0 <=? l)%nat (seq 1 4) = false /\ same 1%nat 2%nat = false /\ same (1 + 0 + 1 + 0)%nat 3%nat = true.
Proof. vm_compute. auto. Qed.

(* ---------------------------------------------------------------- f-bar ---- *)

(* padding-has-no-digits: the grid [-1/3 | 1], s = 1, its first cell *)
Lemma padding_has_no_digits :
  let cells := [[data (-1) 0 0 []; Digits 1 0 0 0 []]] in
  printed_at idle cells 0 0 = None /\ left_by_layer idle (grid cells) 0 0 = -10.
Proof. vm_compute. auto. Qed.
(* start-corner: memorized 1 x 2 grid, to start at (1, 2) *)
Lemma start_corner :
  let g := grid [[data 1 0 0 []; data 1 0 0 []; Digits 1 0 0 0 []]] in
  let starts j := left_by_layer idle g 0 j =? u idle (g 0 j) + PHASE idle + HEAD idle 0 in
  let starts_by_words j := is_set (g 0 j) && is_padding (g 0 (j - 1)) && is_padding (g 1 j) in
  filter starts_by_words [0; 1] = [0] /\ filter starts [0; 1] = [1].
Proof. vm_compute. auto. Qed.
(* border-stays: s = 2, delta(0, .) = (0, ., stay), delta(1, .) = (0, ., up); the head in state 1 on a blank 1 x 1 grid *)
Lemma border_stays :
  let M := uniform [keeping Stay 0; keeping Up 0] in
  let cells := [[data 0 1 1 [1]]] in
  let wanted := u M (data 0 1 1 [0]) in
  printed_at M cells 0 0 = Some 18 /\ wanted = 24 /\ left_by_layer M (grid cells) 0 0 = wanted.
Proof. vm_compute. auto. Qed.
Definition blank : cell := data 0 1 0 [0].
Definition sideways (m : move) (row : list cell) (printed : option Z) (amended : Z) : Prop :=
  let M := uniform [keeping Stay 0; keeping m 1] in
  let cells := [[blank; blank; blank]; row; [blank; blank; blank]] in
  printed_at M cells 1 1 = printed /\ left_by_layer M (grid cells) 1 1 = amended /\ amended = u M (data 0 1 1 [1]).
(* head-right-state: s = 2, delta(0, .) = (0, ., stay), delta(1, .) = (1, ., left); the head in state 1, right of a blank centre *)
Lemma head_right_state : sideways Left [blank; blank; data 0 1 1 [1]] (Some 24) 26.
Proof. vm_compute. auto. Qed.
(* head-left-state: s = 2, delta(0, .) = (0, ., stay), delta(1, .) = (1, ., right); the head in state 1, left of a blank centre *)
Lemma head_left_state : sideways Right [data 0 1 1 [1]; blank; blank] (Some 24) 26.
Proof. vm_compute. auto. Qed.

(* ---------------------------------------------------------------- the head ---- *)

Definition product (a b : nat * nat) : option (nat * nat) := if (snd a =? fst b)%nat then Some (fst a, snd b) else None.
Definition head_shape (u1 u2 : nat * nat) : option (nat * nat) := match product u2 (1, 1)%nat with Some h => product u1 h | None => None end.
(* head-shapes: d_head = 2 *)
Lemma head_shapes : head_shape (2, 1)%nat (1, 2)%nat = None /\ head_shape (1, 2)%nat (2, 1)%nat = Some (1, 1)%nat.
Proof. vm_compute. auto. Qed.
(* The limit of a function that is affine from x + h on. *)
Definition limit (f : Q -> Q) (x h : Q) : Q := (2 * f (x + h) - f (x + 2 * h))%Q.
Definition continuous_at (f : Q -> Q) (x : Q) : bool := Qeq_bool (limit f x (1 # 108)) (f x) && Qeq_bool (limit f x (-1 # 108)) (f x).
(* head-continuous: x = 0 *)
Lemma head_continuous : continuous_at f_head_printed 0 = false /\ continuous_at f_head 0 = true.
Proof. vm_compute. auto. Qed.
(* head-blank-cell: final 1 x 2 grid with output 1, head on the corner, all else blank *)
Lemma head_blank_cell :
  let total f := (f (x_units idle (data 1 1 1 [])) + f (x_units idle (data 0 1 0 [])))%Q in
  Qeq_bool (total f_head_printed) 1 = false /\ Qeq_bool (total f_head) 1 = true.
Proof. vm_compute. auto. Qed.

(* ---------------------------------------------------------------- training ---- *)

(* The data (1) -> y, then the dummy sample. *)
Definition with_dummy (y : Z) : list example := [{| point := fun _ => 1; label := y |}; dummy].
(* Whether W after k steps holds a claimed matrix. *)
Definition left_is (y : Z) (k : nat) (claimed : list (list Q)) : bool :=
  forallb (fun i => forallb (fun j => Qeq_bool (stored 1 (with_dummy y) k i j) (nth (Z.to_nat j) (nth (Z.to_nat i) claimed []) 0%Q)) [0; 1]) [0; 1].
(* lemma-1-iterate: W^(1) for the data (1) -> 1 *)
Lemma lemma_1_iterate : left_is 1 0 [[1 # 3; 1 # 3]; [0; 0]]%Q = false /\ left_is 1 0 [[0; 0]; [0; 0]]%Q = true.
Proof. vm_compute. auto. Qed.
(* xor-last-entry: the test input (1) after the data (1) -> -1 *)
Lemma xor_last_entry :
  let row := map (fun j => xor_tape 1 (with_dummy (-1)) (fun _ => 1) 0 j) [0; 1] in
  let claimed last := [-1 * 1 * 1; -1 * last] in
  (if list_eq_dec Z.eq_dec (claimed (-1)) row then true else false) = false /\ (if list_eq_dec Z.eq_dec (claimed 1) row then true else false) = true.
Proof. vm_compute. auto. Qed.
(* lemma-2-range: the data (1) -> 1 *)
Lemma lemma_2_range : let iterates := S (length (with_dummy 1)) in
  (iterates <=? 1 + 1)%nat = false /\ (iterates <=? 1 + 2)%nat = true /\ left_is 1 2 [[1 # 3; 1 # 3]; [1 # 3; 1 # 3]]%Q = true.
Proof. vm_compute. auto. Qed.
(* The data column of the grid of step tau, one main column, after layers of f-bar. *)
Definition column_after (rows : nat) (tau : Z) (t : nat) : list Z :=
  let wave i j := memory_wave idle (Z.of_nat rows) 1 2 tau (fun _ _ => 1) 0 i j in
  let start := map (fun i => [wave i 0; wave i 1]) (map Z.of_nat (seq 0 rows)) in
  let after := fix after n cells := match n with O => cells | S n => after n (next_cells idle cells) end in
  map (fun row => u idle (hd Beyond row)) (after t start).
(* lemma-3-depth: m = 1, tau = 1, l = 1 *)
Lemma lemma_3_depth : column_after 2 0 1 = [- PHASE idle; 0] /\ column_after 2 0 2 = [- PHASE idle; - PHASE idle].
Proof. vm_compute. auto. Qed.
(* lemma-3-sign: m = 0, tau = 1, t = 1 *)
Lemma lemma_3_sign :
  (nth 0 (column_after 1 0 1) 0 =? PHASE idle) = false /\ (nth 0 (column_after 1 0 1) 0 =? - PHASE idle) = true /\
  slope (f_bar idle (patch (grid [[data 0 (-1) 0 []; Digits 1 0 0 0 []]]) 0 0)) = 1.
Proof. vm_compute. auto. Qed.
(* lemma-4-iterate: tau = 1, W^(2) for the data (1) -> 1 *)
Lemma lemma_4_iterate : left_is 1 1 [[0; 0]; [0; 0]]%Q = false /\ left_is 1 1 [[1 # 3; 1 # 3]; [0; 0]]%Q = true.
Proof. vm_compute. auto. Qed.
(* dummy-row: the last row of W^(3) for the data (1) -> 1 *)
Lemma dummy_row :
  let last entry := forallb (fun j => Qeq_bool (stored 1 (with_dummy 1) 2 1 j) entry) [0; 1] in
  last 1%Q = false /\ last (1 # 3)%Q = true.
Proof. vm_compute. auto. Qed.

(* ---------------------------------------------------------------- probabilities ---- *)

(* one-state: s = 1 *)
Lemma one_state :
  let zeros n r := {| relu := r; rows := repeat (0%Q, []) n |} in
  let drawn := [zeros 100%nat true; zeros 100%nat false; zeros 100%nat true; zeros 100%nat false; zeros 1%nat false; zeros 100%nat true; zeros 1%nat false] in
  (* The bound 1^(-c 1^2) is 1, so every draw must predict 1 or -1. The amended reading claims nothing for s = 1, and less than 1 from 2 on. *)
  1 ^ 400000 = 1 /\ Qeq_bool (Qabs.Qabs (run drawn (fun _ => 0%Q) 0%nat)) 1 = false /\ (1 <? 2 ^ 4) = true.
Proof. vm_compute. auto. Qed.
(* restarts: M = 1, q = 1/3 *)
Lemma restarts : let chance := (1 # 3)%Q in
  Qle_bool (1 - 1 * (1 # 3)) chance = false /\ Qle_bool (1 - (1 - (1 # 3)) ^ 1) chance = true.
Proof. vm_compute. auto. Qed.
