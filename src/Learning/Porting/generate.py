#!/usr/bin/env python3
"""Lets the model in base/ write with the rewards beside it.

The next token is drawn from softmax(log_softmax(base) + sum of weight * r / lambda)
(Portable Reward Tuning, https://arxiv.org/abs/2502.12776). Needs PyTorch and transformers.
"""
import argparse
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def ported(base, rewards, padding):
    """The next token's logits.

    base     [rows of the base's head]; log_softmax takes a constant from it, which the softmax of the sum takes away again
    rewards  (r, factor, known) each: r [rows of the reward's head], factor = weight / lambda, and known [rows that count], 1 where the
             reward has a token for the id, else 0
    padding  [rows of the base's head]: True where no token has the id
    """
    total = base + 0.0
    for r, factor, known in rewards:
        rows = len(known)
        total[:rows] = total[:rows] + factor * r[:rows] * known
    total[padding] = float("-inf")
    return total


class Network:
    """A language model with its cache of keys and values."""

    def __init__(self, folder, dtype, device):
        from transformers import AutoModelForCausalLM, AutoTokenizer

        path = os.path.join(HERE, folder)
        self.model = AutoModelForCausalLM.from_pretrained(path, local_files_only=True).to(dtype).to(device).eval()
        self.tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
        self.ids = set(self.tokenizer.get_vocab().values())
        self.cache = None

    def next(self, tokens):
        """The logits after more tokens, in float32."""
        import torch

        tokens = torch.tensor([tokens], device=self.model.device)
        out = self.model(input_ids=tokens, past_key_values=self.cache, use_cache=True)
        self.cache = out.past_key_values
        return out.logits[0, -1].float()


class Reward:
    """A reward beside the base, as a line of rewards.json says it."""

    def __init__(self, facts, dtype, device):
        import torch

        self.network = Network(facts["folder"], dtype, device)
        self.factor = facts["weight"] / facts["lambda"]
        self.substitute = facts["substitute"]
        self.known = torch.tensor([1.0 if i in self.network.ids else 0.0 for i in range(facts["rows"])], device=device)

    def next(self, tokens):
        """r, its factor and where it counts. A token that the reward does not have is read as another."""
        return self.network.next([t if t in self.network.ids else self.substitute for t in tokens]), self.factor, self.known


def draw(logits, arguments, generator):
    """A token of a distribution; the best one where the temperature is 0."""
    import torch

    if arguments.temperature == 0:
        return int(logits.argmax())
    logits = logits / arguments.temperature
    if arguments.top_k > 0:
        least = logits.topk(min(arguments.top_k, logits.numel())).values[-1]
        logits = logits.masked_fill(logits < least, float("-inf"))
    if arguments.top_p < 1:
        values, order = logits.sort(descending=True)
        shares = values.softmax(-1)
        # The fewest best tokens whose probabilities reach the share: at least one.
        beyond = shares.cumsum(-1) - shares >= arguments.top_p
        beyond[0] = False
        logits[order[beyond]] = float("-inf")
    return int(torch.multinomial(logits.softmax(-1).cpu(), 1, generator=generator))


def prompt_ids(tokenizer, text, chat):
    if not chat:
        return tokenizer(text).input_ids
    rendered = tokenizer.apply_chat_template([{"role": "user", "content": text}], add_generation_prompt=True, tokenize=False)
    return tokenizer(rendered, add_special_tokens=False).input_ids


def ends(model, tokenizer):
    found = model.generation_config.eos_token_id
    if found is None:
        found = tokenizer.eos_token_id
    return set(found if isinstance(found, (list, tuple)) else [] if found is None else [found])


def main():
    parser = argparse.ArgumentParser(description="Lets the model in base/ write with the rewards beside it.")
    parser.add_argument("prompt", help="the text to continue")
    parser.add_argument("--chat", action="store_true", help="the prompt is a question, put into the base's chat template")
    parser.add_argument("--max-tokens", type=int, default=256, metavar="N")
    parser.add_argument("--temperature", type=float, default=0.0, metavar="X", help="0 takes the best token each time (default)")
    parser.add_argument("--top-k", type=int, default=0, metavar="N", help="0 is all (default)")
    parser.add_argument("--top-p", type=float, default=1.0, metavar="X")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--dtype", choices=["float32", "bfloat16", "float16"], default="float32")
    parser.add_argument("--device", default="cpu", help="cpu (default), cuda, ...")
    parser.add_argument("--bare", action="store_true", help="without the rewards, to compare")
    arguments = parser.parse_args()

    import torch

    dtype = getattr(torch, arguments.dtype)
    base = Network("base", dtype, arguments.device)
    with open(os.path.join(HERE, "rewards.json"), encoding="utf-8") as file:
        rewards = [] if arguments.bare else [Reward(facts, dtype, arguments.device) for facts in json.load(file)]
    generator = torch.Generator().manual_seed(arguments.seed)
    ids = prompt_ids(base.tokenizer, arguments.prompt, arguments.chat)
    if len(ids) == 0:
        sys.exit("The prompt is empty: a model needs a token to begin with.")
    end, padding, new, shown = ends(base.model, base.tokenizer), None, [], ""
    with torch.no_grad():
        tokens = ids
        while len(new) < arguments.max_tokens:
            logits = base.next(tokens)
            if padding is None:
                padding = torch.tensor([i not in base.ids for i in range(logits.numel())], device=logits.device)
            token = draw(ported(logits, [reward.next(tokens) for reward in rewards], padding), arguments, generator)
            new.append(token)
            if token in end:
                break
            text = base.tokenizer.decode(new, skip_special_tokens=True)
            # A character may come in several tokens.
            if not text.endswith("\ufffd"):
                print(text[len(shown):], end="", flush=True)
                shown = text
            tokens = [token]
    print(base.tokenizer.decode(new, skip_special_tokens=True)[len(shown):])


if __name__ == "__main__":
    main()
