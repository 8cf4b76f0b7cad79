"""Pages are driven by what is on the screen."""
