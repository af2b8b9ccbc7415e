#!/usr/bin/env python
"""Writes reference values for a real trained model, SmolLM2-135M-Instruct, computed in float64.

    tools/fetch-smollm2.sh DIR
    python make_smollm2_golden.py DIR/SmolLM2-135M-Instruct ../../core/src/test/resources/smollm2/golden.json

The numbers come from the numpy pass of reference.py; transformers must agree, in float64 to 1e-9 and in float32 to what
single precision allows, and both must choose the same tokens. Versions: see README.md.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import torch
import tokenizers
import transformers
from tokenizers import Tokenizer
from transformers import AutoTokenizer

import make_golden as golden
import reference as ref

STEPS = 24
LOGIT_IDS = [773 * k for k in range(64)]  # spread over the vocabulary of 49152
CHAT = [{"role": "user", "content": "Why is the sky blue? Answer in one sentence."}]
PROSE = (
    "The lighthouse keeper climbed the narrow stairs every evening, counting the steps as his father had done before "
    "him. There were one hundred and twelve of them, worn smooth in the middle. At the top he lit the lamp, wound the "
    "clockwork that turned the lens, and looked out over the water. On clear nights he could see"
)
TEXTS = {
    "storm": "The storm is",
    "capital": "The capital of France is",
    "prose": PROSE,
    "code": "def fibonacci(n):\n    if n < 2:\n        return n\n    return",
    "count": "One, two, three, four,",
}


def prompts(folder):
    """name -> (text, messages or None)"""
    template = AutoTokenizer.from_pretrained(folder)
    chat = template.apply_chat_template(CHAT, tokenize=False, add_generation_prompt=True)
    return {**{name: (text, None) for name, text in TEXTS.items()}, "chat": (chat, CHAT)}


def log_softmax(x):
    x = x - x.max()
    return x - np.log(np.exp(x).sum())


def greedy(model, ids):
    """(24 ids, lead of each over the runner-up in logits), every step a pass over the whole sequence"""
    ids, margins, start = list(ids), [], len(ids)
    for _ in range(STEPS):
        last = model.forward(ids).logits[-1]
        top = np.sort(last)[-2:]
        margins.append(float(top[1] - top[0]))
        ids.append(int(last.argmax()))
    return ids[start:], margins


def entry(model, tokenizer, text, messages):
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    last = model.forward(ids).logits[-1]
    logprobs = log_softmax(last)
    top = np.argsort(-last, kind="stable")[:5]
    new, margins = greedy(model, ids)
    out = {"text": text, "ids": ids, "top5": [
        {"id": int(i), "token": tokenizer.decode([int(i)], skip_special_tokens=False), "logprob": round(float(logprobs[i]), 10)}
        for i in top]}
    if messages:
        out = {"messages": messages, "add_generation_prompt": True, **out}
    out["logits"] = [round(float(last[i]), 10) for i in LOGIT_IDS]
    out["greedy"] = {
        "ids": new, "text": tokenizer.decode(new, skip_special_tokens=False),
        "margins": [round(m, 6) for m in margins], "smallest_margin": round(min(margins), 6)}
    return out, last


def second_opinion(folder, entries, lasts, dtype):
    """largest difference of transformers' logits from ours at the last position of each prompt, over the whole vocabulary;
    its greedy run (with a cache) has to choose the same tokens"""
    worst = {"logits": 0.0, "logprobs": 0.0}
    with golden.precision(dtype):
        model = golden.load_hf(folder, dtype)
        for name, e in entries.items():
            last = model(torch.tensor([e["ids"]]), use_cache=False).logits[0, -1].double().numpy()
            worst["logits"] = max(worst["logits"], float(np.abs(last - lasts[name]).max()))
            worst["logprobs"] = max(worst["logprobs"], float(np.abs(log_softmax(last) - log_softmax(lasts[name])).max()))
            tokens, *_ = golden.hf_generate(model, e["ids"], n=STEPS)
            assert tokens == e["greedy"]["ids"], (name, dtype, tokens, e["greedy"]["ids"])
    return {k: float(f"{v:.2g}") for k, v in worst.items()}


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("model"), ap.add_argument("out")
    a = ap.parse_args()
    tokenizer = Tokenizer.from_file(os.path.join(a.model, "tokenizer.json"))
    model = ref.Model(a.model, np.float64)
    entries, lasts = {}, {}
    for name, (text, messages) in prompts(a.model).items():
        entries[name], lasts[name] = entry(model, tokenizer, text, messages)
        e = entries[name]
        print(f"{name:8s} {len(e['ids'])} ids, smallest margin {e['greedy']['smallest_margin']}: {e['greedy']['text']!r}", flush=True)
        assert e["greedy"]["smallest_margin"] > 1e-3, name
    del model
    double = second_opinion(a.model, entries, lasts, torch.float64)
    assert double["logits"] < 1e-9, double
    single = second_opinion(a.model, entries, lasts, torch.float32)
    result = {
        "format": 1,
        "model": "SmolLM2-135M-Instruct as tools/fetch-smollm2.sh makes it (BF16)",
        "model.safetensors": {"sha256": sha256(os.path.join(a.model, "model.safetensors"))},
        "note": "Made by tools/goldens/make_smollm2_golden.py: stored weights widened, everything else in float64 (numpy). "
                "top5 and logits belong to the last position; logits are those of logit_ids; greedy goes on from the prompt "
                "for 24 tokens, honours no end token, and its margins are the lead over the runner-up in logits.",
        "made_with": {"numpy": np.__version__, "transformers": transformers.__version__,
                      "torch": torch.__version__.split("+")[0], "tokenizers": tokenizers.__version__},
        "transformers_float64_differs_by": double,
        "transformers_float32_differs_by": single,
        "suggested_tolerance": {k: float(f"{4 * v:.2g}") for k, v in single.items()},
        "smallest_margin": min(e["greedy"]["smallest_margin"] for e in entries.values()),
        "logit_ids": LOGIT_IDS,
        "prompts": entries,
    }
    os.makedirs(os.path.dirname(os.path.abspath(a.out)), exist_ok=True)
    with open(a.out, "w", encoding="utf-8") as f:
        f.write(pretty(result) + "\n")
    print({k: result[k] for k in ("transformers_float64_differs_by", "transformers_float32_differs_by", "smallest_margin")})


def pretty(value, depth=0):
    """indented JSON with lists of numbers on one line"""
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        items = [f"{pad}{json.dumps(k)}: {pretty(v, depth + 1)}" for k, v in value.items()]
        flat = "{" + ", ".join(i.strip() for i in items) + "}"
        return flat if len(flat) < 90 and "\n" not in flat else "{\n" + ",\n".join(items) + "\n" + pad[2:] + "}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(pad + pretty(v, depth + 1) for v in value) + "\n" + pad[2:] + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
