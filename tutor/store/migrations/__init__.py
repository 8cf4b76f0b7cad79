"""Migrations: one file a revision, run in their order by `tutor.store.schema`, all of them or none.

To change a table, change it in `tables.py` and write `versions/r0002_what_changes.py` after the pattern of r0001, with
`op.batch_alter_table` for what SQLite cannot alter in place. `test_migrations_make_what_the_tables_say` compares
the two.
"""
