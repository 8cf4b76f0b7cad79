"""The command `tutor`: check, grade, marks, problems, doctor."""
