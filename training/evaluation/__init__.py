"""Measures what a translator answers: scoring, tiers, baselines, error analysis."""
