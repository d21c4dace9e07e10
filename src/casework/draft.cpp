#include "casework/draft.h"

#include "message/manifest.h"
#include "search/plate.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using treaty::Facts;
using treaty::PartyCode;
namespace fact = treaty::fact;

constexpr std::size_t case_number_bytes_max = 64;
constexpr std::size_t plate_bytes_max = 64;
constexpr std::size_t offence_bytes_max = 400;

Error malformed(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::string { field } };
}

/// A word of a list, if one is given. Error: malformed, naming the field and the list.
template <class Enum>
Result<std::optional<Enum>> word_of(std::optional<std::string> const& text, std::string_view field)
{
    if (!text || text->empty()) return std::optional<Enum> {};
    if (auto const found = json::from_word<Enum>(*text)) return std::optional<Enum> { found };
    return json::detail::unknown_word(*text, json::words<Enum>(), std::string { field });
}

Result<void> check_size(
    std::optional<std::string> const& text, std::size_t bytes_max, std::string_view field)
{
    if (text && text->size() > bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} is {} bytes long, {} at most", field, text->size(), bytes_max),
            std::string { field } };
    return {};
}

Result<PartyCode> party_of(std::optional<std::string> const& text, std::string_view field)
{
    if (!text || text->empty()) return malformed(field, fmt::format("{} is missing", field));
    auto code = PartyCode::parse(*text);
    if (!code.ok()) return malformed(field, fmt::format("'{}' is no State's code", *text));
    return code;
}

std::optional<std::string> unit_of(treaty::Law const& law, PartyCode party, Instant at)
{
    auto const units = law.national_central_unit(party, std::chrono::floor<std::chrono::days>(at));
    if (units.empty()) return std::nullopt;
    return units.front()->id;
}

/// What holds for every message of this system: its route, its medium, its seal.
void tell_channel(Facts& facts, Settings const& settings)
{
    facts.tell(fact::route, treaty::Route::national_central_unit);
    facts.tell(fact::medium, treaty::Medium::system);
    facts.tell(fact::urgent, false);
    facts.tell(fact::channel_secure, true);
    facts.tell(fact::official_authorised, true);
    facts.tell(fact::personal_data, true);
    facts.tell(fact::classification_level, 0);
    facts.tell(fact::supervisor_permission, settings.supervisor_permission);
}

void tell_text(Facts& facts, treaty::TextFact const& fact, std::optional<std::string> const& text)
{
    if (text && !text->empty()) facts.tell(fact, *text);
}

void tell_vehicle(Facts& facts, std::optional<std::string> const& plate)
{
    facts.tell(fact::vehicle_class, treaty::VehicleClass::motor_vehicle);
    facts.tell(fact::disputed_territory, false);
    facts.tell(fact::subject_named, plate && !plate->empty());
}

template <class Fact, class Enum>
void tell_word(Facts& facts, Fact const& fact, std::optional<Enum> word)
{
    if (word) facts.tell(fact, *word);
}

Result<void> check_draft(RequestDraft const& draft)
{
    TRY(check_size(draft.case_number, case_number_bytes_max, "caseNumber"));
    // "RO/2026-0417" is our number for a case of Romania: an own case must never take its place.
    if (draft.case_number && draft.case_number->find('/') != std::string::npos)
        return malformed("caseNumber", "caseNumber has no '/': it marks another State's case");
    TRY(check_size(draft.plate, plate_bytes_max, "plate"));
    TRY(check_size(draft.offence, offence_bytes_max, "offence"));
    TRY(check_size(draft.authority, offence_bytes_max, "authority"));
    TRY(word_of<message::Urgency>(draft.urgency, "urgency"));
    if (draft.registration_state && !draft.registration_state->empty())
        TRY(party_of(draft.registration_state, "registrationState"));
    return {};
}

} // namespace

Result<treaty::Situation> situation_of(
    treaty::Law const& law, Settings const& settings, RequestDraft const& draft, Instant at)
{
    TRY(check_draft(draft));
    auto const own = TRY(PartyCode::parse(settings.party));
    auto const to = TRY(party_of(draft.to, "to"));
    if (!law.party(to))
        return malformed(
            "to", fmt::format("{} is not among the Parties to the Convention (A2(d))", to.text()));
    if (to == own) return malformed("to", "a State does not ask itself");
    Facts facts;
    tell_channel(facts, settings);
    tell_vehicle(facts, draft.plate);
    tell_word(facts, fact::purpose, TRY(word_of<treaty::Purpose>(draft.purpose, "purpose")));
    tell_word(facts, fact::kind, TRY(word_of<treaty::Kind>(draft.kind, "kind")));
    tell_word(facts, fact::need_ground,
        TRY(word_of<treaty::NeedGround>(draft.need_ground, "needGround")));
    tell_text(facts, fact::offence, draft.offence);
    tell_text(facts, fact::case_number, draft.case_number);
    if (draft.erase_by) facts.tell(fact::erase_by, *draft.erase_by);
    tell_text(facts, fact::requesting_authority, unit_of(law, own, at));
    tell_text(facts, fact::requested_authority,
        draft.authority && !draft.authority->empty() ? draft.authority : unit_of(law, to, at));
    return treaty::Situation { treaty::Measure::information_request, own, to, at,
        std::move(facts) };
}

std::vector<Warning> warnings_of(RequestDraft const& draft)
{
    std::vector<Warning> out;
    auto const state = draft.registration_state ? draft.registration_state : draft.to;
    if (draft.plate && !draft.plate->empty() && state
        && search::plate_fit(*state, *draft.plate) == search::PlateFit::unusual)
        out.push_back({ "plate", "plate-format" });
    return out;
}

message::Request request_of(treaty::Law const& law, Settings const& settings,
    RequestDraft const& draft, json::Value decision, Instant at)
{
    auto const own = PartyCode::parse(settings.party).value();
    auto const to = PartyCode::parse(draft.to.value()).value();
    return { draft.kind.value(), draft.case_number.value(), draft.purpose.value(),
        draft.offence.value_or(""), draft.need_ground, unit_of(law, own, at).value_or(""),
        draft.authority.value_or(unit_of(law, to, at).value_or("")), "system",
        message::VehicleQuery { draft.plate, draft.registration_state.value_or(*draft.to), {} }, {},
        std::move(decision) };
}

Result<treaty::Situation> situation_of(treaty::Law const& law, message::Request const& request,
    std::string_view from, Settings const& settings, std::optional<Date> erase_by, Instant at)
{
    auto const own = TRY(PartyCode::parse(settings.party));
    auto const requesting = TRY(PartyCode::parse(from));
    if (!law.party(requesting))
        return malformed("from", "the requesting State is no Party (A2(d))");
    Facts facts;
    tell_channel(facts, settings);
    tell_vehicle(facts, request.vehicle ? request.vehicle->plate : std::nullopt);
    auto const word = [](std::string const& text) { return std::optional { text }; };
    tell_word(
        facts, fact::purpose, TRY(word_of<treaty::Purpose>(word(request.purpose), "purpose")));
    tell_word(facts, fact::kind, TRY(word_of<treaty::Kind>(word(request.kind), "kind")));
    tell_word(facts, fact::need_ground,
        TRY(word_of<treaty::NeedGround>(request.need_ground, "needGround")));
    tell_word(facts, fact::medium, TRY(word_of<treaty::Medium>(word(request.medium), "medium")));
    tell_text(facts, fact::offence, request.offence);
    tell_text(facts, fact::case_number, request.case_number);
    tell_text(facts, fact::requesting_authority, request.requesting_authority);
    tell_text(facts, fact::requested_authority, request.requested_authority);
    if (erase_by) facts.tell(fact::erase_by, *erase_by);
    facts.tell(fact::competent, request.kind == json::word(treaty::Kind::vehicle_owner));
    return treaty::Situation { treaty::Measure::information_request_received, requesting, own, at,
        std::move(facts) };
}

treaty::Situation answer_situation(Settings const& settings, message::Request const& request,
    std::string_view to, bool hit, Date erase_by, Instant at)
{
    Facts facts;
    tell_channel(facts, settings);
    facts.tell(fact::personal_data, hit);
    facts.tell(fact::erase_by, erase_by);
    facts.tell(fact::request_oral, false);
    tell_word(facts, fact::purpose, json::from_word<treaty::Purpose>(request.purpose));
    tell_word(facts, fact::kind, json::from_word<treaty::Kind>(request.kind));
    tell_text(facts, fact::offence, request.offence);
    tell_text(facts, fact::case_number, request.case_number);
    tell_text(facts, fact::requesting_authority, request.requesting_authority);
    tell_text(facts, fact::requested_authority, request.requested_authority);
    return { treaty::Measure::information_answer, PartyCode::parse(to).value(),
        PartyCode::parse(settings.party).value(), at, std::move(facts) };
}

std::vector<std::string> provisions_held(treaty::Decision const& decision)
{
    std::vector<std::string> out;
    for (auto const& finding : treaty::in_words(decision).findings)
        if (finding.effect != treaty::Effect::forbids && finding.result == treaty::Outcome::holds)
            out.push_back(finding.provision);
    return out;
}

std::vector<std::string> provisions_against(treaty::Decision const& decision)
{
    std::vector<std::string> out;
    for (auto const& finding : treaty::in_words(decision).findings) {
        bool const forbidden
            = finding.effect == treaty::Effect::forbids && finding.result == treaty::Outcome::holds;
        bool const lacking = finding.effect == treaty::Effect::requires_
            && finding.result == treaty::Outcome::fails;
        if (forbidden || lacking || finding.result == treaty::Outcome::missing)
            out.push_back(finding.provision);
    }
    return out;
}

std::chrono::hours answer_target(std::string_view urgency)
{
    auto const word = json::from_word<message::Urgency>(urgency);
    switch (word.value_or(message::Urgency::routine)) {
    case message::Urgency::flash: return std::chrono::hours { 1 };
    case message::Urgency::urgent: return std::chrono::hours { 8 };
    case message::Urgency::routine: break;
    }
    return std::chrono::days { 7 };
}

} // namespace comity::casework
