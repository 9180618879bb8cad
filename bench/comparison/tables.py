"""Output of a comparison: tables in Markdown of medians over blocks, and ratios within the run."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from comparison.load import Block

Values = Sequence[float]
NAN = float("nan")


@dataclass
class Measured:
    """Figures of one way of asking a service. Keys of closed loops: tokens and clients; of open ones: tokens, share."""

    name: str
    contains: str
    closed: dict[tuple[int, int], list[Block]] = field(default_factory=dict)
    open: dict[tuple[int, float], list[tuple[float, Block]]] = field(default_factory=dict)
    """With the rate at which was sent."""
    start_s: list[float] = field(default_factory=list)
    import_s: float | None = None
    ready_mib: float | None = None
    after_mib: float | None = None
    found: dict[int, float] = field(default_factory=dict)
    """Share of the texts, by tokens, in whose answer the statement is that they were made of."""
    answer_bytes: list[int] = field(default_factory=list)
    sent_bytes: list[int] = field(default_factory=list)
    missing: str = ""
    """Why there are no figures."""

    def rate(self, tokens: int, clients: int) -> float:
        """Median over blocks, answers a second."""
        return statistics.median(block.rate for block in self.closed[tokens, clients])


@dataclass
class Bare:
    """Figures of the encoder alone, a list entry a block, by tokens."""

    rates: dict[int, list[float]] = field(default_factory=dict)
    single_ms: dict[int, list[float]] = field(default_factory=dict)
    start_s: float = 0.0
    import_s: float = 0.0
    after_mib: float = 0.0


def table(header: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    cells = [[str(cell) for cell in row] for row in (header, *rows)]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    lines.insert(1, "|" + "---|" * len(cells[0]))
    return "\n".join(lines)


def report(bare: Bare, measured: Sequence[Measured], tokens: Sequence[int], clients: Sequence[int]) -> str:
    there = [one for one in measured if not one.missing]
    parts = [
        "Answers a second in a closed loop, median (least to most) of the blocks:",
        _closed(bare, there, tokens, clients),
        "Milliseconds of an answer in a closed loop, median of the blocks' medians (of their 95th percentiles); of the encoder:",
        _latencies(bare, there, tokens, clients),
        "Ratios within this run, each block by its neighbour, medians:",
        _ratios(bare, there, tokens, clients),
        "Open loop, requests at fixed rates, latency from the intended moment, in milliseconds:",
        _open(there),
        "Everything else:",
        _rest(bare, measured, tokens),
    ]
    return "\n\n".join(parts) + "\n"


def _closed(bare: Bare, there: Sequence[Measured], tokens: Sequence[int], clients: Sequence[int]) -> str:
    header = [
        "",
        *(f"{length} tokens, {count} {_clients(count)}" for length in tokens for count in clients),
        "refused",
        "failed",
    ]
    encoder = ["encoder alone, batched"]
    for length in tokens:
        encoder += [_spread(bare.rates[length]), *[""] * (len(clients) - 1)]
    rows = [[*encoder, "", ""]]
    for one in there:
        blocks = [block for blocks in one.closed.values() for block in blocks]
        rates = [_spread([b.rate for b in one.closed[length, count]]) for length in tokens for count in clients]
        rows.append([one.name, *rates, sum(b.refused for b in blocks), sum(b.failed for b in blocks)])
    return table(header, rows)


def _latencies(bare: Bare, there: Sequence[Measured], tokens: Sequence[int], clients: Sequence[int]) -> str:
    header = ["", *(f"{length} tokens, {count} {_clients(count)}" for length in tokens for count in clients)]
    encoder = ["encoder alone"]
    for length in tokens:
        encoder += [f"{statistics.median(bare.single_ms[length]):.1f}", *[""] * (len(clients) - 1)]
    return table(header, [
        encoder,
        *([one.name, *(_median_and_p95(one.closed[length, count]) for length in tokens for count in clients)]
          for one in there),
    ])  # fmt: skip


def _ratios(bare: Bare, there: Sequence[Measured], tokens: Sequence[int], clients: Sequence[int]) -> str:
    most, one_client = max(clients), min(clients)
    other = next((one for one in there if one.name.startswith("txtai")), None)
    rows = []
    for one in there:
        for length in tokens:
            blocks = one.closed[length, most]
            row = [one.name, length, _ratio([block.rate for block in blocks], bare.rates[length])]
            row.append(_ratio([b.rate for b in blocks], [b.rate for b in other.closed[length, most]]) if other else "")
            alone = [quantile_of(block, 0.5) for block in one.closed[length, one_client]]
            rows.append([*row, _ratio(alone, bare.single_ms[length])])
    return table(
        ["", "tokens", f"rate with {most} clients, by the encoder's batched", "the same by txtai's",
         "one client's median, by one bare encoding"], rows,
    )  # fmt: skip


def _open(there: Sequence[Measured]) -> str:
    rows = []
    for one in there:
        for (length, share), blocks in one.open.items():
            rate = statistics.median(rate for rate, _ in blocks)
            of_blocks = [block for _, block in blocks]
            refused, failed = (sum(getattr(b, name) for b in of_blocks) for name in ("refused", "failed"))
            quantiles = [f"{_median(quantile_of(b, part) for b in of_blocks):.0f}" for part in (0.5, 0.95)]
            rows.append([one.name, length, f"{share:.0%} of its own", f"{rate:.1f}", *quantiles, refused, failed])
    return table(["", "tokens", "load", "a second", "median", "p95", "refused", "failed"], rows)


def _rest(bare: Bare, measured: Sequence[Measured], tokens: Sequence[int]) -> str:
    found = [f"made of a statement that is found, {length} tokens" for length in tokens]
    rows = [[
        "encoder alone", f"{bare.start_s:.1f}", f"{bare.import_s:.0f}", f"{bare.after_mib:,.0f}", "", "", *[""] * len(tokens),
        "vectors of 384 numbers",
    ]]  # fmt: skip
    for one in measured:
        if one.missing:
            rows.append([one.name, *[""] * (5 + len(tokens)), f"not measured: {one.missing}"])
            continue
        start = _spread(one.start_s) if one.start_s else ""
        imported = f"{one.import_s:.0f}" if one.import_s is not None else ""
        memory = f"{one.ready_mib:,.0f}, {one.after_mib:,.0f}" if one.ready_mib and one.after_mib else ""
        sizes = [f"{statistics.median(sizes):,.0f}" for sizes in (one.answer_bytes, one.sent_bytes)]
        rows.append(
            [
                one.name,
                start,
                imported,
                memory,
                *sizes,
                *(f"{one.found[length]:.0%}" for length in tokens),
                one.contains,
            ]
        )
    return table(
        ["", "start to first answer, s", "import, s", "resident when ready, after the load, MiB", "bytes of an answer",
         "as sent (gzip where it is spoken)", *found, "an answer contains"], rows,
    )  # fmt: skip


def quantile_of(block: Block, part: float) -> float:
    """Latency below which a part of the answers of a block came, ms; NaN where none came."""
    ordered = sorted(block.latencies_ms)
    if part == 0.5 and ordered:
        return statistics.median(ordered)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else NAN


def _median_and_p95(blocks: Sequence[Block]) -> str:
    medians, highs = ([quantile_of(block, part) for block in blocks] for part in (0.5, 0.95))
    return f"{_median(medians):.1f} ({_median(highs):.1f})"


def _spread(values: Values) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _ratio(ours: Values, theirs: Values) -> str:
    return f"{_median(a / b if b else NAN for a, b in zip(ours, theirs, strict=True)):.2f}"


def _median(values: Iterable[float]) -> float:
    """NaN where there is a NaN."""
    known = list(values)
    return NAN if any(map(math.isnan, known)) else statistics.median(known)


def _clients(count: int) -> str:
    return "client" if count == 1 else "clients"
