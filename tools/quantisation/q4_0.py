#!/usr/bin/env python3
"""Give a safetensors folder the rounding errors of llama.cpp's Q4_0, to compare Sextant's Q4 with it.

    python q4_0.py MODEL_DIR OUT_DIR

Needs numpy. Writes OUT_DIR/model.safetensors with the dequantised weights in F32 and copies the other files. The rules are
those of ggml-quants.c (quantize_row_q4_0_ref, quantize_row_q8_0_ref) and llama-quant.cpp of the llama.cpp in
llama-cpp-python 0.3.36, without an importance matrix: every matrix in Q4_0, d = F16(largest / -8) for each 32; the
unembedding, here the tied embedding, in Q8_0 where the hidden size is no multiple of 256 (else it would be Q6_K: not done
here). Rows of one matrix do not influence each other, so that llama.cpp permutes those of queries and keys changes nothing.
"""
import json, os, shutil, sys
import numpy as np

BLOCK = 32


def read(path):
    """Yields name and float32 array of each tensor."""
    data = np.memmap(path, np.uint8, "r")
    size = int.from_bytes(data[:8].tobytes(), "little")
    for name, info in json.loads(data[8:8 + size].tobytes()).items():
        if name == "__metadata__":
            continue
        begin, end = info["data_offsets"]
        raw = data[8 + size + begin:8 + size + end].tobytes()
        if info["dtype"] == "BF16":
            values = (np.frombuffer(raw, np.uint16).astype(np.uint32) << 16).view(np.float32)
        else:
            values = np.frombuffer(raw, {"F32": np.float32, "F16": np.float16}[info["dtype"]]).astype(np.float32)
        yield name, values.reshape(info["shape"])


def write(path, tensors):
    header, offset = {}, 0
    for name, values in tensors:
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % 64)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _, values in tensors:
            file.write(np.ascontiguousarray(values, np.float32).tobytes())


def inverse(d):
    return np.where(d == 0, 0, 1 / np.where(d == 0, 1, d)).astype(np.float32)


def f16(d):
    return d.astype(np.float16).astype(np.float32)


def q4_0(w):
    blocks = w.reshape(-1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[:, None], -1)
    d = largest / np.float32(-8)
    levels = np.minimum(15, np.trunc(blocks * inverse(d) + np.float32(8.5)))
    return ((levels - 8) * f16(d)).astype(np.float32).reshape(w.shape)


def q8_0(w):
    blocks = w.reshape(-1, BLOCK)
    d = np.abs(blocks).max(-1, keepdims=True) / np.float32(127)
    scaled = blocks * inverse(d)
    levels = np.copysign(np.floor(np.abs(scaled) + np.float32(0.5)), scaled)  # roundf: half away from zero
    return (levels * f16(d)).astype(np.float32).reshape(w.shape)


def main(source, target):
    tensors = list(read(os.path.join(source, "model.safetensors")))
    names = {name for name, _ in tensors}
    unembedding = "lm_head.weight" if "lm_head.weight" in names else "model.embed_tokens.weight"
    done = []
    for name, values in tensors:
        if values.ndim < 2:
            done.append((name, values))
        elif name == unembedding:
            if values.shape[1] % 256 == 0:
                sys.exit(f"{name} has rows of {values.shape[1]}: llama.cpp would make that Q6_K")
            done.append((name, q8_0(values)))
        else:
            done.append((name, q4_0(values)))
    os.makedirs(target, exist_ok=True)
    for file in os.listdir(source):
        if file.endswith(".json"):
            shutil.copy(os.path.join(source, file), target)
    write(os.path.join(target, "model.safetensors"), done)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
