"""Writes the fast tokenizer of XLM-RoBERTa from a bare vocabulary: come here when token counts look wrong."""

from typing import Final

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.embedders.preparation.q4_weights import Q4Model

_DROPPED: Final = r"[\x01-\x08\x0b\x0e-\x1f\x7f\u008f\u009f]"
_SPACES: Final = r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"


def build_tokenizer(model: Q4Model) -> Tokenizer:
    """NFKC, spaces marked by ▁, Unigram, `<s> … </s>` around; no truncation and no padding.

    SentencePiece's own character map (nmt_nfkc) equals NFKC but for the control characters that it drops and the
    invisible ones that it reads as a space; both are named above.
    """
    tokenizer = Tokenizer(models.Unigram(model.pieces, unk_id=model.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_DROPPED), ""),
            normalizers.Replace(Regex(_SPACES), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    begin, end = model.pieces[model.begin][0], model.pieces[model.end][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, model.begin), (end, model.end)],
    )
    specials = [model.pieces[token][0] for token in (model.begin, model.pad, model.end, model.unknown)]
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in specials])
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, normalized=False)])
    return tokenizer
