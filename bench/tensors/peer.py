"""The peer of bench/tensors: the same two models and the same training step in PyTorch, as one would write them there.

Reads lines from standard input: "load MODEL" takes over weights and answers "PARAMETERS LOSS" of the first batch, "train MODEL STEPS"
answers the seconds that so many steps took. Contiguous attention matrices and foreach=True were tried: the same time within the noise.
"""

import math
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F

SIDE, LABELS, HALF_RANGE = 28, 10, 127.5
LEARNING_RATE, WEIGHT_DECAY, TOTAL_STEPS, WARMUP = 5e-4, 0.01, 6_400_000, 320_000


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.attention_norm = nn.LayerNorm(dim)
        self.qkv = nn.Linear(dim, 3 * dim)
        self.project = nn.Linear(dim, dim)
        self.mlp_norm = nn.LayerNorm(dim)
        self.widen = nn.Linear(dim, 2 * dim)
        self.shrink = nn.Linear(2 * dim, dim)

    def attend(self, x):
        batch, tokens, dim = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, self.heads, dim // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-2, -1) * (dim // self.heads) ** -0.5).softmax(-1)
        return self.project((weights @ v).transpose(1, 2).reshape(batch, tokens, dim))

    def forward(self, x):
        x = x + self.attend(self.attention_norm(x))
        return x + self.shrink(F.gelu(self.widen(self.mlp_norm(x))))


class Vit(nn.Module):
    def __init__(self, patch=7, dim=64, depth=4, heads=4):
        super().__init__()
        self.patch, self.rows = patch, SIDE // patch
        self.patches = nn.Linear(patch * patch, dim)
        self.class_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.positions = nn.Parameter(torch.zeros(1, 1 + self.rows**2, dim))
        self.blocks = nn.Sequential(*[Block(dim, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, LABELS)

    def forward(self, images):
        batch = images.shape[0]
        x = images.view(batch, self.rows, self.patch, self.rows, self.patch).permute(0, 1, 3, 2, 4)
        x = self.patches(x.reshape(batch, self.rows**2, self.patch**2))
        x = torch.cat([self.class_token.expand(batch, -1, -1), x], 1) + self.positions
        return self.head(self.norm(self.blocks(x)[:, 0]))

    def in_order(self):
        """The module tree lists its own parameters before its children's; the file has the patches first."""
        return [*self.patches.parameters(), self.class_token, self.positions,
                *self.blocks.parameters(), *self.norm.parameters(), *self.head.parameters()]


class Mlp(nn.Sequential):
    def __init__(self, hidden=256):
        super().__init__(nn.Flatten(), nn.Linear(SIDE * SIDE, hidden), nn.ReLU(inplace=True),
                         nn.Linear(hidden, hidden), nn.ReLU(inplace=True), nn.Linear(hidden, LABELS))

    def in_order(self):
        return list(self.parameters())


class Training:
    def __init__(self, model, pixels, labels, batch_size):
        self.model, self.pixels, self.labels, self.batch_size = model, pixels, labels, batch_size
        self.optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
        self.total = torch.zeros(1, dtype=torch.float64)
        self.place = self.step_number = 0
        self.order = torch.randperm(len(labels))

    def images(self, rows):
        return self.pixels.index_select(0, rows).float().sub_(HALF_RANGE).div_(HALF_RANGE)

    def step(self):
        if self.place == len(self.labels):
            self.order, self.place = torch.randperm(len(self.labels)), 0
        rows = self.order[self.place : self.place + self.batch_size]
        self.place += self.batch_size
        loss = F.cross_entropy(self.model(self.images(rows)), self.labels.index_select(0, rows))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.param_groups[0]["lr"] = self.rate()
        self.optimizer.step()
        self.step_number += 1
        self.total += loss.detach()

    def rate(self):
        if self.step_number < WARMUP:
            return LEARNING_RATE * (self.step_number + 1) / WARMUP
        return LEARNING_RATE * 0.5 * (1 + math.cos(math.pi * (self.step_number - WARMUP) / (TOTAL_STEPS - WARMUP)))


def blas():
    """The file that answers for BLAS in this process."""
    with open("/proc/self/maps") as maps:
        return next((line.split()[-1] for line in maps if "libopenblas" in line or "libblas" in line), "none")


def load(folder, name, pixels, labels, batch_size):
    model = {"vit": Vit, "mlp": Mlp}[name]()
    weights, offset = torch.from_numpy(numpy.fromfile(f"{folder}/{name}.bin", numpy.float32)), 0
    with torch.no_grad():
        for parameter in model.in_order():
            parameter.copy_(weights[offset : offset + parameter.numel()].view_as(parameter))
            offset += parameter.numel()
    training = Training(model, pixels, labels, batch_size)
    with torch.no_grad():
        loss = F.cross_entropy(model(training.images(torch.arange(batch_size))), labels[:batch_size]).item()
    return training, f"{len(weights) if offset == len(weights) else offset} {loss!r}"


def main():
    folder, batch_size = sys.argv[1], int(sys.argv[2])
    torch.set_num_threads(1)
    pixels = torch.from_numpy(numpy.fromfile(f"{folder}/pixels.bin", numpy.uint8)).view(-1, 1, SIDE, SIDE)
    labels = torch.from_numpy(numpy.fromfile(f"{folder}/labels.bin", numpy.int64))
    trainings = {}
    print(f"PyTorch {torch.__version__}, BLAS {blas()}, {torch.get_num_threads()} thread", flush=True)
    for line in sys.stdin:
        command, name, *rest = line.split()
        if command == "load":
            trainings[name], answer = load(folder, name, pixels, labels, batch_size)
        else:
            start = time.perf_counter()
            for _ in range(int(rest[0])):
                trainings[name].step()
            answer = repr(time.perf_counter() - start)
        print(answer, flush=True)


main()
