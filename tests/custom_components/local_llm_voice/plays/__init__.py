"""Tests of the play history."""
