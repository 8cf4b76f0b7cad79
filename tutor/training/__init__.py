"""Making and measuring the small language model."""
