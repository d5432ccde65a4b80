"""Weights as the product keeps them: 8 bits each, with one scale a row."""

import base64

import numpy as np

LARGEST = 127


def text(values: np.ndarray) -> str:
    return base64.b64encode(values.tobytes()).decode()


def pack_layer(weights: np.ndarray, biases: np.ndarray) -> dict:
    """Rows of weights, one for each output, and what is added to each."""
    scales = np.abs(weights).max(1) / LARGEST
    scales[scales == 0] = 1
    whole = np.round(weights / scales[:, None]).astype(np.int8)
    return {"weights": text(whole), "scales": text(scales.astype("<f4")), "biases": text(biases.astype("<f4"))}
