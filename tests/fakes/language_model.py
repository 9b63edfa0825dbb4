"""A language model of a few kilobytes: a BERT with random weights, in the files in which people get a real one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

SPECIAL = "[PAD] [UNK] [CLS] [SEP] [MASK]"
WORDS = "hello there my payment failed top up did not arrive 付 款 失 败 了 充 值 没 到 账 你 好"
WIDTH, LAYERS, POSITIONS = 32, 2, 40
_HEADS, _INNER_WIDTH = 2, 64
_LARGE = 0.5  # real weights are smaller; with these, every word turns the vector


def write_language_model(folder: Path, seed: int = 1) -> Path:
    """The folder, with a model that another seed makes another."""
    vocabulary = f"{SPECIAL} {WORDS}".split()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    shape = {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "vocab_size": len(vocabulary),
        "hidden_size": WIDTH,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": _HEADS,
        "intermediate_size": _INNER_WIDTH,
        "max_position_embeddings": POSITIONS,
    }
    (folder / "config.json").write_text(json.dumps(shape), encoding="utf-8")
    save_file(_weights(len(vocabulary), seed), str(folder / "model.safetensors"), metadata={"format": "pt"})
    return folder


def _weights(words: int, seed: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)

    def matrix(rows: int, columns: int) -> np.ndarray:
        return random.normal(0, _LARGE, (rows, columns)).astype(np.float32)

    def norm(name: str) -> dict[str, np.ndarray]:
        return {f"{name}.weight": np.ones(WIDTH, np.float32), f"{name}.bias": np.zeros(WIDTH, np.float32)}

    def dense(name: str, inputs: int, outputs: int) -> dict[str, np.ndarray]:
        return {f"{name}.weight": matrix(outputs, inputs), f"{name}.bias": np.zeros(outputs, np.float32)}

    weights = {
        "embeddings.word_embeddings.weight": matrix(words, WIDTH),
        "embeddings.position_embeddings.weight": matrix(POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": matrix(2, WIDTH),
        **norm("embeddings.LayerNorm"),
        **dense("pooler.dense", WIDTH, WIDTH),
    }
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        for part in ("query", "key", "value"):
            weights |= dense(f"{layer}.attention.self.{part}", WIDTH, WIDTH)
        weights |= dense(f"{layer}.attention.output.dense", WIDTH, WIDTH)
        weights |= norm(f"{layer}.attention.output.LayerNorm")
        weights |= dense(f"{layer}.intermediate.dense", WIDTH, _INNER_WIDTH)
        weights |= dense(f"{layer}.output.dense", _INNER_WIDTH, WIDTH)
        weights |= norm(f"{layer}.output.LayerNorm")
    return weights
