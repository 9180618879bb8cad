"""Makes a txtai index of an archive, with hybrid search: run by the Python of txtai's environment.

    python bench/comparison/txtai_index.py CORPUS.jsonl MODEL FOLDER

FOLDER gets the index and `api.yml`, with which `CONFIG=FOLDER/api.yml uvicorn txtai.api:app` serves it.
"""

import json
import sys
from pathlib import Path

from txtai import Embeddings

PROMPT = "query: "
"""What multilingual-e5-small reads before each text; every service here has it so."""


def main() -> None:
    corpus, model, folder = map(Path, sys.argv[1:])
    embeddings = Embeddings(path=str(model), hybrid=True, content=True, instructions={"query": PROMPT, "data": PROMPT})
    with corpus.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    embeddings.index((row["id"], row["text"], None) for row in rows)
    embeddings.save(str(folder / "index"))
    (folder / "api.yml").write_text(f"path: {folder / 'index'}\nwritable: false\nembeddings: {{}}\n", "utf-8")


if __name__ == "__main__":
    main()
