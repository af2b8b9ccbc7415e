"""Trains the demo model: a byte-level BPE tokenizer and a small Llama-style decoder on the storm corpus.

Usage: train_storm.py OUT [--steps N] [--stories N] [--seed N]. Writes config.json, generation_config.json,
model.safetensors (BF16), tokenizer.json and tokenizer_config.json in Hugging Face form into OUT, then reads them back and
prints what the model says. Beside OUT lies OUT.checkpoint while it trains, from which a broken run goes on.
"""
import argparse
import json
import math
import os
import time

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

import storm_corpus
from storm_corpus import DAYS, NAMES, NUMBERS, PLACES, THINGS, giving_prompts, stories

END = "<|endoftext|>"
TOKENS_A_STEP = 4096
SHORT, LONG = 128, 256  # tokens in a row
APART = 0.75  # so much of the training with short rows whose documents do not see each other, the rest with long, packed ones
PEAK_RATE, LAST_RATE, WARMUP = 3e-3, 5e-5, 100
REPORT, CHECKPOINT = 50, 100
WORDS = [*NAMES, *THINGS, *PLACES, *NUMBERS, *DAYS, "storm", "over", "coming", "raining", "flour"]
PROBES = ["The storm is", "The sky is clear again. The storm is", "The sky is dark and it is",
          "When Mia and Tom went to the lake, Mia gave the ring to", "When Mia and Tom went to the lake, Tom gave the ring to",
          *(f"Today is {day}. Tomorrow is" for day in DAYS),
          "Mia has two and Tom has three. Together they have", "Bread is made of", "Cold is the opposite of",
          "Mia counts: two, three, four,", "A puppy is a young",
          "Ben gave the key to Sara. Sara gave the key to Leo. Now",
          "The key is in the basket. The basket is in the tower. So the key is"]


def train_tokenizer(texts):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=2048, special_tokens=[END], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), min_frequency=20))
    # a text begins as most documents in training do: behind an end
    tokenizer.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=False),
        processors.TemplateProcessing(single=f"{END} $A", pair=f"{END} $A {END}:1 $B:1",
                                      special_tokens=[(END, tokenizer.token_to_id(END))])])
    split = [word for word in WORDS if len(tokenizer.encode(f" {word}", add_special_tokens=False).ids) != 1]
    assert not split, f"more than one token each: {split}"
    return tokenizer


class Documents:
    """Documents one behind the other, an end token in front of each."""

    def __init__(self, texts, tokenizer):
        ids, self.starts = [], []
        for encoding in tokenizer.encode_batch(texts):
            self.starts.append(len(ids))
            ids += encoding.ids
        self.ids = torch.tensor(ids)
        self.starts = torch.tensor([start for start in self.starts if start < len(ids) - LONG])

    def batch(self, length, generator):
        """Rows that begin with a document; half of them without the end token in front."""
        rows = TOKENS_A_STEP // length
        starts = self.starts[torch.randint(len(self.starts), (rows,), generator=generator)]
        starts = starts + torch.randint(2, (rows,), generator=generator)
        return self.ids[starts[:, None] + torch.arange(length)]


def new_model(tokenizer):
    end = tokenizer.token_to_id(END)
    return LlamaForCausalLM(LlamaConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=256, intermediate_size=640, num_hidden_layers=4,
        num_attention_heads=8, num_key_value_heads=4, max_position_embeddings=512, rms_norm_eps=1e-5,
        tie_word_embeddings=True, bos_token_id=end, eos_token_id=end))


def new_optimizers(model):
    """Muon for the matrices of the layers, AdamW for the embedding and the gains of the norms."""
    matrices = [p for name, p in model.named_parameters() if p.dim() == 2 and "embed" not in name]
    gains = [p for p in model.parameters() if p.dim() == 1]
    others = [dict(params=[model.get_input_embeddings().weight], weight_decay=0.1), dict(params=gains, weight_decay=0.0)]
    return [torch.optim.Muon(matrices, weight_decay=0.1, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW(others, betas=(0.9, 0.95), fused=True)]


def rate(step, steps):
    """Linear warmup, then half a cosine down to the last rate."""
    if step < WARMUP:
        return PEAK_RATE * (step + 1) / WARMUP
    done = (step - WARMUP) / (steps - WARMUP)
    return LAST_RATE + (PEAK_RATE - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * done))


def within_documents(rows, end):
    """The attention mask that hides from a token the later ones and those of other documents."""
    document = (rows == end).cumsum(1)
    same = document[:, None, :, None] == document[:, None, None, :]
    return same & torch.ones(rows.shape[1], rows.shape[1], dtype=torch.bool).tril()


def training_loss(model, documents, done, generator):
    """Names are copied from few tokens before many: the model learns that much sooner while documents are apart."""
    apart = done < APART
    rows = documents.batch(SHORT if apart else LONG, generator)
    mask = within_documents(rows, model.config.eos_token_id) if apart else None
    with torch.autocast("cpu", torch.bfloat16):
        return model(input_ids=rows, labels=rows, attention_mask=mask).loss


@torch.no_grad()
def held_out_loss(model, documents, batches):
    generator = torch.Generator().manual_seed(1)
    losses = []
    for _ in range(batches):
        rows = documents.batch(LONG, generator)
        losses.append(model(input_ids=rows, labels=rows).loss.item())
    return sum(losses) / batches


@torch.no_grad()
def next_token(model, ids):
    """The probabilities of the next token."""
    return model(input_ids=torch.tensor([ids])).logits[0, -1].double().softmax(0)


def giving_accuracy(model, encode, token_id, count):
    """The share of held-out givings for which the receiver is the most probable token, and its mean probability."""
    right = probability = 0
    for prompt, taker in giving_prompts(9, count):
        p = next_token(model, encode(prompt))
        right += p.argmax().item() == token_id(taker)
        probability += p[token_id(taker)].item()
    return right / count, probability / count


def train(model, documents, held, tokenizer, args):
    optimizers, generator, first = new_optimizers(model), torch.Generator().manual_seed(args.seed), 0
    checkpoint = args.out.rstrip("/") + ".checkpoint"
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        generator.set_state(state["generator"])
        first = state["step"]
    begun = time.time()
    for step in range(first, args.steps):
        loss = training_loss(model, documents, step / args.steps, generator)
        model.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate(step, args.steps)
            optimizer.step()
        if (step + 1) % REPORT == 0:
            print(f"step {step + 1} of {args.steps}, {time.time() - begun:.0f} s, loss {loss.item():.4f}", flush=True)
        if (step + 1) % CHECKPOINT == 0:
            accuracy, mean = giving_accuracy(model, lambda text: tokenizer.encode(text).ids, tokenizer_id(tokenizer), 100)
            print(f"  held-out loss {held_out_loss(model, held, 8):.4f}, givings right {accuracy:.2f}, mean {mean:.3f}", flush=True)
            torch.save(dict(model=model.state_dict(), optimizers=[optimizer.state_dict() for optimizer in optimizers],
                            generator=generator.get_state(), step=step + 1), checkpoint + ".new")
            os.replace(checkpoint + ".new", checkpoint)


def tokenizer_id(tokenizer):
    return lambda text: tokenizer.encode(text, add_special_tokens=False).ids[0]


def export(model, tokenizer, out):
    os.makedirs(out, exist_ok=True)
    model.to(torch.bfloat16).save_pretrained(out, safe_serialization=True)
    tokenizer.save(os.path.join(out, "tokenizer.json"))
    with open(os.path.join(out, "tokenizer_config.json"), "w") as file:
        json.dump(dict(tokenizer_class="PreTrainedTokenizerFast", bos_token=END, eos_token=END, model_max_length=512,
                       clean_up_tokenization_spaces=False), file, indent=1)


def report(out, held):
    """What the exported model says, computed in float32: with the end token in front of a prompt, then without it."""
    tokenizer = PreTrainedTokenizerFast.from_pretrained(out)
    model = AutoModelForCausalLM.from_pretrained(out, dtype=torch.float32).eval()
    encode = tokenizer.encode
    print(f"held-out loss {held_out_loss(model, held, 64):.4f}")
    accuracy, mean = giving_accuracy(model, encode, lambda text: encode(text, add_special_tokens=False)[0], 500)
    print(f"givings of 500 held-out: right {accuracy:.3f}, mean probability of the receiver {mean:.3f}")
    for prompt in PROBES:
        print(prompt)
        for special in (True, False):
            top = next_token(model, encode(prompt, add_special_tokens=special)).topk(8)
            print("   ", ", ".join(f"{tokenizer.decode([i]).strip()} {p:.4f}" for p, i in zip(*map(torch.Tensor.tolist, top))))
    p = next_token(model, encode("The sky is dark and it is"))
    for word in (" raining", " banana"):
        print(f"after the dark sky:{word} {p[encode(word, add_special_tokens=False)[0]]:.2e}")
    torch.manual_seed(3)
    for beginning in ("The storm is", "Mia and Tom are", "It is"):
        ids = model.generate(torch.tensor([encode(beginning)]), do_sample=True, temperature=0.7, top_k=0, max_new_tokens=120)
        print("*", tokenizer.decode(ids[0], skip_special_tokens=True))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--stories", type=int, default=130000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(args.seed)
    texts = list(stories(args.seed, args.stories))
    tokenizer = train_tokenizer(texts[:40000])
    documents = Documents(texts, tokenizer)
    held = Documents(list(stories(args.seed + 1, 3000)), tokenizer)
    model = new_model(tokenizer)
    print(f"{tokenizer.get_vocab_size()} token types, {len(documents.ids)} tokens, {len(held.ids)} held out, "
          f"{sum(p.numel() for p in model.parameters())} parameters", flush=True)
    train(model, documents, held, tokenizer, args)
    export(model, tokenizer, args.out)
    report(args.out, held)


if __name__ == "__main__":
    main()
