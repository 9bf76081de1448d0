"""Answers to pictures and pages: computes nothing."""
