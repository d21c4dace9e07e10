#pragma once

#include "base/instant.h"
#include "base/json.h"

#include <optional>
#include <span>

/// One claim between two Parties as its entries make it. Nothing in it is ever changed: what was
/// said is an entry, totals are computed, and two nodes that have the same messages come to the
/// same totals, in whatever order the messages of the two crossed. Pure.
namespace comity::claims {

/// Of one message, and of one entry: message/dictionary/value.cpp says the same.
constexpr std::int64_t amount_max = 1'000'000'000'000;
/// Of a claim: so that no sum leaves 63 bits.
constexpr std::size_t entries_max = 1000;

/// ISO 4217 codes that an amount may have, all of two decimals.
bool is_currency(std::string_view code);
/// "1240.50 EUR".
std::string amount_text(std::int64_t amount_minor, std::string_view currency);

enum class ClaimAct : std::uint8_t {
    drafted, ///< By us, from a cost; nothing has left.
    proposed, ///< An officer wants it sent: a second one has to.
    dropped, ///< The draft, or what was proposed, is not sent.
    claimed,
    accepted,
    partly_accepted, ///< The rest is disputed.
    disputed,
    paid, ///< Told by whoever paid.
    received, ///< Confirmed by whom it was paid to.
    not_received,
    waived, ///< The claimant takes back an amount.
    failed ///< A message of ours was not taken: it counts as never said.
};
BOOST_DESCRIBE_ENUM(ClaimAct, drafted, proposed, dropped, claimed, accepted, partly_accepted,
    disputed, paid, received, not_received, waived, failed)

struct Claim {
    std::string number {}; ///< The claimant's: "RO-CL-7".
    std::string creditor {}, debtor {};
    std::string provision {};
    std::int64_t amount = 0;
    std::string currency {};
};
BOOST_DESCRIBE_STRUCT(Claim, (), (number, creditor, debtor, provision, amount, currency))

struct Entry {
    ClaimAct act {};
    std::string party; ///< Whose word it is.
    Instant at; ///< On the clock of that Party: both nodes have the same.
    std::int64_t amount = 0; ///< 0 where the act has none.
    std::string message {}; ///< Its id; empty for what concerns us alone.
    std::string answers {}; ///< Id of the payment that was or was not received, or that failed.
    /// Of what is proposed: the act, nothing where it is to claim; and what that is to answer.
    std::optional<ClaimAct> proposes {};
    std::string proposes_answer {};
};

/// What waits for a second officer: `dropped` or the act itself ends it.
Entry const* proposal_waiting(std::span<Entry const> entries);
ClaimAct proposed_act(Entry const& proposal);

/// What an entry does to the sums. Adding them up gives the balance.
struct Effect {
    std::int64_t owed = 0; ///< To the creditor.
    std::int64_t under_way = 0; ///< Paid to the creditor and not confirmed yet.
};
/// `entries`: those before it, for what it answers.
Effect effect_of(Claim const& claim, std::span<Entry const> entries, Entry const& entry);

enum class ClaimState : std::uint8_t {
    draft,
    proposed,
    dropped,
    open, ///< Claimed; the other Party said nothing yet.
    accepted,
    partly_accepted,
    disputed,
    settled, ///< Nothing is owed or under way.
    overpaid, ///< A payment crossed what was taken back: the creditor owes.
    failed ///< It was not taken by the other node.
};
BOOST_DESCRIBE_ENUM(ClaimState, draft, proposed, dropped, open, accepted, partly_accepted, disputed,
    settled, overpaid, failed)

struct Standing {
    ClaimState state = ClaimState::draft;
    std::int64_t claimed = 0, waived = 0;
    std::int64_t reimbursed = 0; ///< Confirmed payments less what was confirmed as paid back.
    std::int64_t outstanding
        = 0; ///< Claimed less waived less reimbursed; below 0: to be paid back.
    std::int64_t to_creditor = 0, to_debtor = 0; ///< Paid, not confirmed.
    std::int64_t admitted = 0; ///< By the debtor, of what is claimed.
};
BOOST_DESCRIBE_STRUCT(Standing, (),
    (state, claimed, waived, reimbursed, outstanding, to_creditor, to_debtor, admitted))

Standing standing_of(Claim const& claim, std::span<Entry const> entries);

/// Whether our side may say this now. Errors: conflict, naming the field and the limit; malformed
/// for an amount that none is.
Result<void> check_own(Claim const& claim, std::span<Entry const> entries, Entry const& entry);
/// Whether the other side may have said it, whatever of ours it had not read yet. Errors alike.
Result<void> check_theirs(Claim const& claim, std::span<Entry const> entries, Entry const& entry);

/// Which acts `party` may take now; those on a payment where one of the other Party waits.
std::vector<ClaimAct> open_acts(
    Claim const& claim, std::span<Entry const> entries, std::string_view party);

/// Error: malformed, naming the field, for an amount below 1 or above amount_max.
Result<void> check_amount(std::string field, std::int64_t amount);

} // namespace comity::claims
