(* Answers questions about the definitions of Statement.v, one a line; the tests compare the answers with spec/.
   The first line is the machine: its number of states, then write, move (0 up, 1 down, 2 left, 3 right, 4 stay) and next
   state of each entry. A cell is p or its digits with commas; numbers are n or n/d. *)
open Definitions

let words line = List.filter (fun w -> w <> "") (String.split_on_char ' ' line)
let z = Integer.of_string
let cell w = match w with
  | "p" -> Beyond
  | _ -> (match List.map z (String.split_on_char ',' w) with
    | a :: b :: c :: d :: ds -> Digits (a, b, c, d, ds)
    | _ -> failwith w)
let rational w = match String.split_on_char '/' w with
  | [n; d] -> { qnum = z n; qden = z d }
  | _ -> { qnum = z w; qden = Integer.one }
let show q = Integer.to_string q.qnum ^ "/" ^ Integer.to_string q.qden
let move = function "0" -> Up | "1" -> Down | "2" -> Left | "3" -> Right | _ -> Stay
let rec entries = function
  | w :: m :: q :: rest -> { write = z w; go = move m; next = int_of_string q } :: entries rest
  | _ -> []
let rec states = function a :: b :: c :: rest -> ((a, b), c) :: states rest | _ -> []
let range n = List.init n (fun i -> i)
let grid rows columns f =
  String.concat " " (List.concat_map (fun i -> List.map (fun j -> f (Integer.of_int i) (Integer.of_int j)) (range columns)) (range rows))
let sign seed i j = if (Integer.to_int i * 7 + Integer.to_int j * 5 + seed) mod 3 = 0 then Integer.one else Integer.neg Integer.one

let rec split n l = if n = 0 then ([], l) else match l with a :: l -> let (b, c) = split (n - 1) l in (a :: b, c) | [] -> failwith "split"
let coordinates x j = z (List.nth x (Integer.to_int j))
(* d coordinates and a label for each example *)
let rec examples d = function
  | [] -> []
  | signs -> let (e, rest) = split (d + 1) signs in { point = coordinates e; label = z (List.nth e d) } :: examples d rest

(* ---- Wei, Chen, Ma ---- *)
let truth w = w = "1"
let bits_of flags = String.concat "" (List.map (fun b -> if b then "1" else "0") flags)
(* gates: kind and two parents each; layers end with ; *)
let rec gates acc = function
  | [] -> []
  | ";" :: rest -> List.rev acc :: gates [] rest
  | kind :: a :: b :: rest ->
    let (a, b) = (int_of_string a, int_of_string b) in
    let gate = match kind with "and" -> And (a, b) | "or" -> Or (a, b) | "not" -> Not a | "id" -> Id a | "false" -> False_gate | _ -> True_gate in
    gates (gate :: acc) rest
  | _ -> failwith "gates"
let wires n layers = match List.rev layers with [] -> n | last :: _ -> List.length last
let wei_chen_ma kind words = match kind, words with
  | "wcm-circuit", input :: rest ->
    let x i = i < String.length input && input.[i] = '1' in
    let layers = gates [] rest in
    let outputs = range (wires 0 layers) in
    bits_of (List.map (circuit_value layers x) outputs) ^ " " ^
    String.concat " " (List.map (fun i -> show (run (circuit_network layers) (fun c -> number (x c)) i)) outputs)
  | "wcm-rows", rest ->
    let row (bias, entries) = show bias ^ String.concat "" (List.map (fun (c, w) -> "," ^ string_of_int c ^ ":" ^ show w) entries) in
    String.concat " " (List.concat_map (fun l -> List.map row l.rows) (gate_layers (List.hd (gates [] rest))))
  | "wcm-round", [z] -> show (run (round_layers 1) (fun _ -> rational z) 0)
  | "wcm-bin", [w; t] -> bits_of (time_bits (int_of_string w) (int_of_string t))
  | "wcm-score", [q; k] ->
    let list s = List.map (fun c -> c = '1') (List.init (String.length s) (String.get s)) in
    Integer.to_string (score (list q) (list k)) ^ " " ^ bits_of [full_score (list q) (list k)]
  | "wcm-pass", symbols :: w :: t :: input :: table ->
    (* entries: write, move, next for each state and symbol; places 1, 2, ... hold the input, the code of a place is 6 bits *)
    let (s, w, t) = (int_of_string symbols, int_of_string w, int_of_string t) in
    let entry = Array.of_list (let rec triples = function a :: b :: c :: r -> ((int_of_string a, z b), int_of_string c) :: triples r | _ -> [] in triples table) in
    let delta q a = entry.(q * s + a) in
    let tape p = let i = Integer.to_int p - 1 in if i >= 0 && i < String.length input then Char.code input.[i] - 48 else 0 in
    let code p = time_bits 6 (Integer.to_int p + 32) in
    let start = { state_of = 0; place_of = z "1"; cells_of = tape } in
    let shown ((q, a), p) = string_of_int q ^ " " ^ string_of_int a ^ " " ^ Integer.to_string p in
    shown (pass delta tape code w (history delta start t)) ^ " " ^ shown (output_of delta start (t + 1))
  | _ -> failwith kind

let answer m = function
  | "ok" :: _ -> if machine_ok m then "1" else "0"
  | "f" :: cells ->
    let x p = cell (List.nth cells p) in
    let o = f_bar m x in
    Integer.to_string (value m x o) ^ " " ^ Integer.to_string o.slope
  | ["letters"; name; p] ->
    String.concat " " (List.map (fun c -> Integer.to_string (u m c)) (letters m (if name = "full" then Full else WellFormed) (int_of_string p)))
  | "step" :: rows :: columns :: row :: column :: q :: tape ->
    let n = int_of_string columns in
    let at i j = z (List.nth tape (Integer.to_int i * n + Integer.to_int j)) in
    let c = step m (z rows) (z columns) { tape = at; head_row = z row; head_column = z column; state = int_of_string q } in
    String.concat " " [Integer.to_string c.head_row; Integer.to_string c.head_column; string_of_int c.state;
      grid (int_of_string rows) n (fun i j -> Integer.to_string (c.tape i j))]
  | ["head"; x] -> show (f_head (rational x))
  | "net" :: x :: y :: numbers ->
    (* two inputs, rows of three numbers (bias, two weights), a ReLU after each layer but the last; layers end with ; *)
    let rec layers acc row = function
      | [] -> []
      | ";" :: rest -> { relu = rest <> []; rows = List.rev acc } :: layers [] [] rest
      | b :: v :: w :: rest -> layers ((rational b, [(0, rational v); (1, rational w)]) :: acc) row rest
      | _ -> failwith "net" in
    show (run (layers [] [] numbers) (fun i -> if i = 0 then rational x else rational y) 0)
  | ["wave"; rows; data; columns; tau; t; seed] ->
    grid (int_of_string rows) (int_of_string columns) (fun i j ->
      Integer.to_string (u m (memory_wave m (z rows) (z data) (z columns) (z tau) (sign (int_of_string seed)) (int_of_string t) i j)))
  | ["memorized"; rows; data; columns; seed] ->
    grid (int_of_string rows) (int_of_string columns) (fun i j ->
      Integer.to_string (u m (memorized m (z rows) (z data) (z columns) (sign (int_of_string seed)) i j)))
  | "stored" :: d :: k :: signs -> let (d, all) = (z d, examples (int_of_string d) signs) in
    grid (List.length all) (Integer.to_int d + 1) (fun i j -> show (stored d all (int_of_string k) i j))
  | "xor" :: d :: signs ->
    let n = int_of_string d in
    let (points, x) = split (List.length signs - n) signs in
    let all = examples n points in
    grid (List.length all) (n + 1) (fun i j -> Integer.to_string (xor_tape (z d) all (coordinates x) i j))
  | "memory" :: rows :: data :: columns :: numbers ->
    let (r, n) = (int_of_string rows, int_of_string data) in
    let (weights, x) = split (r * n) numbers in
    let at i j = rational (List.nth weights (Integer.to_int i * n + Integer.to_int j)) in
    grid r (int_of_string columns) (fun i j -> show (memory_layer m (z rows) (z data) (z columns) at (coordinates x) i j))
  | ["weights"; name; layer] ->
    String.concat " " (List.map show (List.nth (weight_sets m (if name = "full" then Full else WellFormed)) (int_of_string layer)))
  | kind :: rest when String.length kind > 4 && String.sub kind 0 4 = "wcm-" -> wei_chen_ma kind rest
  | _ -> failwith "question"

let () =
  match words (input_line stdin) with
  | _ :: table ->
    let m = states (entries table) in
    (try while true do print_endline (answer m (words (input_line stdin))) done with End_of_file -> ())
  | [] -> failwith "no machine"
