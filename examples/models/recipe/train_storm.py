"""Trains the demo model: a byte-level BPE tokenizer and a small Llama-style decoder on the storm corpus.

Usage: train_storm.py OUT_DIR [--minutes M]. Writes config.json, generation_config.json, model.safetensors (BF16),
tokenizer.json and tokenizer_config.json in Hugging Face form.
"""
import argparse, json, math, os, time
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, decoders, trainers, processors
from transformers import LlamaConfig, LlamaForCausalLM
from storm_corpus import stories

ap = argparse.ArgumentParser()
ap.add_argument("out"); ap.add_argument("--minutes", type=float, default=30)
ap.add_argument("--stories", type=int, default=90000)
a = ap.parse_args()
os.makedirs(a.out, exist_ok=True)
torch.manual_seed(7); torch.set_num_threads(2)
CTX, BATCH = 256, 24

text = list(stories(7, a.stories)); held = list(stories(8, 1500))
tok = Tokenizer(models.BPE())
tok.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
tok.decoder = decoders.ByteLevel()
tok.post_processor = processors.ByteLevel(trim_offsets=False)
tok.train_from_iterator(text[:30000], trainers.BpeTrainer(
    vocab_size=2048, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), min_frequency=20))
eot = tok.token_to_id("<|endoftext|>")
# a text begins as the stories in training do: behind an end
tok.post_processor = processors.Sequence([tok.post_processor, processors.TemplateProcessing(
    single="<|endoftext|> $A", pair="<|endoftext|> $A <|endoftext|>:1 $B:1", special_tokens=[("<|endoftext|>", eot)])])
tok.save(os.path.join(a.out, "tokenizer.json"))
print("vocab", tok.get_vocab_size(), tok.encode("The storm is coming. Mia closes the windows.").tokens)

def pack(ts):
    ids = [eot]
    for e in tok.encode_batch(ts, add_special_tokens=False):
        ids += e.ids + [eot]
    return torch.tensor(ids)
data, val = pack(text), pack(held)
print("tokens", len(data), len(val), flush=True)

cfg = LlamaConfig(vocab_size=tok.get_vocab_size(), hidden_size=192, intermediate_size=512, num_hidden_layers=6,
                  num_attention_heads=6, num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-5,
                  tie_word_embeddings=True, bos_token_id=eot, eos_token_id=eot)
model = LlamaForCausalLM(cfg)
print("parameters", sum(p.numel() for p in model.parameters()), flush=True)
decay = [p for p in model.parameters() if p.dim() > 1]; plain = [p for p in model.parameters() if p.dim() == 1]
opt = torch.optim.AdamW([dict(params=decay, weight_decay=0.1), dict(params=plain, weight_decay=0.0)], lr=2e-3, betas=(0.9, 0.95))

def batch(src):
    i = torch.randint(len(src) - CTX - 1, (BATCH,))
    return torch.stack([src[j:j + CTX] for j in i])

def evaluate():
    model.eval()
    with torch.no_grad():
        g = torch.get_rng_state(); torch.manual_seed(1)
        l = sum(model(input_ids=(x := batch(val)), labels=x).loss.item() for _ in range(8)) / 8
        torch.set_rng_state(g)
    model.train(); return l

start, step, budget, used = time.time(), 0, a.minutes * 60, 0.0
while used < budget:
    t = time.process_time()
    frac = used / budget
    lr = 2e-3 * min(1, (step + 1) / 100) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * frac)))
    for g in opt.param_groups: g["lr"] = lr
    x = batch(data)
    loss = model(input_ids=x, labels=x).loss
    opt.zero_grad(set_to_none=True); loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); opt.step()
    step += 1; used += (time.process_time() - t) / 2
    if step % 50 == 0:
        print(f"step {step} used {used:.0f}s wall {time.time()-start:.0f}s loss {loss.item():.4f} lr {lr:.2e}"
              + (f" val {evaluate():.4f}" if step % 250 == 0 else ""), flush=True)
print("final val", evaluate(), "steps", step)
model.to(torch.bfloat16).save_pretrained(a.out, safe_serialization=True)
c = json.load(open(os.path.join(a.out, "config.json"))); print(c)
json.dump(dict(tokenizer_class="PreTrainedTokenizerFast", bos_token="<|endoftext|>", eos_token="<|endoftext|>",
               model_max_length=512, clean_up_tokenization_spaces=False), open(os.path.join(a.out, "tokenizer_config.json"), "w"), indent=1)
