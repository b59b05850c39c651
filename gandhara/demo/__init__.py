"""Demonstration content: an invented newsroom, its posts and its pictures."""
