"""Teaches a public instruct model our calls: LoRA adapters, and GGUF for the server's instruct translator."""
