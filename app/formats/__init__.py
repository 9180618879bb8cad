"""Reading the files that statements come in: each reader turns lines into drafts, or says what is wrong with them."""
