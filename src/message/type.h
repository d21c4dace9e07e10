#pragma once

#include "base/json.h"

#include <span>

/// Every type of message between two nodes: one row each, in one table. The number and the word of
/// a type are for ever: append, never reuse, never rename. docs/MESSAGES.md is printed from here.
namespace comity::message {

/// The value is the number of the type.
enum class Type : std::uint16_t { // NOLINT(performance-enum-size): 255 may not be enough for ever
    request = 1,
    answer = 2,
    refusal = 3,
    partial_answer = 4,
    conditions = 5,
    conditions_answer = 6,
    clarification_request = 7,
    clarification = 8,
    forwarded_request = 9,
    forwarding_notice = 10,
    oral_request_confirmation = 11,
    direct_contact_copy = 12,
    request_withdrawal = 13,
    spontaneous_information = 14,
    case_bulletin = 15,
    event_notice = 16,
    planning_notice = 17,
    contact_directory = 18,
    situation_report = 19,
    migration_report = 20,
    invitation = 21,
    invitation_answer = 22,
    liaison_posting = 23,
    witness_measures_end = 24,
    treaty_notice = 25,
    depositary_notice = 26,
    meeting_request = 27,
    consent_request = 28,
    consent_answer = 29,
    consent_withdrawal = 30,
    correction = 31,
    destruction_notice = 32,
    destruction_confirmation = 33,
    doubt_notice = 34,
    unlawful_use_report = 35,
    processing_inquiry = 36,
    processing_report = 37,
    comment_request = 38,
    comment = 39,
    level_change = 40,
    level_change_confirmation = 41,
    breach_report = 42,
    courier_notice = 43,
    courier_receipt = 44,
    stop_order = 45,
    stop_acknowledgement = 46,
    instructions = 47,
    pursuit_notice = 48,
    surveillance_request = 49,
    surveillance_notice = 50,
    controlled_delivery_request = 51,
    undercover_request = 52,
    undercover_notice = 53,
    evidence_request = 54,
    evidence_results = 55,
    body_search_request = 56,
    authorisation = 57,
    take_over = 58,
    detention_notice = 59,
    hand_over_request = 60,
    appearance_request = 61,
    operation_report = 62,
    team_proposal = 63,
    team_accession = 64,
    patrol_plan = 65,
    damage_claim = 66,
    reimbursement_request = 67,
    settlement = 68,
    dna_request = 69,
    dna_result = 70,
    dna_confirmation = 71,
    dna_sampling_request = 72,
    search_hit = 73,
    threat_contribution = 74,
    action_plan = 75,
    commitment = 76,
    cycle_result = 77,
    strategic_product = 78,
    key_rotation_notice = 79,
    trust_list_proposal = 80,
    trust_list_vote = 81,
    dna_run_proposal = 82,
    dna_run_answer = 83,
    dna_run_portion = 84,
    dna_run_result = 85,
    dna_run_stop = 86,
    dna_sampling_answer = 87,
};
// In two lists: one list of the macro takes no more.
BOOST_DESCRIBE_ENUM_BEGIN(Type)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, Type, request, answer, refusal,
    partial_answer, conditions, conditions_answer, clarification_request, clarification,
    forwarded_request, forwarding_notice, oral_request_confirmation, direct_contact_copy,
    request_withdrawal, spontaneous_information, case_bulletin, event_notice, planning_notice,
    contact_directory, situation_report, migration_report, invitation, invitation_answer,
    liaison_posting, witness_measures_end, treaty_notice, depositary_notice, meeting_request,
    consent_request, consent_answer, consent_withdrawal, correction, destruction_notice,
    destruction_confirmation, doubt_notice, unlawful_use_report, processing_inquiry,
    processing_report, comment_request, comment, level_change, level_change_confirmation,
    breach_report)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, Type, courier_notice, courier_receipt,
    stop_order, stop_acknowledgement, instructions, pursuit_notice, surveillance_request,
    surveillance_notice, controlled_delivery_request, undercover_request, undercover_notice,
    evidence_request, evidence_results, body_search_request, authorisation, take_over,
    detention_notice, hand_over_request, appearance_request, operation_report, team_proposal,
    team_accession, patrol_plan, damage_claim, reimbursement_request, settlement, dna_request,
    dna_result, dna_confirmation, dna_sampling_request, search_hit, threat_contribution,
    action_plan, commitment, cycle_result, strategic_product, key_rotation_notice,
    trust_list_proposal, trust_list_vote, dna_run_proposal, dna_run_answer, dna_run_portion,
    dna_run_result, dna_run_stop, dna_sampling_answer)
BOOST_DESCRIBE_ENUM_END(Type)
constexpr std::size_t type_count = 87;

enum class Family : std::uint8_t {
    request,
    answer,
    notice,
    consent,
    data_protection,
    classified,
    operation,
    claim,
    identification,
    cycle,
    system,
};
BOOST_DESCRIBE_ENUM(Family, request, answer, notice, consent, data_protection, classified,
    operation, claim, identification, cycle, system)

/// Whether the parts of a message of some type hold personal data.
enum class PersonalData : std::uint8_t { never, may, always };
BOOST_DESCRIBE_ENUM(PersonalData, never, may, always)

/// One row of the table.
struct MessageType {
    Type type;
    Family family;
    std::uint32_t version; ///< Of the schema of its content, which has the word of the type.
    bool answers; ///< A message of another Party: `inReplyTo` must stand in the manifest.
    PersonalData personal_data;
    std::string_view provisions; ///< Those it serves, a blank between; empty for the system's own.
    std::string_view english;
};

/// All rows in the order of their numbers.
std::span<MessageType const> message_types();
MessageType const& message_type(Type type);
/// The row of a word; none for a type of a newer peer.
MessageType const* find_type(std::string_view word);
inline bool known(std::string_view word)
{
    return find_type(word) != nullptr;
}
/// "request/1": what stands in `parts[].schema`.
std::string schema_of(Type type);

} // namespace comity::message
