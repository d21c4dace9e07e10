#include "identification/identification.h"

#include <fmt/format.h>

#include <charconv>

/// Article 20(1): a weak hit is made surer by further loci. What our profile lacks is offered, what
/// an officer ordered is recorded with its cost.
namespace comity::identification {

using casework::CaseRow;
using casework::Event;
using dna::LocusMask;
using dna::LocusTable;
using message::DnaMatch;
using store::Transaction;

namespace {

constexpr std::string_view order_act = "dna-typing-ordered";
constexpr std::size_t laboratory_bytes_max = 200;

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Result<void> check(TypingDraft const& draft, Date today)
{
    if (draft.loci.empty()) return malformed("loci", "which loci are to be typed is missing");
    if (draft.laboratory.empty()) return malformed("laboratory", "the laboratory is missing");
    if (draft.laboratory.size() > laboratory_bytes_max)
        return malformed("laboratory", fmt::format("over {} bytes", laboratory_bytes_max));
    if (draft.day > today) return malformed("day", "is a day to come");
    return {};
}

/// Those that are known and not in `typed`.
Result<LocusMask> ordered_in(TypingDraft const& draft, LocusTable const& table, LocusMask typed)
{
    LocusMask out = 0;
    for (std::size_t i = 0; i < draft.loci.size(); ++i) {
        auto const field = fmt::format("loci[{}]", i);
        auto const locus = table.find(draft.loci[i]);
        if (!locus) return malformed(field, fmt::format("no locus is called '{}'", draft.loci[i]));
        if ((typed & dna::bit_of(*locus)) != 0)
            return malformed(field, draft.loci[i] + " is typed already");
        out |= dna::bit_of(*locus);
    }
    return out;
}

template <class Names> LocusMask mask_of(LocusTable const& table, Names const& names)
{
    LocusMask out = 0;
    for (auto const& name : names)
        if (auto const locus = table.find(name)) out |= dna::bit_of(*locus);
    return out;
}

std::vector<std::string> names_of(LocusTable const& table, LocusMask loci)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < table.loci().size(); ++i)
        if ((loci & dna::bit_of(static_cast<dna::LocusNumber>(i))) != 0)
            out.push_back(table.loci()[i].name);
    return out;
}

/// As the result itself says: of so few loci, or expected by chance too often.
bool is_weak(DnaMatch const& match)
{
    if (!match.evidence) return false;
    auto const& text = match.evidence->chance_hits_expected;
    double expected = 0;
    std::from_chars(text.data(), text.data() + text.size(), expected);
    return match.evidence->at_legal_minimum || expected > chance_hits_max;
}

/// What the node asked for, and what only one of the two profiles has.
LocusMask advised(message::DnaResult const& result, DnaMatch const& match, LocusTable const& table)
{
    if (!is_weak(match)) return 0;
    auto names = result.additional_loci_asked;
    if (match.locus_results)
        for (auto const& each : *match.locus_results)
            if (each.agreement == message::LocusAgreement::not_compared) names.push_back(each.name);
    return mask_of(table, names);
}

std::string fact(Event const& event, std::string_view name)
{
    auto const* value = event.facts.if_contains(name);
    return value && value->is_string() ? std::string { value->get_string() } : std::string {};
}

LocusMask ordered_before(
    std::span<Event const> events, DnaMatch const& match, LocusTable const& table)
{
    LocusMask out = 0;
    for (auto const& event : events)
        if (event.act == order_act && fact(event, "profile") == match.found_number)
            out |= mask_of(table, dna::split(fact(event, "loci"), ','));
    return out;
}

DnaMatch const* find_match(DnaCase const& shown, std::string_view match)
{
    for (auto const& each : shown.results)
        for (auto const& hit : each.result.matches)
            if (hit.match == match) return &hit;
    return nullptr;
}

json::Object facts_of(TypingDraft const& draft, DnaMatch const& match, std::string const& loci)
{
    json::Object out { { "match", match.match }, { "profile", match.found_number },
        { "loci", loci }, { "laboratory", draft.laboratory }, { "day", to_text(draft.day) } };
    if (!draft.costs) return out;
    out["amountMinor"] = std::to_string(draft.costs->amount_minor);
    out["currency"] = draft.costs->currency;
    return out;
}

} // namespace

/// Of our own profile of a hit; nothing where it is gone.
Result<std::optional<LocusMask>> Identification::typed_in(
    Transaction& transaction, DnaMatch const& match) const
{
    auto const row = TRY(find_profile(transaction, settings_.party, match.found_number));
    return row ? rooms_.database.typed(*row) : std::nullopt;
}

Result<void> Identification::offer_typing(
    Transaction& transaction, CaseRow const& row, DnaCase& shown) const
{
    if (row.requested != settings_.party) return {};
    auto const& table = rooms_.database.knowledge().table;
    auto const events = TRY(casework::events_of(transaction, row.number));
    for (auto const& each : shown.results)
        for (auto const& match : each.result.matches) {
            auto wanted
                = advised(each.result, match, table) & ~ordered_before(events, match, table);
            if (wanted == 0) continue;
            auto const typed = TRY(typed_in(transaction, match));
            wanted = typed ? wanted & ~*typed : 0;
            if (wanted != 0)
                shown.typing.push_back(
                    { match.match, match.found_number, names_of(table, wanted) });
        }
    return {};
}

Result<std::vector<std::string>> Identification::order_typing(
    std::string_view number, TypingDraft const& draft, casework::Officer const& officer)
{
    TRY(rooms_.database.follow());
    TRY(check(draft, TRY(rooms_.vault.today())));
    auto const& table = rooms_.database.knowledge().table;
    return rooms_.store.write([&](Transaction& t) -> Result<std::vector<std::string>> {
        auto const row = TRY(asked_of_us(t, number, officer));
        auto const shown = TRY(open(t, row, officer));
        auto const* match = find_match(shown, draft.match);
        if (match == nullptr)
            return Error { Error::Kind::not_found, "no hit of this case has that number", "match" };
        auto const typed = TRY(typed_in(t, *match));
        if (!typed)
            return Error { Error::Kind::conflict, "our profile of this hit is destroyed", "match" };
        auto const loci = TRY(ordered_in(draft, table, *typed));
        auto const now = clock_();
        TRY(casework::insert_event(t,
            { row.number, now, now, std::string { order_act }, officer.name, {}, { "A20(1)-4" },
                facts_of(draft, *match, table.names(loci)) }));
        if (draft.costs)
            TRY(costs_(t, { row.number, settings_.party, *draft.costs, draft.day, officer }));
        rooms_.casework.tell(t, row.number);
        return names_of(table, loci);
    });
}

} // namespace comity::identification
