"""Plain numpy forward pass for every architecture of the golden set.

It shares nothing with the transformers library: it reads config.json and the safetensors bytes itself, recomputes the
whole sequence at every call (no KV cache) and works in float64 or float32. make_golden.py uses it twice: in float64 as a
second opinion on the goldens (they must agree to about 1e-12), in float32 as one of the two measures of what single
precision costs.

Everything a reader needs in order to know what each config key does is in `Arch` and `Model.forward`.
"""
import json
import math
import os
import struct
from types import SimpleNamespace

import numpy as np

# ------------------------------------------------------------------------------------------------ safetensors reader

_NP = {"F64": np.float64, "F32": np.float32, "F16": np.float16, "I64": np.int64, "I32": np.int32, "U8": np.uint8,
       "BOOL": np.bool_}


def read_safetensors(path):
    """All tensors of one file; BF16 comes back as float32 (exactly the same values)."""
    with open(path, "rb") as f:
        n = struct.unpack("<Q", f.read(8))[0]
        header = json.loads(f.read(n))
        data = f.read()
    out = {}
    for name, t in header.items():
        if name == "__metadata__":
            continue
        a, b = t["data_offsets"]
        raw = data[a:b]
        if t["dtype"] == "BF16":
            v = (np.frombuffer(raw, np.uint16).astype(np.uint32) << 16).view(np.float32)
        else:
            v = np.frombuffer(raw, _NP[t["dtype"]])
        out[name] = v.reshape(t["shape"])
    return out


def model_names(out):
    """the golden model folders below a folder"""
    return sorted(n for n in os.listdir(out) if os.path.exists(os.path.join(out, n, "golden.json")))


def read_weights(folder):
    index = os.path.join(folder, "model.safetensors.index.json")
    if os.path.exists(index):
        out = {}
        for shard in sorted(set(json.load(open(index))["weight_map"].values())):
            out.update(read_safetensors(os.path.join(folder, shard)))
        return out
    return read_safetensors(os.path.join(folder, "model.safetensors"))


# ---------------------------------------------------------------------------------------------------------- config

class Arch(SimpleNamespace):
    """config.json (older or newer spelling) boiled down to what the arithmetic needs."""


def read_arch(folder):
    c = json.load(open(os.path.join(folder, "config.json")))
    mt = c["model_type"]
    g = c.get
    H = g("hidden_size", g("n_embd"))
    L = g("num_hidden_layers", g("n_layer"))
    nh = g("num_attention_heads", g("n_head"))
    a = Arch(type=mt, H=H, L=L, nh=nh, V=c["vocab_size"], kv=g("num_key_value_heads") or nh,
             hd=g("head_dim") or H // nh, norm="rms", eps=g("rms_norm_eps"), act=g("hidden_act"), parallel=None,
             tied=g("tie_word_embeddings"), gated=True, embed_mult=1.0, resid_mult=1.0, logits_div=1.0,
             attn_cap=None, final_cap=None, learned_pos=False, windows=[None] * L, rope=[None] * L, qk_norm=None,
             pre_norm=True, post_norm=False, moe=None, inverse_layer=False)
    a.scale = a.hd ** -0.5
    max_pos = g("max_position_embeddings", g("n_positions"))

    # -- rotary embedding: theta, rotated dims, scaling -- older spelling first, then the newer nested one
    theta = g("rope_theta", g("rotary_emb_base", 10000.0))
    part = g("partial_rotary_factor", g("rotary_pct"))
    scaling = g("rope_scaling")
    new = g("rope_parameters")
    if new and "full_attention" not in new:
        theta, part, scaling = new["rope_theta"], new.get("partial_rotary_factor", part), new
    if part is None:
        part = {"gpt_neox": 0.25, "phi": 0.5, "stablelm": 0.25}.get(mt, 1.0)
    orig = g("original_max_position_embeddings")

    def rope(theta, scaling):
        s = dict(scaling or {})
        return SimpleNamespace(theta=float(theta), dim=int(a.hd * part), kind=s.get("rope_type", s.get("type", "default")),
                               s=s, orig=orig or s.get("original_max_position_embeddings", max_pos), max_pos=max_pos)

    if mt != "gpt2":
        a.rope = [rope(theta, scaling)] * L

    # -- family traits
    if mt == "gpt2":
        a.norm, a.eps, a.act, a.learned_pos, a.gated = "ln", c["layer_norm_epsilon"], c["activation_function"], True, False
        a.tied = g("tie_word_embeddings", True)
        a.scale = a.scale if g("scale_attn_weights", True) else 1.0
        a.inverse_layer = g("scale_attn_by_inverse_layer_idx", False)
    elif mt == "gpt_neox":
        a.norm, a.eps, a.gated = "ln", c["layer_norm_eps"], False
        a.parallel = "two_norms" if g("use_parallel_residual", True) else None
    elif mt == "phi":
        a.norm, a.eps, a.parallel, a.gated = "ln", c["layer_norm_eps"], "one_norm", False
    elif mt == "stablelm":
        a.norm, a.eps = "ln", c["layer_norm_eps"]
        a.parallel = "one_norm" if g("use_parallel_residual") else None
    elif mt == "starcoder2":
        a.norm, a.eps, a.gated = "ln", c["norm_epsilon"], False
        a.windows = [g("sliding_window")] * L
        a.tied = g("tie_word_embeddings", True)
    elif mt in ("mistral", "mixtral", "phi3"):
        a.windows = [g("sliding_window")] * L
    elif mt in ("qwen2", "qwen3", "qwen3_moe"):
        if g("use_sliding_window"):
            types = g("layer_types") or ["sliding_attention" if i >= c["max_window_layers"] else "full_attention" for i in range(L)]
            a.windows = [c["sliding_window"] if t == "sliding_attention" else None for t in types]
    elif mt in ("gemma", "gemma2", "gemma3_text"):
        a.norm = "rms_plus_one"
        a.embed_mult = math.sqrt(H)
        a.tied = g("tie_word_embeddings", True)
        # gemma 1 hub configs say hidden_act "gelu" and mean the tanh approximation
        a.act = g("hidden_activation") or "gelu_pytorch_tanh"
    elif mt == "granite":
        a.embed_mult, a.resid_mult = c["embedding_multiplier"], c["residual_multiplier"]
        a.logits_div, a.scale = c["logits_scaling"], c["attention_multiplier"]
    elif mt == "smollm3":
        on = g("no_rope_layers") or [int((i + 1) % c["no_rope_layer_interval"] != 0) for i in range(L)]
        a.rope = [r if use else None for r, use in zip(a.rope, on)]
        a.tied = g("tie_word_embeddings", True)
    elif mt == "olmo2":
        a.pre_norm, a.post_norm, a.qk_norm = False, True, "full_width"
    if mt in ("qwen3", "qwen3_moe", "gemma3_text"):
        a.qk_norm = "per_head"
    if mt in ("gemma2", "gemma3_text"):
        a.post_norm = True
        a.scale = c["query_pre_attn_scalar"] ** -0.5
        a.final_cap = g("final_logit_softcapping")
        pattern = 2 if mt == "gemma2" else g("sliding_window_pattern", 6)
        types = g("layer_types") or ["sliding_attention" if (i + 1) % pattern else "full_attention" for i in range(L)]
        a.windows = [c["sliding_window"] if t == "sliding_attention" else None for t in types]
        if mt == "gemma2":
            a.attn_cap = g("attn_logit_softcapping")
        elif new:
            a.rope = [rope(new[t]["rope_theta"], new[t]) for t in types]
        else:
            a.rope = [rope(theta, scaling) if t == "full_attention" else rope(g("rope_local_base_freq", 1e4), None)
                      for t in types]
    if mt == "mixtral":
        a.moe = SimpleNamespace(k=c["num_experts_per_tok"], n=c["num_local_experts"], renorm=True, dense=[])
    elif mt == "qwen3_moe":
        step, only = g("decoder_sparse_step", 1), g("mlp_only_layers") or []
        dense = [i for i in range(L) if i in only or (i + 1) % step]
        a.moe = SimpleNamespace(k=c["num_experts_per_tok"], n=c["num_experts"], renorm=c["norm_topk_prob"], dense=dense)
    return a


def rope_frequencies(r, seq_len):
    """(inverse frequencies, factor on cos and sin), float64."""
    i = np.arange(0, r.dim, 2) / r.dim
    inv = r.theta ** -i
    s = r.s
    if r.kind == "linear":
        inv = inv / s["factor"]
    elif r.kind == "llama3":
        wave = 2 * math.pi / inv
        lo, hi = s["low_freq_factor"], s["high_freq_factor"]
        blend = np.clip((r.orig / wave - lo) / (hi - lo), 0, 1)       # 0: long waves, divided; 1: short waves, kept
        inv = (1 - blend) * inv / s["factor"] + blend * inv
    elif r.kind == "dynamic":                                         # the base grows with the length, past max_pos only
        n = max(seq_len, r.max_pos)
        base = r.theta * (s["factor"] * n / r.max_pos - (s["factor"] - 1)) ** (r.dim / (r.dim - 2))
        inv = base ** -i
    elif r.kind == "yarn":
        def dim_at(rotations):
            return r.dim * math.log(r.orig / (rotations * 2 * math.pi)) / (2 * math.log(r.theta))
        whole = s.get("truncate", True)
        lo, hi = dim_at(s.get("beta_fast") or 32), dim_at(s.get("beta_slow") or 1)
        lo, hi = (math.floor(lo), math.ceil(hi)) if whole else (lo, hi)
        lo, hi = max(lo, 0), min(hi, r.dim - 1)
        ramp = np.clip((np.arange(r.dim // 2) - lo) / (hi - lo or 0.001), 0, 1)
        inv = inv / s["factor"] * ramp + inv * (1 - ramp)
        return inv, yarn_attention_factor(s)
    elif r.kind in ("longrope", "su"):
        grow = r.max_pos / r.orig
        inv = inv / np.array(s["long_factor"] if seq_len > r.orig else s["short_factor"])
        return inv, 1.0 if grow <= 1 else math.sqrt(1 + math.log(grow) / math.log(r.orig))
    elif r.kind != "default":
        raise ValueError(r.kind)
    return inv, 1.0


def yarn_attention_factor(s):
    """attention_factor if given; else from mscale and mscale_all_dim if both are given and not 0; else from the factor"""
    if s.get("attention_factor") is not None:
        return s["attention_factor"]

    def growth(m):
        return 0.1 * m * math.log(s["factor"]) + 1 if s["factor"] > 1 else 1.0
    if s.get("mscale") and s.get("mscale_all_dim"):
        return growth(s["mscale"]) / growth(s["mscale_all_dim"])
    return growth(1)


# ------------------------------------------------------------------------------------------------------------ model

_erf = np.vectorize(math.erf, otypes=[np.float64])


def activation(name, x):
    if name == "relu":
        return np.maximum(x, 0)
    if name in ("silu", "swish"):
        return x / (1 + np.exp(-x))
    if name in ("gelu_new", "gelu_pytorch_tanh"):
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x)))
    if name == "gelu":
        return (0.5 * x * (1 + _erf(x.astype(np.float64) / math.sqrt(2)))).astype(x.dtype)
    raise ValueError(name)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


class Model:
    def __init__(self, folder, dtype=np.float64):
        self.a = read_arch(folder)
        self.dtype = dtype
        raw = read_weights(folder)
        t = self.a.type
        base = {"gpt2": "transformer.", "gpt_neox": "gpt_neox."}.get(t, "model.")
        if t == "gpt2" and "wte.weight" in raw:                       # the original gpt2 repository has no prefix
            base = ""
        block = {"gpt2": "h."}.get(t, "layers.")
        self.base, self.block = base, base + block
        self.w = {k: v.astype(dtype) for k, v in raw.items() if v.dtype != np.bool_}
        n = {"gpt2": ("wte", "ln_f", "lm_head"), "gpt_neox": ("embed_in", "final_layer_norm", "embed_out"),
             "phi": ("embed_tokens", "final_layernorm", "lm_head")}.get(t, ("embed_tokens", "norm", "lm_head"))
        self.embed = self.w[base + n[0] + ".weight"]
        self.final_norm = base + n[1]
        self.unembed = self.embed if self.a.tied else self.w[n[2] + ".weight"]
        self.unembed_bias = self.w.get(n[2] + ".bias")

    # -- small parts
    def linear(self, name, x):
        w = self.w[name + ".weight"]
        y = x @ w if self.a.type == "gpt2" else x @ w.T               # gpt2 stores [in, out]
        b = self.w.get(name + ".bias")
        return y if b is None else y + b

    def norm(self, name, x):
        w, eps = self.w[name + ".weight"], self.dtype(self.a.eps)
        if self.a.norm == "ln":
            x = x - x.mean(-1, keepdims=True)
            y = x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * w
            b = self.w.get(name + ".bias")
            return y if b is None else y + b
        y = x / np.sqrt((x * x).mean(-1, keepdims=True) + eps)
        return y * (1 + w) if self.a.norm == "rms_plus_one" else y * w

    def qkv(self, p, x):
        """[T, heads, hd], [T, kv, hd], [T, kv, hd] before the rotation."""
        a, T = self.a, len(x)
        if a.type == "gpt2":
            q, k, v = np.split(self.linear(p + "attn.c_attn", x), 3, -1)
        elif a.type == "gpt_neox":                                    # per head: q, k, v
            y = self.linear(p + "attention.query_key_value", x).reshape(T, a.nh, 3, a.hd)
            q, k, v = y[:, :, 0], y[:, :, 1], y[:, :, 2]
        elif a.type == "phi3":                                        # all q, then all k, then all v
            q, k, v = np.split(self.linear(p + "self_attn.qkv_proj", x), [a.nh * a.hd, (a.nh + a.kv) * a.hd], -1)
        else:
            q, k, v = (self.linear(p + f"self_attn.{n}_proj", x) for n in "qkv")
        if a.qk_norm == "full_width":
            q, k = self.norm(p + "self_attn.q_norm", q), self.norm(p + "self_attn.k_norm", k)
        q, k, v = q.reshape(T, a.nh, a.hd), k.reshape(T, a.kv, a.hd), v.reshape(T, a.kv, a.hd)
        if a.qk_norm == "per_head":
            q, k = self.norm(p + "self_attn.q_norm", q), self.norm(p + "self_attn.k_norm", k)
        return q, k, v

    def rotate(self, r, x):
        tables = {n: rope_frequencies(r, n) for n in set(self.lengths)}
        inv = np.stack([tables[n][0] for n in self.lengths])          # one row for every position
        factor = tables[self.lengths[-1]][1]
        angle = np.arange(len(x))[:, None] * inv
        cos, sin = ((f(angle) * factor).astype(self.dtype)[:, None] for f in (np.cos, np.sin))
        h = r.dim // 2
        a, b, rest = x[..., :h], x[..., h:2 * h], x[..., 2 * h:]
        return np.concatenate([a * cos - b * sin, b * cos + a * sin, rest], -1)

    def attention(self, l, p, x):
        a, T = self.a, len(x)
        q, k, v = self.qkv(p, x)
        if a.rope[l] is not None:
            q, k = self.rotate(a.rope[l], q), self.rotate(a.rope[l], k)
        k, v = np.repeat(k, a.nh // a.kv, 1), np.repeat(v, a.nh // a.kv, 1)
        s = np.einsum("thd,shd->hts", q, k) * self.dtype(a.scale / (l + 1) if a.inverse_layer else a.scale)
        if a.attn_cap:
            s = np.tanh(s / self.dtype(a.attn_cap)) * self.dtype(a.attn_cap)
        t, u = np.arange(T)[:, None], np.arange(T)
        hidden = u > t
        if a.windows[l]:
            hidden = hidden | (u <= t - a.windows[l])                 # a window of w sees itself and w-1 earlier tokens
        probs = softmax(np.where(hidden, self.dtype(-np.inf), s))
        return probs, v, np.einsum("hts,shd->thd", probs, v)

    def out_proj(self, p):
        return p + {"gpt2": "attn.c_proj", "gpt_neox": "attention.dense", "phi": "self_attn.dense"}.get(
            self.a.type, "self_attn.o_proj")

    def mlp(self, l, p, x):
        a = self.a
        if a.moe and l not in a.moe.dense:
            return self.experts(p, x)
        if a.gated:
            if a.type == "phi3":
                gate, up = np.split(self.linear(p + "mlp.gate_up_proj", x), 2, -1)
            else:
                gate, up = self.linear(p + "mlp.gate_proj", x), self.linear(p + "mlp.up_proj", x)
            return self.linear(p + "mlp.down_proj", activation(a.act, gate) * up)
        first, second = {"gpt2": ("c_fc", "c_proj"), "gpt_neox": ("dense_h_to_4h", "dense_4h_to_h"), "phi": ("fc1", "fc2"),
                         "starcoder2": ("c_fc", "c_proj")}[a.type]
        return self.linear(p + "mlp." + second, activation(a.act, self.linear(p + "mlp." + first, x)))

    def experts(self, p, x):
        m = self.a.moe
        if self.a.type == "mixtral":
            p, gate, up, down = p + "block_sparse_moe.", "w1", "w3", "w2"
        else:
            p, gate, up, down = p + "mlp.", "gate_proj", "up_proj", "down_proj"
        logits = self.linear(p + "gate", x)
        top = np.argsort(-logits, -1, kind="stable")[:, :m.k + 1]
        if m.k < m.n:
            self.router_gap = min(self.router_gap, float((np.take_along_axis(logits, top[:, m.k - 1:m.k], -1) -
                                                          np.take_along_axis(logits, top[:, m.k:], -1)).min()))
        probs = softmax(logits)
        out = np.zeros_like(x)
        for t in range(len(x)):
            chosen = top[t, :m.k]
            weight = probs[t, chosen]
            if m.renorm:
                weight = weight / weight.sum()
            for e, g in zip(chosen, weight):
                q = f"{p}experts.{e}."
                y = activation(self.a.act, self.linear(q + gate, x[t])) * self.linear(q + up, x[t])
                out[t] += g * self.linear(q + down, y)
        return out

    # -- the whole pass
    def forward(self, ids, edit_z=None, edit_residual=None, lengths=None):
        """Every intermediate of one pass. `lengths`: per position, how long the sequence was when its key was computed
        (default: all of it, everywhere); it matters to the rope types whose frequencies depend on the length, and
        reproduces a run with a cache, where earlier keys keep their rotation. edit_z(layer, z) and edit_residual(layer, x) may replace values on the way;
        z is [T, heads, hd] (weighted values before W_O), x the residual stream after `layer` (-1: embedding)."""
        a = self.a
        self.router_gap = float("inf")
        T = len(ids)
        self.lengths = lengths or [T] * T
        tok = self.embed[np.array(ids)] * self.dtype(a.embed_mult)
        pos = self.w[self.base + "wpe.weight"][:T] if a.learned_pos else None
        x = tok if pos is None else tok + pos
        edit_z = edit_z or (lambda l, z: z)
        edit_residual = edit_residual or (lambda l, x: x)
        x = edit_residual(-1, x)
        o = SimpleNamespace(token_embed=tok, pos_embed=pos, resid=[x], attn=[], v=[], z=[], attn_out=[], mlp_out=[])
        names = {"gpt2": ("ln_1", "ln_2")}.get(a.type, ("input_layernorm", "post_attention_layernorm"))
        rm = self.dtype(a.resid_mult)
        for l in range(a.L):
            p = f"{self.block}{l}."
            h = self.norm(p + names[0], x) if a.pre_norm else x
            probs, v, z = self.attention(l, p, h)
            z = edit_z(l, z)
            att = self.linear(self.out_proj(p), z.reshape(T, -1))
            if a.parallel:
                m = self.mlp(l, p, h if a.parallel == "one_norm" else self.norm(p + names[1], x))
                x = x + att + m
            else:
                if a.post_norm:
                    att = self.norm(p + "post_attention_layernorm", att)
                x = x + att * rm
                if a.post_norm and a.pre_norm:                        # gemma2, gemma3: norms on both sides
                    m = self.norm(p + "post_feedforward_layernorm",
                                  self.mlp(l, p, self.norm(p + "pre_feedforward_layernorm", x)))
                elif a.post_norm:                                     # olmo2
                    m = self.norm(p + "post_feedforward_layernorm", self.mlp(l, p, x))
                else:
                    m = self.mlp(l, p, self.norm(p + names[1], x))
                x = x + m * rm
            x = edit_residual(l, x)
            o.resid.append(x), o.attn.append(probs), o.v.append(v), o.z.append(z), o.attn_out.append(att), o.mlp_out.append(m)
        o.final = self.norm(self.final_norm, x)
        o.logits = self.head(o.final)
        return o

    def head(self, h):
        a = self.a
        y = h @ self.unembed.T
        if self.unembed_bias is not None:
            y = y + self.unembed_bias
        y = y / self.dtype(a.logits_div)
        if a.final_cap:
            y = np.tanh(y / self.dtype(a.final_cap)) * self.dtype(a.final_cap)
        return y


# --------------------------------------------------------------------------------------------------------- sampling

def process_logits(logits, ids, repetition_penalty=1.0, temperature=1.0, top_k=0, top_p=1.0, min_p=None, typical_p=1.0):
    """Logits after the filters, in the order transformers applies them; a removed token is -inf. Ties are not handled
    specially (the goldens have none)."""
    x = logits.copy()
    if repetition_penalty != 1.0:                                     # every token seen in prompt or output, once
        seen = np.unique(ids)
        x[seen] = np.where(x[seen] < 0, x[seen] * repetition_penalty, x[seen] / repetition_penalty)
    x = x / x.dtype.type(temperature)
    if top_k:
        x[x < np.sort(x)[-min(top_k, len(x))]] = -np.inf
    if top_p < 1.0:
        order = np.argsort(x, kind="stable")                          # ascending: drop the tail of mass <= 1 - p
        drop = np.cumsum(softmax(x)[order]) <= 1 - top_p
        drop[-1] = False
        x[order[drop]] = -np.inf
    if min_p is not None:
        p = softmax(x)
        x[p < min_p * p.max()] = -np.inf
    if typical_p < 1.0:
        p = softmax(x)
        with np.errstate(divide="ignore", invalid="ignore"):
            info = -np.log(p)
            gap = np.abs(info - np.nansum(p * info))                  # distance of the surprise from the entropy
        order = np.argsort(gap, kind="stable")
        last = min(int((np.cumsum(p[order]) < typical_p).sum()), len(x) - 1)
        x[gap > gap[order[last]]] = -np.inf
    return x
