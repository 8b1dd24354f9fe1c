"""Makes the translator's model: tokenizer, network, training, export."""
