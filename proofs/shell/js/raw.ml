(* Raw integers of JavaScript, by raw.js. *)
type t
external of_int : int -> t = "integer_of_int"
external to_int : t -> int = "integer_to_int"
external of_string : string -> t = "integer_of_string"
external to_string : t -> string = "integer_to_string"
external add : t -> t -> t = "integer_add"
external sub : t -> t -> t = "integer_sub"
external mul : t -> t -> t = "integer_mul"
external compare : t -> t -> int = "integer_compare"
external equal : t -> t -> bool = "integer_equal"
external leq : t -> t -> bool = "integer_leq"
external lt : t -> t -> bool = "integer_lt"
external floor_div : t -> t -> t = "integer_floor_div"
external small : t -> bool = "integer_small"
external words : t -> int = "integer_words"
let zero = of_int 0
let one = of_int 1
let two = of_int 2
let neg x = sub zero x
let sign x = compare x zero
let abs x = if lt x zero then neg x else x
let min a b = if leq a b then a else b
let max a b = if leq a b then b else a
let half x = floor_div x two
let twice x = add x x
let is_even x = equal (twice (half x)) x
let twice_plus_one x = add (twice x) one
let rec gcd a b = if equal b zero then a else gcd b (sub a (mul (floor_div a b) b))
let lcm a b = if equal a zero || equal b zero then zero else abs (mul (floor_div a (gcd (abs a) (abs b))) b)
let rec pow x n = if n = 0 then one else mul x (pow x (n - 1))
