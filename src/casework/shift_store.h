#pragma once

#include "casework/handover.h"

/// The tables of shifts and errands.
namespace comity::casework {

Result<std::vector<Errand>> errands_of(store::Transaction& transaction, std::string_view number);
Result<std::vector<Errand>> open_errands_of(
    store::Transaction& transaction, std::string_view account);
Result<void> insert_errand(store::Transaction& transaction, Errand const& errand);
/// False where it is done already, or not there.
Result<bool> set_done(store::Transaction& transaction, Errand const& done);
Result<void> pass_errands_on(store::Transaction& transaction, std::string_view number,
    std::string_view from_account, Officer const& next);
/// Id of its text in the vault.
std::string item_of(Errand const& errand);

/// The one that runs.
Result<std::optional<Shift>> running_shift(
    store::Transaction& transaction, std::string_view account);
Result<std::optional<Shift>> find_shift(store::Transaction& transaction, std::int64_t id);
Result<std::vector<Shift>> offered_shifts(store::Transaction& transaction);
Result<void> insert_shift(store::Transaction& transaction, Shift const& shift);
Result<void> update_shift(store::Transaction& transaction, Shift const& shift);

Result<std::vector<Proposal>> waiting_proposals(
    store::Transaction& transaction, std::string_view account);

} // namespace comity::casework
