#include "treaty/print.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace comity::treaty {
namespace {

Result<Party const*> find_party(Law const& law, PartyCode code)
{
    if (auto const* party = law.party(code)) return party;
    std::string known;
    for (auto const& each : law.parties()) known += " " + each.code.text();
    return Error { Error::Kind::not_found,
        fmt::format("{} is none of the Parties:{}", code.text(), known), "party" };
}

std::string date_or_unknown(std::optional<Date> date)
{
    return date ? to_text(*date) : "not known";
}

std::string_view in_words(Truth truth, std::string_view yes, std::string_view no)
{
    return truth.unknown() ? "not known" : truth.yes() ? yes : no;
}

std::string entry_into_force_in_words(Party const& party)
{
    auto const computed = party.computed_in_force_on();
    auto const published = party.published_in_force_on;
    auto out = fmt::format("  deposit {}; entry into force computed by A40 {}, published {}",
        date_or_unknown(party.deposited_on), date_or_unknown(computed), date_or_unknown(published));
    if (computed && published)
        out += fmt::format("; difference {} days", (*published - *computed).count());
    if (!computed && !published)
        out += fmt::format("; from {} to {} at some day", to_text(*party.in_force_not_before),
            to_text(*party.in_force_not_after));
    return out + "\n";
}

std::string reservations_in_words(Law const& law, PartyCode party, Date on)
{
    std::string out;
    for (auto const& each : law.tables().reservations) {
        if (each.party != party || !each.validity.covers(on)) continue;
        out += fmt::format("  {} ({}): {}\n    source: {}\n", each.id,
            fmt::join(each.provisions, ", "), each.meaning, each.reference);
    }
    return out;
}

std::string agreements_in_words(Law const& law, Date on)
{
    std::string out;
    for (auto const& each : law.tables().agreements)
        if (each.validity.covers(on))
            out += fmt::format("  {} ({}, {}) since {}: {}\n    source: {}\n", each.id,
                each.parties[0].text(), each.parties[1].text(), to_text(each.validity.from),
                each.title, each.reference);
    return out;
}

std::string suspensions_in_words(Law const& law, Date on)
{
    std::string out;
    for (auto const& each : law.tables().suspensions) {
        if (!each.validity.covers(on)) continue;
        auto const what = each.articles.empty()
            ? std::string { "all articles" }
            : fmt::format("Art. {}", fmt::join(each.articles, ", "));
        auto const until = each.validity.until == open_end
            ? std::string { "until a notice lifts it" }
            : "to " + to_text(each.validity.until);
        out += fmt::format("  {} {} from {} {}; notice received {}\n    source: {}\n",
            each.party.text(), what, to_text(each.validity.from), until, to_text(each.received),
            law.source(each.source));
    }
    return out;
}

/// A part of a page, said also where it is empty: nothing is not the same as not told.
std::string section(std::string_view title, std::string const& content)
{
    return fmt::format("{}:\n{}", title, content.empty() ? "  none\n" : content);
}

std::string line_of(Law const& law, Authority const& authority)
{
    return fmt::format(
        "  {}  {}\n    source: {}\n", authority.id, authority.name, law.source(authority.source));
}

std::string list_in_words(Law const& law, PartyCode party, List list, Date on)
{
    std::string out;
    for (auto const* each : law.authorities(party, list, on)) out += line_of(law, *each);
    return out;
}

} // namespace

std::string print(DecisionText const& decision)
{
    std::string out = fmt::format("{}\n", json::word(decision.verdict));
    for (auto const& each : decision.findings) {
        if (each.result == Outcome::not_applicable) continue;
        out += fmt::format("  {:<12} {:<8} {:<8} {}\n", each.provision, json::word(each.effect),
            json::word(each.result), each.reason);
        if (!each.facts.empty())
            out += fmt::format("  {:<12} facts: {}\n", "", fmt::join(each.facts, ", "));
        if (each.source != "PCC SEE") out += fmt::format("  {:<12} source: {}\n", "", each.source);
    }
    for (auto const& each : decision.duties)
        out += fmt::format("  duty by {}: {}\n", each.provision, each.duty);
    return out + fmt::format("law {}\n", decision.lawVersion);
}

std::string print(TextCase const& text_case, Decision const& decision)
{
    auto out = fmt::format("Case {}\n{}", text_case.title, print(in_words(decision)));
    auto const wrong = differences(text_case, decision);
    for (auto const& each : wrong) out += fmt::format("NOT AS EXPECTED: {}\n", each);
    if (wrong.empty())
        out += fmt::format("as expected, {} points\n", text_case.expectations.size());
    return out;
}

Result<std::string> print_party(Law const& law, PartyCode code, Date on)
{
    auto const& party = *TRY(find_party(law, code));
    auto const* ready = law.readiness(code);
    auto out = fmt::format("{} {} on {}: {}\n", code.text(), party.name(on), to_text(on),
        in_words(party.in_force(on), "Contracting Party", "third State"));
    out += fmt::format("  zone {}; languages {}; signed {}\n", party.zone,
        fmt::join(party.languages, ", "), party.signed_on ? to_text(*party.signed_on) : "no");
    out += entry_into_force_in_words(party);
    out += fmt::format("  data protection (A31(3)): {}; source: {}\n",
        in_words(law.protection_ready(code, on), "in force", "not in force"),
        ready ? law.source(ready->source) : "none found");
    out += fmt::format("  source: {}. {}\n", law.source(party.source), party.note);
    out += "National Central Unit or existing structures (A4(3)):\n";
    for (auto const* each : law.national_central_unit(code, on)) out += line_of(law, *each);
    auto const reservations = reservations_in_words(law, code, on);
    return out + (reservations.empty() ? "" : "Reservations and declarations:\n" + reservations);
}

std::string print_status(Law const& law, Date on)
{
    auto const since = law.tables().in_force_on;
    auto out = fmt::format("The Convention on {}: {} {}\n", to_text(on),
        on < since ? "in force only from" : "in force since", to_text(since));
    for (auto const& each : law.parties())
        out += fmt::format("  {}  {:<36} {:<18} since {:<11} data protection {}\n",
            each.code.text(), each.name(on),
            in_words(each.in_force(on), "Contracting Party", "third State"),
            date_or_unknown(each.in_force_on()),
            in_words(law.protection_ready(each.code, on), "in force", "not in force"));
    std::string reservations;
    for (auto const& each : law.parties())
        reservations += reservations_in_words(law, each.code, on);
    out += section("Implementing agreements in effect", agreements_in_words(law, on));
    out += section("Reservations and declarations in effect", reservations);
    return out + section("Suspensions in effect", suspensions_in_words(law, on));
}

Result<std::string> print_authority(
    Law const& law, PartyCode code, std::string_view provision, Date on)
{
    auto const& party = *TRY(find_party(law, code));
    if (!find_provision(provision) || !provision.starts_with("A4("))
        return Error { Error::Kind::not_found,
            fmt::format("{} names no authority; a provision of Art. 4 does, such as A4(3)",
                provision.substr(0, 40)),
            "for" };
    auto out = fmt::format(
        "{} {} on {}, for {}:\n", code.text(), party.name(on), to_text(on), provision);
    std::string found;
    if (provision.starts_with("A4(2)") || provision.starts_with("A4(4)")) {
        for (auto const list : { List::law_enforcement_authorities, List::national_central_units,
                 List::existing_structures })
            found += list_in_words(law, code, list, on);
    } else if (provision == "A4(5)(a)-2") {
        found = list_in_words(law, code, List::registry, on);
    } else {
        for (auto const* each : law.national_central_unit(code, on)) found += line_of(law, *each);
    }
    return out + (found.empty() ? "  none known on this date\n" : found);
}

Result<std::string> print_facts(Law const& law, std::string_view measure)
{
    auto const word = json::from_word<Measure>(measure);
    auto const* named = find_named_measure(measure);
    if (!word && !named) return unknown_measure(measure);
    auto out = fmt::format("{}\n", measure);
    if (named)
        out += fmt::format("  judged as {} with {}: {}\n", json::word(named->measure),
            named->fact->name, named->value);
    for (auto const& [fact, provisions] : fact_uses(law, word ? *word : named->measure)) {
        auto type = json::word(fact->type);
        if (fact->words) type = fmt::format("one of {}", fmt::join(fact->words(), ", "));
        if (fact->type == FactType::integer)
            type = fmt::format("whole number {} to {}", fact->least, fact->most);
        out += fmt::format("  {}: {}\n    {}\n    read by", fact->name, type, fact->meaning);
        for (auto const* each : provisions) out += fmt::format(" {}", each->id);
        out += "\n";
    }
    return out;
}

namespace {

/// Midnight as the end of the day before: a term that ends with a day ends at 24:00.
std::string end_in_words(Instant at, std::string_view zone)
{
    auto const text = to_local_text(at, zone).value();
    if (text.substr(11, 8) != "00:00:00") return text;
    auto const day_before = local_date(at - std::chrono::microseconds { 1 }, zone).value();
    return fmt::format("{} 24:00:00{}", to_text(day_before), text.substr(19));
}

} // namespace

Result<std::string> print_deadline(std::string_view provision, Instant from, std::string_view zone)
{
    auto const* term = find_term(provision);
    if (auto const* found = find_provision(provision); !term && found) term = found->term;
    if (!term) {
        std::string known;
        for (auto const* each : terms()) known += fmt::format(" {}", each->provision);
        return Error { Error::Kind::not_found,
            fmt::format("{} sets no term; these do:{}", provision.substr(0, 40), known),
            "provision" };
    }
    auto const due = TRY(treaty::due(*term, from, zone));
    auto const calendar = in_words(term->calendar);
    auto out = fmt::format("{}: {} after {}{}{}\n  from {} ({})\n", provision,
        in_words(term->amount), term->anchor, calendar.empty() ? "" : ", ", calendar,
        to_local_text(from, zone).value(), to_text(from));
    if (!due) return out + "  due  at once: the Convention gives no number, the time is measured\n";
    bool const ends
        = term->ends == Ends::by_its_end || term->amount.unit == TermUnit::counted_hours;
    return out
        + fmt::format("  due  {} ({})\n",
            ends ? end_in_words(*due, zone) : to_local_text(*due, zone).value(), to_text(*due));
}

Result<std::string> print_entry_into_force(Law const& law, PartyCode code)
{
    auto const& party = *TRY(find_party(law, code));
    return fmt::format("{}\n{}", code.text(), entry_into_force_in_words(party));
}

} // namespace comity::treaty
