"""Templates, the modules of pages and the files of words hold together, so that no page says the id of a message."""

import re
from pathlib import Path

import pytest

from app.texts.fluent import FluentCatalogs

ROOT = Path(__file__).resolve().parents[2] / "app"
TEMPLATES = sorted((ROOT / "web/pages/templates").rglob("*.html"))
IDS = {
    name
    for file in (ROOT / "texts/en").glob("*.ftl")
    for name in re.findall(r"^([a-z][\w-]*) =", file.read_text("utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_message_id_in_a_template_exists(template):
    source = template.read_text("utf-8")
    whole = set(re.findall(r"\bt\(\s*'([\w-]+)'\s*[,)]", source))
    beginnings = set(re.findall(r"\bt\(\s*'([\w-]+)'\s*~", source))
    assert whole <= IDS
    assert not [begin for begin in beginnings if not any(name.startswith(begin) for name in IDS)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_templates_have_no_literal_text_inline_script_or_style(template):
    source = template.read_text("utf-8")
    assert not re.findall(r"<style\b|<script>|\sstyle=|\son[a-z]+=|\bhx-on\b|\|\s*safe\b|javascript:", source)
    shown = re.sub(r"\{% block width %\}\w+", "", source)
    shown = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", shown, flags=re.DOTALL)
    shown = re.sub(r"<code>.*?</code>|<kbd>.*?</kbd>|<[^>]*>|&\w+;", "", shown, flags=re.DOTALL)
    shown = re.sub(r"(^|\s)/[\w/?=-]+", "", shown)  # addresses
    assert not re.findall(r"[^\W\d_]{2,}", shown)


def test_message_ids_are_unique_over_files():
    seen = [
        name
        for file in (ROOT / "texts/en").glob("*.ftl")
        for name in re.findall(r"^([a-z][\w-]*) =", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(seen) == sorted(set(seen))


def test_every_catalog_file_parses():
    say = FluentCatalogs().for_language().format_message
    assert say("desk-name") == "Refrain"
