"""Deals faces to folds, so that what is said of them can be held against faces that were not learnt from."""

import zlib

import numpy as np

FOLDS = 4


def folds_of(lessons):
    """No source is in two folds; sources that alone show a kind, or a pose, are dealt by picture instead."""
    alone = {
        a["source"] for a in lessons.about if a["kind"] or a["group"] == "crop" or a["truth"]["yaw"] is not None
    }
    keys = [a["file"] if a["source"] in alone else a["source"] for a in lessons.about]
    counts = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    sizes, fold = [0] * FOLDS, {}
    for key in sorted(counts, key=lambda key: (-counts[key], zlib.crc32(key.encode()))):
        smallest = sizes.index(min(sizes))
        fold[key] = smallest
        sizes[smallest] += counts[key]
    return np.array([fold[key] for key in keys])
