#include "rights/national.h"

#include <charconv>

namespace comity::rights {
namespace {

constexpr std::string_view answer_days_word = "answer-days", remedy_word = "remedy";
constexpr int days_max = 3660;

} // namespace

Result<National> National::read(std::string_view persons_tsv)
{
    treaty::File const file { "persons.tsv", std::string { persons_tsv } };
    auto const table = TRY(treaty::Table::read(file, { "party", "about", "value" }));
    National out;
    for (auto const& row : table.rows()) {
        auto const party = TRY(row.party("party"));
        Entry entry { party.text(), TRY(row.text("about")), TRY(row.text("value")),
            TRY(row.text("source")), TRY(row.validity()) };
        if (entry.value == "unknown") continue;
        if (entry.about == answer_days_word)
            entry.value = std::to_string(TRY(row.integer("value", 1, days_max)));
        else if (entry.about != remedy_word)
            return row.wrong("about", "must be answer-days or remedy");
        out.entries_.push_back(std::move(entry));
    }
    TRY(table.refuse_overlaps([](treaty::Table::Row const& row) {
        auto const party = row.text("party");
        auto const about = row.text("about");
        return party.ok() && about.ok() ? party.value() + " " + about.value() : std::string {};
    }));
    return out;
}

National::Entry const* National::find(std::string_view party, std::string_view about, Date on) const
{
    for (auto const& each : entries_)
        if (each.party == party && each.about == about && each.validity.covers(on)) return &each;
    return nullptr;
}

std::optional<National::Days> National::answer_days(std::string_view party, Date on) const
{
    auto const* found = find(party, answer_days_word, on);
    if (!found) return {};
    Days out { 0, found->source };
    std::from_chars(found->value.data(), found->value.data() + found->value.size(), out.count);
    return out;
}

std::optional<Sourced> National::remedy(std::string_view party, Date on) const
{
    auto const* found = find(party, remedy_word, on);
    if (!found) return {};
    return Sourced { found->value, found->source };
}

} // namespace comity::rights
