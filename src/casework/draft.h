#pragma once

#include "message/body.h"
#include "treaty/decision.h"

/// A request while an officer writes it, and what it says to the law.
namespace comity::casework {

/// Every field may be missing while one types; the law names what it lacks.
struct RequestDraft {
    std::optional<std::string> to;
    std::optional<std::string> authority; ///< The National Central Unit where missing.
    std::optional<std::string> kind;
    std::optional<std::string> plate; ///< Short for query.vehicle.plate.
    std::optional<std::string> registration_state; ///< Of that plate; `to` where missing.
    std::optional<std::string> purpose;
    std::optional<std::string> offence;
    std::optional<std::string> need_ground;
    std::optional<std::string> case_number;
    std::optional<Date> erase_by;
    std::optional<std::string> urgency;
    /// What is asked: members of message::Request that fit the kind (casework/request_kind.h).
    std::optional<json::Object> query {};
    /// Facts by name that only the officer can state: those of the kind, `judicial-reserved`, and
    /// those of Article 4(4) where `direct_ground` is given.
    std::optional<json::Object> facts {};
    std::optional<std::string> direct_ground {}; ///< Article 4(4): straight to `authority`.
    std::optional<std::string> own_authority {}; ///< That writes directly.
    std::optional<std::vector<std::int64_t>> files {}; ///< That go with it: casework/files.h.
};
BOOST_DESCRIBE_STRUCT(RequestDraft, (),
    (to, authority, kind, plate, registration_state, purpose, offence, need_ground, case_number,
        erase_by, urgency, query, facts, direct_ground, own_authority, files))

/// Which acts this State wants two officers for (casework/four_eyes.h).
struct FourEyes {
    bool send = false;
    bool refuse = false;
    bool release_hit = false;
};

/// What a State has settled for its own node; the law asks for it as facts.
struct Settings {
    std::string party;
    std::string unit;
    /// The data-protection supervisor's general permission (reservation of Bulgaria).
    bool supervisor_permission = false;
    int answer_retention_days = 365; ///< Erase-by that this State sets on what it answers.
    FourEyes four_eyes {};
};

/// The day by which this State destroys what nobody has set a day for.
Date usual_erase_by(Settings const& settings, Instant now);

/// A thing worth a second look that never blocks.
struct Warning {
    std::string field;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(Warning, (), (field, code))

/// Facts of a request that its officer states, whatever the kind: read from `facts` by name.
constexpr std::string_view stated_always = "judicial-reserved";
constexpr std::string_view stated_of_direct_contact
    = "direct-expedient border-region threat-immediate usual-channel-too-late";

/// Errors name the field: a word of no list, a text over its limit, a State that is no Party code,
/// a fact that is not the officer's to state.
Result<treaty::Situation> situation_of(
    treaty::Law const& law, Settings const& settings, RequestDraft const& draft, Instant at);
/// Paths of what the query still needs; the errors of situation_of come before these.
std::vector<std::string> missing_of(RequestDraft const& draft);
std::vector<Warning> warnings_of(RequestDraft const& draft);
/// The body that travels. MUST: the draft was permitted and misses nothing.
message::Request request_of(treaty::Law const& law, Settings const& settings,
    RequestDraft const& draft, json::Value decision, Instant at);

/// A request that another Party passed on names that Party's authority still: here it is ours that
/// is asked.
void address_to_us(
    message::Request& request, treaty::Law const& law, Settings const& settings, Instant at);

/// Whether this node's own register can answer it without an officer: a motor vehicle, by its plate
/// or its VIN. Everything else waits for one.
bool node_answers(message::Request const& request);

/// A request that came, as its receiver judges it.
struct Received {
    message::Request const& request;
    std::string_view from;
    std::optional<Date> erase_by {};
    bool urgent = false;
    bool personal_data = true;
    json::Object const& stated; ///< By our own officer: `judicial-reserved`, `competent`.
};
constexpr std::string_view stated_by_receiver = "judicial-reserved competent";
Result<treaty::Situation> situation_of(
    treaty::Law const& law, Settings const& settings, Received const& received, Instant at);

/// Sending an answer back.
struct Answering {
    message::Request const& request;
    std::string_view to;
    bool personal_data = true;
    Date erase_by {};
    bool request_oral = false;
    bool confirmed_in_writing = false;
    std::string handling_caveat {};
    json::Object const& stated;
};
constexpr std::string_view stated_of_answer
    = "special-methods protection-guaranteed pending-permit-listed disputed-territory";
Result<treaty::Situation> answer_situation(
    Settings const& settings, Answering const& answering, Instant at);

/// What was told, and what an officer states on top of it. Error: malformed, `facts.<name>`, for a
/// fact that is not among `allowed`, names with a blank between.
Result<treaty::Facts> with_stated(
    treaty::Facts const& told, json::Object const& stated, std::string_view allowed);

/// Provisions that were found to hold, in their order: what a manifest cites.
std::vector<std::string> provisions_held(treaty::Decision const& decision);
/// Those that stand in the way.
std::vector<std::string> provisions_against(treaty::Decision const& decision);

/// Own target for an answer: the Convention sets no number (X-CHK-4), so the State does.
std::chrono::hours answer_target(std::string_view urgency);

} // namespace comity::casework
