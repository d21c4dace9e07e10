#pragma once

#include "claims/account.h"
#include "store/store.h"
#include "treaty/costs.h"

/// This room's tables: costs, claims, and the entries that make up each claim. Rows are added;
/// only whether the other node took a message of ours is marked on its entry.
namespace comity::claims {

extern std::span<store::Migration const> const migrations;

/// Art. 31(5): why an injured person was not paid. That another Party sent the data so is none.
enum class InjuredRefusal : std::uint8_t {
    data_right_and_lawful,
    no_damage,
    not_caused_by_data,
    out_of_time,
    other_national_law
};
BOOST_DESCRIBE_ENUM(InjuredRefusal, data_right_and_lawful, no_damage, not_caused_by_data,
    out_of_time, other_national_law)

struct CostRow {
    std::int64_t place = 0;
    std::string case_number;
    Date day;
    treaty::CostKind kind {};
    std::int64_t amount = 0;
    std::string currency;
    std::string subject;
    std::string paid_by; ///< A Party.
    std::string provision;
    treaty::CostBasis basis {};
    std::string basis_reference; ///< Of the agreement or the consent.
    std::string item; ///< Art. 31(5): id of the message; its rows in our register.
    std::vector<std::uint64_t> register_rows {};
    std::optional<InjuredRefusal> refused {};
    std::string message {}; ///< That told of it, where the other node has it.
    Instant at {};
    std::string by {};
};
BOOST_DESCRIBE_STRUCT(CostRow, (),
    (place, case_number, day, kind, amount, currency, subject, paid_by, provision, basis,
        basis_reference, item, register_rows, refused, message, at, by))

Result<std::int64_t> insert_cost(store::Transaction& transaction, CostRow const& row);
Result<std::optional<CostRow>> find_cost(store::Transaction& transaction, std::int64_t place);
Result<std::vector<CostRow>> costs_in(store::Transaction& transaction, std::string_view number);
/// Told by the other Party's message, and not claimed yet.
Result<std::vector<CostRow>> costs_expected(store::Transaction& transaction, std::string_view own);

struct ClaimRow {
    Claim claim;
    std::string case_number {}; ///< Ours.
    std::int64_t cost = 0; ///< Its place; 0 where the cost stands in the other Party's ledger only.
    std::string subject {};
    Instant opened_at {};
};

/// Error: conflict, `claimNumber`, for a number in use.
Result<void> insert_claim(store::Transaction& transaction, ClaimRow const& row);
Result<std::optional<ClaimRow>> find_claim(
    store::Transaction& transaction, std::string_view number);
Result<std::vector<ClaimRow>> claims_in(store::Transaction& transaction, std::string_view number);
/// The newest first.
Result<std::vector<ClaimRow>> newest_claims(store::Transaction& transaction, std::int64_t limit);
/// How many claims a Party has made.
Result<std::int64_t> claims_of(store::Transaction& transaction, std::string_view creditor);

struct EntryRow {
    Entry entry {};
    std::int64_t place = 0;
    std::string claim {};
    Instant recorded_at {};
    std::string actor {}; ///< Name of the officer, or the other node.
    std::string account {}; ///< Of the officer; empty for a node.
    std::string ground {}, text {}, reference {};
    std::optional<Date> paid_on {};
    Effect effect {};
    bool waits = false; ///< For the other node's receipt.
};

Result<void> insert_entry(store::Transaction& transaction, EntryRow const& row);
/// In the order in which they were recorded.
Result<std::vector<EntryRow>> entries_of(store::Transaction& transaction, std::string_view claim);
Result<std::optional<EntryRow>> entry_of_message(
    store::Transaction& transaction, std::string_view message);
Result<void> mark_taken(store::Transaction& transaction, std::string_view message);
/// Ours that the other node has not taken yet.
Result<std::vector<EntryRow>> entries_waiting(store::Transaction& transaction);
/// Payments that nobody confirmed.
Result<std::vector<EntryRow>> payments_unconfirmed(store::Transaction& transaction);

struct BalanceRow {
    std::string creditor, debtor, currency;
    Effect sum {};
};
Result<std::vector<BalanceRow>> balances(store::Transaction& transaction);

} // namespace comity::claims
