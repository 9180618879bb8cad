"""The loop that trains a network on pairs, and applies it to pairs."""

import math
import sys
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

_WARM_UP = 0.1
_LEAST_RATE = 0.02
_WEIGHT_DECAY = 0.01
_BATCHES_SORTED = 40
"""Batches whose pairs are sorted by length together, so that little is padding."""
_SHOWN_EVERY_S = 2.0
_SCORED_AT_ONCE = 512


class Plan(Protocol):
    """Length and learning rate of training."""

    epochs: int
    rate: float
    size: int


def train(
    network: nn.Module,
    lengths: np.ndarray,
    loss: Callable[[np.ndarray, np.random.Generator], Tensor],
    plan: Plan,
    name: str,
    seed: int,
    most_steps: int | None = None,
) -> None:
    """Trains with AdamW, a warm-up and a linear decay. `loss` is given the places of the pairs of a batch; `lengths`,
    shape (pairs,), are in tokens. Shows progress on standard error under `name`."""
    drawn = np.random.default_rng(seed)
    torch.manual_seed(seed)
    learned = [one for one in network.parameters() if one.requires_grad]
    device = learned[0].device.type
    optimizer = torch.optim.AdamW(learned, lr=plan.rate, weight_decay=_WEIGHT_DECAY, fused=device == "cuda")
    steps = plan.epochs * sum(1 for _ in _batches(lengths, plan.size, np.random.default_rng(0)))
    progress, step = Progress(name, min(steps, most_steps or steps)), 0
    network.train()
    for _ in range(plan.epochs):
        for batch in _batches(lengths, plan.size, drawn):
            for group in optimizer.param_groups:
                group["lr"] = (
                    plan.rate * min(1, (step + 1) / (_WARM_UP * steps + 1)) * max(_LEAST_RATE, 1 - step / steps)
                )
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                value = loss(batch, drawn)
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            step += 1
            progress.show(step, value)
            if step == most_steps:
                return


@torch.no_grad()
def probabilities(network: nn.Module, pairs: np.ndarray, lengths: np.ndarray, name: str = "scoring") -> np.ndarray:
    """Of the four labels for pairs of text numbers, shape (n, 2): shape (n, 4), float32."""
    network.eval()
    device = next(network.parameters()).device.type
    found = np.zeros((len(pairs), 4), np.float32)
    order = np.argsort(lengths, kind="stable")
    progress = Progress(name, math.ceil(len(order) / _SCORED_AT_ONCE))
    for number, begin in enumerate(range(0, len(order), _SCORED_AT_ONCE), 1):
        batch = order[begin : begin + _SCORED_AT_ONCE]
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            logits = network(pairs[batch, 0], pairs[batch, 1])
        found[batch] = torch.softmax(logits.float(), 1).cpu().numpy()
        progress.show(number)
    return found


def _batches(lengths: np.ndarray, size: int, drawn: np.random.Generator) -> list[np.ndarray]:
    """All places once, in batches of like length, in an order drawn by lot."""
    order, batches = drawn.permutation(len(lengths)), []
    for begin in range(0, len(order), size * _BATCHES_SORTED):
        some = order[begin : begin + size * _BATCHES_SORTED]
        some = some[np.argsort(lengths[some], kind="stable")]
        batches += [some[at : at + size] for at in range(0, len(some), size)]
    return [batches[at] for at in drawn.permutation(len(batches))]


class Progress:
    """A line on standard error: what is done, how much of it, and for how long."""

    def __init__(self, name: str, steps: int) -> None:
        self._name, self._steps = name, steps
        self._begun = self._shown = time.monotonic()

    def show(self, step: int, loss: Tensor | None = None) -> None:
        now = time.monotonic()
        if now - self._shown < _SHOWN_EVERY_S and step < self._steps:
            return
        self._shown = now
        lost = "" if loss is None else f", loss {float(loss.detach()):.3f}"
        end = "\n" if step >= self._steps else ""
        print(
            f"\r{self._name}: {step} of {self._steps}, {now - self._begun:.0f} s{lost}",
            end=end,
            file=sys.stderr,
            flush=True,
        )
