"""Training of the network of the pair model (`index/pairs/network.onnx`): `python -m bench.pair_network DATA`.

1. **Weak supervision**: `multilingual-e5-small` becomes a **cross-encoder** of twelve layers that reads both texts at
   once (`encoder.py`). It learns first from graded similarities of news sentences and from claims that fact-checkers
   linked to tweets (`unlabelled.py`).
2. **Fine-tuning** on pairs that readers labelled (`readings.py`).
3. **Knowledge distillation**: its probabilities for some 150,000 unlabelled pairs are the targets of a small
   cross-encoder over stored token states, which are computed once a text (`student.py`): two layers, 1.6 million weights.
   What late interaction finds, each token's best match, is among its inputs.
4. The student is **fine-tuned** on the labelled pairs, and written as ONNX with weights of 8 bits (`export.py`).

`bench/pair_model.py` then weighs the network against the regression (**stacking**), from the log odds of networks that
were trained without a fold's texts (`folds.py`).

The network that ships also had 2,812 translated pairs, for which one or both texts of a labelled pair were translated:
the texts are others', so they are not here. `--pairs FILE` takes such pairs. It also saw, in steps 1 and 3 and without a
label of ours, texts of its test pairs; this code leaves them out.
"""
