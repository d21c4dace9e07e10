#include "identification/answer.h"
#include "identification/kin.h"

#include <fmt/format.h>

/// A family that is looked for among later bodies too (Article 20(2)): until the day of the
/// request, which no relative's consent ends before, and not beyond its destruction.
namespace comity::identification {

using store::Transaction;

namespace {

constexpr std::int64_t families_at_once = 64;

Date day_of(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at);
}

} // namespace

/// What found nothing and was asked to be kept; of families so many that a fresh body can still be
/// held against all of them.
Result<bool> Identification::may_keep(
    message::DnaRequest const& request, Answer const& answer, std::string_view requesting) const
{
    if (!request.storage_asked) return false;
    if (!request.family) return !answer.nothing_found.empty();
    if (answer.result.result == message::Outcome::hit) return false;
    auto const kept = TRY(rooms_.store.read(
        [&](Transaction& t) { return count_kept_families(t, requesting, day_of(clock_())); }));
    return kept < kept_families_max;
}

Result<void> Identification::keep_family(Transaction& transaction, casework::CaseRow const& row,
    std::string const& message, Date erase_by)
{
    TRY(delete_kept_families_due(transaction, day_of(clock_())));
    auto const earlier
        = TRY(insert_kept_family(transaction, { message, row.number, row.requesting, erase_by }));
    // Asked anew: the later request counts.
    if (earlier && *earlier != message) TRY(rooms_.casework.destroy(transaction, *earlier));
    return {};
}

Result<void> Identification::find_later_kin(dna::Profile const& fresh, std::vector<LaterHit>& out)
{
    if (dna::refusal_of_comparison(dna::Category::relative, fresh.category)) return {};
    std::string after;
    for (bool more = true; more;) {
        auto const kept = TRY(rooms_.store.read([&](Transaction& t) {
            return kept_families_after(t, after, day_of(clock_()), families_at_once);
        }));
        more = !kept.empty();
        for (auto const& each : kept) TRY(find_later_kin(each, fresh, out));
        if (more) after = kept.back().message;
    }
    return {};
}

Result<void> Identification::find_later_kin(
    KeptFamily const& kept, dna::Profile const& fresh, std::vector<LaterHit>& out)
{
    using Waiting = std::optional<std::pair<casework::CaseRow, message::DnaRequest>>;
    auto const asked = TRY(rooms_.store.write([&](Transaction& t) -> Result<Waiting> {
        auto row = TRY(casework::find_case(t, kept.number));
        auto const content = TRY(casework::find_content(t, kept.message));
        if (row && content) {
            auto const opened = TRY(casework::open_content(t, rooms_.vault, *content, *row, "node",
                { .operation = protection::Operation::use }));
            if (opened.judgement.permitted())
                return Waiting { std::pair { std::move(*row),
                    TRY(json::read_text<message::DnaRequest>(
                        opened.body.text, json::Unknown::keep)) } };
        }
        TRY(delete_kept_family(t, kept.message)); // a consent was withdrawn, or its day came
        return Waiting {};
    }));
    if (!asked) return {};
    auto const& [row, request] = *asked;
    auto& database = rooms_.database;
    auto const& table = database.knowledge().table;
    dna::FamilyOptions options;
    options.settings = database.kin_settings();
    options.log10_ratio_min = kin_log10_ratio_min;
    auto const searched
        = TRY(database.search_kin_in(fresh, TRY(question_of(request, table)), options));
    if (searched.found.empty()) return {};
    auto const rules = TRY(rules_with(row.requesting));
    message::DnaResult result { row.peer_number, message::Outcome::hit, {}, {}, true,
        fmt::format("{} {}", rules.name, rules.version), {}, true };
    auto candidate = candidate_of(searched.found.front(), table, uuid_v7(clock_(), random_));
    auto const match = candidate.match;
    result.candidates.emplace().push_back(std::move(candidate));
    result.kin_evidence = evidence_of(searched, database.theta());
    out.push_back(TRY(later_hit(row, result, match)));
    return {};
}

} // namespace comity::identification
