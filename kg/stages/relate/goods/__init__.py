"""Goods of trade and the states they come from: single noun phrases, lists, and the concepts they fall under."""
