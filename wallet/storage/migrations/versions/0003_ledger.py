"""Double entry, kept balanced and unchanged by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HOUSE_ACCOUNTS = ("house:clearing", "house:merchants", "house:fees")

# An entry is inserted after its postings and seals them. Until then the deferred foreign key keeps the postings
# from being committed, so there is no moment at which an unbalanced entry could stay.
SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER entry_balances BEFORE INSERT ON journal_entries
    BEGIN
        SELECT RAISE(ABORT, 'a journal entry sums to zero')
        WHERE (SELECT COUNT(*) FROM postings WHERE entry_id = NEW.id) < 2
           OR EXISTS (SELECT 1 FROM postings WHERE entry_id = NEW.id GROUP BY currency HAVING SUM(amount_minor) <> 0);
    END
    """,
    """
    CREATE TRIGGER entry_is_sealed BEFORE INSERT ON postings
    WHEN EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.entry_id)
    BEGIN
        SELECT RAISE(ABORT, 'a journal entry takes no more postings');
    END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_{action.lower()} BEFORE {action} ON {table}
        BEGIN
            SELECT RAISE(ABORT, '{table} are never changed');
        END
        """
        for table in ("postings", "journal_entries")
        for action in ("UPDATE", "DELETE")
    ),
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION refuse_unbalanced_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT COUNT(*) FROM postings WHERE entry_id = NEW.id) < 2
           OR EXISTS (SELECT 1 FROM postings WHERE entry_id = NEW.id GROUP BY currency HAVING SUM(amount_minor) <> 0)
        THEN
            RAISE EXCEPTION 'a journal entry sums to zero' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION refuse_late_posting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.entry_id) THEN
            RAISE EXCEPTION 'a journal entry takes no more postings' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER entry_balances BEFORE INSERT ON journal_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_entry()
    """,
    "CREATE TRIGGER entry_is_sealed BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION refuse_late_posting()",
    *(
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table in ("postings", "journal_entries")
    ),
)


def upgrade() -> None:
    """Create the tables, the house's own accounts and the triggers."""
    accounts = op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("id", "currency", name=op.f("uq_accounts_id_currency")),
    )
    op.create_table(
        "journal_entries",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint("what", "reference", name=op.f("uq_journal_entries_what_reference")),
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=80), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "currency"],
            ["accounts.id", "accounts.currency"],
            name=op.f("fk_postings_account_id_currency"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["journal_entries.id"],
            name=op.f("fk_postings_entry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
    )
    op.create_index(op.f("ix_postings_account_id"), "postings", ["account_id"], unique=False)
    op.create_index(op.f("ix_postings_entry_id"), "postings", ["entry_id"], unique=False)
    op.bulk_insert(accounts, [{"id": account_id, "currency": "CNY"} for account_id in HOUSE_ACCOUNTS])
    for statement in SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them; the triggers go with their tables."""
    op.drop_index(op.f("ix_postings_entry_id"), table_name="postings")
    op.drop_index(op.f("ix_postings_account_id"), table_name="postings")
    op.drop_table("postings")
    op.drop_table("journal_entries")
    op.drop_table("accounts")
    if op.get_bind().dialect.name == "postgresql":
        for function in ("refuse_unbalanced_entry", "refuse_late_posting", "refuse_change"):
            op.execute(f"DROP FUNCTION {function}()")
