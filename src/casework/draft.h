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
    std::optional<std::string> plate;
    std::optional<std::string> registration_state; ///< `to` where missing.
    std::optional<std::string> purpose;
    std::optional<std::string> offence;
    std::optional<std::string> need_ground;
    std::optional<std::string> case_number;
    std::optional<Date> erase_by;
    std::optional<std::string> urgency;
};
BOOST_DESCRIBE_STRUCT(RequestDraft, (),
    (to, authority, kind, plate, registration_state, purpose, offence, need_ground, case_number,
        erase_by, urgency))

/// What a State has settled for its own node; the law asks for it as facts.
struct Settings {
    std::string party;
    std::string unit;
    /// The data-protection supervisor's general permission (reservation of Bulgaria).
    bool supervisor_permission = false;
    int answer_retention_days = 365; ///< Erase-by that this State sets on what it answers.
};

/// A thing worth a second look that never blocks.
struct Warning {
    std::string field;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(Warning, (), (field, code))

/// Errors name the field: a word of no list, a text over its limit, a State that is no Party code.
Result<treaty::Situation> situation_of(
    treaty::Law const& law, Settings const& settings, RequestDraft const& draft, Instant at);
std::vector<Warning> warnings_of(RequestDraft const& draft);
/// The body that travels. MUST: the draft was permitted, so nothing that it needs is missing.
message::Request request_of(treaty::Law const& law, Settings const& settings,
    RequestDraft const& draft, json::Value decision, Instant at);

/// The same request as its receiver judges it.
Result<treaty::Situation> situation_of(treaty::Law const& law, message::Request const& request,
    std::string_view from, Settings const& settings, std::optional<Date> erase_by, Instant at);

/// Sending an answer with personal data back to `to`.
treaty::Situation answer_situation(Settings const& settings, message::Request const& request,
    std::string_view to, bool hit, Date erase_by, Instant at);

/// Provisions that were found to hold, in their order: what a manifest cites.
std::vector<std::string> provisions_held(treaty::Decision const& decision);
/// Those that stand in the way.
std::vector<std::string> provisions_against(treaty::Decision const& decision);

/// Own target for an answer: the Convention sets no number (X-CHK-4), so the State does.
std::chrono::hours answer_target(std::string_view urgency);

} // namespace comity::casework
