"""The afternoon version: FastAPI, sentence-transformers and a flat index, as one writes it in an afternoon.

    AFTERNOON_MODEL=… AFTERNOON_FOLDER=… python bench/comparison/afternoon.py CORPUS.jsonl     (embeds the archive)
    AFTERNOON_MODEL=… AFTERNOON_FOLDER=… uvicorn --app-dir bench/comparison afternoon:app      (serves it)

Answers with the five earlier statements whose vectors are nearest. For comparison only.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

import faiss
from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import SentenceTransformer

FOLDER = Path(os.environ["AFTERNOON_FOLDER"])
INDEX, ROWS = FOLDER / "vectors.faiss", FOLDER / "rows.json"
model = SentenceTransformer(os.environ["AFTERNOON_MODEL"], device="cpu")
app = FastAPI()
if INDEX.exists():
    index = faiss.read_index(str(INDEX))
    rows = json.loads(ROWS.read_text("utf-8"))


class Asked(BaseModel):
    """A statement to check."""

    text: str
    said_at: date


@app.post("/checks")
def check(asked: Asked) -> list[dict[str, object]]:
    """The five nearest of the earlier statements, the nearest first."""
    scores, numbers = index.search(model.encode([asked.text]), 50)
    found = [{"score": float(score), **rows[number]} for score, number in zip(scores[0], numbers[0], strict=True)]
    return [row for row in found if str(row["date"]) < asked.said_at.isoformat()][:5]


def embed(corpus: Path) -> None:
    with corpus.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    vectors = model.encode([row["text"] for row in read], batch_size=64)
    made = faiss.IndexFlatIP(vectors.shape[1])
    made.add(vectors)
    faiss.write_index(made, str(INDEX))
    ROWS.write_text(json.dumps([{name: row[name] for name in ("id", "text", "date", "url")} for row in read]), "utf-8")


if __name__ == "__main__":
    embed(Path(sys.argv[1]))
