#pragma once

#include "treaty/fact/teams.h"

/// Articles 32 to 42: classified information, the Committee, agreements, instruments.
namespace comity::treaty {

/// Art. 39: how a State binds itself.
enum class Instrument : std::uint8_t { ratification, acceptance, approval, accession, other };
BOOST_DESCRIBE_ENUM(Instrument, ratification, acceptance, approval, accession, other)

/// Art. 35: who says that a cost does not lie where it fell.
enum class CostBasis : std::uint8_t {
    special_article,
    implementing_agreement,
    prior_consent,
    none
};
BOOST_DESCRIBE_ENUM(CostBasis, special_article, implementing_agreement, prior_consent, none)

/// Art. 42(3).
enum class SuspensionGround : std::uint8_t {
    state_security,
    public_order_and_security,
    life_and_integrity_of_citizens,
    other,
};
BOOST_DESCRIBE_ENUM(SuspensionGround, state_security, public_order_and_security,
    life_and_integrity_of_citizens, other)

constexpr FactId first_of_final = first_of_teams + teams_facts.size();

namespace fact {
inline constexpr auto need_to_know = boolean_fact(first_of_final + 0, "need-to-know",
    "The official needs the information for the task it was sent for.");
inline constexpr auto same_purpose = boolean_fact(first_of_final + 1, "same-purpose",
    "The classified information is used for the purpose it was sent for.");
inline constexpr auto clearance_level = integer_fact(first_of_final + 2, "clearance-level", 0, 4,
    "The highest classification level that the official is cleared for by national law; 0 none.");
inline constexpr auto copies_exist = boolean_fact(
    first_of_final + 3, "copies-exist", "The receiver holds copies, printed or electronic.");
inline constexpr auto breach_circumstances
    = text_fact(first_of_final + 4, "breach-circumstances", "How the protection was broken.");
inline constexpr auto breach_consequences = text_fact(
    first_of_final + 5, "breach-consequences", "What followed, or may follow, from the breach.");
inline constexpr auto breach_measures = text_fact(first_of_final + 6, "breach-measures",
    "What was done to limit the consequences and to prevent another breach.");
inline constexpr auto votes_against = integer_fact(
    first_of_final + 7, "votes-against", 0, 60, "Parties that voted against the decision.");
inline constexpr auto votes_open
    = integer_fact(first_of_final + 8, "votes-open", 0, 60, "Parties that have not voted yet.");
inline constexpr auto lists_change = boolean_fact(first_of_final + 9, "lists-change",
    "Jurisdiction or competence changes of an authority that the Convention or its lists name.");
inline constexpr auto cost_basis = word_fact<CostBasis>(first_of_final + 10, "cost-basis",
    "Why another bears the cost: a special article, an implementing agreement, consent given "
    "before, or nothing.");
inline constexpr auto instrument = word_fact<Instrument>(first_of_final + 11, "instrument",
    "What is deposited: an instrument of ratification, acceptance, approval or accession, or "
    "something else.");
inline constexpr auto deposited_on
    = date_fact(first_of_final + 12, "deposited-on", "The day of deposit with the depositary.");
inline constexpr auto made_with_instrument
    = boolean_fact(first_of_final + 13, "made-with-instrument",
        "The reservation was made on ratification, acceptance, approval or accession.");
inline constexpr auto notice_received_at = instant_fact(
    first_of_final + 14, "notice-received-at", "When the depositary received the notice.");
inline constexpr auto notice_written = boolean_fact(
    first_of_final + 15, "notice-written", "The notice to the depositary is in writing.");
inline constexpr auto suspension_ground = word_fact<SuspensionGround>(
    first_of_final + 16, "suspension-ground", "What the suspension is necessary for.");
inline constexpr auto judicial_authorisation = text_fact(first_of_final + 17,
    "judicial-authorisation", "The reference of the authorisation by a judicial authority.");
} // namespace fact

inline constexpr std::array<FactDescription const*, 18> final_facts { &fact::need_to_know,
    &fact::same_purpose, &fact::clearance_level, &fact::copies_exist, &fact::breach_circumstances,
    &fact::breach_consequences, &fact::breach_measures, &fact::votes_against, &fact::votes_open,
    &fact::lists_change, &fact::cost_basis, &fact::instrument, &fact::deposited_on,
    &fact::made_with_instrument, &fact::notice_received_at, &fact::notice_written,
    &fact::suspension_ground, &fact::judicial_authorisation };

} // namespace comity::treaty
