"""Writes the model card: the words of card.md with the numbers of this run."""

import json
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np

REGIONS = ["leftEye", "rightEye", "nose", "mouth", "chin"]

# The product's own limits, see docs/policy.md.
MIN_FACE, MIN_HUMAN, MAX_YAW, EVEN, MIN_SCORE = 0.5, 0.75, 50, 0.5, 0.35

AGES = [(0, 3), (4, 14), (15, 29), (30, 44), (45, 59), (60, 120)]


def reason_of(face):
    """For what the product refuses a face, None where it passes it, as far as the heads decide: in the order of its checks."""
    answers = face["answers"]
    if answers["human"] < MIN_FACE:
        return "none"
    if answers["profile"] > EVEN:
        return "profile"
    if answers["human"] < MIN_HUMAN:
        return "none"
    if answers["cutOff"] > EVEN:
        return "cut_off"
    if answers["obstructed"] > EVEN:
        return "obstructed"
    if answers["yaw"] > MAX_YAW:
        return "profile"
    return None


def passes(face):
    return reason_of(face) is None


def is_obstructed(face):
    return reason_of(face) == "obstructed"


def refused(face):
    return not passes(face)


def share(faces, test):
    """A share with its interval of 95 % (Wilson), over pictures."""
    count = len(faces)
    if count == 0:
        return "–", "–", "0"
    hits = sum(map(bool, map(test, faces)))
    z, p = 1.96, hits / count
    middle = (p + z * z / (2 * count)) / (1 + z * z / count)
    reach = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    low, high = max(0, middle - reach), min(1, middle + reach)
    return f"{100 * p:.1f} %", f"{100 * low:.1f} % – {100 * high:.1f} %", f"{hits} / {count}"


def table(rows, head=("", "measured", "95 % interval", "of")):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def row(what, faces, test):
    return [what, *share(faces, test)]


def by_picture(faces):
    """Of pictures without people that which passes, if any candidate does."""
    worst = {}
    for face in faces:
        if face["score"] >= MIN_SCORE and (face["file"] not in worst or passes(face)):
            worst[face["file"]] = face
    return list(worst.values())


def targets(plain):
    of = lambda **wanted: [f for f in plain if all(f[k] in v for k, v in wanted.items())]
    kind = lambda name: of(kind=[name], expected=["fail"])
    usable = of(group=["frontal", "pose"], expected=["pass"])
    masked = [f for f in of(group=["obstructed"], expected=["fail"]) if f["kind"] == ""]
    crops = of(group=["crop"])
    steep = [f for f in plain if (f["truth"]["yaw"] or 0) >= 60 or (f["kind"] == "profile" and f["expected"] == "fail")]
    rows = [
        row("usable portraits passed", usable, passes),
        row("harmless things passed", of(group=["harmless"], expected=["pass"]), passes),
        row("masked faces passed", masked, passes),
        row("dark glasses passed", kind("dark_glasses"), passes),
        row("hand at mouth or nose passed", kind("hand"), passes),
        row("object at the mouth passed", kind("object_at_mouth"), passes),
        row("profiles passed", steep, passes),
        row("animals passed", by_picture(of(group=["animal"], expected=["fail"])), passes),
        row("dolls passed", by_picture(of(group=["doll"], expected=["fail"])), passes),
        row("pictures without people passed", by_picture(of(group=["noface"], expected=["fail"])), passes),
        row("faces cut off by the frame passed", of(group=["cut_off"], expected=["fail"]), passes),
        row("tight clear crops told covered", crops, is_obstructed),
        row("tight clear crops refused, for whatever reason", crops, refused),
    ]
    sorts = {
        "obstructed": of(group=["obstructed"], expected=["fail"]),
        "profile": steep,
        "none": [f for group in ("animal", "doll", "noface") for f in by_picture(of(group=[group], expected=["fail"]))],
        "cut_off": of(group=["cut_off"], expected=["fail"]),
    }
    told = [{**f, "true": reason} for reason, faces in sorts.items() for f in faces if refused(f)]
    is_true = lambda f: reason_of(f) == f["true"]
    rows.append(row("refused for the true reason, of all rightly refused", told, is_true))
    rows += [row(f"… of those with the reason {reason}", [f for f in told if f["true"] == reason], is_true) for reason in sorts]
    harmless = sorted({f["kind"] for f in of(group=["harmless"])})
    kinds = [
        row(name.removeprefix("harmless_").replace("_", " "), of(kind=[name], expected=["pass"]), is_obstructed)
        for name in harmless
    ]
    groups = [row("all", crops, is_obstructed)]
    groups += [
        row(f"{low} to {high} years", [f for f in crops if low <= f["age"] <= high], is_obstructed) for low, high in AGES
    ]
    groups += [
        row(origin, [f for f in crops if f["origin"] == origin], is_obstructed)
        for origin in sorted({f["origin"] for f in crops})
    ]
    return rows, kinds, groups


def drawn_rows(drawn):
    rows = []
    for family in sorted({name for f in drawn for name in f["families"]}):
        faces = [f for f in drawn if f["families"] == [family]]
        spoilt = [f for f in faces if f["truth"]["obstructed"] is True]
        spared = [f for f in faces if f["truth"]["obstructed"] is False]
        if spoilt:
            rows.append(row(f"{family}, spoils the face: refused", spoilt, refused))
        if spared:
            rows.append(row(f"{family}, spoils nothing: told covered", spared, is_obstructed))
    for region in REGIONS:
        for value, word in ((True, "covered: found"), (False, "free: told covered")):
            faces = [f for f in drawn if f["truth"]["covered"][region] is value]
            rows.append(row(f"{region} {word}", faces, lambda f: f["answers"][region] > 0.5))
    return rows


def yaw_rows(plain):
    known = [f for f in plain if f["truth"]["yaw"] is not None]
    rows = []
    for low, high in ((0, 15), (15, 30), (30, 45), (45, 60), (60, 90)):
        errors = [
            min(90, max(0, f["answers"]["yaw"])) - f["truth"]["yaw"] for f in known if low <= f["truth"]["yaw"] < high
        ]
        if errors:
            rows.append([f"{low}–{high}°", f"{np.abs(errors).mean():.1f}°", f"{np.mean(errors):+.1f}°", str(len(errors))])
    return rows


def main(cache, out):
    judged = json.loads((cache / "judged.json").read_text())
    plain = [f for f in judged if f["variant"] == "plain"]
    drawn = [f for f in judged if f["variant"] not in ("plain", "mirrored")]
    rows, kinds, groups = targets(plain)
    # Of a picture without people there may be several faces; a source is told with its pictures.
    sources = Counter(source for source, _ in {(f["source"], f["file"]) for f in plain})
    taught = json.loads((cache / "surface.json").read_text()) if (cache / "surface.json").exists() else {}
    words = (Path(__file__).parent.parent / "card.md").read_text()
    numbers = {
        "sources": table([[source, str(count)] for source, count in sources.most_common()], ("source", "pictures")),
        "faces": f"{len(judged):,}",
        "drawn": f"{len(drawn):,}",
        "targets": table(rows),
        "harmless": table(kinds),
        "crops": table(groups),
        "drawn-covers": table(drawn_rows(drawn)),
        "yaw": table(yaw_rows(plain), ("true yaw", "mean error", "bias", "of")),
        **{f"surface-{name}": value for name, value in taught.items()},
    }
    for name, value in numbers.items():
        words = words.replace("{{" + name + "}}", value)
    Path(out).write_text(words)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
