(* The integers of the extracted checker. Trusted: each name does what it says, on integers of any size. *)
type t

(* Raised when the steps that were allowed are used up; a step is an operation on integers of one machine word. *)
exception Exhausted
val allow : int -> unit
val charge : int -> unit

val zero : t
val one : t
val of_int : int -> t
val to_int : t -> int (* only for what fits *)
val of_string : string -> t
val to_string : t -> string
val add : t -> t -> t
val sub : t -> t -> t
val mul : t -> t -> t
val neg : t -> t
val abs : t -> t
val min : t -> t -> t
val max : t -> t -> t
val compare : t -> t -> int
val equal : t -> t -> bool
val leq : t -> t -> bool
val lt : t -> t -> bool
val sign : t -> int
val is_even : t -> bool
val half : t -> t (* rounded down *)
val twice : t -> t
val twice_plus_one : t -> t
val floor_div : t -> t -> t (* 0 if the divisor is 0 *)
val lcm : t -> t -> t
val pow : t -> int -> t (* the exponent is at least 0 *)
