"""Drafting: what a text says, proposed with its places; what a person accepts, written as Turtle.

article   a text → headline, date, sections      proposal  all of it as items to decide, read and written
figures   numbers with unit, qualifier, period   write     accepted items → topic files, whole or not at all
names     things the text calls by a name        new       skeletons and code lists
"""
