"""The teacher: what is at each place of a face's picture, by selfie_multiclass (MediaPipe, Apache-2.0)."""

import json
import sys
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

INPUT = 256
MAP = 64
CLASSES = 6


def teach(model: str, cache: Path, part: str) -> None:
    """Maps of all of a part's crops, 64 x 64 x 6 shares as bytes; goes on where an earlier run was stopped."""
    count = len(json.loads((cache / f"teacher-{part}.json").read_text()))
    crops = np.memmap(cache / f"teacher-{part}.crop", np.uint8, "r", shape=(count, 3, INPUT, INPUT))
    out = cache / f"teacher-{part}.map"
    done = out.stat().st_size // (MAP * MAP * CLASSES) if out.exists() else 0
    network = Interpreter(model, num_threads=1)
    network.allocate_tensors()
    read, write = network.get_input_details()[0]["index"], network.get_output_details()[0]["index"]
    with out.open("ab") as file:
        for crop in crops[done:]:
            network.set_tensor(read, crop.transpose(1, 2, 0)[None].astype(np.float32) / 127.5 - 1)
            network.invoke()
            logits = network.get_tensor(write)[0]
            shares = np.exp(logits - logits.max(-1, keepdims=True))
            shares /= shares.sum(-1, keepdims=True)
            step = INPUT // MAP
            means = shares.reshape(MAP, step, MAP, step, CLASSES).mean((1, 3))
            file.write(np.round(means * 255).astype(np.uint8).tobytes())


if __name__ == "__main__":
    teach(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
