#!/usr/bin/env python3
"""Writes a folder of SmolLM2 (Hugging Face form, F32 or BF16 weights) as a GGUF file with the same numbers.

    python to_gguf.py FOLDER OUT.gguf

Needs numpy and gguf. llama.cpp turns the features of a pair (2i, 2i+1) together where the folder's layout turns
(i, i + head width / 2): the rows of the query and key matrices are re-ordered inside each head, as llama.cpp's own
converter does. Norms are kept in F32, which llama.cpp expects; everything else stays in the folder's format.
"""
import json
import sys
from pathlib import Path

import gguf
import numpy as np

NAMES = {
    "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output", "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def read_safetensors(path):
    """Yields name and array; BF16 comes as uint16."""
    data = np.memmap(path, mode="r")
    length = int.from_bytes(data[:8].tobytes(), "little")
    header = json.loads(data[8:8 + length].tobytes())
    for name, info in header.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + offset for offset in info["data_offsets"])
        dtype = {"F32": np.float32, "BF16": np.uint16}[info["dtype"]]
        yield name, data[begin:end].view(dtype).reshape(info["shape"])


def gguf_name(name):
    parts = name.removesuffix(".weight").split(".", 3)
    if parts[1] == "layers":
        return f"blk.{parts[2]}.{NAMES[parts[3]]}.weight"
    return {"model.embed_tokens": "token_embd.weight", "model.norm": "output_norm.weight"}[".".join(parts)]


def permute(rows, heads):
    count, columns = rows.shape
    return rows.reshape(heads, 2, count // heads // 2, columns).swapaxes(1, 2).reshape(count, columns)


def add_tensor(writer, name, array, config):
    if name.endswith("q_proj.weight"):
        array = permute(array, config["num_attention_heads"])
    if name.endswith("k_proj.weight"):
        array = permute(array, config["num_key_value_heads"])
    array = np.ascontiguousarray(array)
    if array.dtype == np.float32:
        writer.add_tensor(gguf_name(name), array)
    elif array.ndim == 1:
        writer.add_tensor(gguf_name(name), (array.astype(np.uint32) << 16).view(np.float32))
    else:
        writer.add_tensor(gguf_name(name), array.view(np.uint8), raw_dtype=gguf.GGMLQuantizationType.BF16)


def add_sizes(writer, config):
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_rope_dimension_count(config["hidden_size"] // config["num_attention_heads"])
    writer.add_vocab_size(config["vocab_size"])


def add_tokenizer(writer, folder, config):
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    special = {token["id"] for token in tokenizer["added_tokens"]}
    control, normal = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL
    merges = tokenizer["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(sorted(vocabulary, key=vocabulary.get))
    writer.add_token_types([control if i in special else normal for i in range(len(vocabulary))])
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    writer.add_add_bos_token(False)


def main():
    folder, out = Path(sys.argv[1]), sys.argv[2]
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if config["model_type"] != "llama" or not config["tie_word_embeddings"]:
        sys.exit(f"{folder} holds no SmolLM2: expected a llama with tied embeddings")
    writer = gguf.GGUFWriter(out, "llama")
    writer.add_name(folder.name)
    add_sizes(writer, config)
    add_tokenizer(writer, folder, config)
    for name, array in read_safetensors(folder / "model.safetensors"):
        add_tensor(writer, name, array, config)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main()
