"""What a face is, of the five kinds that the product tells apart, and how much each face counts."""

import numpy as np

KINDS = ["clear", "none", "profile", "covered", "cut"]
CLEAR, NONE, PROFILE, COVERED, CUT = range(5)
UNKNOWN = -1

PROFILE_FROM, TURNED_FROM = 60, 45
# A small person found with less confidence may be a thing beside it.
SMALL_SURE_SCORE = 0.5


def kind_of(about):
    truth = about["truth"]
    yaw = truth["yaw"] or 0
    failing = about["expected"] == "fail"
    if truth["cut"]:
        return CUT
    if truth["human"] is False:
        return NONE
    if about["group"] == "small" and failing:
        return CLEAR if about["score"] >= SMALL_SURE_SCORE else UNKNOWN
    if yaw >= PROFILE_FROM or (failing and about["reason"] == "profile"):
        return PROFILE
    if truth["obstructed"]:
        return COVERED
    is_portrait = about["expected"] == "pass" or about["families"] or about["group"] in ("cartoon", "statue")
    return CLEAR if truth["obstructed"] is False and is_portrait and yaw <= TURNED_FROM else UNKNOWN


def kinds_of(lessons):
    return np.array([kind_of(about) for about in lessons.about])


# Pictures of which there are few, and of which each has much to tell.
RARE = {"hand": 2.5, "object_at_mouth": 2.5}
# Profiles are found worse than anything else, and are easily taken for what is no face.
PROFILE_WEIGHT = 5
# Of these there are as many as of portraits.
MANY = "harmless_scarf_hijab"


def weight_of(about, kind):
    """Drawn and changed faces count less than real ones, and so do those of which there are thousands."""
    if about["families"] or about["variant"] == "recoloured":
        weight = 0.25
    elif about["variant"] == "worn" or about["variant"] == "cut":
        weight = 0.4
    else:
        weight = 1.0
        if kind == PROFILE:
            weight *= PROFILE_WEIGHT
        if about["expected"] == "fail":
            weight *= RARE.get(about["kind"], 1)
        if about["kind"].startswith("harmless") and about["kind"] != MANY:
            weight *= 2
    if kind == NONE:
        weight *= 0.6
    if about["group"] == "crop":
        weight *= 0.7
    return weight


def weights_of(lessons, kinds):
    return np.array([weight_of(about, kind) for about, kind in zip(lessons.about, kinds)])
