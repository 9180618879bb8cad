"""`refrain calibrate` chooses the cut-off of the real pair model, and what it writes can be put in force."""

import json

import pytest
from builders import write_jsonl

from app.cli import calibrate_cut_offs as command
from app.formats.pair_cut_offs import read_pair_cut_offs, write_pair_cut_offs
from app.settings import Settings
from app.wiring import SAMPLE, build


@pytest.fixture
def judged(tmp_path):
    """Statements of the sample with themselves, and with others."""
    texts = [json.loads(line)["text"] for line in (SAMPLE / "corpus.jsonl").read_text("utf-8").splitlines()][:40]
    write_jsonl(
        tmp_path / "pairs.jsonl",
        *({"statement": text, "precedent": text, "label": 2} for text in texts[:25]),
        *({"statement": text, "precedent": texts[at + 25], "label": 0} for at, text in enumerate(texts[:15])),
    )
    return tmp_path


def test_the_file_says_what_it_was_chosen_on_and_puts_it_in_force(tmp_path, judged, monkeypatch):
    shipped = command.shipped_new_texts
    monkeypatch.setattr(command, "shipped_new_texts", lambda half: shipped(half)[::15])
    chosen = command.calibrate_cut_offs(
        Settings(data_dir=tmp_path / "data"),
        [judged],
        precision=0.9,
        repeat_share=0.1,
        track=lambda _, __: lambda ___: None,
    )
    assert 0.5 <= chosen.flag_at < 1
    assert chosen.measured["chosen_on"] == "40 judged pairs, and 20 texts that repeat nothing"
    assert chosen.measured["model_fitted_on"]
    assert chosen.measured["chosen"]["flag_precision"] >= 0.9
    assert chosen.measured["held_out"]["false_flag_rate"] == 0
    write_pair_cut_offs(tmp_path / "cut.json", chosen)
    assert read_pair_cut_offs(tmp_path / "cut.json").measured["chosen"]["pairs"] == 40
    services = build(Settings(data_dir=tmp_path / "used", policy=str(tmp_path / "cut.json")))
    assert (services.policy.version, services.policy.flag_at) == (chosen.version, chosen.flag_at)
    services.store.close()
