"""Tests of studies on disk."""
