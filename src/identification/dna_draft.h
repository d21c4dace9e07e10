#pragma once

#include "casework/draft.h"
#include "identification/family.h"
#include "identification/terms.h"
#include "message/identification.h"
#include "message/manifest.h"
#include "treaty/decision.h"

/// A request under Article 20 while an officer writes it, and what it says to the law.
namespace comity::identification {

/// What a State has settled for itself; the law asks for it as facts.
struct Settings {
    std::string party;
    std::string unit;
    bool supervisor_permission = false; ///< Reservation of Bulgaria.
    /// Its law provides for comparing other Parties' profiles with its file, A20(1)-1.
    bool comparison_lawful = true;
    bool storage_lawful = true; ///< And for keeping them, A20(2).
    int retention_days = 365; ///< Of a result that this State sends.
    /// Requests of one State that the node compares by itself on a day; the rest wait for an
    /// officer, who sees why.
    std::int64_t asked_per_day_max = 1000;
    casework::FourEyes four_eyes {}; ///< Which acts this State wants two officers for.
};

/// Every field may be missing while one types.
struct DnaDraft {
    std::optional<std::string> to;
    std::optional<std::string> case_number;
    std::optional<std::string> purpose;
    std::optional<std::string> offence;
    std::optional<std::string> ground;
    std::optional<std::string> form_version; ///< The valid one where missing.
    std::vector<message::Profile> profiles {};
    std::optional<FamilyDraft> family {}; ///< Instead of profiles: of a missing person.
    std::optional<bool> storage_asked {}; ///< Kept where nothing is found, A20(2).
    std::optional<bool> costs_accepted {};
    std::optional<Date> erase_by;
    std::optional<std::string> urgency;
    /// By name, what only the officer can state: `comparison-lawful`.
    std::optional<json::Object> facts {};
};
BOOST_DESCRIBE_STRUCT(DnaDraft, (),
    (to, case_number, purpose, offence, ground, form_version, profiles, family, storage_asked,
        costs_accepted, erase_by, urgency, facts))

constexpr std::size_t profiles_max = 100; ///< Of one request.

struct Ways {
    treaty::Law const& law;
    Settings const& settings;
    Terms const& terms;
};

/// Whom a draft asks. Errors name `to`: no Party, or our own.
Result<treaty::PartyCode> receiver_of(Ways const& ways, std::optional<std::string> const& code);
/// Error: malformed, `from`, for a State that is no Party.
Result<treaty::PartyCode> sender_of(Ways const& ways, std::string_view state);
/// Error: a word of no list, `urgency`.
Result<bool> is_urgent(std::optional<std::string> const& urgency);

/// What every request under Article 20 tells the law, whatever it asks for.
struct AskedBetween {
    treaty::PartyCode requesting, requested;
    std::optional<std::string> purpose {}, case_number {};
    std::optional<Date> erase_by {};
    bool urgent = false;
};
/// Error: a word of no list, `purpose`.
Result<treaty::Facts> facts_between(Ways const& ways, AskedBetween const& asked, Instant at);

/// Errors name the field: no Party, a word of no list, a fact that is not the officer's.
Result<treaty::Situation> situation_of(Ways const& ways, DnaDraft const& draft, Instant at);
/// Paths of what it still lacks, whatever the law says; the first reason why a profile may not go
/// is an error. Errors: malformed, naming the profile: a mixed one, too few loci for the rules.
Result<std::vector<std::string>> missing_of(
    Ways const& ways, DnaDraft const& draft, dna::Knowledge const& knowledge, Instant at);
/// MUST: permitted, and nothing is missing.
/// `family` where the profiles are its members'.
message::DnaRequest request_of(Ways const& ways, DnaDraft const& draft, Instant at,
    std::optional<message::Pedigree> family = {});

/// A request that came, as its receiver judges it.
struct CameFrom {
    std::string_view state;
    std::optional<Date> erase_by;
    bool urgent = false;
};
Result<treaty::Situation> situation_of(
    Ways const& ways, message::DnaRequest const& request, CameFrom const& from, Instant at);
/// Whether a profile that agreed with nothing is kept for later searches, Article 20(2).
Result<treaty::Situation> storage_situation(
    Ways const& ways, message::DnaRequest const& request, CameFrom const& from, Instant at);
/// The result is sent: the same with what was found.
treaty::Situation with_result(treaty::Situation situation, bool hit, bool typing_needed);

/// When a comparison between us and that Party is to be answered: as agreed, else as any request.
Instant due_of(Ways const& ways, std::string_view party, message::Urgency urgency, Instant from);

/// Ids of the provisions that hold, in their order: what a manifest cites.
std::vector<std::string> provisions_held(treaty::Decision const& decision);

} // namespace comity::identification
