"""What is measured, by command: `python -m tests.benchmarks`."""
