"""A setting misspelt or without sense stops the start, and says which."""

from pathlib import Path

import pytest

from app.settings import Settings, UnusableSettings, load_settings


def settings_of(monkeypatch, **environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def test_settings_are_read_from_the_environment(monkeypatch, tmp_path):
    read = settings_of(monkeypatch, REFRAIN_DATA_DIR=str(tmp_path), REFRAIN_PORT="8001", REFRAIN_DEMO="1")
    assert (read.data_dir, read.port, read.demo) == (tmp_path, 8001, True)


def test_without_any_the_defaults_of_the_contract_hold(monkeypatch):
    read = settings_of(monkeypatch)
    assert (read.data_dir, read.port, read.index_url, read.demo) == (Path("data"), 8000, "faiss:", False)
    assert read.embedder == ""


def test_the_database_is_a_file_in_the_data_directory_unless_a_url_is_given(monkeypatch, tmp_path):
    read = settings_of(monkeypatch, REFRAIN_DATA_DIR=str(tmp_path))
    assert read.resolved_database_url == f"sqlite:///{tmp_path}/refrain.sqlite3"
    read = settings_of(monkeypatch, REFRAIN_DATABASE_URL="postgresql://someone@host/archive")
    assert read.resolved_database_url == "postgresql://someone@host/archive"


def test_a_name_that_is_no_setting_stops_the_start_and_the_message_lists_those_there_are(monkeypatch):
    with pytest.raises(UnusableSettings, match=r"unknown setting REFRAIN_PROT: there are .*REFRAIN_PORT"):
        settings_of(monkeypatch, REFRAIN_PROT="8000")


def test_other_programs_variables_are_no_concern(monkeypatch):
    settings_of(monkeypatch, REFRAINED="1", MY_REFRAIN_PORT="x")


@pytest.mark.parametrize(
    ("name", "value"),
    [("REFRAIN_PORT", "eighty"), ("REFRAIN_PORT", "65536"), ("REFRAIN_PORT", "-1"), ("REFRAIN_DEMO", "perhaps")],
)
def test_a_value_without_sense_stops_the_start_and_is_named(monkeypatch, name, value):
    with pytest.raises(UnusableSettings, match=f"{name}: "):
        settings_of(monkeypatch, **{name: value})


def test_every_setting_is_described():
    assert all(field.description for field in Settings.model_fields.values())
