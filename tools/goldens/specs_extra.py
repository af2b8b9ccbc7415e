"""Golden models for settings that specs_public.py leaves out; the options are described there. One more option here:
continue_from (prompts whose greedy run crosses, or starts beyond, the length at which the rotary frequencies change)."""
from specs_public import MODELS as PUBLIC, _gpt2, _llama

SALT = "extra/"


def _like(name, **changes):
    return {**PUBLIC[name]["config"], **changes}


def _small_gpt2(**changes):
    return dict(config=_gpt2(n_layer=2, n_embd=24, n_head=2, vocab_size=90, bos_token_id=89, eos_token_id=89, **changes))


_YARN = dict(vocab_size=96, hidden_size=30, head_dim=16, num_attention_heads=3, num_key_value_heads=1, intermediate_size=44,
             max_position_embeddings=256)

MODELS = {
    # 26 positions: p1, p7 and p13 lie within, p29 beyond; the greedy run from p1 stays within
    "llama-rope-dynamic": dict(greedy_from="p1", continue_from=["p13", "p29"], config=_llama(
        vocab_size=96, num_attention_heads=4, num_key_value_heads=2, intermediate_size=44, max_position_embeddings=26,
        rope_scaling=dict(type="dynamic", factor=4.0))),
    # attention_factor wins over mscale; the newer spelling
    "llama-rope-yarn-full": dict(config={k: v for k, v in _llama(
        **_YARN, dtype="float32", rope_parameters=dict(
            rope_type="yarn", rope_theta=10000.0, factor=4.0, original_max_position_embeddings=64, attention_factor=1.3,
            beta_fast=4.0, beta_slow=0.25, truncate=False, mscale=1.5, mscale_all_dim=0.4)).items()
        if k not in ("rope_theta", "rope_scaling", "torch_dtype")}),
    "llama-rope-yarn-mscale": dict(newcfg=True, config=_llama(
        **_YARN, rope_scaling=dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=64, beta_fast=2,
                                   beta_slow=0.25, mscale=1.2, mscale_all_dim=0.5))),
    "llama-mlp-bias": dict(config=_llama(vocab_size=97, num_key_value_heads=1, intermediate_size=40, mlp_bias=True)),
    # layer 0 sees everything, layers 1 and 2 eight tokens; the twin says so in layer_types
    "qwen2-window": dict(newcfg=True, config=_like(
        "qwen2", hidden_size=28, num_hidden_layers=3, intermediate_size=36, vocab_size=90, bos_token_id=80, eos_token_id=80,
        use_sliding_window=True)),
    # layer_types wins over max_window_layers
    "qwen3-window": dict(config=_like(
        "qwen3", hidden_size=28, vocab_size=90, bos_token_id=80, eos_token_id=82, intermediate_size=40,
        use_sliding_window=True, sliding_window=6,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"])),
    "mistral-full": dict(config=_like("mistral", hidden_size=30, vocab_size=94, intermediate_size=44, sliding_window=None)),
    # crosses 16 tokens while generating: everything is computed again with the long factors
    "phi3-longrope-crossing": dict(greedy_from="p29", continue_from=["p13"], config=_like("phi3-longrope")),
    "gpt_neox-sequential": dict(config=_like("gpt_neox", vocab_size=96, intermediate_size=60, use_parallel_residual=False)),
    "gpt2-inverse-layer": dict(config=_gpt2(n_embd=24, n_head=2, vocab_size=90, bos_token_id=89, eos_token_id=89,
                                            scale_attn_weights=True, scale_attn_by_inverse_layer_idx=True,
                                            reorder_and_upcast_attn=False)),
    "gpt2-unscaled": _small_gpt2(scale_attn_weights=False),
    "gpt2-relu": _small_gpt2(activation_function="relu"),
    "gpt2-gelu": _small_gpt2(activation_function="gelu"),
    "gpt2-silu": _small_gpt2(activation_function="silu"),
}
