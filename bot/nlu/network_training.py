"""Trains the network with Keras, which is not needed, nor imported, once it is trained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_selection import SelectKBest, chi2

from bot.nlu.linear_model import Floats
from bot.nlu.network import Network

# Half as many units and two thirds of the columns train in half the time and score a point less; more score no better.
MOST_COLUMNS = 30_000
HIDDEN_UNITS = 256
_TEXTS_A_STEP = 256
# Left out at random while training, so that no single term decides: of the columns of a text, of the hidden units.
_COLUMNS_LEFT_OUT, _UNITS_LEFT_OUT = 0.2, 0.5
_LEARNING_RATE = 2e-3


def train_network(rows: csr_matrix, intents: Sequence[int], epochs: int) -> Network:
    """A network for the rows. Each intent is a number from 0."""
    import tensorflow as tf  # half of the bot's start, and only training needs it

    tf.keras.utils.set_random_seed(0)
    chosen = SelectKBest(chi2, k=min(MOST_COLUMNS, rows.shape[1])).fit(abs(rows), intents).get_support(indices=True)
    labels = np.asarray(intents)
    kept = rows[:, chosen].tocsr().astype(np.float32)
    model = tf.keras.Sequential(
        [
            tf.keras.layers.Dense(HIDDEN_UNITS, activation="relu"),
            tf.keras.layers.Dropout(_UNITS_LEFT_OUT),
            tf.keras.layers.Dense(labels.max() + 1),
        ]
    )
    optimizer = tf.keras.optimizers.legacy.Adam(_LEARNING_RATE)
    model.compile(optimizer, tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    signature = (tf.SparseTensorSpec([None, len(chosen)], tf.float32), tf.TensorSpec([None], tf.int64))
    batches = tf.data.Dataset.from_generator(lambda: _batches(kept, labels, epochs), output_signature=signature)
    model.fit(batches, epochs=1, verbose=0)
    places = np.full(rows.shape[1], -1, dtype=np.int32)
    places[chosen] = np.arange(len(chosen), dtype=np.int32)
    return Network(places, *_weights(model))


def _batches(rows: csr_matrix, labels: NDArray[np.int64], epochs: int) -> Iterator[tuple[object, NDArray[np.int64]]]:
    import tensorflow as tf

    chance = np.random.default_rng(0)
    for _ in range(epochs):
        order = chance.permutation(rows.shape[0])
        for start in range(0, len(order), _TEXTS_A_STEP):
            taken = order[start : start + _TEXTS_A_STEP]
            batch = rows[taken].tocoo()
            stays = chance.random(batch.nnz) >= _COLUMNS_LEFT_OUT
            values = np.where(stays, batch.data / (1 - _COLUMNS_LEFT_OUT), 0).astype(np.float32)
            places = np.stack([batch.row, batch.col], axis=1).astype(np.int64)
            yield tf.sparse.reorder(tf.SparseTensor(places, values, batch.shape)), labels[taken]


def _weights(model: object) -> list[Floats]:
    return [np.ascontiguousarray(weights) for weights in model.get_weights()]  # type: ignore[attr-defined]
