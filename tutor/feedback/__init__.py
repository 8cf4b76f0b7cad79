"""What a student is told of a wrong line besides the verdict, and of the work as a whole."""
