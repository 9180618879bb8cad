"""Trains the network of the pair model.

    python -m bench.pair_network DATA [--folds] [--out FOLDER] [--pairs FILE ...] [--try]

DATA holds the collections that `docs/quality.md` names. Writes `network.onnx` into the folder `--out`, and with `--folds`
`fold0.onnx` to `fold3.onnx`, each trained without the texts of its fold; `bench/pair_model.py DATA --networks FOLDER`
measures those and weighs them against the regression. `--pairs`: more labelled pairs, as JSON lines. `--try` takes two
steps of each stage on few pairs: it shows that everything works, and its network is worth nothing.

It needs what `make models` installs, and a GPU or patience: a network is some minutes on a GPU, and a day or more on processors.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, log_softmax

from app.settings import load_settings
from index.embedders.preparation.prepare import ensure_prepared
from index.pairs.pair_states import PairStates, packed_codes

from .encoder import CrossEncoder, encode_alone
from .export import export
from .folds import FOLDS, Folds, assign_folds
from .readings import (
    DIARY_KINDS,
    LABELS,
    LabelledPair,
    case_texts,
    judged_pairs,
    more_pairs,
    readings,
    written_pairs,
)
from .student import Student, StudentOfTexts
from .texts import Text
from .tokens import LONGEST_TEXT, TextTable, Tokens, tokenize
from .training import probabilities, train
from .unlabelled import WeakPairs, collections, everyday_pairs, pairs_to_distil, weak_pairs

PROJECTION = Path(__file__).resolve().parents[2] / "index" / "pairs" / "projection.npz"
TEACHERS = 2
"""Cross-encoders of the final network, of different seeds; the mean of all that were trained is what it learns."""
SMOOTHING = 0.04
"""Share of the label that is spread over all four."""
SWAPPED = 0.3
"""Share of pairs whose texts change places."""
OTHER_LANGUAGE = 0.75
"""Share of texts of the diary that are read in a language drawn by lot, of the five in which the diary has them."""
DISTILLED_LABEL = 0.6
"""Weight of the readers' label against the cross-encoder's, where a labelled pair is distilled as well."""
LINK_WEIGHT = 0.5
WEIGHTS = {"same": 0.7, "everyday": 0.5}
"""Weights of pairs by kind; others 1. Judged pairs are there twice."""
UNRELATED = 0
DIARY_LANGUAGES = ("en", "ru", "uk", "de", "it")
TRIED_PAIRS = 24
TRIED_TEXTS = 10
RANGED_PAIRS = 1_500
Loss = Callable[[np.ndarray, np.random.Generator], Tensor]


@dataclass(frozen=True)
class Stage:
    """Length and learning rate of a stage of training; `size` pairs a step."""

    epochs: int
    rate: float
    size: int


WEAK = Stage(1, 5e-5, 48)
CROSS_ENCODER = Stage(3, 7e-5, 48)
DISTILLATION = Stage(4, 9e-4, 256)
FINE_TUNING = Stage(3, 1.5e-4, 96)


class LabelledTable(NamedTuple):
    """Labelled pairs as text numbers, shape (n, 2), with the distribution of their labels, shape (n, 4)."""

    pairs: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
    translated: np.ndarray
    """Shape (n,): whether texts may be read in another language of their case."""


class Material(NamedTuple):
    """All that is trained on."""

    labelled: LabelledTable
    weak: WeakPairs
    unlabelled: np.ndarray
    tokens: Tokens
    states: Tensor
    languages: np.ndarray
    """Shape (texts, 5): the same statement in each of the diary's languages; the text itself where there is no other."""
    texts: list[str]
    folds: Folds
    model: Path
    device: str


def load_material(data: Path, more: Sequence[Path], trial: bool) -> Material:
    """Reads the pairs, and encodes every text once."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = ensure_prepared(load_settings().model_dir)
    judged, read, cases = judged_pairs(data), readings(data), case_texts(data)
    print(f"{len(judged)} judged pairs; {len(read.pairs)} readings found, {read.missing} not", flush=True)
    written = [*written_pairs(), *(pair for file in more for pair in more_pairs(file))]
    labelled = [*((pair, False) for pair in [*judged, *judged]), *((pair, True) for pair in read.trained())]
    labelled += [(pair, False) for pair in written]
    if trial:
        labelled = labelled[:: len(labelled) // TRIED_PAIRS + 1]
    table = TextTable()
    numbers = [(table.number(pair.statement), table.number(pair.precedent)) for pair, _ in labelled]
    found = collections(data, table, TRIED_TEXTS if trial else None)
    languages = _languages(table, dict(list(cases.items())[: TRIED_TEXTS if trial else None]))
    tokens = tokenize([text.text for text in table.texts], model)
    with np.load(PROJECTION) as projection:
        print(f"encoding {len(table)} texts on {device}", flush=True)
        vectors, states = encode_alone(model, tokens, dict(projection), device)
    return Material(
        _labelled_table(labelled, numbers, everyday_pairs(found, vectors)),
        weak_pairs(found, vectors),
        pairs_to_distil(found, vectors)[: TRIED_PAIRS if trial else None],
        tokens,
        states,
        languages,
        [text.text for text in table.texts],
        assign_folds(judged, cases),
        model,
        device,
    )


def _labelled_table(
    labelled: Sequence[tuple[LabelledPair, bool]],
    numbers: Sequence[tuple[int, int]],
    unrelated: Sequence[tuple[int, int]],
) -> LabelledTable:
    """`labelled`: pairs, and whether they are readings, of which those of the diary are read in its other languages."""
    one_hot = np.eye(len(LABELS), dtype=np.float32)
    targets = [one_hot[[LABELS.index(label) for label in pair.labels]].mean(0) for pair, _ in labelled]
    targets += [one_hot[LABELS.index(UNRELATED)]] * len(unrelated)
    kinds = [pair.kind for pair, _ in labelled] + ["everyday"] * len(unrelated)
    translated = [reading and pair.kind in DIARY_KINDS for pair, reading in labelled] + [False] * len(unrelated)
    return LabelledTable(
        np.array([*numbers, *unrelated], np.int64).reshape(-1, 2),
        np.stack(targets),
        np.array([WEIGHTS.get(kind, 1.0) for kind in kinds], np.float32),
        np.array(translated, bool),
    )


def _languages(table: TextTable, cases: Mapping[str, Mapping[str, Text]]) -> np.ndarray:
    """Adds the statements of all cases to the table."""
    of_cases = [[table.number(texts.get(code, texts["en"])) for code in DIARY_LANGUAGES] for texts in cases.values()]
    languages = np.repeat(np.arange(len(table))[:, None], len(DIARY_LANGUAGES), axis=1)
    for numbers in of_cases:
        languages[numbers] = numbers
    return languages


class Trainer:
    """Trains networks without the texts of a fold, or of none."""

    def __init__(self, material: Material, trial: bool) -> None:
        self._of = material
        self._most_steps = 2 if trial else None
        self._opinions: list[np.ndarray] = []
        """Of each cross-encoder so far the probabilities of labels for all unlabelled pairs."""

    def fold(self, fold: int) -> Student:
        """A network that has seen no text of the fold, labelled or not."""
        held = {text[:LONGEST_TEXT] for text in self._of.folds.held_back[fold]}
        kept = np.array([text not in held for text in self._of.texts], bool)
        return self._network(kept, seed=fold, teachers=1, name=f"fold {fold}", pooled=False)

    def final(self) -> Student:
        """A network trained on everything. It learns the mean of all cross-encoders so far, those of the folds too."""
        return self._network(np.ones(len(self._of.texts), bool), FOLDS, TEACHERS, "final", pooled=True)

    def _network(self, kept: np.ndarray, seed: int, teachers: int, name: str, pooled: bool) -> Student:
        """`kept`, shape (texts,): which texts may be seen. `pooled`: learn from earlier cross-encoders as well."""
        of, unlabelled = self._of, self._of.unlabelled
        table = _select(of.labelled, kept)
        opinions, own = [], []
        for number in range(teachers):
            teacher = self._cross_encoder(table, kept, seed + number, f"{name}, cross-encoder {number + 1}")
            opinions.append(probabilities(teacher, unlabelled, self._lengths(unlabelled), f"{name}, labelling"))
            own.append(probabilities(teacher, table.pairs, self._lengths(table.pairs), f"{name}, labelling own"))
            del teacher
        self._opinions += opinions
        targets = np.mean(self._opinions if pooled else opinions, axis=0)
        seen = kept[unlabelled].all(1)
        pairs = np.concatenate([unlabelled[seen], table.pairs])
        blended = (1 - DISTILLED_LABEL) * np.mean(own, axis=0) + DISTILLED_LABEL * table.targets
        goals = torch.from_numpy(np.concatenate([targets[seen], blended]).astype(np.float32)).to(of.device)
        student = StudentOfTexts(Student(), of.states, of.tokens.rarities, of.tokens.lengths).to(of.device)

        def distillation(batch: np.ndarray, _: np.random.Generator) -> Tensor:
            logits = student(pairs[batch, 0], pairs[batch, 1]).float()
            return -(goals[batch] * log_softmax(logits, 1)).sum(1).mean()

        self._train(student, pairs, distillation, DISTILLATION, f"{name}, distillation", seed)
        self._train(
            student, table.pairs, self._on_labels(student, table), FINE_TUNING, f"{name}, fine-tuning", seed + 1
        )
        return student.student

    def _cross_encoder(self, table: LabelledTable, kept: np.ndarray, seed: int, name: str) -> CrossEncoder:
        of = self._of
        torch.manual_seed(seed)
        teacher = CrossEncoder(of.model, of.tokens).to(of.device)
        allowed = kept[of.weak.pairs].all(1)
        pairs = of.weak.pairs[allowed]
        goals = torch.from_numpy(of.weak.targets[allowed]).to(of.device)
        graded = torch.from_numpy(of.weak.graded[allowed]).to(of.device)

        def weak(batch: np.ndarray, _: np.random.Generator) -> Tensor:
            states = teacher.states(pairs[batch, 0], pairs[batch, 1])
            of_head = [
                binary_cross_entropy_with_logits(head(states)[:, 0].float(), goals[batch], reduction="none")
                for head in (teacher.similarity, teacher.link)
            ]
            return torch.where(graded[batch], of_head[0], LINK_WEIGHT * of_head[1]).mean()

        self._train(teacher, pairs, weak, WEAK, f"{name}, weak labels", seed)
        self._train(teacher, table.pairs, self._on_labels(teacher, table), CROSS_ENCODER, f"{name}, labels", seed)
        return teacher

    def _on_labels(self, network: nn.Module, table: LabelledTable) -> Loss:
        """Cross-entropy with the readers' labels, smoothed; texts change places and languages by lot."""
        languages, device = self._of.languages, self._of.device
        smooth = table.targets * (1 - SMOOTHING) + SMOOTHING / len(LABELS)

        def loss(batch: np.ndarray, drawn: np.random.Generator) -> Tensor:
            sides = table.pairs[batch].copy()
            for side in range(2):
                other = table.translated[batch] & (drawn.random(len(batch)) < OTHER_LANGUAGE)
                code = drawn.integers(languages.shape[1], size=len(batch))
                sides[other, side] = languages[sides[other, side], code[other]]
            swapped = drawn.random(len(batch)) < SWAPPED
            sides[swapped] = sides[swapped][:, ::-1]
            logits = network(sides[:, 0], sides[:, 1]).float()
            goals = torch.from_numpy(smooth[batch].astype(np.float32)).to(device)
            weights = torch.from_numpy(table.weights[batch]).to(device)
            return (-(goals * log_softmax(logits, 1)).sum(1) * weights).mean()

        return loss

    def _train(self, network: nn.Module, pairs: np.ndarray, loss: Loss, stage: Stage, name: str, seed: int) -> None:
        train(network, self._lengths(pairs), loss, stage, name, seed, self._most_steps)

    def _lengths(self, pairs: np.ndarray) -> np.ndarray:
        return self._of.tokens.lengths[pairs].sum(1)


def _select(table: LabelledTable, kept: np.ndarray) -> LabelledTable:
    allowed = kept[table.pairs].all(1)
    return LabelledTable(*(column[allowed] for column in table))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.pair_network", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", action="store_true", help="also a network for each fold, to measure with")
    parser.add_argument("--out", type=Path, default=Path("data/pair_network"))
    parser.add_argument("--pairs", type=Path, action="append", default=[], help="more labelled pairs")
    parser.add_argument("--try", dest="trial", action="store_true", help="two steps of each stage")
    options = parser.parse_args()
    material = load_material(options.data, options.pairs, options.trial)
    trainer, pairs = Trainer(material, options.trial), _some_pairs(material)
    for fold in range(FOLDS) if options.folds else ():
        _write(trainer.fold(fold), options.out / f"fold{fold}.onnx", pairs)
    _write(trainer.final(), options.out / "network.onnx", pairs)


def _write(student: Student, file: Path, pairs: Sequence[tuple[PairStates, PairStates]]) -> None:
    print(f"{file}: 8 bits change the log odds by {export(student, file, pairs):.3f} on the mean", flush=True)


def _some_pairs(of: Material) -> list[tuple[PairStates, PairStates]]:
    """The first of the labelled pairs, as they are stored, over which the ranges of 8 bits are observed."""
    pairs = of.labelled.pairs[:RANGED_PAIRS]
    return [(_stored(of, one), _stored(of, other)) for one, other in pairs.tolist()]


def _stored(of: Material, text: int) -> PairStates:
    length = int(of.tokens.lengths[text])
    codes = packed_codes(of.states[text, :length].float().cpu().numpy())
    return PairStates(codes, of.tokens.rarities[text, :length], np.zeros(length, np.uint8), length, 0.0, 0)
