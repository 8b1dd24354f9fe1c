"""Makes and measures the models that the server ships."""
