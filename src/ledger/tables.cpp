#include "ledger/ledger.h"

/// Every table of this room, step by step.
namespace comity::ledger {
namespace {

constexpr store::Migration steps[] = {
    { "ledger", 1, R"sql(
CREATE TABLE ledger_entry (position BIGINT PRIMARY KEY, leaf BYTEA NOT NULL, hash BYTEA NOT NULL);
CREATE TABLE ledger_tile (level BIGINT NOT NULL, position BIGINT NOT NULL, hash BYTEA NOT NULL,
    PRIMARY KEY (level, position));
CREATE TABLE ledger_head (id BIGINT PRIMARY KEY, size BIGINT NOT NULL, note TEXT NOT NULL);
)sql" },
    { "ledger", 2, R"sql(
CREATE TABLE ledger_witnessed (origin TEXT PRIMARY KEY, size BIGINT NOT NULL, note TEXT NOT NULL);
CREATE TABLE ledger_shown (origin TEXT NOT NULL, size BIGINT NOT NULL, note TEXT NOT NULL,
    proven BIGINT NOT NULL, PRIMARY KEY (origin, size));
CREATE TABLE ledger_alarm (id BIGINT PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
    origin TEXT NOT NULL, known TEXT NOT NULL, shown TEXT NOT NULL,
    UNIQUE (kind, origin, known, shown));
CREATE TABLE ledger_proposed (id BIGINT PRIMARY KEY, size BIGINT NOT NULL, note TEXT NOT NULL,
    at TEXT NOT NULL);
CREATE TABLE ledger_witness (name TEXT PRIMARY KEY, size BIGINT NOT NULL);
CREATE TABLE ledger_cosigned (size BIGINT NOT NULL, witness TEXT NOT NULL, note TEXT NOT NULL,
    line TEXT NOT NULL, PRIMARY KEY (size, witness));
)sql" },
    { "ledger", 3, R"sql(
CREATE TABLE ledger_minimum (id BIGINT PRIMARY KEY, minimum BIGINT NOT NULL, note TEXT NOT NULL);
CREATE TABLE ledger_hold (position BIGINT PRIMARY KEY, reason TEXT NOT NULL);
)sql" },
    { "ledger", 4, R"sql(
CREATE TABLE ledger_stamp (id BIGINT PRIMARY KEY, at TEXT NOT NULL, response BYTEA NOT NULL);
CREATE TABLE ledger_stamped (size BIGINT PRIMARY KEY, note TEXT NOT NULL, queued_at TEXT NOT NULL,
    stamp BIGINT, late BIGINT NOT NULL);
CREATE INDEX ledger_stamp_heads ON ledger_stamped (stamp, size);
)sql" },
    // A node's id is its step times 2^56 and its position: one walk gives neighbours.
    { "ledger", 5, R"sql(
CREATE TABLE ledger_node (id BIGINT PRIMARY KEY, hash BYTEA NOT NULL);
INSERT INTO ledger_node (id, hash)
    SELECT level * 2 * 72057594037927936 + position, hash FROM ledger_tile;
DROP TABLE ledger_tile;
)sql" },
};

} // namespace

std::span<store::Migration const> const migrations { steps };

} // namespace comity::ledger
