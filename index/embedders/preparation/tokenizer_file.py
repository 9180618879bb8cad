"""Makes the tokenizer of XLM-RoBERTa from a bare vocabulary: come here when token counts look wrong."""

from typing import Any

from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.embedders.aligned_normalization import DROPPED, SPACES
from index.embedders.preparation.q4_weights import Q4Model

_MASK = "<mask>"


def sentencepiece_model(model: Q4Model) -> bytes:
    """The file of `index.embedders.tokenizer`: the vocabulary, without normalisation and without marks of words."""
    specials = {model.pieces[token][0] for token in (model.begin, model.pad, model.end)} | {_MASK}
    proto: Any = sentencepiece_model_pb2  # its classes are made when it is imported
    kinds, made = proto.ModelProto.SentencePiece, proto.ModelProto()
    for number, (piece, score) in enumerate(model.pieces):
        kind = kinds.UNKNOWN if number == model.unknown else kinds.CONTROL if piece in specials else kinds.NORMAL
        made.pieces.add(piece=piece, score=score, type=kind)
    made.trainer_spec.model_type = proto.TrainerSpec.UNIGRAM
    made.trainer_spec.bos_id, made.trainer_spec.eos_id = model.begin, model.end
    made.trainer_spec.pad_id, made.trainer_spec.unk_id = model.pad, model.unknown
    made.normalizer_spec.name = "identity"
    made.normalizer_spec.add_dummy_prefix = False
    made.normalizer_spec.remove_extra_whitespaces = False
    made.normalizer_spec.escape_whitespaces = False
    return bytes(made.SerializeToString())


def build_tokenizer(model: Q4Model) -> Tokenizer:
    """The same for the library tokenizers, which other programs read a model with, and which this one is compared with.

    NFKC, spaces marked by ▁, Unigram, `<s> … </s>` around; no truncation and no padding.
    """
    tokenizer = Tokenizer(models.Unigram(model.pieces, unk_id=model.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(DROPPED), ""),
            normalizers.Replace(Regex(SPACES), " "),
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
    tokenizer.add_special_tokens([AddedToken(_MASK, lstrip=True, normalized=False)])
    return tokenizer
