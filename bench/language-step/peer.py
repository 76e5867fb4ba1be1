"""The peer of bench/language-step: the same model and training step in PyTorch, as one would write them there.

Arguments: folder, shape (vocabulary,width,layers,heads,key heads,inner), lora or full, plain or recompute, threads. It reads lines from standard input:
"parameters", "loss" (of one more step) and "train STEPS" (seconds of processor time), and answers each with one line.
"""

import json
import math
import mmap
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

HEAD, EPSILON, THETA = 64, 1e-5, 100_000
ROWS, TOKENS, RANK, SCALE = 4, 256, 8, 2.0
LEARNING_RATE, WEIGHT_DECAY, CLIP = 1e-4, 0.01, 1.0


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(width))

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON))


class Lora(nn.Module):
    """As PEFT has it: the frozen layer, and B A beside it."""

    def __init__(self, base):
        super().__init__()
        self.base = base
        self.lora_A = nn.Linear(base.in_features, RANK, bias=False)
        self.lora_B = nn.Linear(RANK, base.out_features, bias=False)

    def forward(self, x):
        return self.base(x) + self.lora_B(self.lora_A(x)) * SCALE


class Attention(nn.Module):
    def __init__(self, width, heads, keys):
        super().__init__()
        self.heads, self.keys = heads, keys
        self.q_proj = nn.Linear(width, heads * HEAD, bias=False)
        self.k_proj = nn.Linear(width, keys * HEAD, bias=False)
        self.v_proj = nn.Linear(width, keys * HEAD, bias=False)
        self.o_proj = nn.Linear(heads * HEAD, width, bias=False)

    def forward(self, x, cos, sin, mask):
        batch, tokens, _ = x.shape
        q = turn(self.q_proj(x).view(batch, tokens, self.heads, HEAD).transpose(1, 2), cos, sin)
        k = turn(self.k_proj(x).view(batch, tokens, self.keys, HEAD).transpose(1, 2), cos, sin)
        v = self.v_proj(x).view(batch, tokens, self.keys, HEAD).transpose(1, 2)
        k, v = (shared(part, self.heads // self.keys) for part in (k, v))
        weights = F.softmax(q @ k.transpose(2, 3) / math.sqrt(HEAD) + mask, dim=-1)
        return self.o_proj((weights @ v).transpose(1, 2).reshape(batch, tokens, -1))


class Mlp(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.gate_proj = nn.Linear(width, inner, bias=False)
        self.up_proj = nn.Linear(width, inner, bias=False)
        self.down_proj = nn.Linear(inner, width, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Block(nn.Module):
    def __init__(self, width, heads, keys, inner):
        super().__init__()
        self.input_layernorm = Norm(width)
        self.self_attn = Attention(width, heads, keys)
        self.post_attention_layernorm = Norm(width)
        self.mlp = Mlp(width, inner)

    def forward(self, x, cos, sin, mask):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, mask)
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama(nn.Module):
    def __init__(self, vocabulary, width, layers, heads, keys, inner, recompute):
        super().__init__()
        self.recompute = recompute
        self.embed_tokens = nn.Embedding(vocabulary, width)
        self.layers = nn.ModuleList(Block(width, heads, keys, inner) for _ in range(layers))
        self.norm = Norm(width)
        angles = torch.arange(TOKENS)[:, None] / THETA ** (torch.arange(0, HEAD, 2) / HEAD)[None]
        angles = torch.cat([angles, angles], -1)
        self.cos, self.sin = angles.cos(), angles.sin()
        self.mask = torch.full((TOKENS, TOKENS), -math.inf).triu(1)

    def forward(self, ids):
        x = self.embed_tokens(ids)
        for layer in self.layers:
            if self.recompute:
                x = checkpoint(layer, x, self.cos, self.sin, self.mask, use_reentrant=False)
            else:
                x = layer(x, self.cos, self.sin, self.mask)
        return F.linear(self.norm(x), self.embed_tokens.weight)


def turn(x, cos, sin):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


def shared(x, group):
    batch, keys, tokens, head = x.shape
    return x if group == 1 else x[:, :, None].expand(batch, keys, group, tokens, head).reshape(batch, keys * group, tokens, head)


def tensors(path):
    """The tensors of a safetensors file, mapped."""
    with open(path, "rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    size = int.from_bytes(data[:8], "little")
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            yield name, torch.from_numpy(numpy.frombuffer(data, numpy.float32, (end - begin) // 4, 8 + size + begin).reshape(entry["shape"]))


def take(model, path, rename):
    names = dict(model.named_parameters())
    with torch.no_grad():
        for name, value in tensors(path):
            names[rename(name)].copy_(value)


def hang(module):
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, Lora(child))
        else:
            hang(child)


def blas():
    """The file that answers for BLAS in this process."""
    with open("/proc/self/maps") as maps:
        return next((line.split()[-1] for line in maps if "libopenblas" in line or "libblas" in line), "none")


class Training:
    def __init__(self, folder, shape, is_lora, recompute):
        self.model = Llama(*shape, recompute)
        take(self.model, f"{folder}/weights.safetensors", lambda name: name.removeprefix("model."))
        if is_lora:
            self.model.requires_grad_(False)
            hang(self.model.layers)
            take(self.model, f"{folder}/adapter.safetensors", lambda name: name.removeprefix("model."))
        self.trained = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        groups = [{"params": [p for p in self.trained if p.dim() > 1], "weight_decay": WEIGHT_DECAY}, {"params": [p for p in self.trained if p.dim() < 2], "weight_decay": 0}]
        self.optimizer = torch.optim.AdamW([group for group in groups if group["params"]], lr=LEARNING_RATE)
        self.rows = torch.from_numpy(numpy.fromfile(f"{folder}/rows.bin", numpy.int64)).view(ROWS, TOKENS)

    def step(self):
        logits = self.model(self.rows)
        loss = F.cross_entropy(logits[:, :-1].reshape(-1, logits.shape[-1]), self.rows[:, 1:].reshape(-1))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.trained, CLIP)
        self.optimizer.step()
        return loss.item()


def main():
    folder, shape, kind, mode, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    training = Training(folder, [int(part) for part in shape.split(",")], kind == "lora", mode == "recompute")
    print(f"PyTorch {torch.__version__}, BLAS {blas()}, {torch.get_num_threads()} thread(s)", flush=True)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "parameters":
            answer = sum(parameter.numel() for parameter in training.trained)
        elif command == "loss":
            answer = repr(training.step())
        else:
            start = time.process_time()
            for _ in range(int(rest[0])):
                training.step()
            answer = repr(time.process_time() - start)
        print(answer, flush=True)


if __name__ == "__main__":
    main()
