"""Fits the heads on what was exported, tells how they do on faces that they have not seen, and writes them."""

import json
import sys
from pathlib import Path

import numpy as np

import forest
from folds import FOLDS, folds_of
from heads import DEGREES, OUTPUTS, REGIONS, Heads, scores_of, targets_of, weights_of
from kinds import KINDS, UNKNOWN, kinds_of
from kinds import weights_of as weights_of_kinds
from lessons import Lessons, parts_of

SURFACE = 96

KIND_ROUNDS, REGION_ROUNDS = 110, 60

# Drawn covers are many; what is labelled by region in real pictures counts more.
DRAWN_WEIGHT = 0.4

# As in src/core/models/yaw.ts.
SHORT_FROM, SHORT_BY, LEAST_PROFILE, MAX_YAW = 30, 0.2, 66, 90

COLUMN = {name: column for column, name in enumerate(OUTPUTS)}


def load(cache):
    parts = [part for name in ("real", "drawn", "cut") for part in parts_of(cache, name)]
    lessons = Lessons(cache, parts)
    surface = np.concatenate([np.fromfile(cache / f"{part}.surface", np.float32).reshape(-1, SURFACE) for part in parts])
    return lessons, surface


def network_held_out(lessons, others, targets, weights, folds):
    """The network's outputs for faces that it did not learn from; forests learn from these, as they will be asked of such."""
    outputs = np.zeros((len(targets), len(OUTPUTS)), np.float32)
    for fold in range(FOLDS):
        learnt, asked = folds != fold, folds == fold
        heads = Heads(lessons.activations[learnt], others[learnt], targets[learnt], weights[learnt])
        outputs[asked] = heads.answers(lessons.activations[asked], others[asked])
        print(f"heads: network, fold {fold + 1} of {FOLDS}", flush=True)
    return outputs


class Question:
    """One forest: what it is asked of which faces."""

    def __init__(self, make, answers, known, weights, outputs):
        self.make, self.answers, self.known, self.weights, self.outputs = make, answers, known, weights, outputs

    def fit(self, numbers, rows):
        rows = rows & self.known
        return self.make().fit(numbers[rows], self.answers[rows], self.weights[rows])


def questions_of(lessons, targets):
    kinds = kinds_of(lessons)
    drawn = np.array([bool(about["families"]) for about in lessons.about])
    region_weights = np.where(drawn, DRAWN_WEIGHT, 1.0)
    asked = {
        "kind": Question(
            lambda: forest.classifier(KIND_ROUNDS), kinds, kinds != UNKNOWN, weights_of_kinds(lessons, kinds), KINDS
        )
    }
    for region in REGIONS:
        target = targets[:, COLUMN[region]]
        known = ~np.isnan(target)
        answers = np.nan_to_num(target).astype(int)
        asked[region] = Question(lambda: forest.classifier(REGION_ROUNDS), answers, known, region_weights, [region])
    return asked


def held_out(asked, numbers, folds):
    """What the forests say of faces that neither they nor the network learnt from."""
    answers = {}
    for name, question in asked.items():
        size = len(numbers)
        said = np.zeros((size, len(KINDS))) if name == "kind" else np.zeros(size)
        for fold in range(FOLDS):
            model = question.fit(numbers, folds != fold)
            here = numbers[folds == fold]
            if name == "kind":
                said[folds == fold] = model.predict_proba(here)
            else:
                said[folds == fold] = model.predict_proba(here)[:, 1]
        answers[name] = said
        print(f"heads: forest {name}", flush=True)
    return answers


def yaw_of(lessons, network, profile):
    """As `estimateYaw` of the product."""
    seen = np.abs(lessons.column("meshYaw"))
    mesh = seen + SHORT_BY * np.maximum(0, seen - SHORT_FROM)
    in_profile = np.maximum(np.maximum(mesh, network), LEAST_PROFILE)
    return np.minimum(MAX_YAW, mesh + profile * (in_profile - mesh))


def described(answers):
    """As the product tells it: each thing that spoils a face among what is left when those before it are ruled out."""
    clear, none, profile, covered, cut = answers["kind"].T
    uncut = clear + profile + covered
    return {
        "human": 1 - none,
        "cutOff": cut / (uncut + cut),
        "profile": profile / uncut,
        "obstructed": covered / (covered + clear),
        **{region: answers[region] for region in REGIONS},
    }


def main(cache, out):
    lessons, surface = load(cache)
    scores = scores_of(lessons)
    others = np.concatenate([lessons.tints, scores], 1)
    targets = targets_of(lessons)
    weights = weights_of(lessons, targets)
    folds = folds_of(lessons)
    outputs = network_held_out(lessons, others, targets, weights, folds)
    frames = np.array(lessons.column("frame").tolist(), np.float32)
    numbers = np.concatenate([outputs, scores, surface, frames], 1).astype(np.float32)
    asked = questions_of(lessons, targets)
    told = described(held_out(asked, numbers, folds))
    told["yaw"] = yaw_of(lessons, outputs[:, COLUMN["yaw"]] * DEGREES, told["profile"])
    judged = [
        {**about, "answers": {name: float(values[i]) for name, values in told.items()}}
        for i, about in enumerate(lessons.about)
    ]
    (cache / "judged.json").write_text(json.dumps(judged))
    network = Heads(lessons.activations, others, targets, weights)
    everything = np.ones(len(numbers), bool)
    forests = {name: forest.packed(q.fit(numbers, everything), q.outputs) for name, q in asked.items()}
    file = {
        "version": "4",
        "provenance": "Trained by tools/train; see MODEL_CARD.md.",
        "network": network.packed(),
        "forests": {
            "kind": forests["kind"],
            "covered": {region: forests[region] for region in REGIONS},
        },
    }
    Path(out).write_text(json.dumps(file, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
