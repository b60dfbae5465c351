(* Raw integers by Zarith. *)
type t = Z.t
let zero = Z.zero
let one = Z.one
let of_int = Z.of_int
let to_int = Z.to_int
let of_string = Z.of_string
let to_string = Z.to_string
let add = Z.add
let sub = Z.sub
let mul = Z.mul
let neg = Z.neg
let abs = Z.abs
let min = Z.min
let max = Z.max
let compare = Z.compare
let equal = Z.equal
let leq = Z.leq
let lt = Z.lt
let sign = Z.sign
let is_even = Z.is_even
let half x = Z.shift_right x 1
let twice x = Z.shift_left x 1
let twice_plus_one x = Z.succ (Z.shift_left x 1)
let floor_div a b = if Z.sign b = 0 then Z.zero else Z.fdiv a b
let lcm = Z.lcm
let pow = Z.pow
(* Whether a number is kept as a machine integer; and how many words of 64 bits it has, at least 1. *)
let small (x : t) = Obj.is_int (Obj.repr x)
let words x = Stdlib.max 1 (Z.size x)
