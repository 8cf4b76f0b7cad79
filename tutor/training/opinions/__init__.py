"""Steps with their operation and whether they are right, by seed, and the model that learns to say so."""
