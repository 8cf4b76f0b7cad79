"""Why a line is wrong: the catalogue of student errors, and the rules that tell one from another."""
