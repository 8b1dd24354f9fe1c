"""Training rows: templates, word lists, public rows, and the mixture of them."""
