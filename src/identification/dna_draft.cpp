#include "identification/dna_draft.h"

#include "casework/draft.h"
#include "identification/profile.h"
#include "message/manifest.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using treaty::Facts;
using treaty::PartyCode;
namespace fact = treaty::fact;

constexpr std::string_view stated_by_officer = "comparison-lawful";

Date day_of(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at);
}

Error malformed(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::string { field } };
}

bool given(std::optional<std::string> const& text)
{
    return text && !text->empty();
}

template <class Enum>
Result<void> tell_word(Facts& facts, treaty::WordFact<Enum> const& fact,
    std::optional<std::string> const& text, std::string_view field)
{
    if (!given(text)) return {};
    auto const word = json::from_word<Enum>(*text);
    if (!word) return json::detail::unknown_word(*text, json::words<Enum>(), std::string { field });
    facts.tell(fact, *word);
    return {};
}

void tell_unit(
    Facts& facts, treaty::Law const& law, treaty::TextFact const& fact, PartyCode party, Instant at)
{
    auto const units = law.national_central_unit(party, day_of(at));
    if (!units.empty()) facts.tell(fact, units.front()->id);
}

/// What holds for every message under Article 20 in this system.
Facts usual_facts(Ways const& ways)
{
    Facts facts;
    facts.tell(fact::route, treaty::Route::national_central_unit);
    facts.tell(fact::medium, treaty::Medium::system);
    facts.tell(fact::channel_secure, true);
    facts.tell(fact::official_authorised, true);
    facts.tell(fact::personal_data, true); // a profile leads to a person in its own State
    facts.tell(fact::classification_level, 0);
    facts.tell(fact::supervisor_permission, ways.settings.supervisor_permission);
    facts.tell(fact::identification_material, treaty::IdentificationMaterial::dna_profile);
    facts.tell(fact::search_result, treaty::SearchResult::open);
    facts.tell(fact::typing_needed, false);
    facts.tell(fact::typing_proportionate, false);
    facts.tell(fact::police_channel, true);
    return facts;
}

void tell_form(Facts& facts, Ways const& ways, std::string_view edition, Instant at)
{
    if (auto const valid = ways.terms.form_valid(edition, day_of(at)))
        facts.tell(fact::dna_form_valid, *valid);
}

std::string form_of(Ways const& ways, DnaDraft const& draft, Instant at)
{
    return given(draft.form_version) ? *draft.form_version : ways.terms.form_on(day_of(at));
}

/// Why the profiles may not go, if there is a reason.
Result<void> check_profiles(
    Ways const& ways, DnaDraft const& draft, dna::Knowledge const& knowledge, Instant at)
{
    auto const name
        = ways.terms.rules_between(ways.settings.party, draft.to.value_or(""), day_of(at));
    auto const rules = TRY(knowledge.rules_named(name, day_of(at)));
    for (std::size_t i = 0; i < draft.profiles.size(); ++i) {
        auto const path = fmt::format("profiles[{}]", i);
        auto const read = profile_of(draft.profiles[i], knowledge.table);
        if (!read.ok())
            return malformed(fmt::format("{}.{}", path, read.error().field), read.error().what);
        auto const refusal = dna::refusal_of_exchange(read.value(), rules, knowledge.table);
        if (refusal)
            return malformed(path, fmt::format("{} ({})", refusal->reason, refusal->reference));
    }
    return {};
}

} // namespace

Result<PartyCode> receiver_of(Ways const& ways, std::optional<std::string> const& code)
{
    if (!given(code)) return malformed("to", "to is missing");
    auto const to = PartyCode::parse(*code);
    if (!to.ok()) return malformed("to", fmt::format("'{}' is no State's code", *code));
    if (!ways.law.party(to.value()))
        return malformed(
            "to", fmt::format("{} is not among the Parties to the Convention (A2(d))", *code));
    if (*code == ways.settings.party) return malformed("to", "a State does not ask itself");
    return to;
}

Result<PartyCode> sender_of(Ways const& ways, std::string_view state)
{
    auto const requesting = TRY(PartyCode::parse(state));
    if (!ways.law.party(requesting))
        return malformed("from", "the requesting State is no Party (A2(d))");
    return requesting;
}

Result<bool> is_urgent(std::optional<std::string> const& urgency)
{
    auto const word = urgency.value_or("routine");
    if (!json::from_word<message::Urgency>(word))
        return json::detail::unknown_word(word, json::words<message::Urgency>(), "urgency");
    return word != "routine";
}

Result<treaty::Facts> facts_between(Ways const& ways, AskedBetween const& asked, Instant at)
{
    auto facts = usual_facts(ways);
    TRY(tell_word(facts, fact::purpose, asked.purpose, "purpose"));
    if (given(asked.case_number)) facts.tell(fact::case_number, *asked.case_number);
    if (asked.erase_by) facts.tell(fact::erase_by, *asked.erase_by);
    facts.tell(fact::urgent, asked.urgent);
    tell_unit(facts, ways.law, fact::requesting_authority, asked.requesting, at);
    tell_unit(facts, ways.law, fact::requested_authority, asked.requested, at);
    return facts;
}

Result<treaty::Situation> situation_of(Ways const& ways, DnaDraft const& draft, Instant at)
{
    auto const own = TRY(PartyCode::parse(ways.settings.party));
    auto const to = TRY(receiver_of(ways, draft.to));
    bool const urgent = TRY(is_urgent(draft.urgency));
    auto facts = TRY(facts_between(
        ways, { own, to, draft.purpose, draft.case_number, draft.erase_by, urgent }, at));
    TRY(tell_word(facts, fact::identification_ground, draft.ground, "ground"));
    if (given(draft.offence)) facts.tell(fact::offence, *draft.offence);
    tell_form(facts, ways, form_of(ways, draft, at), at);
    return treaty::Situation { treaty::Measure::dna_comparison, own, to, at,
        TRY(casework::with_stated(
            facts, draft.facts.value_or(json::Object {}), stated_by_officer)) };
}

Result<std::vector<std::string>> missing_of(
    Ways const& ways, DnaDraft const& draft, dna::Knowledge const& knowledge, Instant at)
{
    if (draft.profiles.size() > profiles_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} profiles, {} at most", draft.profiles.size(), profiles_max),
            "profiles" };
    std::vector<std::string> out;
    if (!given(draft.case_number)) out.emplace_back("caseNumber");
    if (!given(draft.purpose)) out.emplace_back("purpose");
    if (!given(draft.ground)) out.emplace_back("ground");
    if (draft.profiles.empty()) out.emplace_back("profiles");
    if (!draft.erase_by) out.emplace_back("eraseBy");
    if (given(draft.to)) TRY(check_profiles(ways, draft, knowledge, at));
    return out;
}

message::DnaRequest request_of(
    Ways const& ways, DnaDraft const& draft, Instant at, std::optional<message::Pedigree> family)
{
    return { draft.case_number.value(), draft.purpose.value(), draft.offence.value_or(""),
        draft.ground.value(), form_of(ways, draft, at), draft.profiles, {},
        draft.storage_asked.value_or(false), draft.costs_accepted.value_or(false),
        std::move(family) };
}

Result<treaty::Situation> situation_of(
    Ways const& ways, message::DnaRequest const& request, CameFrom const& from, Instant at)
{
    auto const own = TRY(PartyCode::parse(ways.settings.party));
    auto const requesting = TRY(sender_of(ways, from.state));
    auto facts = TRY(facts_between(ways,
        { requesting, own, request.purpose, request.case_number, from.erase_by, from.urgent }, at));
    TRY(tell_word(facts, fact::identification_ground, std::optional { request.ground }, "ground"));
    if (!request.offence.empty()) facts.tell(fact::offence, request.offence);
    // That the law of the requesting Party provides for it, its own judgement said.
    facts.tell(fact::comparison_lawful, ways.settings.comparison_lawful);
    tell_form(facts, ways, request.form_version, at);
    return treaty::Situation { treaty::Measure::dna_comparison, requesting, own, at, facts };
}

Result<treaty::Situation> storage_situation(
    Ways const& ways, message::DnaRequest const& request, CameFrom const& from, Instant at)
{
    auto out = TRY(situation_of(ways, request, from, at));
    out.measure = treaty::Measure::dna_storage;
    out.facts.tell(fact::search_result, treaty::SearchResult::nothing_found);
    out.facts.tell(fact::storage_requested, request.storage_asked);
    out.facts.tell(fact::storage_lawful, ways.settings.storage_lawful);
    return out;
}

treaty::Situation with_result(treaty::Situation situation, bool hit, bool typing_needed)
{
    situation.facts.tell(
        fact::search_result, hit ? treaty::SearchResult::hit : treaty::SearchResult::nothing_found);
    situation.facts.tell(fact::typing_needed, typing_needed);
    situation.facts.tell(fact::typing_proportionate, typing_needed);
    return situation;
}

Instant due_of(Ways const& ways, std::string_view party, message::Urgency urgency, Instant from)
{
    auto const agreed = ways.terms.answer_within(ways.settings.party, party, day_of(from));
    return agreed ? from + *agreed : from + casework::answer_target(json::word(urgency));
}

std::vector<std::string> provisions_held(treaty::Decision const& decision)
{
    return casework::provisions_held(decision);
}

} // namespace comity::identification
