"""One line of mathematics: text to a tree, and back."""
