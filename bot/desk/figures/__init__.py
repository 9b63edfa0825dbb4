"""What support counts, as leads see it: the dashboard, its numbers for other programs, and what users tell the product.

Episodes are counted, see bot/store/figures.py, never conversations or events.
"""
