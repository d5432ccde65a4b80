"""The network of the heads: what FaceMesh's activations, the face's colours and the networks' own scores tell."""

import numpy as np
import torch
from torch import nn

from pack import pack_layer

CHANNELS, GRID = 128, 36
CELL_OUTPUTS, HIDDEN = 16, 48
DEGREES = 45

REGIONS = ["leftEye", "rightEye", "nose", "mouth", "chin"]
OUTPUTS = ["human", "profile", "yaw", "turn", *REGIONS, "obstructed"]
ANGLES = {"yaw", "turn"}

PROFILE_FROM, NO_PROFILE_UP_TO = 60, 45
# In pictures of small people what is found with little confidence may be anything.
SMALL_SURE_SCORE = 0.7

EPOCHS = 12
BATCH = 256
LARGEST_STEP = 3e-3
DECAY = 1e-2
LEAST_DEVIATION = 0.2
THREADS = 1
# A difference of a fifth of 45 degrees counts by its square, more by itself.
NEAR = 0.2


def logit(values):
    clipped = np.clip(values, 1e-4, 1 - 1e-4)
    return np.log(clipped / (1 - clipped))


def scores_of(lessons):
    """What the networks say themselves, in the product's order."""
    yaw = lessons.column("meshYaw").astype(np.float32) / DEGREES
    scores = [logit(lessons.column("score")), logit(lessons.column("flag")), yaw, np.abs(yaw)]
    return np.stack(scores, 1).astype(np.float32)


def targets_of(lessons):
    """What each output should say, NaN where nothing is known."""
    rows = []
    for about in lessons.about:
        truth = about["truth"]
        value = lambda known: np.nan if known is None else float(known)
        human = value(truth["human"])
        if about["group"] == "small" and about["score"] < SMALL_SURE_SCORE:
            human = np.nan
        yaw = truth["yaw"]
        if yaw is None:
            profile = 1.0 if about["kind"] == "profile" and about["expected"] == "fail" else np.nan
        else:
            profile = 1.0 if yaw >= PROFILE_FROM else 0.0 if yaw <= NO_PROFILE_UP_TO else np.nan
        angles = [np.nan if angle is None else angle / DEGREES for angle in (yaw, truth["turn"])]
        regions = [value(truth["covered"][region]) for region in REGIONS]
        rows.append([human, profile, *angles, *regions, value(truth["obstructed"])])
    return np.array(rows, np.float32)


def weights_of(lessons, targets):
    """How much each face counts for each output: both answers alike, and large sources by the root of their size."""
    weights = np.zeros_like(targets)
    plain = ("plain", "mirrored")
    groups = np.array([f"{a['source']} {a['group']} {a['kind']} {a['variant'] in plain}" for a in lessons.about])
    for column, name in enumerate(OUTPUTS):
        known = ~np.isnan(targets[:, column])
        side = np.where(known, targets[:, column] if name not in ANGLES else np.floor(targets[:, column] * 1.5), 0)
        keys = np.char.add(np.char.add(groups, " "), side.astype(str))
        _, index, counts = np.unique(keys[known], return_inverse=True, return_counts=True)
        raw = 1 / np.sqrt(counts[index])
        sides, at = np.unique(side[known], return_inverse=True)
        totals = np.bincount(at, raw)
        weights[known, column] = raw / totals[at] * known.sum() / len(sides)
        # What is known of few faces is said seldom, and counts more when it is.
        weights[known, column] *= np.sqrt(len(targets) / max(1, known.sum()))
    return weights


class Scaling:
    def __init__(self, activations, others):
        self.channel_means = activations.mean((0, 2))
        deviations = activations.std((0, 2))
        self.channel_deviations = np.maximum(deviations, LEAST_DEVIATION * deviations.mean())
        self.means = others.mean(0)
        self.deviations = np.maximum(others.std(0), 0.02)


class Network(nn.Module):
    def __init__(self, others):
        super().__init__()
        self.cell = nn.Linear(CHANNELS, CELL_OUTPUTS)
        self.hidden = nn.Linear(CELL_OUTPUTS * GRID + others, HIDDEN)
        self.output = nn.Linear(HIDDEN, len(OUTPUTS))
        for layer in (self.cell, self.hidden):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.xavier_uniform_(self.output.weight)
        for layer in (self.cell, self.hidden, self.output):
            nn.init.zeros_(layer.bias)
        self.drop = nn.ModuleList([nn.Dropout(0.1), nn.Dropout(0.15), nn.Dropout(0.3)])

    def forward(self, cells, others):
        # A plane a channel, as the product has it.
        seen = self.cell(cells).relu().transpose(1, 2).flatten(1)
        seen = torch.cat([self.drop[0](seen), self.drop[1](others)], 1)
        return self.output(self.drop[2](self.hidden(seen).relu()))


class Heads:
    """A trained network with its scalings."""

    def __init__(self, activations, others, targets, weights, seed=1, epochs=EPOCHS):
        torch.manual_seed(seed)
        torch.set_num_threads(THREADS)
        self.scaling = Scaling(activations, others)
        self.network = Network(others.shape[1])
        steps = max(2, epochs * (len(others) // BATCH))
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=LARGEST_STEP, weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LARGEST_STEP, steps, pct_start=0.3)
        angles = torch.tensor([name in ANGLES for name in OUTPUTS])
        rng = np.random.default_rng(seed)
        for _ in range(epochs):
            order = rng.permutation(len(others))
            for at in range(0, len(order) - BATCH + 1, BATCH):
                rows = np.sort(order[at : at + BATCH])
                out = self.network(*self.scaled(activations[rows], others[rows]))
                known = torch.tensor(np.nan_to_num(targets[rows]))
                logistic = nn.functional.binary_cross_entropy_with_logits(out, known.clamp(0, 1), reduction="none")
                distance = nn.functional.smooth_l1_loss(out, known, reduction="none", beta=NEAR) * 2
                loss = (torch.where(angles, distance, logistic) * torch.tensor(weights[rows])).mean()
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()
        self.network.eval()

    def scaled(self, activations, others):
        s = self.scaling
        cells = (activations - s.channel_means[:, None]) / s.channel_deviations[:, None]
        rest = (others - s.means) / s.deviations
        return torch.tensor(cells.transpose(0, 2, 1).astype(np.float32)), torch.tensor(rest.astype(np.float32))

    @torch.no_grad()
    def answers(self, activations, others):
        blocks = range(0, len(others), 2048)
        outs = [self.network(*self.scaled(activations[at : at + 2048], others[at : at + 2048])) for at in blocks]
        return torch.cat(outs).numpy()

    def packed(self):
        s = self.scaling
        cell, hidden, output = (
            (layer.weight.detach().numpy(), layer.bias.detach().numpy())
            for layer in (self.network.cell, self.network.hidden, self.network.output)
        )
        weights = cell[0] / s.channel_deviations
        biases = cell[1] - weights @ s.channel_means
        first = CELL_OUTPUTS * GRID
        inner = hidden[0].copy()
        inner[:, first:] /= s.deviations
        inner_biases = hidden[1] - inner[:, first:] @ s.means
        return {
            "outputs": OUTPUTS,
            "cell": pack_layer(weights, biases),
            "hidden": pack_layer(inner, inner_biases),
            "output": pack_layer(*output),
        }
