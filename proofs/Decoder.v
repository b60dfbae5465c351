(* A pass of the decoder is a step of the machine. *)
From Coq Require Import ZArith List Bool Arith Lia.
From WP Require Import WeiChenMaStatement WeiChenMa DecoderStatement.
Import ListNotations.
Open Scope nat_scope.

Lemma score_bound q : forall k, (score q k <= Z.of_nat (length q))%Z.
Proof. induction q as [|a q IH]; intros [|b k]; cbn [score length]; try lia. specialize (IH k). destruct (eqb a b); lia. Qed.
Lemma full_score_iff q : forall k, length q = length k -> full_score q k = true <-> q = k.
Proof.
  unfold full_score. induction q as [|a q IH]; intros [|b k] L; cbn [length score] in *; try discriminate; [split; reflexivity|].
  injection L as L. specialize (IH k L). pose proof (score_bound q k).
  rewrite Z.leb_le in *. destruct (eqb a b) eqn:E.
  - apply eqb_prop in E. subst b. rewrite Nat2Z.inj_succ. split.
    + intros H'. f_equal. apply IH. lia.
    + intros H'. injection H' as H'. apply IH in H'. lia.
  - rewrite Nat2Z.inj_succ. split; [lia|]. intros H'. injection H' as -> _. rewrite eqb_reflx in E. discriminate.
Qed.
Lemma found_iff q keys : (forall k, In k keys -> length k = length q) -> found q keys = true <-> In q keys.
Proof.
  intros L. unfold found. rewrite existsb_exists. split.
  - intros (k & Hk & H). apply full_score_iff in H; [subst; exact Hk|symmetry; apply L, Hk].
  - intros H. exists q. split; [exact H|]. apply full_score_iff; reflexivity.
Qed.

Lemma time_bits_length w t : length (time_bits w t) = w.
Proof. unfold time_bits. rewrite map_length, seq_length. reflexivity. Qed.
Lemma time_bits_nth w t j : j < w -> nth j (time_bits w t) false = bit w (S j) t.
Proof.
  intros H. unfold time_bits. rewrite (nth_indep _ false (bit w 0 t)) by (rewrite map_length, seq_length; exact H).
  rewrite (map_nth (fun j => bit w j t)), seq_nth by exact H. reflexivity.
Qed.
Lemma firstn_snoc {T} (d : T) l : forall j, j < length l -> firstn (S j) l = firstn j l ++ [nth j l d].
Proof.
  induction l as [|a l IH]; intros j H; cbn in H; [lia|]. destruct j as [|j]; [reflexivity|].
  change (a :: firstn (S j) l = a :: firstn j l ++ [nth j l d]). f_equal. apply IH. lia.
Qed.
Lemma firstn_bits w t j : j < w -> firstn (S j) (time_bits w t) = firstn j (time_bits w t) ++ [bit w (S j) t].
Proof. intros H. rewrite (firstn_snoc false), time_bits_nth; [reflexivity|exact H|rewrite time_bits_length; exact H]. Qed.
Lemma agree_iff w s t j : j <= w -> firstn j (time_bits w s) = firstn j (time_bits w t) <-> agree w j s t.
Proof.
  induction j as [|j IH]; intros H; [split; [intros _ i Hi; lia|reflexivity]|].
  rewrite !firstn_bits by lia. split.
  - intros E. apply app_inj_tail in E. destruct E as [E1 E2]. apply IH in E1; [|lia].
    intros i Hi. destruct (Nat.eq_dec i (S j)) as [->|]; [exact E2|apply E1; lia].
  - intros A. f_equal; [apply IH; [lia|]; intros i Hi; apply A; lia|]. f_equal. apply A. lia.
Qed.
Lemma time_bits_inj w s t : s < 2 ^ w -> t < 2 ^ w -> time_bits w s = time_bits w t -> s = t.
Proof.
  intros Hs Ht E. apply Nat.bits_inj. intros k. destruct (Nat.lt_ge_cases k w) as [Hk|Hk].
  - assert (A : agree w w s t) by (apply agree_iff; [lia|]; rewrite E; reflexivity).
    specialize (A (w - k)). unfold bit in A. replace (w - (w - k)) with k in A by lia. apply A. lia.
  - rewrite !Nat.testbit_eqb. assert (G : forall x, x < 2 ^ w -> x / 2 ^ k = 0).
    { intros x Hx. apply Nat.div_small. apply (Nat.lt_le_trans _ _ _ Hx). apply Nat.pow_le_mono_r; lia. }
    rewrite !G by assumption. reflexivity.
Qed.

Section Proof.
Variables (D : rule) (start : configuration) (code : Z -> list bool) (n w t : nat).
Hypothesis len : forall p, length (code p) = n.
Let at_ i := place_of (run_of D start i).
Hypothesis apart : forall i j, i <= S t -> j <= S t -> code (at_ i) = code (at_ j) -> at_ i = at_ j.
Hypothesis room : S t <= 2 ^ w.
Let h := history D start t.
Let p := at_ (S t).
Let M := filter (fun i => (at_ i =? p)%Z) (seq 0 (S t)).

Lemma h_length : length h = S t.
Proof. unfold h, history. rewrite map_length, seq_length. reflexivity. Qed.
Lemma h_nth i : i <= t -> nth i h (0, 0, 0%Z) = output_of D start i.
Proof.
  intros H. unfold h, history. rewrite (nth_indep _ _ (output_of D start 0)) by (rewrite map_length, seq_length; lia).
  rewrite (map_nth (output_of D start)), seq_nth by lia. reflexivity.
Qed.
Lemma places i : i <= t -> place_at h i = at_ i.
Proof. intros H. unfold place_at. rewrite h_nth by exact H. reflexivity. Qed.
Lemma in_times i : In i (times h) <-> i <= t.
Proof. unfold times. rewrite h_length, in_seq. lia. Qed.
Lemma in_M i : In i M <-> i <= t /\ at_ i = p.
Proof. unfold M. rewrite filter_In, in_seq, Z.eqb_eq. lia. Qed.

Lemma code_at i : i <= t -> code (place_at h i) = code p <-> In i M.
Proof.
  intros H. rewrite in_M, places by exact H. split.
  - intros E. split; [exact H|]. apply apart; [lia|lia|exact E].
  - intros [_ E]. rewrite E. reflexivity.
Qed.
Lemma app_eq {T} (a b c d : list T) : length a = length c -> a ++ b = c ++ d -> a = c /\ b = d.
Proof.
  revert c. induction a as [|x a IH]; intros [|y c] L E; try discriminate; [split; [reflexivity|exact E]|].
  cbn in E. injection E as -> E. injection L as L. destruct (IH c L E) as [-> ->]. split; reflexivity.
Qed.

Lemma searched_bits m : In m M -> (forall i, In i M -> i <= m) -> forall j, j <= w -> searched code w h p j = firstn j (time_bits w m).
Proof.
  intros Hm Hmax. induction j as [|j IH]; intros Hj; [reflexivity|].
  cbn [searched]. rewrite IH by lia. rewrite firstn_bits by lia. f_equal. f_equal.
  assert (Lt : forall i, In i M -> i < 2 ^ w) by (intros i Hi; apply in_M in Hi; lia).
  assert (S' := search w M m Hm Hmax Lt j ltac:(lia)).
  apply eq_true_iff_eq. rewrite S'. rewrite found_iff.
  - rewrite in_map_iff. split.
    + intros (i & E & Hi). apply in_times in Hi. rewrite firstn_bits in E by lia.
      apply app_eq in E; [|rewrite !len; reflexivity]. destruct E as [E1 E2].
      apply app_inj_tail in E2. destruct E2 as [E2 E3].
      exists i. split; [apply (code_at i Hi), E1|]. split; [apply agree_iff; [lia|exact E2]|exact E3].
    + intros (i & Hi & A & B). pose proof (proj1 (in_M i) Hi) as [Hi' _]. exists i. split; [|apply in_times, Hi'].
      rewrite firstn_bits by lia. f_equal; [apply (code_at i Hi'), Hi|]. f_equal; [apply agree_iff; [lia|exact A]|rewrite B; reflexivity].
  - intros k Hk. apply in_map_iff in Hk. destruct Hk as (i & <- & _).
    rewrite !app_length, !len, !firstn_length, !time_bits_length. cbn [length]. lia.
Qed.

Lemma cells_last k : forall q, cells_of (run_of D start k) q =
  match find (fun i => (at_ i =? q)%Z) (rev (seq 0 k)) with Some i => written D (output_of D start i) | None => cells_of start q end.
Proof.
  induction k as [|k IH]; intros q; [reflexivity|].
  rewrite seq_S, rev_app_distr. cbn [rev app find plus]. rewrite Z.eqb_sym.
  change (run_of D start (S k)) with (one_step D (run_of D start k)). unfold one_step.
  destruct (D (state_of (run_of D start k)) (under_head (run_of D start k))) as [[x m] q'] eqn:E. cbn [cells_of].
  fold (at_ k). destruct (q =? at_ k)%Z; [|apply IH].
  unfold written, output_of. rewrite E. reflexivity.
Qed.

Lemma find_rev_max (f : nat -> bool) k m : find f (rev (seq 0 k)) = Some m -> m < k /\ f m = true /\ forall i, i < k -> f i = true -> i <= m.
Proof.
  induction k as [|k IH]; [discriminate|]. rewrite seq_S, rev_app_distr. cbn [rev app find plus].
  destruct (f k) eqn:E; intros H.
  - injection H as <-. split; [lia|]. split; [exact E|]. intros; lia.
  - destruct (IH H) as (A & B & C). split; [lia|]. split; [exact B|]. intros i Hi Fi. destruct (Nat.eq_dec i k) as [->|]; [congruence|apply C; [lia|exact Fi]].
Qed.

Lemma looks_up : looked_up D (cells_of start) code w h p = cells_of (run_of D start (S t)) p.
Proof.
  rewrite cells_last. unfold looked_up.
  assert (F : found (code p) (map (fun t => code (place_at h t)) (times h)) = true <-> exists i, In i M).
  { rewrite found_iff.
    - rewrite in_map_iff. split; intros (i & Hi).
      + destruct Hi as [E Hi]. apply in_times in Hi. exists i. apply (code_at i Hi), E.
      + pose proof (proj1 (in_M i) Hi) as [Hi' _]. exists i. split; [apply (code_at i Hi'), Hi|apply in_times, Hi'].
    - intros k Hk. apply in_map_iff in Hk. destruct Hk as (i & <- & _). rewrite !len. reflexivity. }
  destruct (find (fun i => (at_ i =? p)%Z) (rev (seq 0 (S t)))) as [m|] eqn:E.
  - apply find_rev_max in E. destruct E as (Hm & Em & Max). apply Z.eqb_eq in Em.
    assert (Hin : In m M) by (apply in_M; split; [lia|exact Em]).
    assert (Hmax : forall i, In i M -> i <= m) by (intros i Hi; apply in_M in Hi; apply Max; [lia|apply Z.eqb_eq, Hi]).
    rewrite (proj2 F) by (exists m; exact Hin).
    rewrite (searched_bits m Hin Hmax w) by lia.
    rewrite firstn_all2 by (rewrite time_bits_length; lia).
    assert (K : forall i, In i (times h) -> full_score (code p ++ time_bits w m) (code (place_at h i) ++ time_bits w i) = true -> i = m).
    { intros i Hi Hf. apply full_score_iff in Hf; [|rewrite !app_length, !len, !time_bits_length; reflexivity].
      apply app_eq in Hf; [|rewrite !len; reflexivity]. destruct Hf as [_ Hf]. apply in_times in Hi.
      symmetry. apply (time_bits_inj w); [lia|lia|exact Hf]. }
    destruct (find _ (times h)) as [i|] eqn:Ef.
    + apply find_some in Ef. destruct Ef as [Hi Hf]. rewrite (K i Hi Hf). rewrite h_nth by lia. reflexivity.
    + exfalso. apply find_none with (x := m) in Ef; [|apply in_times; lia].
      assert (Em' : code (place_at h m) = code p) by (apply code_at; [lia|exact Hin]).
      rewrite Em', (proj2 (full_score_iff _ _ eq_refl) eq_refl) in Ef. discriminate.
  - destruct (found _ _) eqn:Ff; [|reflexivity]. exfalso.
    destruct (proj1 F eq_refl) as [i Hi]. apply in_M in Hi. destruct Hi as [Hi Ei].
    apply find_none with (x := i) in E; [|apply in_rev; rewrite rev_involutive; apply in_seq; lia].
    apply Z.eqb_neq in E. contradiction.
Qed.

Lemma one_pass : pass D (cells_of start) code w h = output_of D start (S t).
Proof.
  unfold pass. assert (L : last h (0, 0, 0%Z) = output_of D start t).
  { unfold h, history. rewrite seq_S, map_app. apply last_last. }
  rewrite L. unfold output_of at 1.
  pose proof looks_up as U. unfold p, at_ in U.
  change (run_of D start (S t)) with (one_step D (run_of D start t)) in *.
  unfold output_of. change (run_of D start (S t)) with (one_step D (run_of D start t)).
  unfold under_head at 2. rewrite <- U. unfold one_step.
  destruct (D (state_of (run_of D start t)) (under_head (run_of D start t))) as [[x m] q'] eqn:E. reflexivity.
Qed.
End Proof.

Theorem decodes D : passes_are_steps D.
Proof. intros start code n w t Hl Ha Hr. apply (one_pass D start code n w t Hl Ha Hr). Qed.
Print Assumptions decodes.
