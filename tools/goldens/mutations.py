#!/usr/bin/env python
"""Do the goldens have teeth? Breaks the numpy pass in one way at a time (the mistakes an engine is likely to make) and
reports by how many times the allowed tolerance the logits then leave the golden. Every broken variant has to be caught.

    python mutations.py [models folder]
"""
import copy
import json
import os
import sys

import numpy as np

import reference as ref


def variants(m):
    """(what is wrong, model) pairs that make sense for this model"""
    a = m.a

    def with_(what, **changes):
        n = copy.copy(m)
        n.a = copy.copy(a)
        for k, v in changes.items():
            setattr(n.a, k, v)
        return what, n

    def weights(what, edit):
        n = copy.copy(m)
        n.w = dict(m.w)
        edit(n)
        return what, n

    def ropes(what, **changes):
        out = []
        for r in a.rope:
            r = copy.copy(r)
            if r is not None:
                for k, v in changes.items():
                    setattr(r, k, v)
            out.append(r)
        return with_(what, rope=out)

    yield with_("epsilon 10x", eps=a.eps * 10)
    yield with_("score scale 1/sqrt(hidden)", scale=a.H ** -0.5)
    if any(a.windows):
        yield with_("no sliding window", windows=[None] * a.L)
        yield with_("window one longer", windows=[w and w + 1 for w in a.windows])
        if None in a.windows:
            yield with_("window in every layer", windows=[max(w or 0 for w in a.windows)] * a.L)
    else:
        yield with_("a window of 8", windows=[8] * a.L)
    if abs(a.scale - a.hd ** -0.5) > 1e-9:
        yield with_("scale 1/sqrt(head_dim)", scale=a.hd ** -0.5)
    if a.act == "gelu":
        yield with_("tanh GELU", act="gelu_new")
    elif a.act != "silu" or not a.gated:
        yield with_("exact GELU", act="gelu")
    if a.inverse_layer:
        yield with_("layer index ignored", inverse_layer=False)
    if a.rope[0] is not None:
        yield ropes("theta +5%", theta=a.rope[0].theta * 1.05)
        if a.rope[0].dim < a.hd:
            yield ropes("rotate the whole head", dim=a.hd)
        if any(r and r.kind != "default" for r in a.rope):
            yield ropes("rope scaling ignored", kind="default")
        if a.rope[0].kind == "yarn":
            yield from yarn_keys(a.rope[0].s, ropes)
        if None in a.rope:
            yield with_("rope in every layer", rope=[a.rope[0]] * a.L)
        if len({r.theta for r in a.rope if r}) > 1:
            yield with_("one rope for all layers", rope=[a.rope[-1]] * a.L)
        yield with_("no rope", rope=[None] * a.L)
        yield weights("rope on interleaved pairs", lambda n: setattr(n, "rotate", lambda r, x: interleaved(n, r, x)))
    if a.attn_cap:
        yield with_("no score cap", attn_cap=None)
    if a.final_cap:
        yield with_("no logit cap", final_cap=None)
    if a.norm == "rms_plus_one":
        yield with_("norm weight without the 1", norm="rms")
    if a.norm == "ln":
        yield with_("RMSNorm for LayerNorm", norm="rms")
    if a.embed_mult != 1:
        yield with_("embedding not scaled", embed_mult=1.0)
    if a.resid_mult != 1:
        yield with_("residual multiplier ignored", resid_mult=1.0)
    if a.logits_div != 1:
        yield with_("logits not divided", logits_div=1.0)
    if a.qk_norm:
        yield with_("no q/k norm", qk_norm=None)
    if a.parallel == "two_norms":
        yield with_("sequential block", parallel=None)
        yield with_("one norm for both branches", parallel="one_norm")
    if a.moe:
        fewer = copy.copy(a.moe)
        fewer.k -= 1
        yield with_("one expert fewer", moe=fewer)
        raw = copy.copy(a.moe)
        raw.renorm = False
        yield with_("expert weights not renormalised", moe=raw)
    if a.kv not in (1, a.nh):
        yield weights("kv heads tiled, not repeated", lambda n: setattr(n, "attention", lambda l, p, x: tiled(n, l, p, x)))
    biases = [k for k in m.w if k.endswith(".bias") and not k.endswith("attn.bias") and "attention.bias" not in k]
    for kind in sorted({k.split(".")[-2] for k in biases}):
        def drop(n, kind=kind):
            for k in biases:
                if k.split(".")[-2] == kind:
                    del n.w[k]
            if kind == "lm_head":
                n.unembed_bias = None
        yield weights(f"{kind} bias ignored", drop)


def yarn_keys(s, ropes):
    """each key that matters, left out"""
    keys = ["beta_fast", "beta_slow", "truncate"] + (["attention_factor"] if "attention_factor" in s else ["mscale", "mscale_all_dim"])
    for key in keys:
        if key in s:
            yield ropes(key + " ignored", s={k: v for k, v in s.items() if k != key})
    if "attention_factor" in s and "mscale" in s:
        yield ropes("mscale before attention_factor", s={k: v for k, v in s.items() if k != "attention_factor"})


def interleaved(n, r, x):
    inv, factor = ref.rope_frequencies(r, len(x))
    angle = np.arange(len(x))[:, None] * inv
    cos, sin = (np.cos(angle) * factor)[:, None], (np.sin(angle) * factor)[:, None]
    y = x.copy()
    y[..., 0:r.dim:2] = x[..., 0:r.dim:2] * cos - x[..., 1:r.dim:2] * sin
    y[..., 1:r.dim:2] = x[..., 1:r.dim:2] * cos + x[..., 0:r.dim:2] * sin
    return y


def tiled(n, l, p, x):
    """query head h reads kv head h % kv instead of h // group"""
    order = np.arange(n.a.nh).reshape(n.a.kv, -1).T.reshape(-1)
    plain = ref.Model.qkv

    def qkv(p_, x_):
        q, k, v = plain(n, p_, x_)
        return q[:, np.argsort(order)], k, v
    n2 = copy.copy(n)
    n2.qkv = qkv
    probs, v, z = ref.Model.attention(n2, l, p, x)
    return probs[order], v, z[:, order]


def main(out):
    missed = 0
    for name in ref.model_names(out):
        folder = os.path.join(out, name)
        J = json.load(open(os.path.join(folder, "golden.json")))
        if "same_as" in J:
            continue
        T = ref.read_safetensors(os.path.join(folder, "golden.safetensors"))
        tol = J["float32_error"]["suggested_tolerance"]["logits_abs"]
        row = []
        for what, m in variants(ref.Model(folder)):
            off = max(np.abs(m.forward(ids).logits[-1] - T[k + ".logits_last"]).max() for k, ids in J["prompts"].items())
            row.append((off / tol, what))
            missed += off < (2 if what.startswith("epsilon") else 20) * tol
        row.sort()
        print(f"{name:20s} {len(row):2d} variants; nearest: " + "; ".join(f"{w} {r:.0f}x" for r, w in row[:3]))
    print("not caught clearly (under 20x the tolerance; epsilon: under 2x):", missed)
    return missed


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "models"))))
