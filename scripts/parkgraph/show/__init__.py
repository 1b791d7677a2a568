"""Printing: answers as tables and files, findings in the formats that people and CI systems read."""
