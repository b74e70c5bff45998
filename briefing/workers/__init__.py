"""Briefs made in processes of their own, within limits: what one of them does there cannot harm the program."""
