"""What the product's own code has exported: faces, what is known of them, and what the networks made of them."""

import json
from pathlib import Path

import numpy as np

CROP = 96
CELLS = 24
DRAWN = 48
MAP = 64
CLASSES = 6
AS_TAUGHT, UNKNOWN = 255, 254

ROWS = {
    "crop": (np.uint8, (3, CROP, CROP)),
    "activations": (np.float32, (128, 36)),
    "tints": (np.float32, (147,)),
    "levelled": (np.float32, (468, 3)),
    "drawn": (np.uint8, (DRAWN, DRAWN)),
}


class Lessons:
    """All sets of a cache as one: `about`, a list of dictionaries, and an array for each of the rows."""

    def __init__(self, cache: Path, names: list[str]):
        self.about = []
        parts = {row: [] for row in ROWS}
        for name in names:
            about = json.loads((cache / f"{name}.json").read_text())["lessons"]
            self.about += about
            for row, (kind, shape) in ROWS.items():
                parts[row].append(np.memmap(cache / f"{name}.{row}", kind, "r", shape=(len(about), *shape)))
        for row in ROWS:
            setattr(self, row, np.concatenate(parts[row]))

    def column(self, name: str) -> np.ndarray:
        return np.array([about[name] for about in self.about])


def parts_of(cache: Path, name: str) -> list[str]:
    """The names of a set's parts, in order."""
    return sorted(path.stem for path in cache.glob(f"{name}-*.json"))


def taught_maps(cache: Path, lessons: Lessons) -> tuple[np.ndarray, np.ndarray]:
    """For each face the teacher's shares in the cells of its crop, and how much each cell is known, 0 to 1."""
    maps, places = {}, {}
    for part in parts_of(cache, "teacher"):
        about = json.loads((cache / f"{part}.json").read_text())
        path = cache / f"{part}.map"
        count = path.stat().st_size // (MAP * MAP * CLASSES)
        taught = np.memmap(path, np.uint8, "r", shape=(count, MAP, MAP, CLASSES))
        for face, shares in zip(about, taught):
            maps[face["file"]], places[face["file"]] = shares, face["placement"]
    count = len(lessons.about)
    targets = np.zeros((count, CELLS, CELLS, CLASSES), np.uint8)
    known = np.zeros((count, CELLS, CELLS), np.uint8)
    at = (np.arange(DRAWN) + 0.5) / DRAWN
    u, v = np.meshgrid(at, at)
    for i, about in enumerate(lessons.about):
        shares = maps.get(about["file"])
        if shares is None:
            continue
        a, b, c, d, e, f = about["placement"]
        x, y = a * u + b * v + c, d * u + e * v + f
        p, q, r, s, t, w = places[about["file"]]
        determinant = p * t - q * s
        column = (t * (x - r) - q * (y - w)) / determinant
        row = (p * (y - w) - s * (x - r)) / determinant
        inside = (column > -0.02) & (column < 1.02) & (row > -0.02) & (row < 1.02)
        columns = np.clip((column * MAP).astype(int), 0, MAP - 1)
        rows = np.clip((row * MAP).astype(int), 0, MAP - 1)
        fine = shares[rows, columns].astype(np.float32) / 255
        drawn = lessons.drawn[i]
        for label in range(CLASSES):
            fine[drawn == label] = np.eye(CLASSES)[label]
        weight = ((drawn < CLASSES) | ((drawn == AS_TAUGHT) & inside)).astype(np.float32)
        halves = (CELLS, 2, CELLS, 2)
        sums = weight.reshape(halves).sum((1, 3))
        means = (fine * weight[..., None]).reshape(*halves, CLASSES).sum((1, 3)) / np.maximum(sums, 1)[..., None]
        targets[i] = np.round(means * 255)
        known[i] = np.round(sums / 4 * 255)
    return targets, known
