(* The checker of weight sets and counts, and its soundness. *)
From Coq Require Import ZArith QArith Qabs List Bool Arith Lia Setoid Permutation.
From WP Require Import Statement WeightSets.
Import ListNotations.
Open Scope Z_scope.

Definition mem (q : Q) (l : list Q) : bool := existsb (Qeq_bool q) l.
Fixpoint dedup (l seen : list Q) : list Q :=
  match l with [] => seen | q :: l => if mem q seen then dedup l seen else dedup l (q :: seen) end.
(* The numbers of layers before some others, in another order: no call waits for another, which a JavaScript stack would not bear. *)
Definition push_row (acc : list Q) (r : row) : list Q := fold_left (fun acc e => snd e :: acc) (snd r) (fst r :: acc).
Definition push_layer (acc : list Q) (l : layer) : list Q := fold_left push_row (rows l) acc.
Definition count_nonzero (l : list Q) : nat := fold_left (fun n q => if Qeq_bool q 0 then n else S n) l 0%nat.
Fixpoint each_in (filter : list layer) (sets : list (list Q)) : bool :=
  match filter, sets with
  | [], [] => true
  | l :: filter, set :: sets => forallb (fun q => mem q set) (dedup (push_layer [] l) []) && each_in filter sets
  | _, _ => false
  end.
Fixpoint same_list (a b : list nat) : bool :=
  match a, b with [], [] => true | x :: a, y :: b => (x =? y)%nat && same_list a b | _, _ => false end.
Definition check_weights (M : machine) (A : alphabet) (filter : list layer) (c : weight_counts) : bool :=
  let sets := weight_sets M A in
  let all := fold_left push_layer filter [] in
  each_in filter sets
  && (length (dedup (concat sets) []) =? set_size c)%nat
  && (length (dedup (0%Q :: all) []) =? distinct c)%nat
  && (count_nonzero all =? nonzero c)%nat
  && same_list (widths c) (map (fun l => length (rows l)) filter)
  && (width_bound c =? 100 * states M)%nat
  && Bool.eqb (within_width_bound c) (forallb (fun w => (w <=? width_bound c)%nat) (widths c)).
Definition check_code (M : machine) (c : code_numbers) : bool :=
  (code_states c =? states M)%nat && (code_digits c =? state_digits M)%nat && (code_last c =? last_index M)%nat && (code_scale c =? ONE M).

Lemma mem_is_in q l : mem q l = true <-> is_in q l.
Proof.
  unfold mem, is_in. rewrite existsb_exists. split; intros (w & H & E); exists w; (split; [exact H|]); apply Qeq_bool_iff, E.
Qed.
Lemma is_in_ext q r l : (q == r)%Q -> is_in q l -> is_in r l.
Proof. intros E (w & H & W). exists w. split; [exact H|]. rewrite <- E. exact W. Qed.
Lemma is_in_cons q a l : is_in q (a :: l) <-> (q == a)%Q \/ is_in q l.
Proof.
  split.
  - intros (w & [<-|H] & E); [auto|right; exists w; auto].
  - intros [E|(w & H & E)]; [exists a; split; [left; reflexivity|exact E]|exists w; split; [right; exact H|exact E]].
Qed.
Lemma dedup_ok l : forall seen, ForallOrdPairs (fun a b => ~ (a == b)%Q) seen ->
  ForallOrdPairs (fun a b => ~ (a == b)%Q) (dedup l seen) /\ forall q, is_in q (dedup l seen) <-> is_in q l \/ is_in q seen.
Proof.
  induction l as [|a l IH]; intros seen H; cbn [dedup].
  - split; [exact H|]. intros q. split; [auto|intros [(w & [] & _)|Hq]; exact Hq].
  - destruct (mem a seen) eqn:E.
    + destruct (IH seen H) as [H1 H2]. split; [exact H1|]. intros q. rewrite H2, is_in_cons. split; [tauto|].
      intros [[Ea|Hq]|Hq]; auto. right. apply mem_is_in in E. apply (is_in_ext a q); [symmetry; exact Ea|exact E].
    + destruct (IH (a :: seen)) as [H1 H2].
      { constructor; [|exact H]. rewrite Forall_forall. intros b Hb Eb. assert (T : mem a seen = true) by (apply mem_is_in; exists b; auto). congruence. }
      split; [exact H1|]. intros q. rewrite H2, !is_in_cons. tauto.
Qed.
Lemma distinct_ok l n : (length (dedup l []) =? n)%nat = true -> has_distinct l n.
Proof.
  intros E. apply Nat.eqb_eq in E. destruct (dedup_ok l [] (FOP_nil _)) as [H1 H2]. exists (dedup l []). split; [exact E|split; [exact H1|]].
  intros q. rewrite H2. split; [auto|intros [H|(w & [] & _)]; exact H].
Qed.
Lemma push_row_all acc r : Permutation (push_row acc r) ((fst r :: map snd (snd r)) ++ acc).
Proof.
  unfold push_row. assert (H : forall es acc, Permutation (fold_left (fun acc (e : nat * Q) => snd e :: acc) es acc) (map snd es ++ acc)).
  { induction es as [|e es IH]; intros b; [reflexivity|]. cbn [fold_left map app]. rewrite IH. symmetry. apply Permutation_middle. }
  rewrite H. cbn [app]. symmetry. apply Permutation_middle.
Qed.
Lemma push_layer_all l : forall acc, Permutation (push_layer acc l) (numbers l ++ acc).
Proof.
  unfold push_layer, numbers. induction (rows l) as [|r rs IH]; intros acc; [reflexivity|]. cbn [fold_left flat_map].
  rewrite IH, push_row_all, !app_assoc. apply Permutation_app_tail, Permutation_app_comm.
Qed.
Lemma all_numbers filter : Permutation (fold_left push_layer filter []) (flat_map numbers filter).
Proof.
  assert (H : forall filter acc, Permutation (fold_left push_layer filter acc) (flat_map numbers filter ++ acc)).
  { clear. induction filter as [|l filter IH]; intros acc; [reflexivity|]. cbn [fold_left flat_map].
    rewrite IH, push_layer_all, !app_assoc. apply Permutation_app_tail, Permutation_app_comm. }
  rewrite H, app_nil_r. reflexivity.
Qed.
Lemma is_in_same l l' q : Permutation l l' -> is_in q l <-> is_in q l'.
Proof. intros P. split; intros (w & H & E); exists w; (split; [|exact E]); [apply (Permutation_in w P H)|apply (Permutation_in w (Permutation_sym P) H)]. Qed.
Lemma has_distinct_same l l' n : Permutation l l' -> has_distinct l n -> has_distinct l' n.
Proof. intros P (ds & L & F & H). exists ds. split; [exact L|split; [exact F|]]. intros q. rewrite <- H. symmetry. apply is_in_same, P. Qed.
Lemma count_ok l l' : Permutation l l' -> count_nonzero l = length (List.filter (fun q => negb (Qeq_bool q 0)) l').
Proof.
  intros P. assert (C : forall l n, fold_left (fun n q => if Qeq_bool q 0 then n else S n) l n = (n + length (List.filter (fun q => negb (Qeq_bool q 0)) l))%nat).
  { clear. induction l as [|q l IH]; intros n; [cbn; lia|]. cbn [fold_left List.filter]. rewrite IH. destruct (Qeq_bool q 0); cbn [negb length]; lia. }
  unfold count_nonzero. rewrite C. cbn [Nat.add].
  induction P; cbn [List.filter]; try reflexivity.
  - destruct (negb _); cbn [length]; congruence.
  - destruct (negb (Qeq_bool x 0)), (negb (Qeq_bool y 0)); reflexivity.
  - congruence.
Qed.
Lemma each_in_ok filter : forall sets, each_in filter sets = true ->
  Forall2 (fun l set => forall q, In q (numbers l) -> is_in q set) filter sets.
Proof.
  induction filter as [|l filter IH]; intros [|set sets] H; cbn [each_in] in H; try discriminate; [constructor|].
  apply andb_prop in H. destruct H as [H H']. constructor; [|apply IH, H'].
  intros q Hq. rewrite forallb_forall in H.
  assert (D : is_in q (dedup (push_layer [] l) [])).
  { apply (proj2 (dedup_ok (push_layer [] l) [] (FOP_nil _)) q). left. apply (is_in_same (numbers l)).
    - rewrite push_layer_all, app_nil_r. reflexivity.
    - exists q. split; [exact Hq|reflexivity]. }
  destruct D as (w & Hw & E). apply (is_in_ext w q); [symmetry; exact E|]. apply mem_is_in, H, Hw.
Qed.
Lemma same_list_ok a : forall b, same_list a b = true -> a = b.
Proof.
  induction a as [|x a IH]; intros [|y b] H; cbn [same_list] in H; try discriminate; [reflexivity|].
  apply andb_prop in H. destruct H as [H H']. apply Nat.eqb_eq in H. f_equal; [exact H|apply IH, H'].
Qed.

Theorem check_weights_sound M A filter c : check_weights M A filter c = true -> weights_are M A filter c.
Proof.
  unfold check_weights. rewrite !andb_true_iff. intros ((((((H1 & H2) & H3) & H4) & H5) & H6) & H7).
  unfold weights_are. split; [apply each_in_ok, H1|]. split; [apply distinct_ok, H2|].
  split; [apply (has_distinct_same (0%Q :: fold_left push_layer filter [])); [apply perm_skip, all_numbers|apply distinct_ok, H3]|].
  split; [apply Nat.eqb_eq in H4; rewrite <- H4; apply count_ok, all_numbers|]. split; [apply same_list_ok, H5|]. split; [apply Nat.eqb_eq, H6|]. apply eqb_prop, H7.
Qed.
Theorem check_code_sound M c : check_code M c = true -> code_is M c.
Proof.
  unfold check_code, code_is. rewrite !andb_true_iff, !Nat.eqb_eq, Z.eqb_eq. intros (((H1 & H2) & H3) & H4).
  destruct c. cbn in *. congruence.
Qed.
