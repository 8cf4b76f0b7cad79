"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them all."""
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_at"), "event", ["at"], unique=False)
    op.create_index(op.f("ix_event_class_id"), "event", ["class_id"], unique=False)
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("both", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sign_in_try_account"), "sign_in_try", ["account"], unique=False)
    op.create_index(op.f("ix_sign_in_try_address"), "sign_in_try", ["address"], unique=False)
    op.create_index(op.f("ix_sign_in_try_at"), "sign_in_try", ["at"], unique=False)
    op.create_index(op.f("ix_sign_in_try_both"), "sign_in_try", ["both"], unique=False)
    op.create_table(
        "teacher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher")),
        sa.UniqueConstraint("key", name=op.f("uq_teacher_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "classroom",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("pseudonyms", sa.Boolean(), nullable=False),
        sa.Column("joining", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teacher.id"], name=op.f("fk_classroom_teacher_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classroom")),
        sa.UniqueConstraint("code", name=op.f("uq_classroom_code")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_classroom_teacher_id"), "classroom", ["teacher_id"], unique=False)
    op.create_table(
        "problem_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["classroom.id"], name=op.f("fk_problem_set_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_set")),
        sa.UniqueConstraint("class_id", "id", name=op.f("uq_problem_set_class_id_id")),
        sa.UniqueConstraint("class_id", "key", name=op.f("uq_problem_set_class_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_problem_set_class_id"), "problem_set", ["class_id"], unique=False)
    op.create_table(
        "student",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("personal_code", sa.Text(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_student_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student")),
        sa.UniqueConstraint("class_id", "id", name=op.f("uq_student_class_id_id")),
        sa.UniqueConstraint("class_id", "key", name=op.f("uq_student_class_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_student_class_id"), "student", ["class_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "set_id"],
            ["problem_set.class_id", "problem_set.id"],
            name=op.f("fk_draft_class_id_set_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "student_id"],
            ["student.class_id", "student.id"],
            name=op.f("fk_draft_class_id_student_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_draft_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("student_id", "set_id", "problem_id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_class_id"), "draft", ["class_id"], unique=False)
    op.create_table(
        "given_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Text(), nullable=False),
        sa.Column("earned", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "set_id"],
            ["problem_set.class_id", "problem_set.id"],
            name=op.f("fk_given_mark_class_id_set_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "student_id"],
            ["student.class_id", "student.id"],
            name=op.f("fk_given_mark_class_id_student_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["classroom.id"], name=op.f("fk_given_mark_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_mark")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_given_mark_class_id"), "given_mark", ["class_id"], unique=False)
    op.create_index("ix_given_mark_of_problem", "given_mark", ["student_id", "set_id", "problem_id"], unique=False)
    op.create_table(
        "roster",
        sa.Column("student_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("gradebook_id", sa.Text(), nullable=True),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "student_id"],
            ["student.class_id", "student.id"],
            name=op.f("fk_roster_class_id_student_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_roster_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("student_id", name=op.f("pk_roster")),
        sa.UniqueConstraint("class_id", "gradebook_id", name=op.f("uq_roster_class_id_gradebook_id")),
    )
    op.create_index(op.f("ix_roster_class_id"), "roster", ["class_id"], unique=False)
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("finding", sa.String(length=16), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("finding IN ('right', 'wrong')", name=op.f("ck_ruling_finding")),
        sa.ForeignKeyConstraint(
            ["class_id", "set_id"],
            ["problem_set.class_id", "problem_set.id"],
            name=op.f("fk_ruling_class_id_set_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_ruling_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("class_id", "id", name=op.f("uq_ruling_class_id_id")),
        sa.UniqueConstraint("set_id", "problem_id", "key", name=op.f("uq_ruling_set_id_problem_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ruling_class_id"), "ruling", ["class_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=True),
        sa.Column("student_id", sa.Integer(), nullable=True),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.CheckConstraint("(teacher_id IS NULL) <> (student_id IS NULL)", name=op.f("ck_session_one_person")),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name=op.f("fk_session_student_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["teacher_id"], ["teacher.id"], name=op.f("fk_session_teacher_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_session_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_ends_at"), "session", ["ends_at"], unique=False)
    op.create_index(op.f("ix_session_student_id"), "session", ["student_id"], unique=False)
    op.create_index(op.f("ix_session_teacher_id"), "session", ["teacher_id"], unique=False)
    op.create_table(
        "set_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("yaml", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("problem_ids", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=True),
        sa.Column("exam", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('draft', 'published', 'archived')", name=op.f("ck_set_version_state")),
        sa.CheckConstraint("tries IS NULL OR tries >= 1", name=op.f("ck_set_version_tries")),
        sa.ForeignKeyConstraint(
            ["class_id", "set_id"],
            ["problem_set.class_id", "problem_set.id"],
            name=op.f("fk_set_version_class_id_set_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["classroom.id"], name=op.f("fk_set_version_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_version")),
        sa.UniqueConstraint("class_id", "id", name=op.f("uq_set_version_class_id_id")),
        sa.UniqueConstraint("set_id", "version", name=op.f("uq_set_version_set_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_set_version_class_id"), "set_version", ["class_id"], unique=False)
    op.create_index(
        "ix_set_version_one_published",
        "set_version",
        ["set_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("handed_in_at", MOMENT, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "set_id"],
            ["problem_set.class_id", "problem_set.id"],
            name=op.f("fk_attempt_class_id_set_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "student_id"],
            ["student.class_id", "student.id"],
            name=op.f("fk_attempt_class_id_student_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "version_id"],
            ["set_version.class_id", "set_version.id"],
            name=op.f("fk_attempt_class_id_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_attempt_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("class_id", "id", name=op.f("uq_attempt_class_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attempt_class_id"), "attempt", ["class_id"], unique=False)
    op.create_index(op.f("ix_attempt_handed_in_at"), "attempt", ["handed_in_at"], unique=False)
    op.create_index("ix_attempt_of_problem", "attempt", ["student_id", "set_id", "problem_id"], unique=False)
    op.create_index(op.f("ix_attempt_set_id"), "attempt", ["set_id"], unique=False)
    op.create_index(op.f("ix_attempt_version_id"), "attempt", ["version_id"], unique=False)
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("runner", sa.Text(), nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'stopped', 'done')", name=op.f("ck_batch_state")),
        sa.ForeignKeyConstraint(
            ["class_id", "version_id"],
            ["set_version.class_id", "set_version.id"],
            name=op.f("fk_batch_class_id_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_batch_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("class_id", "id", name=op.f("uq_batch_class_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_batch_class_id"), "batch", ["class_id"], unique=False)
    op.create_table(
        "batch_row",
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["class_id", "batch_id"],
            ["batch.class_id", "batch.id"],
            name=op.f("fk_batch_row_class_id_batch_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_batch_row_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_batch_row")),
    )
    op.create_index(op.f("ix_batch_row_class_id"), "batch_row", ["class_id"], unique=False)
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "attempt_id"],
            ["attempt.class_id", "attempt.id"],
            name=op.f("fk_dispute_class_id_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_dispute_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("attempt_id", "line", name=op.f("uq_dispute_attempt_id_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dispute_class_id"), "dispute", ["class_id"], unique=False)
    op.create_table(
        "hint_taken",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rung", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "attempt_id"],
            ["attempt.class_id", "attempt.id"],
            name=op.f("fk_hint_taken_class_id_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["classroom.id"], name=op.f("fk_hint_taken_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "line", "rung", name=op.f("pk_hint_taken")),
    )
    op.create_index(op.f("ix_hint_taken_class_id"), "hint_taken", ["class_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("first_wrong", sa.Integer(), nullable=True),
        sa.Column("earned", sa.Text(), nullable=False),
        sa.Column("pending", sa.Text(), nullable=False),
        sa.Column("available", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id", "attempt_id"],
            ["attempt.class_id", "attempt.id"],
            name=op.f("fk_report_class_id_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["class_id"], ["classroom.id"], name=op.f("fk_report_class_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("class_id", "id", name=op.f("uq_report_class_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_attempt_id"), "report", ["attempt_id"], unique=False)
    op.create_index(op.f("ix_report_class_id"), "report", ["class_id"], unique=False)
    op.create_table(
        "checked_line",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("misconception", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["class_id", "report_id"],
            ["report.class_id", "report.id"],
            name=op.f("fk_checked_line_class_id_report_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["classroom.id"], name=op.f("fk_checked_line_class_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", "step", name=op.f("pk_checked_line")),
    )
    op.create_index("ix_checked_line_case", "checked_line", ["class_id", "key"], unique=False)
    op.create_index(op.f("ix_checked_line_class_id"), "checked_line", ["class_id"], unique=False)
