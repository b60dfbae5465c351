"""Checks ONNX models with onnx.checker and strict shape inference: python check_onnx.py MODEL...; prints how many it accepts."""
import sys

import onnx

for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    assert all(one.type.tensor_type.HasField("shape") for one in inferred.graph.output), path
print(f"accepted: {len(sys.argv) - 1} models")
