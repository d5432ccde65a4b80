"""Teaches the surface network on what was exported and taught, and writes its file."""

import base64
import json
import sys
import zlib
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import student
from lessons import CELLS, CROP, Lessons, parts_of, taught_maps

EPOCHS = 36

# One picture in so many is kept aside, to tell how well the network does on faces that it was not taught.
ASIDE = 20

# The class of a face's skin.
FACE = 3

REFERENCE = Path(__file__).parents[3] / "test/node/networks/surface-reference.json"


def unpack(layer):
    read = lambda name, kind: np.frombuffer(base64.b64decode(layer[name]), kind)
    scales = read("scales", "<f4")
    return read("weights", np.int8).reshape(len(scales), -1) * scales[:, None], read("biases", "<f4")


def run_packed(layers, crops):
    """The packed network on crops, N x 3 x 96 x 96 from 0 to 1: shares N x 24 x 24 x 6."""
    rows = iter(layers)

    def full(x, stride=1, groups=1):
        weights, biases = unpack(next(rows))
        size = int(round((weights.shape[1] * groups / x.shape[1]) ** 0.5))
        kernel = torch.tensor(weights.reshape(len(biases), -1, size, size))
        missing = size - stride
        padded = F.pad(x, (missing // 2, missing - missing // 2) * 2)
        return F.conv2d(padded, kernel, torch.tensor(biases), stride, groups=groups)

    separable = lambda x, stride=1: full(full(x, stride, x.shape[1])).relu()
    twice = lambda x: F.interpolate(x, scale_factor=2)
    x = full(torch.tensor(crops), 2).relu()
    quarter = separable(separable(separable(x), 2))
    eighth = separable(separable(quarter, 2))
    x = full(separable(separable(separable(eighth, 2))))
    x = full(separable(twice(x) + eighth))
    return full(separable(twice(x) + quarter)).softmax(1).permute(0, 2, 3, 1).numpy()


def pattern():
    """A picture by a formula, which the tests know too."""
    c, y, x = np.meshgrid(np.arange(3), np.arange(CROP), np.arange(CROP), indexing="ij")
    return ((x * 7 + y * y * 3 + c * 29) % 256 / 255).astype(np.float32)


def agreement(shares, targets, known):
    """Share of the cells around the middle, as far as they are known, in which the same class is the largest."""
    quarter = slice(CELLS // 4, -CELLS // 4)
    same = (shares.argmax(-1) == targets.argmax(-1))[:, quarter, quarter]
    return float(same[known[:, quarter, quarter] > 200].mean())


# Cells of nose, mouth and eyes that are no face are what the network is for; most faces have none.
MIDDLE = slice(8, 17)
COVERED_IMPORTANCE = 4.5
MOST_IMPORTANCE = 4.0


def importance_of(targets):
    """How much each face counts: more, the more of its middle is covered."""
    face = targets[:, MIDDLE, MIDDLE, FACE].mean((1, 2)) / 255
    return np.minimum(1 + COVERED_IMPORTANCE * (1 - face), MOST_IMPORTANCE).astype(np.float32)


def main(cache, out, epochs=EPOCHS):
    torch.use_deterministic_algorithms(True, warn_only=True)
    lessons = Lessons(cache, parts_of(cache, "real") + parts_of(cache, "drawn"))
    targets, known = taught_maps(cache, lessons)
    # Teaching mirrors by chance.
    has = known.any((1, 2)) & (lessons.column("variant") != "mirrored")
    aside = np.array([zlib.crc32(name.encode()) % ASIDE == 0 for name in lessons.column("file")])
    taught, tested = np.flatnonzero(has & ~aside), np.flatnonzero(has & aside)
    print(f"surface: {len(taught)} faces of {len(lessons.about)} are taught", flush=True)
    model = student.teach(
        lessons.crop[taught],
        targets[taught],
        known[taught],
        importance_of(targets)[taught],
        epochs,
        tell=lambda line: print(line, flush=True),
    )
    layers = student.packed(model)
    file = {"version": "2", "provenance": "Taught by tools/train; see MODEL_CARD.md.", "layers": layers}
    Path(out).write_text(json.dumps(file, indent=2) + "\n")
    crops = lessons.crop[tested].astype(np.float32) / 255
    packed = np.concatenate([run_packed(layers, crops[at : at + 256]) for at in range(0, len(crops), 256)])
    numbers = {
        "taught": f"{len(taught):,}",
        "held-out": f"{len(tested):,}",
        "agreement": f"{100 * agreement(packed, targets[tested], known[tested]):.1f} %",
        "unpacked": f"{100 * agreement(student.answers(model, lessons.crop[tested]), targets[tested], known[tested]):.1f} %",
        "bytes": f"{Path(out).stat().st_size // 1000} kB",
        "parameters": f"{sum(weights.size + biases.size for weights, biases in model.weights()):,}",
    }
    print(numbers, flush=True)
    (cache / "surface.json").write_text(json.dumps(numbers))
    shares = run_packed(layers, pattern()[None])[0]
    REFERENCE.write_text(json.dumps([round(float(share), 5) for share in shares.transpose(2, 0, 1).ravel()]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:4]))
