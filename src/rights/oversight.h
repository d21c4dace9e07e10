#pragma once

#include "rights/rights.h"

/// What a data protection officer looks at: deadlines, confirmations, consents, refusals, who read
/// what. Reading only.
namespace comity::rights {

struct DueItem {
    std::string item, owner;
    Date destroy_on;
    bool overdue = false; ///< Its day has come.
};
BOOST_DESCRIBE_STRUCT(DueItem, (), (item, owner, destroy_on, overdue))

struct Refusals {
    std::string provision;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Refusals, (), (provision, count))

struct Oversight {
    Instant at;
    std::int64_t chased_after = 0; ///< Seconds.
    std::vector<DueItem> due {}; ///< The next day first.
    std::vector<NoticeView>
        open {}; ///< Notices that nobody settled or confirmed, the oldest first.
    std::vector<ConsentView> consents {}; ///< The newest first.
    std::int64_t operations = 0; ///< Of the log, the newest ones that were counted.
    std::vector<Refusals> refusals {}; ///< Among them, by what refused.
};
BOOST_DESCRIBE_STRUCT(Oversight, (), (at, chased_after, due, open, consents, operations, refusals))

constexpr std::size_t due_shown_max = 200;
constexpr std::int64_t listed_max = 200;
constexpr std::size_t sample_max = 100;

Result<Oversight> oversee(
    store::Store& store, protection::Vault const& vault, std::chrono::hours patience, Instant now);

/// Items drawn at random to be checked by hand.
struct Sample {
    std::string seed; ///< With it the same items are drawn again from the same log.
    std::uint64_t of = 0; ///< How many operations there were.
    std::vector<protection::OperationEntry> drawn {};
};
BOOST_DESCRIBE_STRUCT(Sample, (), (seed, of, drawn))

/// The one purpose that the log and the register are read for (A31(4)(e)-4).
constexpr std::string_view control_purpose = "data-protection-control";

/// Draws operations by a seed: the k-th is the line numbered by SHA-256 of seed and k, among the
/// first `of` where that is said: the log has grown since, by the look at it too. Error: malformed
/// for no seed, a count of 0 or over sample_max, or more lines than there are.
Result<Sample> draw_sample(store::Store& store, std::string const& seed, std::size_t count,
    std::optional<std::int64_t> of = {});

} // namespace comity::rights
