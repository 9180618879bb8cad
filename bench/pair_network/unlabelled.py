"""Pairs without a reader's label: weak labels of the collections, and pairs for distillation.

Pairs for distillation are those that search would put before a reader: a text with some of its nearest neighbours, by
cosine of centred vectors, so that few are trivially unrelated.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .readings import everyday_texts
from .texts import Text, cut_summary, opening, read_lines
from .tokens import TextTable

CHECKTHAT = ("checkthat2022_en", "checkthat2021_ar")
_SEED = 3
_CHECKTHAT_NEAREST = 14
_NEWS_DRAWN = 2_500
_CLAIMS_DRAWN = 4_000
_GRADES = 5.0
_ROWS_AT_ONCE = 512
_EVERYDAY_NEAREST = 2


class Collections(NamedTuple):
    """Texts of the collections as numbers in a `TextTable`, and what the collections say of pairs."""

    diary: np.ndarray
    claims: np.ndarray
    """Titles of EUvsDisinfo, one a case."""
    disproofs: np.ndarray
    """Shape (cases, 2): the first sentence of a case's disproof, and the first two; -1 where there is none."""
    summaries: np.ndarray
    """Shape (cases,): the opening of a case's summary, or -1."""
    news: np.ndarray
    """Sentences of graded pairs, both sides."""
    graded: np.ndarray
    """Shape (n, 2): pairs of news sentences."""
    grades: np.ndarray
    """Shape (n,): 0 to 1."""
    debate: np.ndarray
    """Shape (n, 2): debate sentences with checked claims."""
    tweets: list[np.ndarray]
    """Of each set of CheckThat."""
    checked: list[np.ndarray]
    training: list[np.ndarray]
    """Which tweets are of the split `train`."""
    links: list[set[tuple[int, int]]]
    """Tweets and the claims that fact-checkers linked to them."""
    everyday: np.ndarray
    """Texts that repeat nothing."""


class WeakPairs(NamedTuple):
    """Pairs with a target between 0 and 1, and whether it is a grade of similarity or a fact-checker's link."""

    pairs: np.ndarray
    targets: np.ndarray
    graded: np.ndarray


def collections(data: Path, table: TextTable, most: int | None = None) -> Collections:
    """The collections that are in the folder `data`, of each file at most so many lines; what is missing is empty."""

    def lines_of(name: str) -> list[dict]:
        return read_lines(data / name)[:most]

    def column(lines: Iterable[dict], name: str = "text") -> np.ndarray:
        return table.numbers([Text(one[name], one.get("lang") or "en") for one in lines])

    def number(text: str) -> int:
        return table.number(Text(text, "en")) if text else -1

    cases = lines_of("euvsdisinfo/corpus.jsonl")
    graded = lines_of("sts_news/pairs.jsonl")
    debate = lines_of("role_of_context/pairs.jsonl")
    tweets, checked, training, links = [], [], [], []
    for name in CHECKTHAT:
        asked, found = lines_of(f"{name}/queries.jsonl"), lines_of(f"{name}/corpus.jsonl")
        tweets.append(column(asked))
        checked.append(column(found))
        training.append(np.array([one.get("split") == "train" for one in asked], bool))
        tweet_of = dict(zip((one["id"] for one in asked), tweets[-1].tolist(), strict=True))
        claim_of = dict(zip((one["id"] for one in found), checked[-1].tolist(), strict=True))
        file = data / name / "qrels.tsv"
        rows = [line.split("\t")[:2] for line in file.read_text("utf-8").splitlines()] if file.is_file() else []
        links.append({(tweet_of[a], claim_of[b]) for a, b in rows if a in tweet_of and b in claim_of})
    sides = [column(graded, "a"), column(graded, "b")]
    return Collections(
        diary=column(lines_of("propaganda_diary/queries.jsonl")),
        claims=column(cases),
        disproofs=np.array(
            [[number(opening(one.get("disproof") or "", sentences)) for sentences in (1, 2)] for one in cases], np.int64
        ).reshape(-1, 2),
        summaries=np.array([number(cut_summary(one.get("summary") or "")) for one in cases], np.int64),
        news=np.unique(np.concatenate(sides)),
        graded=np.stack(sides, 1),
        grades=np.array([one["score"] / _GRADES for one in graded], np.float32),
        debate=np.stack([column(debate, "a"), column(debate, "b")], 1),
        tweets=tweets,
        checked=checked,
        training=training,
        links=links,
        everyday=table.numbers(everyday_texts()[:most]),
    )


def nearest(vectors: np.ndarray, texts: np.ndarray, among: np.ndarray, count: int) -> np.ndarray:
    """For each text the numbers of its nearest among others, by centred cosine, best first.

    `vectors`, shape (all texts, dimension), `texts` and `among` numbers of texts. Shape (len(texts), at most count);
    a text that is among the others is its own nearest.
    """
    count = min(count, len(among))
    found = np.zeros((len(texts), count), np.int64)
    if not count or not len(texts):
        return found
    ours, theirs = _centred(vectors[texts]), _centred(vectors[among])
    for begin in range(0, len(texts), _ROWS_AT_ONCE):
        cosines = ours[begin : begin + _ROWS_AT_ONCE] @ theirs.T
        found[begin : begin + _ROWS_AT_ONCE] = among[np.argsort(-cosines, axis=1)[:, :count]]
    return found


def weak_pairs(found: Collections, vectors: np.ndarray, negatives: int = 6_000) -> WeakPairs:
    """Graded news sentences, and tweets of the training splits with linked claims (twice) and with other near ones."""
    linked, others = [], []
    for tweets, claims, training, links in zip(found.tweets, found.checked, found.training, found.links, strict=True):
        asked = tweets[training]
        for tweet, near in zip(asked.tolist(), nearest(vectors, asked, claims, _CHECKTHAT_NEAREST), strict=True):
            others += [(tweet, claim) for claim in near.tolist() if (tweet, claim) not in links]
        linked += sorted(link for link in links if link[0] in set(asked.tolist()))
    others = random.Random(_SEED).sample(others, min(negatives, len(others)))
    links_first = np.array([*linked, *linked, *others], np.int64).reshape(-1, 2)
    targets = np.r_[np.ones(2 * len(linked)), np.zeros(len(others))]
    return WeakPairs(
        np.concatenate([found.graded, links_first]),
        np.concatenate([found.grades, targets]).astype(np.float32),
        np.r_[np.ones(len(found.graded), bool), np.zeros(len(links_first), bool)],
    )


def everyday_pairs(found: Collections, vectors: np.ndarray) -> list[tuple[int, int]]:
    """Texts that repeat nothing, each with what is nearest to it in three archives: all of them unrelated."""
    archives = ((found.claims, _EVERYDAY_NEAREST), (found.checked[0], _EVERYDAY_NEAREST), (found.checked[1], 1))
    return [
        (text, near)
        for archive, count in archives
        for text, row in zip(
            found.everyday.tolist(), nearest(vectors, found.everyday, archive, count).tolist(), strict=True
        )
        for near in row
    ]


def pairs_to_distil(found: Collections, vectors: np.ndarray) -> np.ndarray:
    """Pairs for the cross-encoder to label: shape (n, 2), each once."""
    drawn = random.Random(_SEED)
    pairs: list[tuple[int, int]] = []

    def draw(texts: Sequence[int], among: np.ndarray, nearby: int, taken: int, skip: int = 0) -> None:
        """Each text with `taken` of its `nearby` nearest but the first `skip`."""
        chosen = np.array(texts, np.int64)
        for text, near in zip(chosen.tolist(), nearest(vectors, chosen, among, nearby)[:, skip:].tolist(), strict=True):
            pairs.extend((text, other) for other in drawn.sample(near, min(taken, len(near))) if other != text)

    for tweets, claims in zip(found.tweets, found.checked, strict=True):
        draw(tweets.tolist(), claims, _CHECKTHAT_NEAREST, _CHECKTHAT_NEAREST)
    draw(found.claims.tolist(), found.claims, 22, 7, skip=1)
    draw(found.diary.tolist(), found.diary, 60, 16, skip=1)
    draw(found.diary.tolist(), found.claims, 20, 8)
    news = drawn.sample(found.news.tolist(), min(_NEWS_DRAWN, len(found.news)))
    draw(news, found.claims, 10, 2)
    draw(news, found.news, 8, 3, skip=1)
    claims = drawn.sample(found.checked[0].tolist(), min(_CLAIMS_DRAWN, len(found.checked[0])))
    draw(claims, found.checked[0], 8, 3, skip=1)
    pairs += [tuple(pair) for pair in (*found.graded.tolist(), *found.debate.tolist())]
    near_claims = nearest(vectors, found.claims, found.claims, 4)
    for claim, near, disproofs, summary in zip(
        found.claims.tolist(), near_claims.tolist(), found.disproofs.tolist(), found.summaries.tolist(), strict=True
    ):
        if disproofs[0] >= 0:
            pairs += [(drawn.choice(disproofs), claim), (disproofs[0], drawn.choice(near[1:] or near))]
        if summary >= 0:
            pairs.append((summary, drawn.choice(near)))
    return np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)


def _centred(vectors: np.ndarray) -> np.ndarray:
    centred = vectors - vectors.mean(0)
    unit: np.ndarray = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    return unit
