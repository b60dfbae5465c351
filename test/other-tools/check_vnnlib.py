"""Reads VNN-LIB 2.0 properties with the parser and type checker of PyPI's vnnlib: python check_vnnlib.py PROPERTY...

Prints how many it read, and into how many cases of a box and an output they fall; ends with an error at the first that it refuses.
"""
import sys

import vnnlib

assertions = 0
cases = 0
for path in sys.argv[1:]:
    query = vnnlib.parse_query_file(path)
    network = query.networks[0]
    kinds = [network.inputs[0].dtype, network.outputs[0].dtype]
    assert kinds in ([vnnlib.DType.F32] * 2, [vnnlib.DType.F64] * 2), path
    assertions += len(query.assertions)
    cases += len(query.assertions[-1].expr.to_dnf())
print(f"read: {len(sys.argv) - 1} properties, {assertions} assertions, {cases} cases")
