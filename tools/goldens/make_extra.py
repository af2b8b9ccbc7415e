#!/usr/bin/env python
"""Writes the golden models of specs_extra.py, by the means of make_golden.py.

    python make_extra.py OUT                       # all of them into OUT
    python make_extra.py OUT --only llama-rope-dynamic

A model with the option continue_from gets, besides what every model has, generation that runs beyond the length at which
its rotary frequencies change; see README.md for the keys.
"""
import argparse
import json
import os

import numpy as np
import torch
from safetensors.torch import load_file, save_file

import make_golden as golden
import reference as ref
import specs_extra

ATTEMPTS = 30


def cached_lengths(model, start, steps):
    """How long the sequence was, as far as the rotation is concerned, when each position's key was computed. Phi-3 drops
    its cache when it crosses the original length, so there no list says it (None)."""
    return None if model.a.rope[0].kind == "longrope" else [start] * start + list(range(start + 1, start + steps))


def continuation(folder, ids):
    """(tokens, logits of transformers' cached run, logits when every step computes the whole sequence afresh)"""
    with golden.precision(torch.float64):
        tokens, _, cached, _ = golden.hf_generate(golden.load_hf(folder, torch.float64), ids)
        model = golden.load_hf(folder, torch.float64)         # a new one: the old one remembers the longest sequence it saw
        sequence = ids + tokens[:-1]
        fresh = [golden.hf_pass(model, sequence[:n])[0][-1].numpy() for n in range(len(ids), len(sequence) + 1)]
    return tokens, cached.numpy(), np.stack(fresh)


def confirm(model, ids, tokens, cached, fresh):
    """numpy gives the same, whole and with a cache"""
    sequence = ids + tokens[:-1]
    mine = np.stack([model.forward(sequence[:n]).logits[-1] for n in range(len(ids), len(sequence) + 1)])
    assert np.abs(mine - fresh).max() < 1e-10
    lengths = cached_lengths(model, len(ids), len(tokens))
    if lengths is not None:
        mine = model.forward(sequence, lengths=lengths).logits[len(ids) - 1:]
    assert np.abs(mine - cached).max() < 1e-10


def add_continuations(folder, names):
    """Adds the keys to the golden files of a folder; False if two tokens come too close to each other."""
    path = os.path.join(folder, "golden")
    with open(path + ".json", encoding="utf-8") as f:
        J = json.load(f)
    T = load_file(path + ".safetensors")
    model = ref.Model(folder)
    J["continued"] = {}
    for name in names:
        ids = J["prompts"][name]
        tokens, cached, fresh = continuation(folder, ids)
        confirm(model, ids, tokens, cached, fresh)
        top = np.sort(cached, -1)
        margins = top[:, -1] - top[:, -2]
        if margins.min() < golden.SAFE_MARGIN:
            return False
        J["continued"][name] = {
            "tokens": tokens, "margins": [round(float(v), 6) for v in margins],
            "total_lengths": list(range(len(ids), len(ids) + len(tokens))),
            "recomputed_differs_by": float(f"{np.abs(cached - fresh).max():.3g}")}
        T[name + ".continued.logits"] = torch.from_numpy(cached.copy())
        T[name + ".continued.recomputed"] = torch.from_numpy(fresh)
    save_file(T, path + ".safetensors")
    os.chmod(path + ".safetensors", 0o644)
    golden.dump(path + ".json", J)
    return True


def build(name, opt, out):
    """the first weights whose continuations, too, have no near tie"""
    for attempt in range(ATTEMPTS):
        golden.build(name, opt, out, f"{specs_extra.SALT}{attempt or ''}")
        if "continue_from" not in opt or add_continuations(os.path.join(out, name), opt["continue_from"]):
            return
    raise RuntimeError(f"{name}: near ties in every attempt")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("out")
    ap.add_argument("--only")
    a = ap.parse_args()
    for name, opt in specs_extra.MODELS.items():
        if not a.only or name in a.only.split(","):
            build(name, opt, a.out)


if __name__ == "__main__":
    main()
