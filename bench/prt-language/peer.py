"""The peer of bench/prt-language: reward tuning of a language model as one would write it in PyTorch, both models and all logits.

Arguments: folder, shape (vocabulary,width,layers,heads,key heads,inner), threads. It reads lines from standard input: "loss" (of one more step) and "train STEPS"
(seconds of processor time), and answers each with one line.
"""

import sys
import time

import numpy
import torch
from torch.nn import functional as F

import llama


class Training:
    def __init__(self, folder, shape):
        self.source, self.reward = llama.Llama(*shape, False), llama.Llama(*shape, False)
        for model in (self.source, self.reward):
            llama.take(model, f"{folder}/weights.safetensors", lambda name: name.removeprefix("model."))
        self.source.requires_grad_(False)
        self.trained = list(self.reward.parameters())
        groups = [{"params": [p for p in self.trained if p.dim() > 1], "weight_decay": llama.WEIGHT_DECAY}, {"params": [p for p in self.trained if p.dim() < 2], "weight_decay": 0}]
        self.optimizer = torch.optim.AdamW(groups, lr=llama.LEARNING_RATE)
        self.rows = torch.from_numpy(numpy.fromfile(f"{folder}/rows.bin", numpy.int64)).view(llama.ROWS, llama.TOKENS)

    def step(self):
        with torch.no_grad():
            base = F.log_softmax(self.source(self.rows)[:, :-1], dim=-1)
        logits = base + self.reward(self.rows)[:, :-1]
        loss = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), self.rows[:, 1:].reshape(-1))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.trained, llama.CLIP)
        self.optimizer.step()
        return loss.item()


def main():
    folder, shape, threads = sys.argv[1:]
    torch.set_num_threads(int(threads))
    training = Training(folder, [int(part) for part in shape.split(",")])
    print(f"PyTorch {torch.__version__}, BLAS {llama.blas()}, {torch.get_num_threads()} thread(s)", flush=True)
    for line in sys.stdin:
        command, *rest = line.split()
        if command == "loss":
            answer = repr(training.step())
        else:
            before = time.process_time()
            for _ in range(int(rest[0])):
                training.step()
            answer = repr(time.process_time() - before)
        print(answer, flush=True)


main()
