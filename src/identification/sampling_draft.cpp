#include "identification/sampling_draft.h"

#include "casework/draft.h"
#include "message/content.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::identification {
namespace {

using message::SamplingStep;
using message::Type;
using treaty::Facts;
using treaty::PartyCode;
namespace fact = treaty::fact;

constexpr std::string_view stated_by_asker = "profile-available";
constexpr std::string_view stated_by_asked
    = "sampling-lawful profile-available person-in-requested-party";

Error malformed(std::string_view field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::string { field } };
}

bool blank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::optional<std::string> state_of(std::optional<json::Object> const& place)
{
    auto const* state = place ? place->if_contains("state") : nullptr;
    if (!state || !state->is_string() || state->get_string().empty()) return {};
    return std::string { state->get_string() };
}

/// What the requesting Party says for itself: purpose, order, costs. An order that is only told of
/// is not attached.
void tell_conditions(Facts& facts, std::optional<std::string> const& purpose_wanted,
    std::optional<std::string> const& order, bool attached,
    std::optional<std::string> const& statement, std::optional<bool> costs_accepted)
{
    if (purpose_wanted)
        facts.tell(fact::sampling_purpose,
            blank(*purpose_wanted) ? std::string {}
                                   : purpose_wanted->substr(0, Facts::text_bytes_max));
    if (order) facts.tell(fact::analysis_order, attached && !blank(*order));
    if (statement) facts.tell(fact::analysis_grounds_shown, !blank(*statement));
    if (costs_accepted) facts.tell(fact::costs_undertaken, *costs_accepted);
}

bool has_files(SamplingDraft const& draft)
{
    return draft.files && !draft.files->empty();
}

json::Object content_of(SamplingDraft const& draft)
{
    json::Object out;
    auto const put = [&](std::string_view name, std::optional<std::string> const& text) {
        if (text && !blank(*text)) out[name] = *text;
    };
    put("caseNumber", draft.case_number);
    put("purposeWanted", draft.purpose_wanted);
    if (draft.person) out["person"] = *draft.person;
    if (draft.whereabouts) out["whereabouts"] = *draft.whereabouts;
    put("order", draft.order);
    put("statement", draft.statement);
    if (draft.costs_accepted) out["costsAccepted"] = *draft.costs_accepted;
    return out;
}

} // namespace

Result<treaty::Situation> situation_of(Ways const& ways, SamplingDraft const& draft, Instant at)
{
    auto const own = TRY(PartyCode::parse(ways.settings.party));
    auto const to = TRY(receiver_of(ways, draft.to));
    bool const urgent = TRY(is_urgent(draft.urgency));
    auto facts = TRY(facts_between(
        ways, { own, to, draft.purpose, draft.case_number, draft.erase_by, urgent }, at));
    if (auto const state = state_of(draft.whereabouts))
        facts.tell(fact::person_in_requested_party, *state == *draft.to);
    tell_conditions(facts, draft.purpose_wanted, draft.order, has_files(draft), draft.statement,
        draft.costs_accepted);
    return treaty::Situation { treaty::Measure::dna_sampling, own, to, at,
        TRY(casework::with_stated(facts, draft.facts.value_or(json::Object {}), stated_by_asker)) };
}

Result<std::vector<std::string>> missing_of(SamplingDraft const& draft)
{
    auto out = TRY(
        message::missing_of(message::shape_of(Type::dna_sampling_request), content_of(draft)));
    if (draft.whereabouts && !state_of(draft.whereabouts)) out.emplace_back("whereabouts.state");
    if (!draft.purpose || draft.purpose->empty()) out.emplace_back("purpose");
    if (!has_files(draft)) out.emplace_back("files");
    if (!draft.erase_by) out.emplace_back("eraseBy");
    return out;
}

message::DnaSamplingRequest request_of(
    SamplingDraft const& draft, std::span<exchange::OutgoingAttachment const> files)
{
    auto read = json::read<message::DnaSamplingRequest>(content_of(draft), json::Unknown::refuse);
    MUST(read.ok());
    auto out = read.take();
    out.attachments = casework::names_of(files);
    return out;
}

bool may_leave(treaty::Decision const& decision)
{
    if (decision.verdict != treaty::Verdict::incomplete)
        return decision.verdict == treaty::Verdict::permitted;
    return std::ranges::all_of(treaty::in_words(decision).findings, [](auto const& finding) {
        return !finding.missing || std::ranges::all_of(*finding.missing, [](auto const& name) {
            return name == fact::sampling_lawful.name;
        });
    });
}

Result<treaty::Situation> situation_of(
    Ways const& ways, SamplingAsked const& asked, json::Object const& stated, Instant at)
{
    auto const& [request, manifest] = asked;
    auto const own = TRY(PartyCode::parse(ways.settings.party));
    auto const requesting = TRY(sender_of(ways, manifest.from.state));
    auto const erase_by
        = manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt;
    bool const urgent = manifest.urgency != message::Urgency::routine;
    auto facts = TRY(facts_between(
        ways, { requesting, own, manifest.purpose, request.case_number, erase_by, urgent }, at));
    if (request.whereabouts.state)
        facts.tell(
            fact::person_in_requested_party, *request.whereabouts.state == ways.settings.party);
    // That there is no profile of him, its own judgement said where it cites this.
    if (std::ranges::count(manifest.legal_basis.provisions, "A20(3)-1") > 0)
        facts.tell(fact::profile_available, false);
    bool const attached = request.attachments && !request.attachments->empty();
    tell_conditions(facts, request.purpose_wanted, request.order, attached, request.statement,
        request.costs_accepted);
    return treaty::Situation { treaty::Measure::dna_sampling, requesting, own, at,
        TRY(casework::with_stated(facts, stated, stated_by_asked)) };
}

Result<treaty::Situation> refusal_situation(
    Ways const& ways, SamplingAsked const& asked, SamplingStepDraft const& draft, Instant at)
{
    auto out = TRY(situation_of(ways, asked, {}, at));
    Facts facts;
    facts.tell(fact::medium, treaty::Medium::system);
    facts.tell(fact::official_authorised, true);
    if (draft.ground && !draft.ground->empty()) {
        auto const word = json::from_word<treaty::RefusalGround>(*draft.ground);
        if (!word)
            return json::detail::unknown_word(
                *draft.ground, json::words<treaty::RefusalGround>(), "ground");
        facts.tell(fact::refusal_ground, *word);
    }
    if (draft.reason && !blank(*draft.reason))
        facts.tell(fact::reasons, draft.reason->substr(0, Facts::text_bytes_max));
    for (auto const* unit : { &fact::requesting_authority, &fact::requested_authority }) {
        auto const party = unit == &fact::requesting_authority ? out.requesting : out.requested;
        auto const units
            = ways.law.national_central_unit(party, std::chrono::floor<std::chrono::days>(at));
        if (!units.empty()) facts.tell(*unit, units.front()->id);
    }
    out.measure = treaty::Measure::refusal;
    out.facts = std::move(facts);
    return out;
}

Result<message::DnaSamplingAnswer> answer_of(SamplingStepDraft const& draft,
    std::string_view case_number, dna::RuleSet const& rules, dna::LocusTable const& table,
    Date today)
{
    message::DnaSamplingAnswer out { std::string { case_number }, draft.step };
    switch (draft.step) {
    case SamplingStep::permitted: out.conditions_met = draft.conditions_met; break;
    case SamplingStep::refused: out.reason = draft.reason; break;
    case SamplingStep::typed:
        out.profile = draft.profile;
        out.sampled_on = draft.sampled_on;
        out.costs = draft.costs;
    }
    for (auto* text : { &out.conditions_met, &out.reason })
        if (*text && blank(**text)) text->reset();
    if (out.sampled_on && *out.sampled_on > today)
        return malformed("sampledOn", "the sample was not taken yet on that day");
    if (out.profile) TRY(check_typed(out, rules, table));
    return out;
}

Result<void> check_typed(message::DnaSamplingAnswer const& answer, dna::RuleSet const& rules,
    dna::LocusTable const& table)
{
    if (!answer.profile) return malformed("profile", "profile is missing");
    if (answer.profile->kind != message::ProfileKind::person)
        return malformed("profile.kind", "a sample is of a person");
    auto const read = profile_of(*answer.profile, table);
    if (!read.ok()) return malformed("profile." + read.error().field, read.error().what);
    if (auto const refusal = dna::refusal_of_exchange(read.value(), rules, table))
        return malformed("profile", fmt::format("{} ({})", refusal->reason, refusal->reference));
    return {};
}

} // namespace comity::identification
