"""The tokenizer by SentencePiece against the library tokenizers, which reads the same vocabulary."""

from pathlib import Path

import pytest
import tokenizers

from index.embedders.aligned_normalization import normalized
from index.embedders.model_folder import PIECES, TOKENIZER, default_model_folder
from index.embedders.preparation.verification import TEXTS, long_text
from index.embedders.tokenizer import Tokenizer
from index.factory import open_embedder

AWKWARD = [
    "", " ", "  \t\n ", "query: hello  world", "  lead and tail  ", "a\x01b\tc\x00d", "x\u200by\u2028z\ufeff",
    "hi \t  <mask>  x", "<s>",
    "hi <s> there<mask> x </s>",  "a<pad>b <unk>", "<b>no special</b>", "▁ a▁b ▁", "☃☃𓀀𓀀a𓀀 𓀀𓀀",
    "ﬁne ½ Ⅻ ㎞ ﷺ ＦＵＬＬ", "你好世界，。 한국어 텍스트", "😀😀 👩\u200d👩\u200d👧", " \u0301x", "´x´ ¨y",
    "مقاتلو هيئة تحرير الشام؟", "ประเทศไทย สวัสดี", "हिन्दी में एक वाक्य", "Ñandú, naïve — “quoted” … №5",
]  # fmt: skip
JOINED = ["e\u0301te\u0301 x", "\u1112\u1161\u11ab x", "\u09c7\u09be", "q\u0323\u0307"]
"""Characters that are one in NFKC, whose span the library ends at the first."""


@pytest.fixture(scope="module")
def folder(model_dir: Path) -> Path:
    open_embedder("default", model_dir).close()
    return default_model_folder(model_dir)


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer(folder / PIECES)


@pytest.fixture(scope="module")
def library(folder: Path) -> tokenizers.Tokenizer:
    return tokenizers.Tokenizer.from_file(str(folder / TOKENIZER))


@pytest.mark.parametrize("text", [*AWKWARD, *TEXTS, long_text()])
def test_ids_and_spans_are_those_of_the_library(tokenizer: Tokenizer, library: tokenizers.Tokenizer, text: str) -> None:
    expected = library.encode(text, add_special_tokens=False)
    ids, spans = tokenizer.encode(text)
    assert ids == expected.ids
    assert spans == expected.offsets
    assert tokenizer.encode_whole(text).ids == library.encode(text).ids


@pytest.mark.parametrize("text", JOINED)
def test_characters_that_become_one_are_all_in_its_span(
    tokenizer: Tokenizer, library: tokenizers.Tokenizer, text: str
) -> None:
    ids, spans = tokenizer.encode(text)
    assert ids == library.encode(text, add_special_tokens=False).ids
    assert spans[-1][1] == len(text)
    assert all(begin == end or text[begin:end] for begin, end in spans)


def test_a_text_of_marks_alone_takes_no_time() -> None:
    text = "a" + "\u0301\u0323" * 20_000
    assert len(normalized(text).text) == len(normalized(text).begins)
