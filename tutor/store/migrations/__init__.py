"""Migrations: one file a revision, run in their order by `tutor.store.schema`."""
