"""Reads an .npz export with NumPy and compares every number with the certificate: python read_npz.py CERTIFICATE NPZ"""
import json
import sys
from fractions import Fraction

import numpy as np

certificate = json.load(open(sys.argv[1], encoding="utf-8"))
arrays = np.load(sys.argv[2], allow_pickle=False)
states = certificate["code"]["states"]
scale = Fraction(certificate["code"]["scale"])
height = Fraction(3) ** (certificate["code"]["lastIndex"] - 2)
compared = 0


def compare(name, expected):
    """Both spellings of an array against exact fractions, of the same shape."""
    global compared
    denominator = int(arrays[f"{name}.denominator"])
    floats, numerators = arrays[name], arrays[f"{name}.numerator"]
    assert floats.dtype == np.float64 and numerators.dtype == np.int64, name
    assert floats.size == numerators.size == len(expected), name
    for number, numerator, wanted in zip(floats.ravel().tolist(), numerators.ravel().tolist(), expected):
        assert Fraction(number) == Fraction(numerator, denominator) == wanted, name
        compared += 2


def layer(name, data, weight_factor, bias_factor):
    rows = data["rows"]
    dense = [[Fraction(0)] * data["inputs"] for _ in rows]
    for r, row in enumerate(rows):
        for column, weight in row[1:]:
            dense[r][column] = weight_factor * Fraction(weight)
    assert arrays[f"{name}.weight"].shape == (len(rows), data["inputs"]), name
    assert int(arrays[f"{name}.relu"]) == data["relu"], name
    compare(f"{name}.weight", [weight for row in dense for weight in row])
    compare(f"{name}.bias", [bias_factor * Fraction(row[0]) for row in rows])


for i, data in enumerate(certificate["filter"]["layers"]):
    layer(f"V{i + 1}", data, Fraction(1), Fraction(1))
inner, outer = certificate["head"]["layers"]
layer("U2", inner, Fraction(1), scale)
layer("U1", outer, height / scale, height)
assert json.loads(arrays["facts"].item())["weightproof.digest.filter"] == certificate["digests"]["filter"]
print(f"equal: {compared:,} numbers")
