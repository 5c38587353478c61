"""Comparing reports with each other: indicators, text reuse, follow-up."""
