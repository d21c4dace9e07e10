#include "casework/draft.h"

#include "casework/request_kind.h"
#include "message/manifest.h"
#include "message/words_of.h"
#include "search/plate.h"

#include <fmt/format.h>

#include <algorithm>

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

/// What holds for every message of this system: its medium, its seal.
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

/// The query as the desk gives it, or the plate in its place.
Result<json::Object> query_of(RequestDraft const& draft)
{
    bool const plate = draft.plate && !draft.plate->empty();
    if (!plate) return draft.query.value_or(json::Object {});
    if (draft.query) return malformed("plate", "plate is short for a query; give one of the two");
    json::Object vehicle { { "plate", *draft.plate } };
    if (draft.registration_state && !draft.registration_state->empty())
        vehicle["registrationState"] = *draft.registration_state;
    return json::Object { { "vehicle", vehicle } };
}

template <class Enum>
std::optional<Enum> word_at(json::Object const& object, std::string_view member)
{
    auto const* value = object.if_contains(member);
    if (!value || !value->is_string()) return std::nullopt;
    return json::from_word<Enum>(value->get_string());
}

/// What the query itself says to the law. A query that is not whole yet says nothing.
void tell_query(
    Facts& facts, RequestKind const& kind, json::Object const& query, QueryState const& state)
{
    if (state.started && state.missing.empty()) facts.tell(fact::subject_named, true);
    auto const* vehicle = query.if_contains("vehicle");
    if (vehicle && vehicle->is_object())
        if (auto const of = word_at<treaty::VehicleClass>(vehicle->get_object(), "vehicleClass"))
            facts.tell(fact::vehicle_class, *of);
    auto const* text = query.if_contains("text");
    if (kind.kind == treaty::Kind::other && text && text->is_string())
        tell_text(facts, fact::explanation, std::string { text->get_string() });
}

template <class Fact, class Enum>
void tell_word(Facts& facts, Fact const& fact, std::optional<Enum> word)
{
    if (word) facts.tell(fact, *word);
}

std::optional<std::string> unless_empty(std::optional<std::string> const& text)
{
    return text && !text->empty() ? text : std::nullopt;
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
    TRY(check_size(draft.own_authority, offence_bytes_max, "ownAuthority"));
    TRY(word_of<message::Urgency>(draft.urgency, "urgency"));
    TRY(word_of<treaty::DirectGround>(draft.direct_ground, "directGround"));
    if (draft.registration_state && !draft.registration_state->empty())
        TRY(party_of(draft.registration_state, "registrationState"));
    TRY(check(draft.classification));
    if (draft.classification && draft.classification->level > 0
        && unless_empty(draft.direct_ground))
        return malformed("classification",
            "a direct contact leaves copies with two units: what is classified goes between the "
            "units themselves");
    return {};
}

Result<void> tell_words(Facts& facts, RequestDraft const& draft)
{
    tell_word(facts, fact::purpose, TRY(word_of<treaty::Purpose>(draft.purpose, "purpose")));
    tell_word(facts, fact::kind, TRY(word_of<treaty::Kind>(draft.kind, "kind")));
    tell_word(facts, fact::need_ground,
        TRY(word_of<treaty::NeedGround>(draft.need_ground, "needGround")));
    auto const urgency = TRY(word_of<message::Urgency>(draft.urgency, "urgency"));
    facts.tell(
        fact::urgent, urgency.value_or(message::Urgency::routine) != message::Urgency::routine);
    tell_text(facts, fact::offence, draft.offence);
    tell_text(facts, fact::case_number, draft.case_number);
    if (draft.erase_by) facts.tell(fact::erase_by, *draft.erase_by);
    return {};
}

std::string stated_of(RequestKind const* kind, bool direct)
{
    return fmt::format("{} {} {}", stated_always, kind ? kind->stated : "",
        direct ? stated_of_direct_contact : "");
}

/// What the requesting officer alone could state, as it stands in the decision that he sent.
json::Object taken_over(message::Request const& request, std::string_view names)
{
    json::Object out;
    auto const* decision = request.decision.if_object();
    auto const* situation = decision ? decision->if_contains("situation") : nullptr;
    auto const* kept = situation && situation->is_object()
        ? situation->get_object().if_contains("facts")
        : nullptr;
    if (!kept || !kept->is_object()) return out;
    message::each_word(names, [&](std::string_view name) {
        auto const* value = kept->get_object().if_contains(name);
        if (value && name != fact::personal_data.name && name != fact::judicial_reserved.name)
            out[name] = *value;
    });
    return out;
}

/// With the reason that its sender gave the law.
Result<void> tell_level(Facts& facts, treaty::Law const& law, Secret secret,
    message::Request const& request, Instant at)
{
    if (secret.level == 0) return {};
    auto const taken = taken_over(request, fact::classification_reason.name);
    auto const* reason = taken.if_contains(fact::classification_reason.name);
    if (reason && reason->is_string()) secret.reason = std::string { reason->get_string() };
    tell_classification(facts, law, secret, at);
    return {};
}

/// The members of a request that are its query.
json::Object query_of(RequestKind const& kind, message::Request const& request)
{
    auto const all = json::write(request);
    auto names = subjects_of(kind);
    std::ranges::copy(extras_of(kind), std::back_inserter(names));
    json::Object out;
    for (auto const& name : names)
        if (auto const* value = all.get_object().if_contains(name)) out[name] = *value;
    return out;
}

Result<void> tell_words(Facts& facts, message::Request const& request)
{
    auto const word = [](std::string const& text) { return std::optional { text }; };
    tell_word(
        facts, fact::purpose, TRY(word_of<treaty::Purpose>(word(request.purpose), "purpose")));
    tell_word(facts, fact::kind, TRY(word_of<treaty::Kind>(word(request.kind), "kind")));
    tell_word(facts, fact::need_ground,
        TRY(word_of<treaty::NeedGround>(request.need_ground, "needGround")));
    tell_text(facts, fact::offence, request.offence);
    tell_text(facts, fact::case_number, request.case_number);
    tell_text(facts, fact::requesting_authority, request.requesting_authority);
    tell_text(facts, fact::requested_authority, request.requested_authority);
    if (request.direct_ground) facts.tell(fact::route, treaty::Route::direct);
    tell_word(facts, fact::direct_ground,
        TRY(word_of<treaty::DirectGround>(request.direct_ground, "directGround")));
    return {};
}

} // namespace

Result<Facts> with_stated(Facts const& told, json::Object const& stated, std::string_view allowed)
{
    if (stated.empty()) return told;
    auto all = told.write();
    for (auto const& member : stated) {
        std::string_view const name { member.key() };
        bool known = false;
        message::each_word(allowed, [&](std::string_view word) { known |= word == name; });
        if (!known)
            return malformed(fmt::format("facts.{}", name),
                fmt::format("{} is no fact that can be stated here", name));
        all[name] = member.value();
    }
    return Facts::read(all, "facts");
}

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
    auto const query = TRY(query_of(draft));
    Facts facts;
    tell_channel(facts, settings);
    TRY(tell_words(facts, draft));
    auto const* kind = find_request_kind(draft.kind.value_or(""));
    if (kind) tell_query(facts, *kind, query, TRY(judge_query(*kind, query)));
    auto const direct = TRY(word_of<treaty::DirectGround>(draft.direct_ground, "directGround"));
    if (direct) facts.tell(fact::route, treaty::Route::direct);
    tell_word(facts, fact::direct_ground, direct);
    auto const authority = unless_empty(draft.authority);
    auto const asking = unless_empty(draft.own_authority);
    tell_text(facts, fact::requesting_authority, asking ? asking : unit_of(law, own, at));
    tell_text(facts, fact::requested_authority, authority ? authority : unit_of(law, to, at));
    auto const& secret = draft.classification;
    if (secret) tell_classification(facts, law, { own, to, secret->level, secret->reason }, at);
    return treaty::Situation { treaty::Measure::information_request, own, to, at,
        TRY(with_stated(
            facts, draft.facts.value_or(json::Object {}), stated_of(kind, direct.has_value()))) };
}

namespace {

/// Who writes directly says why the ground holds (the rule of the message).
bool says_why(json::Object const& query)
{
    auto const* why = query.if_contains("justification");
    return why && why->is_string() && !why->get_string().empty();
}

} // namespace

std::vector<std::string> missing_of(RequestDraft const& draft)
{
    auto const* kind = find_request_kind(draft.kind.value_or(""));
    auto const query = query_of(draft);
    if (!kind || !query.ok()) return {};
    auto const state = judge_query(*kind, query.value());
    auto out = state.ok() ? state.value().missing : std::vector<std::string> {};
    if (!unless_empty(draft.case_number)) out.emplace_back("caseNumber");
    if (unless_empty(draft.direct_ground) && !says_why(query.value()))
        out.emplace_back("query.justification");
    std::ranges::copy(missing_of(draft.classification), std::back_inserter(out));
    return out;
}

std::vector<Warning> warnings_of(RequestDraft const& draft)
{
    auto const query = query_of(draft);
    auto const* vehicle = query.ok() ? query.value().if_contains("vehicle") : nullptr;
    if (!vehicle || !vehicle->is_object()) return {};
    auto const text = [&](std::string_view member) -> std::string {
        auto const* value = vehicle->get_object().if_contains(member);
        return value && value->is_string() ? std::string { value->get_string() } : std::string {};
    };
    auto const plate = text("plate");
    auto const given = text("registrationState");
    auto const state = given.empty() ? draft.to.value_or("") : given;
    if (plate.empty() || search::plate_fit(state, plate) != search::PlateFit::unusual) return {};
    return { { draft.query ? "query.vehicle.plate" : "plate", "plate-format" } };
}

message::Request request_of(treaty::Law const& law, Settings const& settings,
    RequestDraft const& draft, json::Value decision, Instant at)
{
    auto const own = PartyCode::parse(settings.party).value();
    auto const to = PartyCode::parse(draft.to.value()).value();
    auto body = query_of(draft).value();
    auto const authority = unless_empty(draft.authority);
    auto const asking = unless_empty(draft.own_authority);
    body["kind"] = draft.kind.value();
    body["caseNumber"] = draft.case_number.value();
    body["purpose"] = draft.purpose.value();
    body["offence"] = draft.offence.value_or("");
    if (auto const ground = unless_empty(draft.need_ground)) body["needGround"] = *ground;
    if (auto const ground = unless_empty(draft.direct_ground)) body["directGround"] = *ground;
    body["requestingAuthority"] = asking ? *asking : unit_of(law, own, at).value_or("");
    body["requestedAuthority"] = authority ? *authority : unit_of(law, to, at).value_or("");
    auto const level = draft.classification ? draft.classification->level : 0;
    bool const by_courier
        = stamp_of(law, { own, to, level }, at).channel == message::Channel::courier;
    body["medium"] = json::word(by_courier ? treaty::Medium::courier : treaty::Medium::system);
    body["decision"] = std::move(decision);
    auto request = json::read<message::Request>(body, json::Unknown::refuse);
    MUST(request.ok());
    if (request.value().vehicle && !request.value().vehicle->registration_state) {
        auto out = request.take();
        out.vehicle->registration_state = *draft.to;
        return out;
    }
    return request.take();
}

Result<treaty::Situation> situation_of(
    treaty::Law const& law, Settings const& settings, Received const& received, Instant at)
{
    auto const own = TRY(PartyCode::parse(settings.party));
    auto const requesting = TRY(PartyCode::parse(received.from));
    if (!law.party(requesting))
        return malformed("from", "the requesting State is no Party (A2(d))");
    auto const& request = received.request;
    Facts facts;
    tell_channel(facts, settings);
    facts.tell(fact::urgent, received.urgent);
    facts.tell(fact::personal_data, received.personal_data);
    tell_word(facts, fact::medium,
        TRY(word_of<treaty::Medium>(std::optional { request.medium }, "medium")));
    TRY(tell_words(facts, request));
    if (received.erase_by) facts.tell(fact::erase_by, *received.erase_by);
    auto const* kind = find_request_kind(request.kind);
    if (!kind) return malformed("kind", "this kind of request is not known here");
    auto const query = query_of(*kind, request);
    tell_query(facts, *kind, query, TRY(judge_query(*kind, query)));
    auto const delegated = stated_of(kind, request.direct_ground.has_value());
    facts = TRY(with_stated(facts, taken_over(request, delegated), delegated));
    TRY(tell_level(facts, law, { requesting, own, received.level }, request, at));
    if (node_answers(request)) facts.tell(fact::competent, true);
    return treaty::Situation { treaty::Measure::information_request_received, requesting, own, at,
        TRY(with_stated(facts, received.stated, stated_by_receiver)) };
}

void address_to_us(
    message::Request& request, treaty::Law const& law, Settings const& settings, Instant at)
{
    auto const own = PartyCode::parse(settings.party).value();
    request.requested_authority = unit_of(law, own, at).value_or("");
}

bool node_answers(message::Request const& request)
{
    if (request.kind != json::word(treaty::Kind::vehicle_owner) || !request.vehicle) return false;
    auto const& vehicle = *request.vehicle;
    return vehicle.vehicle_class.value_or(message::VehicleClass::motor_vehicle)
        == message::VehicleClass::motor_vehicle
        && (!search::plate_key(vehicle.plate.value_or("")).empty()
            || !search::vin_key(vehicle.vin.value_or("")).empty());
}

Result<treaty::Situation> answer_situation(
    Settings const& settings, Answering const& answering, Instant at)
{
    auto const& request = answering.request;
    Facts facts;
    tell_channel(facts, settings);
    TRY(tell_words(facts, request));
    facts.tell(fact::personal_data, answering.personal_data);
    facts.tell(fact::erase_by, answering.erase_by);
    facts.tell(fact::request_oral, answering.request_oral);
    if (answering.request_oral)
        facts.tell(fact::confirmed_in_writing, answering.confirmed_in_writing);
    if (!answering.handling_caveat.empty())
        facts.tell(fact::handling_caveat, answering.handling_caveat);
    auto const delegated
        = stated_of(find_request_kind(request.kind), request.direct_ground.has_value());
    facts = TRY(with_stated(facts, taken_over(request, delegated), delegated));
    return treaty::Situation { treaty::Measure::information_answer,
        TRY(PartyCode::parse(answering.to)), TRY(PartyCode::parse(settings.party)), at,
        TRY(with_stated(facts, answering.stated, stated_of_answer)) };
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

Date usual_erase_by(Settings const& settings, Instant now)
{
    return std::chrono::floor<std::chrono::days>(now)
        + std::chrono::days { settings.answer_retention_days };
}

} // namespace comity::casework
