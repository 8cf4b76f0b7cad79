"""The site in Chromium, as people use it: a server of its own with a database of its own, driven from outside."""
