"""Decides VNN-LIB properties of an ONNX model with Marabou: python marabou.py MODEL PROPERTY...; prints one answer a line."""
import sys
import warnings

warnings.filterwarnings("ignore")
from maraboupy import Marabou  # noqa: E402

options = Marabou.createOptions(verbosity=0, timeoutInSeconds=300)
for path in sys.argv[2:]:
    network = Marabou.read_onnx(sys.argv[1])
    answer, _, _ = network.solve(filename="", verbose=False, options=options, propertyFilename=path)
    print(f"answer: {answer}")
