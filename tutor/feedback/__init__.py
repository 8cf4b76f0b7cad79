"""What a student is told of a wrong line besides the verdict: its cause, the change that mends it, hints, praise."""
