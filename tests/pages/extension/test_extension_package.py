"""The extension's files: whole, in both languages, with the least permissions, and with the client as it is."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "plugins" / "browser"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
SCRIPTS = sorted(FOLDER.glob("*.js"))
CATALOGS = {
    file.parent.name: json.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("_locales/*/messages.json"))
}


def test_it_asks_for_no_more_than_it_needs():
    assert set(MANIFEST["permissions"]) == {"activeTab", "contextMenus", "scripting", "sidePanel", "storage"}
    assert MANIFEST["optional_host_permissions"] == ["https://*/*", "http://127.0.0.1/*", "http://localhost/*"]
    assert not {"host_permissions", "content_scripts", "web_accessible_resources", "externally_connectable"} & set(
        MANIFEST
    )
    assert "script-src 'self'" in MANIFEST["content_security_policy"]["extension_pages"]


def test_the_files_that_it_names_are_there():
    names = {
        *MANIFEST["icons"].values(),
        *MANIFEST["background"]["scripts"],
        MANIFEST["background"]["service_worker"],
        MANIFEST["side_panel"]["default_path"],
        MANIFEST["sidebar_action"]["default_panel"],
        MANIFEST["options_ui"]["page"],
    }
    for file in FOLDER.glob("*.html"):
        names |= set(re.findall(r'(?:src|href)="([^"]+)"', file.read_text("utf-8")))
    for file in SCRIPTS:
        names |= set(re.findall(r'(?:from |files: \[)"([^"]+)"', file.read_text("utf-8")))
    assert len(names) > 15
    assert not [name for name in names if not (FOLDER / name).is_file()]


def test_every_sentence_is_there_in_english_and_in_ukrainian_and_each_is_used():
    english, ukrainian = CATALOGS["en"], CATALOGS["uk"]
    assert list(english) == list(ukrainian)
    for name, entry in english.items():
        assert entry.get("placeholders") == ukrainian[name].get("placeholders"), name
        places = [sorted(re.findall(r"\$V\d\$", one[name]["message"])) for one in (english, ukrainian)]
        assert places[0] == places[1], name
    texts = [file.read_text("utf-8") for file in (*SCRIPTS, *FOLDER.glob("*.html"), FOLDER / "manifest.json")]
    all_of_it = "".join(texts)
    assert not [name for name in english if f'"{name}"' not in all_of_it and f"__MSG_{name}__" not in all_of_it]
    asked = {
        name for text in texts for name in re.findall(r'\b(?:say\(|data-say="|data-title="|Unmet\()"?(\w+)"', text)
    }
    assert asked <= set(english)
    assert all(len(one["description"]["message"]) <= 132 for one in CATALOGS.values()), "the stores take no more"


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_no_script_reads_text_as_html_or_code(file):
    reads = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|Function\("
    )
    assert not re.findall(reads, file.read_text("utf-8"))


@pytest.mark.parametrize("name", ["errors.js", "refrain.js", "transport.js"])
def test_its_client_is_the_client(name):
    there = (FOLDER / "client" / name).read_text("utf-8")
    assert there == (ROOT / "client-js" / name).read_text("utf-8"), "run make fmt"
