(* The integers of Raw, which is Zarith or JavaScript, with every operation counted: what a text costs must not depend on the
   computer. Counting changes no result; it can only end the program with Exhausted. *)
type t = Raw.t

exception Exhausted

let left = ref max_int
let allow steps = left := steps
let charge steps =
  left := !left - steps;
  if !left < 0 then raise Exhausted

(* An operation costs as many steps as the longer number has words; one that multiplies, the product of both. *)
let words x = Stdlib.min 30_000 (Raw.words x)
let linear a b = charge (if Raw.small a && Raw.small b then 1 else Stdlib.max (words a) (words b))
let square a b = charge (if Raw.small a && Raw.small b then 1 else words a * words b)

let zero = Raw.zero
let one = Raw.one
let of_int = Raw.of_int
let to_int = Raw.to_int
let of_string = Raw.of_string
let to_string = Raw.to_string
let add a b = linear a b; Raw.add a b
let sub a b = linear a b; Raw.sub a b
let mul a b = square a b; Raw.mul a b
let neg a = linear a a; Raw.neg a
let abs a = linear a a; Raw.abs a
let min a b = linear a b; Raw.min a b
let max a b = linear a b; Raw.max a b
let compare a b = linear a b; Raw.compare a b
let equal a b = linear a b; Raw.equal a b
let leq a b = linear a b; Raw.leq a b
let lt a b = linear a b; Raw.lt a b
let sign a = Raw.sign a
let is_even a = linear a a; Raw.is_even a
let half a = linear a a; Raw.half a
let twice a = linear a a; Raw.twice a
let twice_plus_one a = linear a a; Raw.twice_plus_one a
let floor_div a b = square a b; Raw.floor_div a b
let lcm a b = square a b; Raw.lcm a b
let pow a n = charge (1 + n * words a); Raw.pow a n
