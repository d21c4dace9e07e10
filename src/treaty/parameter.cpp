#include "treaty/parameter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace comity::treaty {
namespace {

std::string yes_or_no(bool value)
{
    return value ? "yes" : "no";
}

std::string_view word_of(List list)
{
    switch (list) {
    case List::law_enforcement_authorities: return "4(2)";
    case List::national_central_units: return "4(3)";
    case List::existing_structures: return "4(4)";
    case List::national: return "national";
    case List::registry: break;
    }
    return "registry";
}

/// What the groups share; the caller adds the rest.
template <class Row> Parameter base_of(Law const& law, ParameterGroup group, Row const& row)
{
    Parameter out;
    out.group = group;
    out.validity = row.validity;
    out.certain_from = row.validity.from;
    out.source = row.source;
    out.reference = law.source(row.source);
    out.note = row.note;
    return out;
}

std::string entry_in_words(Party const& party)
{
    auto const day = [](std::optional<Date> date) { return date ? to_text(*date) : "not known"; };
    return fmt::format("deposit {}; ninetieth day {}; published {}", day(party.deposited_on),
        day(party.computed_in_force_on()), day(party.published_in_force_on));
}

Parameter entry_of(Law const& law, Party const& party)
{
    auto out = base_of(law, ParameterGroup::entry_into_force, party);
    out.articles = { 39, 40 };
    out.parties = { party.code };
    out.about = "in-force";
    out.value = entry_in_words(party);
    auto const on = party.in_force_on();
    out.validity = { on ? *on : *party.in_force_not_before, open_end };
    out.certain_from = on ? *on : *party.in_force_not_after;
    return out;
}

Parameter authority_of(Law const& law, Authority const& authority)
{
    auto out = base_of(law, ParameterGroup::authority, authority);
    out.articles = { 4 };
    if (authority.list == List::national) out.articles = { 2, 4 };
    if (is_annexed(authority.list)) out.articles = { 4, 37 };
    out.parties = { authority.party };
    out.about = word_of(authority.list);
    out.value = fmt::format("{} ({})", authority.name, authority.id);
    return out;
}

Parameter judicial_of(Law const& law, JudicialReservation const& row)
{
    auto out = base_of(law, ParameterGroup::judicial, row);
    out.articles = { 4 };
    out.parties = { row.party };
    out.about = json::word(row.kind);
    out.value = yes_or_no(row.reserved);
    return out;
}

Parameter readiness_of(Law const& law, Readiness const& row)
{
    auto out = base_of(law, ParameterGroup::readiness, row);
    out.articles = { 31 };
    out.parties = { row.party };
    out.about = "data-protection";
    out.value = row.exact ? "exact" : "at-latest";
    if (!row.exact) out.validity.from = law.tables().signed_on;
    return out;
}

Parameter marking_of(Law const& law, Marking const& row)
{
    auto out = base_of(law, ParameterGroup::marking, row);
    out.articles = { 32 };
    out.parties = { row.party };
    out.about = std::to_string(row.level);
    out.value = row.text.empty() ? "none" : row.text;
    return out;
}

Parameter national_of(Law const& law, NationalLaw const& row)
{
    auto out = base_of(law, ParameterGroup::national_law, row);
    out.articles = articles_of(row.rule);
    out.parties = { row.party };
    out.about = json::word(row.rule);
    out.value = yes_or_no(row.value);
    return out;
}

Parameter agreement_of(Law const& law, std::size_t place)
{
    auto const& agreement = law.tables().agreements[place];
    auto out = base_of(law, ParameterGroup::agreement, agreement);
    out.articles = { 34 };
    for (auto const& term : law.tables().agreement_terms) {
        auto const article = article_of(term.term);
        if (term.agreement == place
            && std::ranges::find(out.articles, article) == out.articles.end())
            out.articles.push_back(article);
    }
    out.parties.assign(agreement.parties.begin(), agreement.parties.end());
    out.about = agreement.id;
    out.value = agreement.title;
    out.reference = agreement.reference;
    return out;
}

std::string value_in_words(AgreementRow const& row)
{
    if (!row.is_public) return "not-public";
    switch (value_of(row.term)) {
    case TermValue::flag: return yes_or_no(row.number != 0);
    case TermValue::number: return std::to_string(row.number);
    case TermValue::offences: return json::word(static_cast<OffenceModel>(row.number));
    case TermValue::authorities: break;
    }
    return fmt::format("{}", fmt::join(row.ids, ", "));
}

Parameter term_of(Law const& law, AgreementRow const& row)
{
    auto out = base_of(law, ParameterGroup::agreement_term, row);
    out.articles = { article_of(row.term) };
    out.parties.assign(row.parties.begin(), row.parties.end());
    out.only_for = row.only_for;
    out.about = json::word(row.term);
    out.value = value_in_words(row);
    out.reference = row.reference;
    return out;
}

Parameter reservation_of(Law const& law, Reservation const& row)
{
    auto out = base_of(law, ParameterGroup::reservation, row);
    out.articles = { 41 };
    for (auto const& id : row.provisions) {
        auto const article = article_of(id);
        if (article && std::ranges::find(out.articles, *article) == out.articles.end())
            out.articles.push_back(*article);
    }
    out.parties = { row.party };
    out.about = row.id;
    out.value = fmt::format("{} ({})", row.meaning, fmt::join(row.provisions, ", "));
    out.reference = row.reference;
    return out;
}

Parameter suspension_of(Law const& law, Suspension const& row)
{
    auto out = base_of(law, ParameterGroup::suspension, row);
    out.articles = { 42 };
    for (auto const& each : articles())
        if (each.number != 42 && each.number != 0 && row.touches(each.number))
            out.articles.push_back(each.number);
    out.parties = { row.party };
    out.about = "suspension";
    auto const what = row.articles.empty() ? std::string { "all articles" }
                                           : fmt::format("Art. {}", fmt::join(row.articles, ", "));
    out.value = fmt::format("{}; notice received {}", what, to_text(row.received));
    return out;
}

} // namespace

When Parameter::on(Date date) const
{
    if (date < validity.from) return When::not_yet;
    if (date >= validity.until) return When::ended;
    return date < certain_from ? When::not_known : When::in_effect;
}

std::vector<Parameter> parameters(Law const& law)
{
    auto const& tables = law.tables();
    std::vector<Parameter> out;
    auto const add = [&](auto const& rows, auto const& make) {
        for (auto const& row : rows) out.push_back(make(law, row));
    };
    add(tables.parties, entry_of);
    add(tables.authorities, authority_of);
    add(tables.judicial, judicial_of);
    add(tables.readiness, readiness_of);
    add(tables.markings, marking_of);
    add(tables.national, national_of);
    for (std::size_t i = 0; i < tables.agreements.size(); ++i) out.push_back(agreement_of(law, i));
    add(tables.agreement_terms, term_of);
    add(tables.reservations, reservation_of);
    add(tables.suspensions, suspension_of);
    return out;
}

std::vector<Date> stops(std::span<Parameter const* const> parameters)
{
    std::vector<Date> out { text_since };
    for (auto const* each : parameters) {
        out.push_back(each->validity.from);
        out.push_back(each->certain_from);
        if (each->validity.until != open_end) out.push_back(each->validity.until);
    }
    std::erase_if(out, [](Date date) { return date < text_since; });
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

} // namespace comity::treaty
