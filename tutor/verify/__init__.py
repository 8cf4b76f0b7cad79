"""Lines and problem to evidence: one file a kind of mathematics, and the judge that asks them."""
