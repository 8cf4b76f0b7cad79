"""Many submissions: reading what a class handed in, marking it in killable processes, resuming a run cut off."""
