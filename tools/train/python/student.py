"""The surface network: a small student of the teacher and of drawn covers."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from lessons import CELLS, CLASSES, CROP
from pack import pack_layer

BATCH = 64
LARGEST_STEP = 4e-3
DECAY = 0.02
NORM_MOMENTUM = 0.03
# The network that is kept is the running mean of the one that learns.
MEAN_OF = 0.998

# What is inside the face matters more than the corners of the crop.
CENTRE_WEIGHT = 2.0

THREADS = 2


class SameAsOnnx(nn.Conv2d):
    """A convolution whose output has the size of its input over the stride; what is missing is added right and below first."""

    def forward(self, x):
        missing = self.kernel_size[0] - self.stride[0]
        before = missing // 2
        return super().forward(F.pad(x, (before, missing - before) * 2))


def convolution(inputs, outputs, size=1, stride=1, relu=True):
    layers = [
        SameAsOnnx(inputs, outputs, size, stride, bias=False),
        nn.BatchNorm2d(outputs, momentum=NORM_MOMENTUM),
    ]
    return nn.Sequential(*layers, nn.ReLU()) if relu else nn.Sequential(*layers)


def separable(inputs, outputs, stride=1):
    depth = SameAsOnnx(inputs, inputs, 3, stride, groups=inputs, bias=False)
    return nn.Sequential(depth, convolution(inputs, outputs))


class Student(nn.Module):
    """3 x 96 x 96 in, 6 x 24 x 24 logits out; plain operations only, so that it runs anywhere."""

    def __init__(self):
        super().__init__()
        self.quarter = nn.Sequential(convolution(3, 16, 3, 2), separable(16, 24), separable(24, 48, 2), separable(48, 48))
        self.eighth = nn.Sequential(separable(48, 112, 2), separable(112, 112))
        self.sixteenth = nn.Sequential(
            separable(112, 160, 2), separable(160, 160), separable(160, 160), convolution(160, 112, relu=False)
        )
        self.to_quarter = nn.Sequential(separable(112, 112), convolution(112, 48, relu=False))
        self.last = separable(48, 48)
        self.classes = nn.Conv2d(48, CLASSES, 1)

    def forward(self, crops):
        quarter = self.quarter(crops)
        eighth = self.eighth(quarter)
        twice = lambda x: F.interpolate(x, scale_factor=2)
        x = self.to_quarter(twice(self.sixteenth(eighth)) + eighth)
        return self.classes(self.last(twice(x) + quarter))

    def weights(self):
        """Every convolution in the product's order, its normalisation folded in: weights (out, in, height, width), biases."""
        modules = [module for module in self.modules() if isinstance(module, (nn.Conv2d, nn.BatchNorm2d))]
        result = []
        for at, module in enumerate(modules):
            if isinstance(module, nn.BatchNorm2d):
                continue
            kernel = module.weight.detach().numpy()
            after = modules[at + 1] if at + 1 < len(modules) else None
            if isinstance(after, nn.BatchNorm2d):
                factor = (after.weight / torch.sqrt(after.running_var + after.eps)).detach().numpy()
                kernel = kernel * factor[:, None, None, None]
                biases = after.bias.detach().numpy() - after.running_mean.numpy() * factor
            else:
                biases = np.zeros(len(kernel), np.float32) if module.bias is None else module.bias.detach().numpy()
            result.append((kernel, biases))
        return result


# Chances and ranges of what is done to a crop before it is learnt from.
TURN, SCALES, SHIFT = 0.2, (0.85, 1.18), 0.14
COARSE_CHANCE, COARSE_EDGES = 0.15, (28, 64)
GREY_CHANCE, COLOURS = 0.12, (0.5, 1.35)
GAINS, CASTS = (0.6, 1.35), (0.9, 1.1)
NOISE_CHANCE, NOISE = 0.3, 0.05


def augment(crops, shares, known, rng):
    """Mirrored, moved, turned, scaled, coarse, noisy, and in other light."""
    count = len(crops)
    between = lambda low, high, *shape: torch.empty(count, *shape).uniform_(low, high)
    chance = lambda share: torch.rand(count, 1, 1, 1) < share
    turn, scale = between(-TURN, TURN), between(*SCALES)
    sign = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(turn) * scale, torch.sin(turn) * scale
    rows = [
        torch.stack([cos * sign, -sin, between(-SHIFT, SHIFT)], 1),
        torch.stack([sin * sign, cos, between(-SHIFT, SHIFT)], 1),
    ]
    place = torch.stack(rows, 1)
    grid = lambda size: F.affine_grid(place, [count, 1, size, size], align_corners=False)
    crops = F.grid_sample(crops, grid(CROP), padding_mode="border", align_corners=False)
    both = torch.cat([shares * known, known], 1)
    both = F.grid_sample(both, grid(CELLS), padding_mode="zeros", align_corners=False)
    known = both[:, CLASSES:]
    shares = both[:, :CLASSES] / known.clamp(min=1e-4)
    coarse = torch.rand(count) < COARSE_CHANCE
    if coarse.any():
        edge = int(rng.integers(*COARSE_EDGES))
        small = F.interpolate(crops[coarse], size=(edge, edge), mode="bilinear", align_corners=False, antialias=True)
        crops[coarse] = F.interpolate(small, size=(CROP, CROP), mode="bilinear", align_corners=False)
    grey = crops.mean(1, keepdim=True)
    colour = torch.where(chance(GREY_CHANCE), torch.zeros(1), between(*COLOURS, 1, 1, 1))
    crops = (grey + (crops - grey) * colour) * between(*GAINS, 1, 1, 1) * between(*CASTS, 3, 1, 1)
    crops = crops + torch.randn_like(crops) * between(0, NOISE, 1, 1, 1) * chance(NOISE_CHANCE)
    return crops.clamp(0, 1), shares, known[:, 0]


def centre():
    at = (np.arange(CELLS) + 0.5) / CELLS * 2 - 1
    x, y = np.meshgrid(at, at)
    return torch.tensor(1 + CENTRE_WEIGHT * np.exp(-(x**2 + y**2) / 0.3), dtype=torch.float32)


def teach(crops, targets, known, importance, epochs, seed=1, tell=print):
    """A student of these faces: bytes N x 3 x 96 x 96, shares N x 24 x 24 x 6 and what is known of them, as bytes."""
    torch.manual_seed(seed)
    torch.set_num_threads(THREADS)
    rng = np.random.default_rng(seed)
    # Channels last: half the time on processors.
    student = Student().to(memory_format=torch.channels_last)
    steps = epochs * (len(crops) // BATCH)
    decays = [p for p in student.parameters() if p.dim() > 1]
    stays = [p for p in student.parameters() if p.dim() == 1]
    groups = [{"params": decays, "weight_decay": DECAY}, {"params": stays, "weight_decay": 0}]
    optimiser = torch.optim.AdamW(groups, lr=LARGEST_STEP)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, LARGEST_STEP, steps, pct_start=0.15, div_factor=10, final_div_factor=100
    )
    mean = {name: value.clone() for name, value in student.state_dict().items()}
    places = centre()
    as_shares = lambda values: torch.tensor(np.asarray(values)).float() / 255
    for epoch in range(epochs):
        order = rng.permutation(len(crops))
        total = 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            rows = np.sort(order[at : at + BATCH])
            batch, target, weight = augment(
                as_shares(crops[rows]), as_shares(targets[rows]).permute(0, 3, 1, 2), as_shares(known[rows])[:, None], rng
            )
            weight = weight * places * torch.tensor(importance[rows])[:, None, None]
            said = student(batch.contiguous(memory_format=torch.channels_last)).log_softmax(1)
            loss = (-(target * said).sum(1) * weight).sum() / weight.sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(student.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            for name, value in student.state_dict().items():
                mean[name].lerp_(value, 1 - MEAN_OF) if value.is_floating_point() else mean[name].copy_(value)
        tell(f"surface: epoch {epoch + 1} of {epochs}, loss {total / (len(order) // BATCH):.4f}")
    student.load_state_dict(mean)
    return student.eval()


def packed(student):
    return [pack_layer(weights.reshape(len(weights), -1), biases) for weights, biases in student.weights()]


@torch.no_grad()
def answers(student, crops, batch=256):
    """Shares of the classes in all cells, N x 24 x 24 x 6."""
    blocks = (crops[at : at + batch] for at in range(0, len(crops), batch))
    outs = [student(torch.tensor(np.asarray(block)).float() / 255).softmax(1) for block in blocks]
    return torch.cat(outs).permute(0, 2, 3, 1).numpy()
