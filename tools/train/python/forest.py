"""Boosted trees in the form that the product reads."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pack import text

LEAF = 255

SETTINGS = {
    "learning_rate": 0.08,
    "max_leaf_nodes": 10,
    "min_samples_leaf": 15,
    "l2_regularization": 5.0,
    "max_features": 0.3,
    "early_stopping": False,
}


def classifier(rounds, seed=1):
    return HistGradientBoostingClassifier(max_iter=rounds, random_state=seed, **SETTINGS)


def in_order(nodes, at, looks, values, rights):
    """A tree's nodes from one on, left first."""
    node = nodes[at]
    here = len(looks)
    if node["is_leaf"]:
        looks.append(LEAF)
        values.append(node["value"])
        rights.append(0)
        return
    looks.append(int(node["feature_idx"]))
    values.append(node["num_threshold"])
    rights.append(0)
    in_order(nodes, node["left"], looks, values, rights)
    rights[here] = len(looks) - here
    in_order(nodes, node["right"], looks, values, rights)


def packed(model, outputs):
    sizes, looks, values, rights = [], [], [], []
    for of_round in model._predictors:
        for tree in of_round:
            before = len(looks)
            in_order(tree.nodes, 0, looks, values, rights)
            sizes.append(len(looks) - before)
    return {
        "outputs": outputs,
        "baseline": [float(value) for value in np.ravel(model._baseline_prediction)],
        "inputs": int(model.n_features_in_),
        "sizes": text(np.array(sizes, np.uint8)),
        "looks": text(np.array(looks, np.uint8)),
        "values": text(np.array(values, "<f4")),
        "rights": text(np.array(rights, np.uint8)),
    }
