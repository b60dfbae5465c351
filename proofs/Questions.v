(* f-bar as questions to cells, so that one text runs on cells and on sets of cells; and that it is f-bar. *)
From Coq Require Import ZArith Lia List Bool Arith.
From WP Require Import Statement.
Import ListNotations.
Open Scope Z_scope.

Inductive question := QPad | QZero | QOne | QSet | QPhase | QGo | QNext | QWrite.
(* All that f-bar sees of a cell. *)
Record view := { v_pad : Z; v_zero : Z; v_one : Z; v_set : Z; v_phase : Z; v_go : Z; v_next : Z; v_write : Z }.
Definition ask (v : view) (q : question) : Z :=
  match q with
  | QPad => v_pad v | QZero => v_zero v | QOne => v_one v | QSet => v_set v
  | QPhase => v_phase v | QGo => v_go v | QNext => v_next v | QWrite => v_write v
  end.
Definition view_of (M : machine) (c : cell) : view :=
  let g := gamma M c in
  {| v_pad := Z.b2z (is_padding c);
     v_zero := Z.b2z (is_zero M c);
     v_one := Z.b2z (is_one M c);
     v_set := Z.b2z (is_set c);
     v_phase := match c with Beyond => 9 | Digits _ _ f _ _ => f end;
     v_go := match g with Some e => Z.of_nat (towards (go e)) | None => 0 end;
     v_next := match g with Some e => Z.of_nat (next e) | None => 0 end;
     v_write := match g with Some e => write e | None => 0 end |}.

Inductive prog := Ret (o : outcome) | Ask (p : nat) (q : question) (k : Z -> prog).
Fixpoint run_prog (s : prog) (X : nat -> view) : outcome :=
  match s with Ret o => o | Ask p q k => run_prog (k (ask (X p) q)) X end.

(* "or" and "and" that ask no further than they must *)
Fixpoint any (qs : list (nat * question * Z)) (yes no : prog) : prog :=
  match qs with [] => no | (p, q, a) :: qs => Ask p q (fun b => if b =? a then yes else any qs yes no) end.
Fixpoint every (qs : list (nat * question * Z)) (yes no : prog) : prog :=
  match qs with [] => yes | (p, q, a) :: qs => Ask p q (fun b => if b =? a then every qs yes no else no) end.

Lemma run_any qs yes no X : run_prog (any qs yes no) X =
  if existsb (fun '(p, q, a) => ask (X p) q =? a) qs then run_prog yes X else run_prog no X.
Proof. induction qs as [|[[p q] a] qs IH]; simpl; [reflexivity|]. destruct (ask (X p) q =? a); simpl; auto. Qed.
Lemma run_every qs yes no X : run_prog (every qs yes no) X =
  if forallb (fun '(p, q, a) => ask (X p) q =? a) qs then run_prog yes X else run_prog no X.
Proof. induction qs as [|[[p q] a] qs IH]; simpl; [reflexivity|]. destruct (ask (X p) q =? a); simpl; auto. Qed.

Section Prog.
  Variable M : machine.
  Definition p_msg : prog :=
    let otherwise :=
      any [(above, QPhase, -1); (below, QPhase, -1)] (Ret (put (- PHASE M)))
      (every [(centre, QSet, 1); (right, QOne, 1); (below, QPad, 1)] (Ret (add (PHASE M + HEAD M 0)))
      (any [(above, QPhase, 1); (below, QPhase, 1); (left, QPhase, 1); (right, QPhase, 1)] (Ret (add (PHASE M)))
      (Ret keep))) in
    every [(centre, QZero, 1)]
      (any [(above, QPad, 1); (above, QSet, 1)] (Ret {| keeps := false; offset := - PHASE M; slope := 1 |}) otherwise)
      otherwise.
  Definition p_neighbour (p : nat) (m : nat) (no : prog) : prog :=
    Ask p QGo (fun g =>
      if g =? 0 then no
      else if g =? Z.of_nat m then Ask p QNext (fun q => Ret (add (HEAD M (Z.to_nat q)))) else Ret keep).
  Definition p_TM : prog :=
    Ask centre QGo (fun g =>
      if g =? 0 then
        p_neighbour below above (p_neighbour above below (p_neighbour right left (p_neighbour left right (Ret keep))))
      else
        Ask centre QWrite (fun w =>
          let stay := Ask centre QNext (fun q => Ret (put (w * SYMBOL M + PHASE M + HEAD M (Z.to_nat q)))) in
          if g =? 4 then stay else every [(Nat.min 8 (Z.to_nat g), QPad, 1)] stay (Ret (put (w * SYMBOL M + PHASE M + 0))))).
  Definition p_bar : prog :=
    Ask centre QPhase (fun f =>
      if f =? 0 then p_msg else if f =? 1 then p_TM
      else Ret {| keeps := true; offset := 0; slope := if f =? -1 then 1 else 0 |}).

  Lemma b2z_1 b : (Z.b2z b =? 1) = b. Proof. destruct b; reflexivity. Qed.
  Lemma phase_view k c : k <> 9 -> (v_phase (view_of M c) =? k) = phase_is k c.
  Proof. intros Hk. destruct c; [|reflexivity]. apply Z.eqb_neq. auto. Qed.

  Lemma neighbour_run X p m no r :
    run_prog no (fun p => view_of M (X p)) = r ->
    run_prog (p_neighbour p (towards m) no) (fun p => view_of M (X p)) =
      match gamma M (X p) with Some e => arrives M e m | None => r end.
  Proof.
    intros Hno. unfold p_neighbour, arrives, same_move. cbn [run_prog ask view_of v_go v_next].
    destruct (gamma M (X p)) as [e|] eqn:E; [|exact Hno].
    destruct (go e), m; cbn -[HEAD view_of]; try reflexivity;
      cbn [view_of v_next]; rewrite E, Nat2Z.id; reflexivity.
  Qed.

  Theorem p_bar_is_f_bar X : run_prog p_bar (fun p => view_of M (X p)) = f_bar M X.
  Proof.
    unfold p_bar, f_bar. cbn [run_prog ask]. rewrite !phase_view by discriminate.
    destruct (phase_is 0 (X centre)) eqn:E0.
    - unfold p_msg, f_msg. repeat rewrite ?run_every, ?run_any. cbn [existsb forallb ask].
      rewrite !phase_view by discriminate. cbn [view_of v_pad v_zero v_one v_set]. rewrite !b2z_1, !orb_false_r, !andb_true_r.
      cbn [run_prog]. rewrite !andb_assoc, !orb_assoc.
      destruct (is_zero M (X centre)); reflexivity.
    - destruct (phase_is 1 (X centre)) eqn:E1.
      + unfold p_TM, f_TM. cbn [run_prog ask].
        destruct (gamma M (X centre)) as [e|] eqn:Ec.
        * cbn [view_of v_go v_write]. rewrite Ec. unfold same_move.
          destruct (go e); cbn -[view_of HEAD SYMBOL PHASE Z.mul Z.add is_padding];
          cbn [view_of v_next v_pad v_write]; rewrite ?Ec, ?b2z_1, ?Nat2Z.id; try reflexivity;
          destruct (is_padding _); cbn -[view_of HEAD SYMBOL PHASE Z.mul Z.add]; cbn [view_of v_next];
          rewrite ?Ec, ?Nat2Z.id; reflexivity.
        * cbn [view_of v_go]. rewrite Ec. cbn [Z.eqb].
          change (p_neighbour below above) with (p_neighbour below (towards Up)).
          change (p_neighbour above below) with (p_neighbour above (towards Down)).
          change (p_neighbour right left) with (p_neighbour right (towards Left)).
          change (p_neighbour left right) with (p_neighbour left (towards Right)).
          repeat apply neighbour_run. reflexivity.
      + destruct (phase_is (-1) (X centre)); reflexivity.
  Qed.

  (* It asks only the nine places. *)
  Fixpoint asks_nine (s : prog) : Prop :=
    match s with Ret _ => True | Ask p q k => (p < 9)%nat /\ forall a, asks_nine (k a) end.
  Lemma run_prog_nine s X Y : asks_nine s -> (forall p, (p < 9)%nat -> X p = Y p) -> run_prog s X = run_prog s Y.
  Proof.
    intros Hs H. induction s as [o|p q k IH]; cbn [run_prog]; [reflexivity|]. destruct Hs as [Hp Hs].
    rewrite H by exact Hp. apply IH, Hs.
  Qed.
  Lemma p_bar_nine : asks_nine p_bar.
  Proof.
    unfold p_bar, p_msg, p_TM, p_neighbour.
    repeat (cbn [asks_nine any every]; match goal with
      | |- _ /\ _ => split
      | |- (_ < 9)%nat => unfold above, below, left, right, centre; lia
      | |- forall _, _ => intros ?
      | |- True => exact I
      | |- asks_nine (if ?b then _ else _) => destruct b
      end).
  Qed.
End Prog.
