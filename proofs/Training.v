(* Lemma 4: one step of Algorithm 1 writes one example. Derivatives by all weights at once: near W the network is affine. *)
From Coq Require Import ZArith QArith Qabs Qminmax Lqa Lia List Bool Arith Setoid.
From WP Require Import Statement Germs Steps Closure Head Memory.
Import ListNotations.
Open Scope Z_scope.

(* ---- sums over the data, and one neighbourhood for all cells ---- *)

Lemma inside_iff rows columns i j : inside rows columns i j = true <-> 0 <= i < rows /\ 0 <= j < columns.
Proof. unfold inside. rewrite !andb_true_iff, !Z.leb_le, !Z.ltb_lt. lia. Qed.
Lemma inside_nat rows data a b : (a < Z.to_nat rows)%nat -> (b < Z.to_nat data)%nat -> inside rows data (Z.of_nat a) (Z.of_nat b) = true.
Proof. intros. apply inside_iff. lia. Qed.

Lemma total_ext rows data f g : (forall i j, inside rows data i j = true -> (f i j == g i j)%Q) -> (total rows data f == total rows data g)%Q.
Proof. intros H. unfold total. apply sum_ext. intros a Ha. apply sum_ext. intros b Hb. apply H, inside_nat; assumption. Qed.
Lemma total_zero rows data f : (forall i j, inside rows data i j = true -> (f i j == 0)%Q) -> (total rows data f == 0)%Q.
Proof. intros H. unfold total. apply sum_zero. intros a Ha. apply sum_zero. intros b Hb. apply H, inside_nat; assumption. Qed.
Lemma total_one rows data a b f : inside rows data a b = true ->
  (total rows data (fun i j => if (i =? a) && (j =? b) then f i j else 0) == f a b)%Q.
Proof.
  intros H. apply inside_iff in H. unfold total.
  rewrite (sum_ext _ _ (fun i => if Nat.eqb i (Z.to_nat a) then f a b else 0%Q)).
  - apply (sum_one (Z.to_nat rows) (Z.to_nat a) (fun _ => f a b)). lia.
  - intros i _. destruct (Nat.eqb_spec i (Z.to_nat a)) as [->|N].
    + rewrite Z2Nat.id, Z.eqb_refl by lia. cbn [andb].
      rewrite (sum_ext _ _ (fun j => if Nat.eqb j (Z.to_nat b) then f a b else 0%Q)).
      * apply (sum_one (Z.to_nat data) (Z.to_nat b) (fun _ => f a b)). lia.
      * intros j _. destruct (Nat.eqb_spec j (Z.to_nat b)) as [->|N']; [rewrite Z2Nat.id, Z.eqb_refl by lia; reflexivity|].
        destruct (Z.eqb_spec (Z.of_nat j) b); [lia|reflexivity].
    + apply sum_zero. intros j _. destruct (Z.eqb_spec (Z.of_nat i) a); [lia|reflexivity].
Qed.

Lemma germ_at_unique rows data F W v D v' D' : germ_at rows data F W v D -> germ_at rows data F W v' D' ->
  (v == v')%Q /\ forall i j, inside rows data i j = true -> (D i j == D' i j)%Q.
Proof.
  intros (e & He & H) (e' & He' & H').
  assert (V : (v == v')%Q).
  { assert (Z0 : forall (w : Q) (E : Z -> Z -> Q), (w + total rows data (fun i j => E i j * (W i j - W i j)) == w)%Q)
      by (intros; rewrite total_zero; [ring|intros; ring]).
    rewrite <- (Z0 v D), <- (Z0 v' D'), <- H, <- H'; [reflexivity| |]; intros i j _; setoid_replace (W i j - W i j)%Q with 0%Q by ring; assumption. }
  split; [exact V|]. intros a b Hab. set (h := (Qmin e e' / 2)%Q).
  assert (Hm : (0 < Qmin e e')%Q) by (apply Q.min_glb_lt; assumption).
  assert (Hh : (0 < h)%Q) by (unfold h; apply Qlt_shift_div_l; lra).
  assert (Hlt : (h < Qmin e e')%Q) by (unfold h; apply Qlt_shift_div_r; lra).
  set (W' := fun i j => if (i =? a) && (j =? b) then (W i j + h)%Q else W i j).
  assert (T : forall E : Z -> Z -> Q, (total rows data (fun i j => E i j * (W' i j - W i j)) == E a b * h)%Q).
  { intros E. rewrite <- (total_one rows data a b (fun i j => E i j * h)%Q Hab). apply total_ext. intros i j _. unfold W'.
    destruct ((i =? a) && (j =? b)); ring. }
  assert (N : forall i j, (Qabs (W' i j - W i j) < Qmin e e')%Q).
  { intros i j. unfold W'. destruct ((i =? a) && (j =? b)).
    - setoid_replace (W i j + h - W i j)%Q with h by ring. rewrite Qabs_pos by lra. exact Hlt.
    - setoid_replace (W i j - W i j)%Q with 0%Q by ring. exact Hm. }
  assert (E1 : (F W' == v + D a b * h)%Q).
  { rewrite <- T. apply H. intros i j _. eapply Qlt_le_trans; [apply N|apply Q.le_min_l]. }
  assert (E2 : (F W' == v' + D' a b * h)%Q).
  { rewrite <- T. apply H'. intros i j _. eapply Qlt_le_trans; [apply N|apply Q.le_min_r]. }
  assert (E3 : ((D a b - D' a b) * h == 0)%Q).
  { setoid_replace ((D a b - D' a b) * h)%Q with (v + D a b * h - (v' + D' a b * h) - (v - v'))%Q by ring.
    rewrite <- E1, <- E2, V. ring. }
  apply Qmult_integral in E3. destruct E3 as [E3|E3]; lra.
Qed.

Lemma one_for_all (l : list (Z * Z)) (P : Q -> Z -> Z -> Prop) :
  (forall e e' i j, (e' <= e)%Q -> P e i j -> P e' i j) ->
  (forall p, In p l -> exists e, (0 < e)%Q /\ P e (fst p) (snd p)) ->
  exists e, (0 < e)%Q /\ forall p, In p l -> P e (fst p) (snd p).
Proof.
  intros Mono. induction l as [|p l IH]; intros H.
  - exists 1%Q. split; [lra|intros p []].
  - destruct IH as (e & He & IH); [intros q Hq; apply H; right; exact Hq|].
    destruct (H p) as (e' & He' & Hp); [left; reflexivity|].
    exists (Qmin e e'). split; [apply Q.min_glb_lt; assumption|]. intros q [->|Hq].
    + eapply Mono; [apply Q.le_min_r|exact Hp].
    + eapply Mono; [apply Q.le_min_l|apply IH, Hq].
Qed.
Lemma one_for_grid rows columns (P : Q -> Z -> Z -> Prop) : (forall e e' i j, (e' <= e)%Q -> P e i j -> P e' i j) ->
  (forall i j, inside rows columns i j = true -> exists e, (0 < e)%Q /\ P e i j) ->
  exists e, (0 < e)%Q /\ forall i j, inside rows columns i j = true -> P e i j.
Proof.
  intros Mono H.
  set (l := list_prod (map Z.of_nat (seq 0 (Z.to_nat rows))) (map Z.of_nat (seq 0 (Z.to_nat columns)))).
  assert (L : forall i j, In (i, j) l <-> inside rows columns i j = true).
  { intros i j. unfold l. rewrite in_prod_iff, !in_map_iff, inside_iff. split.
    - intros ((a & <- & Ha) & b & <- & Hb). apply in_seq in Ha, Hb. lia.
    - intros [Hi Hj]. split; [exists (Z.to_nat i)|exists (Z.to_nat j)]; (split; [lia|apply in_seq; lia]). }
  destruct (one_for_all l P Mono) as (e & He & Hl).
  - intros [i j] Hp. apply H, L, Hp.
  - exists e. split; [exact He|]. intros i j Hij. apply (Hl (i, j)), L, Hij.
Qed.

Lemma ONE_is M : ONE M = 9 * PHASE M.
Proof.
  unfold ONE, PHASE. change (3 + state_digits M)%nat with (S (S (1 + state_digits M))). rewrite !Nat2Z.inj_succ, !Z.pow_succ_r by lia. ring.
Qed.
Lemma ONE_pos M : 0 < ONE M.
Proof. rewrite ONE_is. pose proof (phase_pos M). lia. Qed.

(* ---- one step ---- *)

Section Step.
Variables (M : machine) (filter head : list layer).
Hypothesis Hf : computes_f_bar M WellFormed filter.
Hypothesis Hh : computes_f_head head.
Variables (rows data columns tau : Z) (sign : Z -> Z -> Z) (z : Z -> Z) (W : Z -> Z -> Q).
Hypothesis shape : 0 < data < columns /\ 0 <= tau < rows.
Hypothesis signs : forall i j, sign i j = 1 \/ sign i j = -1.
Hypothesis z_signs : forall j, z j = 1 \/ z j = -1.
(* W diag(z) holds a third of a sign in the rows above tau, and 0 from tau on. *)
Hypothesis held : forall i j, inside rows data i j = true ->
  (W i j * inject_Z (z j) == if (i <? tau)%Z then (1 # 3) * inject_Z (sign i j) else 0)%Q.

Let wave t := memory_wave M rows data columns tau sign t.
Let one := inject_Z (ONE M).
Let Hone : (0 < one)%Q.
Proof. unfold one. pose proof (ONE_pos M). change 0%Q with (inject_Z 0). rewrite <- Zlt_Qlt. assumption. Qed.

(* How far a cell is from the wave after t layers, if W' is near W. *)
Definition shift (W' : Z -> Z -> Q) (t : nat) (i j : Z) : Q :=
  if inside rows columns i j && (j <? data) && ((t =? 0)%nat || (i =? tau)) then (one * (inject_Z (z j) * (W' i j - W i j)))%Q else 0%Q.

Lemma start W' i j : (memory_layer M rows data columns W' z i j == inject_Z (u M (wave 0 i j)) + shift W' 0 i j)%Q.
Proof.
  unfold memory_layer, shift, wave, memory_wave. fold one.
  destruct (inside rows columns i j) eqn:E; cbn [andb].
  - destruct (Z.ltb_spec j data) as [J|J]; cbn [andb].
    + cbn [Nat.eqb orb]. destruct (Z.ltb_spec (Z.abs (i - tau)) (Z.of_nat 0)); [lia|].
      assert (E' : inside rows data i j = true) by (rewrite inside_iff in *; lia).
      specialize (held i j E').
      assert (U : (one * (W i j * inject_Z (z j)) == inject_Z (u M (if i <? tau then Digits 0 (sign i j) 0 0 (bits (state_digits M) 0) else Digits 0 0 0 0 (bits (state_digits M) 0))))%Q).
      { rewrite held. unfold one. rewrite ONE_is. destruct (i <? tau)%Z; rewrite u_zeros.
        - setoid_replace (1 # 3)%Q with (inject_Z 1 / inject_Z 3)%Q by reflexivity.
          replace ((9 * 0 + 3 * sign i j + 0) * PHASE M) with (3 * sign i j * PHASE M) by ring.
          rewrite !inject_Z_mult. field.
        - replace ((9 * 0 + 3 * 0 + 0) * PHASE M) with 0 by ring. ring. }
      rewrite <- U. ring.
    + rewrite u_zeros. unfold one. rewrite ONE_is. replace ((9 * 1 + 3 * 0 + 0) * PHASE M) with (9 * PHASE M) by ring. ring.
  - ring.
Qed.

Lemma wave_letters t a b : if inside rows columns a b then In (wave t a b) (well_formed M) else wave t a b = Beyond.
Proof.
  unfold wave, memory_wave. destruct (inside rows columns a b); [|reflexivity].
  destruct (b <? data); [|apply unknown_in; cbn; auto].
  destruct (_ <? Z.of_nat t); [apply memory_in|]. destruct (a <? tau); apply unknown_in; cbn; [destruct (signs a b) as [->| ->]|]; auto.
Qed.

Lemma shift_small W' t i j e : (0 < e)%Q -> (forall a b, inside rows data a b = true -> (Qabs (W' a b - W a b) < e / one)%Q) ->
  (Qabs (shift W' t i j) < e)%Q.
Proof.
  intros He H. unfold shift. destruct (inside rows columns i j) eqn:E; cbn [andb]; [|exact He].
  destruct (Z.ltb_spec j data); cbn [andb]; [|exact He]. destruct (_ || _); [|exact He].
  assert (E' : inside rows data i j = true) by (rewrite inside_iff in *; lia). specialize (H i j E').
  rewrite !Qabs_Qmult. rewrite (Qabs_pos one) by lra.
  assert (Z1 : (Qabs (inject_Z (z j)) == 1)%Q) by (destruct (z_signs j) as [->| ->]; reflexivity). rewrite Z1.
  apply Qlt_le_trans with (one * (e / one))%Q; [|setoid_replace (one * (e / one))%Q with e by (field; lra); apply Qle_refl].
  rewrite Qmult_1_l, !(Qmult_comm one). apply Qmult_lt_r; assumption.
Qed.

Lemma near t : exists eps, (0 < eps)%Q /\ forall W', (forall i j, inside rows data i j = true -> (Qabs (W' i j - W i j) < eps)%Q) ->
  forall i j, (convs M filter rows columns t (memory_layer M rows data columns W' z) i j == inject_Z (u M (wave t i j)) + shift W' t i j)%Q.
Proof.
  induction t as [|t (eps & Heps & IH)].
  - exists 1%Q. split; [lra|]. intros W' _ i j. apply start.
  - set (X := fun i j => patch (wave t) i j).
    set (s := fun i j => slope (f_bar M (X i j))).
    destruct (one_for_grid rows columns (fun e i j => forall y, (forall p, (p < 9)%nat -> (Qabs (y p - inject_Z (u M (X i j p))) < e)%Q) ->
      (run filter y 0%nat == inject_Z (u M (wave (S t) i j)) + inject_Z (s i j) * (y centre - inject_Z (u M (X i j centre))))%Q)) as (e & He & Near).
    + intros e e' i j Hee H y Hy. apply H. intros p Hp. eapply Qlt_le_trans; [apply Hy, Hp|exact Hee].
    + intros i j Hij. destruct (Hf (X i j) (grid_patch M rows columns (wave t) (wave_letters t) i j Hij)) as (e & He & G).
      exists e. split; [exact He|]. intros y Hy. rewrite (G y Hy).
      destruct (memory M rows data columns tau sign shape signs t i j Hij) as [V _]. fold (wave t) in V. fold (X i j) in V. rewrite V.
      apply Qplus_inj_l. rewrite (sum_ext _ _ (fun p => if Nat.eqb p centre then inject_Z (s i j) * (y p - inject_Z (u M (X i j p))) else 0)%Q).
      * apply (sum_one 9 centre (fun p => inject_Z (s i j) * (y p - inject_Z (u M (X i j p))))%Q). unfold centre. lia.
      * intros p _. unfold s. destruct (p =? centre)%nat; ring.
    + exists (Qmin eps (e / one)). split; [apply Q.min_glb_lt; [exact Heps|apply Qlt_shift_div_l; lra]|].
      intros W' HW i j. cbn [convs]. unfold conv.
      assert (HW1 : forall a b, inside rows data a b = true -> (Qabs (W' a b - W a b) < eps)%Q)
        by (intros; eapply Qlt_le_trans; [apply HW; assumption|apply Q.le_min_l]).
      assert (HW2 : forall a b, inside rows data a b = true -> (Qabs (W' a b - W a b) < e / one)%Q)
        by (intros; eapply Qlt_le_trans; [apply HW; assumption|apply Q.le_min_r]).
      specialize (IH W' HW1).
      destruct (inside rows columns i j) eqn:Hij.
      * assert (D : forall p, (patch (convs M filter rows columns t (memory_layer M rows data columns W' z)) i j p - inject_Z (u M (X i j p))
            == patch (shift W' t) i j p)%Q).
        { intros p. unfold X, patch. rewrite IH. ring. }
        rewrite (Near i j Hij).
        2: { intros p _. rewrite D. unfold patch. apply shift_small; assumption. }
        rewrite D. apply Qplus_inj_l. unfold patch, centre. change (Z.of_nat (4 / 3)) with 1. change (Z.of_nat (4 mod 3)) with 1.
        replace (i + 1 - 1) with i by lia. replace (j + 1 - 1) with j by lia.
        destruct (memory M rows data columns tau sign shape signs t i j Hij) as [_ Sl]. fold (wave t) in Sl. fold (X i j) in Sl. fold (s i j) in Sl.
        rewrite Sl. unfold shift. rewrite Hij. cbn [andb Nat.eqb orb].
        destruct (j <? data); cbn [andb]; [|ring].
        destruct (Z.eqb_spec i tau) as [->|N].
        -- rewrite orb_true_r. cbn [orb]. replace (Z.abs (tau - tau)) with 0 by lia.
           destruct (Z.leb_spec 0 (Z.of_nat t)); [cbn [andb]; ring|lia].
        -- rewrite orb_false_r. cbn [orb]. destruct t as [|t].
           ++ destruct (Z.leb_spec (Z.abs (i - tau)) (Z.of_nat 0)); [lia|]. cbn [andb]. ring.
           ++ cbn [Nat.eqb]. ring.
      * unfold shift, wave, memory_wave. rewrite Hij. cbn [andb]. ring.
Qed.

Definition D (i j : Z) : Q := if i =? tau then (18 * inject_Z (z j))%Q else 0%Q.
Theorem output_germ L : rows <= Z.of_nat L ->
  germ_at rows data (output M filter head rows data columns L z) W 0 D.
Proof.
  intros HL. destruct (near L) as (eps & Heps & N).
  exists (Qmin eps ((1 # 18) * one / one)). split; [apply Q.min_glb_lt; [exact Heps|]; apply Qlt_shift_div_l; lra|].
  intros W' HW.
  assert (HW1 : forall a b, inside rows data a b = true -> (Qabs (W' a b - W a b) < eps)%Q)
    by (intros; eapply Qlt_le_trans; [apply HW; assumption|apply Q.le_min_l]).
  assert (HW2 : forall a b, inside rows data a b = true -> (Qabs (W' a b - W a b) < (1 # 18) * one / one)%Q)
    by (intros; eapply Qlt_le_trans; [apply HW; assumption|apply Q.le_min_r]).
  specialize (N W' HW1). rewrite Qplus_0_l. unfold output. apply total_ext. intros i j Hij.
  assert (He : (0 < (1 # 18) * one)%Q) by lra.
  pose proof (shift_small W' L i j ((1 # 18) * one) He HW2) as Small.
  assert (Hij' : inside rows columns i j = true) by (rewrite inside_iff in *; lia).
  assert (Wv : u M (wave L i j) = - PHASE M).
  { unfold wave, memory_wave. rewrite Hij'. pose proof (proj1 (inside_iff _ _ _ _) Hij).
    destruct (Z.ltb_spec j data); [|lia]. destruct (Z.ltb_spec (Z.abs (i - tau)) (Z.of_nat L)); [|lia]. rewrite u_zeros. ring. }
  assert (Sh : (shift W' L i j == one * ((1 # 18) * D i j * (W' i j - W i j)))%Q).
  { unfold shift, D. rewrite Hij'. pose proof (proj1 (inside_iff _ _ _ _) Hij). destruct (Z.ltb_spec j data); [|lia].
    destruct (Nat.eqb_spec L 0); [lia|]. cbn [andb orb]. destruct (i =? tau); ring. }
  set (x := (convs _ _ _ _ _ _ i j / inject_Z (ONE M))%Q). pose proof (Hh x) as Hx. cbv beta in Hx. rewrite Hx.
  assert (Ex : (x == (-1 # 9) + shift W' L i j / one)%Q).
  { unfold x. rewrite N, Wv. fold one.
    assert (P : (inject_Z (- PHASE M) == (-1 # 9) * one)%Q).
    { unfold one. rewrite ONE_is, inject_Z_mult, inject_Z_opp. setoid_replace (-1 # 9)%Q with (- inject_Z 1 / inject_Z 9)%Q by reflexivity. field. }
    rewrite P. field. lra. }
  assert (B : (- (1 # 18) < shift W' L i j / one /\ shift W' L i j / one < 1 # 18)%Q).
  { apply Qabs_Qlt_condition in Small. destruct Small as [S1 S2].
    split; [apply Qlt_shift_div_l|apply Qlt_shift_div_r]; lra. }
  rewrite f_head_2 by lra. rewrite Ex, Sh. field. lra.
Qed.
End Step.

(* ---- all steps ---- *)

Lemma skipn_next {A} k : forall (l : list A) a r, skipn k l = a :: r -> skipn (S k) l = r /\ nth_error l k = Some a.
Proof.
  induction k as [|k IH]; intros [|b l] a r H; try discriminate; [injection H as -> ->; auto|].
  destruct (IH l a r H) as [H1 H2]. split; [exact H1|exact H2].
Qed.
Lemma sgd_step_iff rows data F y W v D W' : germ_at rows data F W v D ->
  sgd_step rows data F y W W' <-> forall i j, inside rows data i j = true -> (W' i j == W i j - (1 # 54) * ((v - y) * D i j))%Q.
Proof.
  intros G. split; [|intros H; exists v, D; auto].
  intros (v' & D' & G' & H) i j Hij. destruct (germ_at_unique _ _ _ _ _ _ _ _ G G') as [E ED].
  rewrite (H i j Hij), E, (ED i j Hij). reflexivity.
Qed.

Section Run.
Variables (M : machine) (filter head : list layer).
Hypothesis Hf : computes_f_bar M WellFormed filter.
Hypothesis Hh : computes_f_head head.
Variables (d padding : Z) (all : list example) (L : nat).
Hypothesis Hd : 0 <= d.
Hypothesis Hp : 0 < padding.
Hypothesis Hall : Forall example_ok all.
Let rows := Z.of_nat (length all).
Let columns := d + 1 + padding.
Hypothesis HL : rows <= Z.of_nat L.
Let f := output M filter head rows (d + 1) columns L.

Lemma with_one_sign x : (forall j, is_sign (x j)) -> forall j, is_sign (with_one d x j).
Proof. intros H j. unfold with_one. destruct (j <? d); [apply H|left; reflexivity]. Qed.
Lemma nth_ok i : example_ok (nth_example all i).
Proof.
  unfold nth_example. destruct (nth_in_or_default (Z.to_nat i) all dummy) as [H|H].
  - rewrite Forall_forall in Hall. apply Hall, H.
  - rewrite H. split; [intros j|]; left; reflexivity.
Qed.
Lemma xor_sign x : (forall j, is_sign (x j)) -> forall i j, xor_tape d all x i j = 1 \/ xor_tape d all x i j = -1.
Proof.
  intros Hx i j. unfold xor_tape. destruct (nth_ok i) as [P Y].
  destruct Y as [->| ->], (with_one_sign _ P j) as [->| ->], (with_one_sign x Hx j) as [->| ->]; auto.
Qed.
Lemma holds_xor k W x : (k <= length all)%nat -> (forall j, is_sign (x j)) -> holds d all k W ->
  forall i j, inside rows (d + 1) i j = true ->
  (W i j * inject_Z (with_one d x j) == if (i <? Z.of_nat k)%Z then (1 # 3) * inject_Z (xor_tape d all x i j) else 0)%Q.
Proof.
  intros Hk Hx H i j Hij. specialize (H i j Hij). unfold stored in H. cbv zeta in H. rewrite H. unfold xor_tape.
  destruct (i <? Z.of_nat k); [rewrite !inject_Z_mult; ring|ring].
Qed.

Lemma one_step k e W W' : nth_error all k = Some e -> holds d all k W ->
  sgd_step rows (d + 1) (f (with_one d (point e))) (inject_Z (label e)) W W' <-> holds d all (S k) W'.
Proof.
  intros Hk HW. assert (Lk : (k < length all)%nat) by (apply nth_error_Some; congruence).
  assert (He : nth_example all (Z.of_nat k) = e).
  { unfold nth_example. rewrite Nat2Z.id. apply nth_error_nth, Hk. }
  assert (Ok : example_ok e) by (rewrite <- He; apply nth_ok). destruct Ok as [Pe Ye].
  pose proof (with_one_sign _ Pe) as Pz.
  assert (G : germ_at rows (d + 1) (f (with_one d (point e))) W 0 (D (Z.of_nat k) (with_one d (point e)))).
  { apply (output_germ M filter head Hf Hh rows (d + 1) columns (Z.of_nat k) (xor_tape d all (point e))).
    - unfold columns, rows. lia.
    - apply xor_sign, Pe.
    - exact Pz.
    - apply holds_xor; [lia|exact Pe|exact HW].
    - exact HL. }
  rewrite (sgd_step_iff _ _ _ _ _ _ _ _ G). unfold holds.
  assert (Each : forall i j, inside rows (d + 1) i j = true ->
    (W i j - (1 # 54) * ((0 - inject_Z (label e)) * D (Z.of_nat k) (with_one d (point e)) i j) == stored d all (S k) i j)%Q).
  { intros i j Hij. rewrite (HW i j Hij). unfold D, stored. cbv zeta. destruct (Z.eqb_spec i (Z.of_nat k)) as [->|N].
    - rewrite Z.ltb_irrefl. destruct (Z.ltb_spec (Z.of_nat k) (Z.of_nat (S k))); [|lia]. rewrite He, inject_Z_mult. field.
    - destruct (Z.ltb_spec i (Z.of_nat k)), (Z.ltb_spec i (Z.of_nat (S k))); try lia; ring. }
  split; intros H i j Hij; rewrite (H i j Hij), ?(Each i j Hij); reflexivity.
Qed.

Lemma holds_same k W W' : holds d all k W -> (forall i j, inside rows (d + 1) i j = true -> (W' i j == W i j)%Q) <-> holds d all k W'.
Proof.
  intros H. split; intros H' i j Hij.
  - rewrite (H' i j Hij). apply (H i j Hij).
  - rewrite (H i j Hij). apply (H' i j Hij).
Qed.

Lemma trains_iff es : forall k W W', firstn (length es) (skipn k all) = es -> holds d all k W ->
  trains rows d f es W W' <-> holds d all (k + length es) W'.
Proof.
  induction es as [|e es IH]; intros k W W' Hes HW; cbn [trains length].
  - rewrite Nat.add_0_r. apply holds_same, HW.
  - destruct (skipn k all) as [|e' rest] eqn:Sk; [discriminate|]. cbn [length firstn] in Hes. injection Hes as -> Hes.
    destruct (skipn_next _ _ _ _ Sk) as [Sk' Hk].
    replace (k + S (length es))%nat with (S k + length es)%nat by lia.
    split.
    + intros (W1 & H1 & H2). apply (one_step k e W W1 Hk HW) in H1. apply (IH (S k) W1 W'); [rewrite Sk'; exact Hes|exact H1|exact H2].
    + intros H'. set (W1 := stored d all (S k)).
      assert (H1 : holds d all (S k) W1) by (intros i j _; reflexivity).
      exists W1. split; [apply (one_step k e W W1 Hk HW), H1|]. apply (IH (S k) W1 W'); [rewrite Sk'; exact Hes|exact H1|exact H'].
Qed.

Theorem memorized_by_training k W : (k <= length all)%nat -> trains rows d f (firstn k all) (fun _ _ => 0%Q) W <-> holds d all k W.
Proof.
  intros Hk. assert (Lk : length (firstn k all) = k) by (apply firstn_length_le, Hk).
  rewrite (trains_iff (firstn k all) 0 (fun _ _ => 0%Q) W).
  - rewrite Lk. reflexivity.
  - rewrite Lk. reflexivity.
  - intros i j Hij. unfold stored. apply inside_iff in Hij. destruct (Z.ltb_spec i (Z.of_nat 0)); [lia|reflexivity].
Qed.
End Run.
