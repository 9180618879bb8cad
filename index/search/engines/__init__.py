"""Search engines, one in a file: nearest neighbours (exact, FAISS) and BM25. `index.factory` opens one by setting."""
