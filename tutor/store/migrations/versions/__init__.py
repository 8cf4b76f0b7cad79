"""The revisions of the database; r0001 makes it, each later one changes it and never is changed itself."""
