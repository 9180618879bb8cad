"""Reading human language: stance, predictions, quote attribution, and the wording of explanations."""
