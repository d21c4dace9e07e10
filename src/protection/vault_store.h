#pragma once

#include "protection/destruction.h"
#include "store/store.h"

/// The tables of the vault. Nothing in them is readable without the keys but State, day of
/// destruction, operations and where copies are.
namespace comity::protection::tables {

inline constexpr std::string_view create_vault = R"sql(
CREATE TABLE protection_sealed (item BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL, destroy_on TEXT NOT NULL, entry BIGINT, label BYTEA NOT NULL,
    content BYTEA NOT NULL);
CREATE INDEX protection_sealed_due ON protection_sealed (destroy_on, item);
CREATE INDEX protection_sealed_owner ON protection_sealed (owner, item);
CREATE TABLE protection_key (item BIGINT PRIMARY KEY, drawer BIGINT NOT NULL,
    wrapped BYTEA NOT NULL);
CREATE INDEX protection_key_drawer ON protection_key (drawer);
CREATE TABLE protection_term (token BYTEA NOT NULL, item BIGINT NOT NULL,
    PRIMARY KEY (token, item));
CREATE INDEX protection_term_item ON protection_term (item);
CREATE TABLE protection_copy (item BIGINT NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL,
    PRIMARY KEY (item, kind, place));
CREATE TABLE protection_operation (sequence BIGINT PRIMARY KEY, item TEXT NOT NULL,
    officer TEXT NOT NULL, entry TEXT NOT NULL, mac BYTEA NOT NULL);
CREATE INDEX protection_operation_item ON protection_operation (item, sequence);
CREATE INDEX protection_operation_officer ON protection_operation (officer, sequence);
CREATE TABLE protection_vault (id BIGINT PRIMARY KEY, keys_version BIGINT NOT NULL);
)sql";

struct SealedRow {
    std::int64_t item = 0;
    std::string id, owner;
    Date destroy_on;
    std::optional<std::uint64_t> entry; ///< Of the register: the sending or receipt of the item.
    std::uint64_t drawer = 0;
    Bytes wrapped; ///< The item's key.
    Bytes label;
};

/// The highest number of an item, 0 where there is none. The store's writer is alone, so who asks
/// it may count on from there.
Result<std::int64_t> newest(store::Transaction& t);
/// Error: conflict where the id is taken.
Result<void> insert(store::Transaction& t, SealedRow const& row, ByteView content);
Result<void> insert_key(
    store::Transaction& t, std::int64_t item, std::uint64_t drawer, ByteView wrapped);
Result<std::optional<SealedRow>> find(store::Transaction& t, std::string_view id);
Result<Bytes> content(store::Transaction& t, std::int64_t item);
/// Both in one question.
Result<std::optional<SealedRow>> find_whole(
    store::Transaction& t, std::string_view id, Bytes& content);
Result<void> set_label(store::Transaction& t, SealedRow const& row);
Result<void> set_content(store::Transaction& t, std::int64_t item, ByteView content);
Result<void> set_key(
    store::Transaction& t, std::int64_t item, std::uint64_t drawer, ByteView wrapped);
Result<void> set_entry(store::Transaction& t, std::int64_t item, std::uint64_t entry);
/// With its key, its words and its copies.
Result<void> remove(store::Transaction& t, std::int64_t item);

Result<std::vector<SealedRow>> in_drawer(store::Transaction& t, std::uint64_t drawer);
/// What lies in it, the oldest first.
Result<std::vector<Found>> lying_in(
    store::Transaction& t, std::uint64_t drawer, std::size_t count_max);
/// Every drawer that a key is wrapped in, whether its own key lives or not.
Result<std::vector<std::uint64_t>> drawers(store::Transaction& t);
Result<std::size_t> count_in_drawer(store::Transaction& t, std::uint64_t drawer);

Result<void> clear_terms(store::Transaction& t, std::int64_t item);
Result<void> add_term(store::Transaction& t, ByteView token, std::int64_t item);
Result<std::vector<Found>> with_term(store::Transaction& t, ByteView token, std::size_t count_max);

Result<void> add_copy(store::Transaction& t, std::int64_t item, Copy const& copy);
Result<std::vector<Copy>> copies(store::Transaction& t, std::int64_t item);

Result<std::uint64_t> keys_version(store::Transaction& t);
Result<void> set_keys_version(store::Transaction& t, std::uint64_t version);

} // namespace comity::protection::tables
