#pragma once

#include "ledger/reader.h"
#include "message/register_entry.h"
#include "store/transaction.h"

/// Registers read by anybody who has the public keys: whether each is what its State signed,
/// whether what was due for destruction was destroyed, and whether two tell the same (Art.
/// 31(4)(e)).
namespace comity::exchange {

/// The keys that an auditor vouches for.
struct AuditKeys {
    std::vector<ledger::Verifier> logs; ///< Each of them may be a witness of the others too.
    std::vector<ledger::Verifier> witnesses; ///< Further ones, that keep no register.
};
/// A trust list in JSON, of which the register keys are taken and nothing is checked, or a verifier
/// key a line: type 01 for a log, 04 for a witness, '#' before a remark. Error: malformed, naming
/// the line.
Result<AuditKeys> read_audit_keys(std::string_view text);

/// What is held in memory at once of a register that somebody else serves.
struct AuditLimits {
    std::uint64_t entries = 2'000'000;
    std::size_t bytes = std::size_t { 1 } << 30U; ///< Of all the leaves together.
};

/// A whole register in which every hash and every signature holds.
struct Register {
    ledger::Checkpoint head;
    std::vector<ledger::Cosignature> cosignatures;
    std::uint64_t minimum = 0; ///< What stood before was pruned.
    std::vector<message::RegisterEntry> entries; ///< From `minimum` on.

    /// Whose it is, by its own entries; empty where there are none.
    std::string state() const;
};

/// Reads a register by its paths ("register/checkpoint", ...): checkpoint, cosignatures, minimum
/// index, every tile, every entry. Errors: not_authentic; conflict for what does not fit;
/// malformed; too_large over `limits`; those of `fetch`, which says not_found for a missing file.
Result<Register> fetch_register(
    ledger::Fetch const& fetch, AuditKeys const& keys, AuditLimits const& limits = {});
/// The same from this node's own tables.
Result<Register> own_register(store::Transaction& transaction, ledger::Verifier const& verifier);

struct Difference {
    enum class Kind : std::uint8_t {
        no_receipt,
        no_sending,
        other_content,
        other_day,
        entered_twice,
        destroys_nothing,
        does_not_fit,
        destroyed_before,
        not_destroyed,
        destroyed_late,
    };
    std::uint64_t entry; ///< In the register of `holder`.
    std::string holder;
    std::string message;
    Kind kind {};
    std::string what {}; ///< The same in words, with what belongs to it.
};
BOOST_DESCRIBE_ENUM(Difference::Kind, no_receipt, no_sending, other_content, other_day,
    entered_twice, destroys_nothing, does_not_fit, destroyed_before, not_destroyed, destroyed_late)
BOOST_DESCRIBE_STRUCT(Difference, (), (entry, holder, message, kind, what))

/// Entries of one that the other lacks or tells otherwise, both ways. What is still under way is a
/// difference too: the caller says when it looked. What the other has pruned is passed over.
std::vector<Difference> differences(Register const& ours, std::string const& own_state,
    Register const& theirs, std::string const& peer_state);

} // namespace comity::exchange
