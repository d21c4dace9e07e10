#pragma once

#include "treaty/fact/operations.h"

/// Articles 20 to 29: identification, liability, technical measures, teams, patrols, centres.
namespace comity::treaty {

/// What a comparison of identification material serves; Art. 20(1). `other` is no ground.
enum class IdentificationGround : std::uint8_t {
    investigation_or_proceedings,
    missing_person,
    unidentified_body,
    other,
};
BOOST_DESCRIBE_ENUM(
    IdentificationGround, investigation_or_proceedings, missing_person, unidentified_body, other)

enum class IdentificationMaterial : std::uint8_t { dna_profile, fingerprints, other };
BOOST_DESCRIBE_ENUM(IdentificationMaterial, dna_profile, fingerprints, other)

/// What the search in a database gave; Art. 20(1), 20(2).
enum class SearchResult : std::uint8_t { open, hit, nothing_found };
BOOST_DESCRIBE_ENUM(SearchResult, open, hit, nothing_found)

/// What caused damage; Art. 23(1), 31(5).
enum class DamageCause : std::uint8_t { officials_at_their_tasks, other };
BOOST_DESCRIBE_ENUM(DamageCause, officials_at_their_tasks, other)

/// Why one Party owes another money; Art. 20, 23(3).
enum class ReimbursementGround : std::uint8_t { identification, damage_by_officials, other };
BOOST_DESCRIBE_ENUM(ReimbursementGround, identification, damage_by_officials, other)

/// Where a foreigner stays; Art. 25.
enum class AccommodationPlace : std::uint8_t {
    establishment,
    tent,
    caravan,
    yacht,
    other_rented,
    not_rented,
};
BOOST_DESCRIBE_ENUM(
    AccommodationPlace, establishment, tent, caravan, yacht, other_rented, not_rented)

/// Why an authority wants registration forms; Art. 25(1)(b). `other` is no ground.
enum class FormsPurpose : std::uint8_t {
    threat_prevention,
    crime_investigation,
    missing_person,
    accident_victim,
    other,
};
BOOST_DESCRIBE_ENUM(
    FormsPurpose, threat_prevention, crime_investigation, missing_person, accident_victim, other)

/// What an official of another Party does in a mixed group or on a mixed patrol; Art. 26, 28.
enum class JointAct : std::uint8_t {
    assist, ///< Support and advice, without any power over anybody.
    identify,
    stop_evader, ///< Stops a person who tries to evade a check.
    search,
    seize,
    arrest,
    fine,
    use_weapon,
    other,
};
BOOST_DESCRIBE_ENUM(
    JointAct, assist, identify, stop_evader, search, seize, arrest, fine, use_weapon, other)

/// Whom a cross-border search is for; Art. 26(2), 26(3).
enum class SearchedFor : std::uint8_t { fugitive, missing_person, other };
BOOST_DESCRIBE_ENUM(SearchedFor, fugitive, missing_person, other)

/// Art. 27(2)(a) and (b).
enum class TeamGround : std::uint8_t { complex_investigation, coordinated_action, none };
BOOST_DESCRIBE_ENUM(TeamGround, complex_investigation, coordinated_action, none)

/// Where a team is to be set up; Art. 27(3).
enum class TeamPlace : std::uint8_t {
    requesting_party,
    requested_party,
    other_party_of_team,
    elsewhere,
};
BOOST_DESCRIBE_ENUM(TeamPlace, requesting_party, requested_party, other_party_of_team, elsewhere)

/// On whose territory a team works at the moment; Art. 27(5), 27(6).
enum class TeamTerritory : std::uint8_t { requesting_party, requested_party };
BOOST_DESCRIBE_ENUM(TeamTerritory, requesting_party, requested_party)

/// Whose authorities the leader of a team represents; Art. 27(5)(a).
enum class TeamLeader : std::uint8_t { requesting_party, requested_party, other_party };
BOOST_DESCRIBE_ENUM(TeamLeader, requesting_party, requested_party, other_party)

/// What a person is in a team; Art. 27(1), 27(6), 27(14).
enum class TeamRole : std::uint8_t { member, participant, none };
BOOST_DESCRIBE_ENUM(TeamRole, member, participant, none)

/// What a person of a team does; Art. 27(7) to (11), 27(14).
enum class TeamAct : std::uint8_t {
    assist, ///< Helps without using a right of a member.
    consult_files,
    be_present, ///< Attends an investigative measure.
    investigative_task,
    ask_own_authorities,
    ask_other_state, ///< A Party outside the team, or a third State.
    provide_information,
};
BOOST_DESCRIBE_ENUM(TeamAct, assist, consult_files, be_present, investigative_task,
    ask_own_authorities, ask_other_state, provide_information)

/// What information of a team is to be used for; Art. 27(12).
enum class InformationUse : std::uint8_t {
    purpose_of_team,
    other_offences,
    immediate_threat,
    other,
};
BOOST_DESCRIBE_ENUM(InformationUse, purpose_of_team, other_offences, immediate_threat, other)

/// The consent of Art. 27(12)(b).
enum class UseConsent : std::uint8_t { given, not_given_yet, withheld, withdrawn };
BOOST_DESCRIBE_ENUM(UseConsent, given, not_given_yet, withheld, withdrawn)

/// Why it was withheld or withdrawn. `other` is no ground of the Convention.
enum class ConsentRefusal : std::uint8_t {
    investigations_endangered,
    cooperation_refusable,
    other,
};
BOOST_DESCRIBE_ENUM(ConsentRefusal, investigations_endangered, cooperation_refusable, other)

/// Art. 28(1). `other` is no purpose of a mixed patrol.
enum class PatrolPurpose : std::uint8_t {
    danger_to_public_security,
    illegal_cross_border_activity,
    other,
};
BOOST_DESCRIBE_ENUM(PatrolPurpose, danger_to_public_security, illegal_cross_border_activity, other)

/// What an official does in a common centre; Art. 29(2) to (4).
enum class CentreAct : std::uint8_t {
    exchange_information,
    analyse_information,
    forward_information,
    support_coordination,
    support_transfer, ///< Of persons handed over between Parties.
    independent_operation,
    joint_operation,
};
BOOST_DESCRIBE_ENUM(CentreAct, exchange_information, analyse_information, forward_information,
    support_coordination, support_transfer, independent_operation, joint_operation)

constexpr FactId first_of_teams = first_of_operations + operations_facts.size();

/// Of sums of money: ten million million of a currency with cents.
constexpr std::int64_t money_max = 1'000'000'000'000'000;

namespace fact {
inline constexpr auto identification_ground = word_fact<IdentificationGround>(first_of_teams + 0,
    "identification-ground", "What the comparison of identification material serves.");
inline constexpr auto comparison_lawful = boolean_fact(first_of_teams + 1, "comparison-lawful",
    "The national law of both Parties provides for this comparison in their databases.");
inline constexpr auto identification_material = word_fact<IdentificationMaterial>(
    first_of_teams + 2, "identification-material", "What is to be compared.");
inline constexpr auto dna_form_valid = boolean_fact(first_of_teams + 3, "dna-form-valid",
    "The request stands on the version of the Interpol DNA form that is valid when it "
    "is made.");
inline constexpr auto search_result = word_fact<SearchResult>(first_of_teams + 4, "search-result",
    "What the requesting services were told of the search in the database; open: "
    "nothing yet.");
inline constexpr auto typing_needed = boolean_fact(first_of_teams + 5, "typing-needed",
    "Further typing of the material is needed to raise the biostatistical accuracy.");
inline constexpr auto typing_proportionate
    = boolean_fact(first_of_teams + 6, "typing-proportionate",
        "Further typing is appropriate and proportionate; for the requested Party to judge.");
inline constexpr auto storage_requested = boolean_fact(first_of_teams + 7, "storage-requested",
    "The requesting Party asked to keep the profile when nothing is found.");
inline constexpr auto storage_lawful = boolean_fact(first_of_teams + 8, "storage-lawful",
    "The law of the requested Party allows keeping the profile for searches. Not read "
    "where the table of national law answers.");
inline constexpr auto profile_available = boolean_fact(
    first_of_teams + 9, "profile-available", "A DNA profile of the person is available already.");
inline constexpr auto person_in_requested_party = boolean_fact(first_of_teams + 10,
    "person-in-requested-party", "The person stays on the territory of the requested Party.");
inline constexpr auto sampling_purpose = text_fact(first_of_teams + 11, "sampling-purpose",
    "What the sample is needed for, as told by the requesting Party.");
inline constexpr auto analysis_order = boolean_fact(first_of_teams + 12, "analysis-order",
    "A request for analysis or an order under the law of the requesting Party is "
    "attached.");
inline constexpr auto analysis_grounds_shown
    = boolean_fact(first_of_teams + 13, "analysis-grounds-shown",
        "It shows that the sample could be taken and analysed if the person stayed in the "
        "requesting Party.");
inline constexpr auto sampling_lawful = boolean_fact(first_of_teams + 14, "sampling-lawful",
    "The requested Party confirms that the conditions of its law for taking and "
    "analysing the sample are met.");
inline constexpr auto costs_undertaken = boolean_fact(first_of_teams + 15, "costs-undertaken",
    "The requesting Party undertakes to reimburse all costs.");
inline constexpr auto police_channel = boolean_fact(first_of_teams + 16, "police-channel",
    "The request goes through the competent police authorities of the two Parties.");
inline constexpr auto official_offence = boolean_fact(first_of_teams + 17, "official-offence",
    "An offence was committed by the official who worked abroad, or against that "
    "official.");
inline constexpr auto damage_cause = word_fact<DamageCause>(first_of_teams + 18, "damage-cause",
    "What caused the damage: officials of the requesting Party at their tasks on the "
    "territory of the requested Party, data that were sent, or something else.");
inline constexpr auto reimbursement_ground
    = word_fact<ReimbursementGround>(first_of_teams + 19, "reimbursement-ground",
        "What was paid for: costs of comparing, typing or sampling (Art. 20), damage that "
        "officials caused, or something else.");
inline constexpr auto sum_paid = integer_fact(first_of_teams + 20, "sum-paid", 0, money_max,
    "What the Party that asks for reimbursement paid, in the smallest unit of its currency.");
inline constexpr auto sum_reimbursed = integer_fact(first_of_teams + 21, "sum-reimbursed", 0,
    money_max, "What the other Party has reimbursed of it, in the same unit, with this payment.");
inline constexpr auto guest_national = boolean_fact(first_of_teams + 22, "guest-national",
    "The guest is a national of the Party on whose territory the accommodation lies.");
inline constexpr auto form_filled_in = boolean_fact(
    first_of_teams + 23, "form-filled-in", "The guest filled in the registration form.");
inline constexpr auto form_signed
    = boolean_fact(first_of_teams + 24, "form-signed", "The guest signed the registration form.");
inline constexpr auto identity_document_valid = boolean_fact(first_of_teams + 25,
    "identity-document-valid", "The guest showed an identity document that is valid.");
inline constexpr auto accommodation_place = word_fact<AccommodationPlace>(first_of_teams + 26,
    "accommodation-place", "Where the guest stays; not rented: no accommodation of Art. 25.");
inline constexpr auto forms_purpose = word_fact<FormsPurpose>(
    first_of_teams + 27, "forms-purpose", "What the authority wants the registration forms for.");
inline constexpr auto forms_needed = boolean_fact(first_of_teams + 28, "forms-needed",
    "The forms are needed for that; for the authority to judge.");
inline constexpr auto forms_withheld = boolean_fact(first_of_teams + 29, "forms-withheld",
    "The law of the requested Party provides otherwise. Not read where the table of "
    "national law answers.");
inline constexpr auto group_needed = boolean_fact(first_of_teams + 30, "group-needed",
    "The cooperation needs a mixed group; for the authorities to judge.");
inline constexpr auto joint_act = word_fact<JointAct>(first_of_teams + 31, "joint-act",
    "What the official of the requesting Party does on the territory of the requested "
    "Party.");
inline constexpr auto searched_for
    = word_fact<SearchedFor>(first_of_teams + 32, "searched-for", "Whom the search is for.");
inline constexpr auto border_area_authorities = boolean_fact(first_of_teams + 33,
    "border-area-authorities", "The authorities of the border areas of both Parties take part.");
inline constexpr auto beyond_region = boolean_fact(
    first_of_teams + 34, "beyond-region", "The importance of the case goes beyond the region.");
inline constexpr auto wears_uniform = boolean_fact(first_of_teams + 35, "wears-uniform",
    "The officials of the requesting Party will wear their uniform.");
inline constexpr auto carries_weapon = boolean_fact(first_of_teams + 36, "carries-weapon",
    "The officials of the requesting Party will carry service weapons.");
inline constexpr auto carries_other_means = boolean_fact(first_of_teams + 37, "carries-other-means",
    "The officials of the requesting Party will carry other means of their service.");
inline constexpr auto uniform_refused = boolean_fact(first_of_teams + 38, "uniform-refused",
    "The requested Party declared that foreign officials wear no uniform. Not read "
    "where the table of national law answers.");
inline constexpr auto weapons_refused = boolean_fact(first_of_teams + 39, "weapons-refused",
    "The requested Party declared that foreign officials carry no service weapons. Not "
    "read where the table of national law answers.");
inline constexpr auto declared_conditions_met
    = boolean_fact(first_of_teams + 40, "declared-conditions-met",
        "What is worn and carried meets every condition that the requested Party declared; "
        "yes where it declared none.");
inline constexpr auto team_other_instrument = boolean_fact(first_of_teams + 41,
    "team-other-instrument", "The team rests on another instrument or arrangement than Art. 27.");
inline constexpr auto team_agreed = boolean_fact(first_of_teams + 42, "team-agreed",
    "All Parties of the team agreed to it or, when it is extended, to the extension.");
inline constexpr auto team_purpose
    = text_fact(first_of_teams + 43, "team-purpose", "The particular purpose of the team.");
inline constexpr auto team_until
    = date_fact(first_of_teams + 44, "team-until", "The last day of the team, as agreed.");
inline constexpr auto team_composition_agreed = boolean_fact(first_of_teams + 45,
    "team-composition-agreed", "The agreement that sets the team up says who belongs to it.");
inline constexpr auto team_role = word_fact<TeamRole>(first_of_teams + 46, "team-role",
    "What the acting person is by the agreement of the team: a member, somebody from "
    "outside law enforcement who participates, or nothing.");
inline constexpr auto team_ground = word_fact<TeamGround>(first_of_teams + 47, "team-ground",
    "Why a team is needed: letter (a) or (b) of Art. 27(2), or none.");
inline constexpr auto investigation_complex
    = boolean_fact(first_of_teams + 48, "investigation-complex",
        "The investigation of one Party demands difficult and complex measures.");
inline constexpr auto linked_to_other_parties = boolean_fact(
    first_of_teams + 49, "linked-to-other-parties", "Those measures have links to other Parties.");
inline constexpr auto several_parties_investigate = boolean_fact(first_of_teams + 50,
    "several-parties-investigate", "Several Parties conduct investigations of the offences.");
inline constexpr auto coordination_needed = boolean_fact(first_of_teams + 51, "coordination-needed",
    "The circumstances demand coordinated and concerted action of these Parties.");
inline constexpr auto party_concerned = boolean_fact(first_of_teams + 52, "party-concerned",
    "The requesting Party is concerned by the investigation.");
inline constexpr auto team_place = word_fact<TeamPlace>(first_of_teams + 53, "team-place",
    "The Party in which the team is to be set up; elsewhere: in none that forms the "
    "team.");
inline constexpr auto investigation_expected = boolean_fact(first_of_teams + 54,
    "investigation-expected", "The investigation is expected to be carried out in that Party.");
inline constexpr auto team_parties
    = text_fact(first_of_teams + 55, "team-parties", "The Parties in which the team will work.");
inline constexpr auto team_composition = text_fact(
    first_of_teams + 56, "team-composition", "The proposals for the composition of the team.");
inline constexpr auto team_works_in = word_fact<TeamTerritory>(first_of_teams + 57, "team-works-in",
    "On whose territory the team works when the act happens.");
inline constexpr auto team_leader_of = word_fact<TeamLeader>(first_of_teams + 58, "team-leader-of",
    "Whose authorities, those taking part in the investigation, the leader of the team "
    "represents.");
inline constexpr auto under_leader = boolean_fact(first_of_teams + 59, "under-leader",
    "The act is done under the direction of the leader of the team.");
inline constexpr auto own_conditions_kept = boolean_fact(first_of_teams + 60, "own-conditions-kept",
    "The act keeps to the conditions that the person's own authorities set in the "
    "agreement of the team.");
inline constexpr auto act_lawful = boolean_fact(first_of_teams + 61, "act-lawful",
    "The law of the Party on whose territory it happens permits the act.");
inline constexpr auto act_in_team
    = word_fact<TeamAct>(first_of_teams + 62, "act-in-team", "What the person does in the team.");
inline constexpr auto leader_excludes = boolean_fact(first_of_teams + 63, "leader-excludes",
    "The leader of the team decided that the seconded member is not present.");
inline constexpr auto exclusion_reason
    = text_fact(first_of_teams + 64, "exclusion-reason", "The particular reason of that decision.");
inline constexpr auto exclusion_lawful = boolean_fact(first_of_teams + 65, "exclusion-lawful",
    "The decision accords with the law of the Party in which the team works.");
inline constexpr auto entrusted_by_leader = boolean_fact(first_of_teams + 66, "entrusted-by-leader",
    "The leader of the team entrusted the seconded member with this task.");
inline constexpr auto approved_by_host = boolean_fact(first_of_teams + 67, "approved-by-host",
    "The authorities of the Party in which the team works approved the task.");
inline constexpr auto approved_by_sending_party = boolean_fact(first_of_teams + 68,
    "approved-by-sending-party", "The Party that sent the seconded member approved the task.");
inline constexpr auto measure_in_own_party
    = boolean_fact(first_of_teams + 69, "measure-in-own-party",
        "The measure is to be taken in the Party that sent the seconded member.");
inline constexpr auto as_national_investigation
    = boolean_fact(first_of_teams + 70, "as-national-investigation",
        "The measure is taken under the conditions of a national investigation there.");
inline constexpr auto assistance_instrument
    = boolean_fact(first_of_teams + 71, "assistance-instrument",
        "An instrument or agreement with the State that is asked covers the request.");
inline constexpr auto own_law_allows = boolean_fact(
    first_of_teams + 72, "own-law-allows", "The national law of the person who acts allows it.");
inline constexpr auto act_within_competence = boolean_fact(first_of_teams + 73,
    "act-within-competence", "The act lies within the competence of the official.");
inline constexpr auto for_team_investigation = boolean_fact(first_of_teams + 74,
    "for-team-investigation", "The information is provided for the investigation of the team.");
inline constexpr auto information_otherwise_known
    = boolean_fact(first_of_teams + 75, "information-otherwise-known",
        "The authorities of the Parties concerned came to know the information in another "
        "way too.");
inline constexpr auto information_lawfully_obtained
    = boolean_fact(first_of_teams + 76, "information-lawfully-obtained",
        "A member or seconded member obtained the information lawfully while in the team.");
inline constexpr auto information_use = word_fact<InformationUse>(
    first_of_teams + 77, "information-use", "What the information is to be used for.");
inline constexpr auto use_consent = word_fact<UseConsent>(first_of_teams + 78, "use-consent",
    "What the Party where the information became available said to this use.");
inline constexpr auto consent_refusal = word_fact<ConsentRefusal>(
    first_of_teams + 79, "consent-refusal", "Why the consent was withheld or withdrawn.");
inline constexpr auto threat_real = boolean_fact(
    first_of_teams + 80, "threat-real", "The threat to public security is real and serious.");
inline constexpr auto use_agreed = boolean_fact(
    first_of_teams + 81, "use-agreed", "The Parties that set up the team agreed on this use.");
inline constexpr auto participants_planned
    = boolean_fact(first_of_teams + 82, "participants-planned",
        "Persons from outside the law enforcement authorities are to take part in the team.");
inline constexpr auto participation_agreed = boolean_fact(first_of_teams + 83,
    "participation-agreed", "An arrangement on their taking part was reached.");
inline constexpr auto participation_lawful
    = boolean_fact(first_of_teams + 84, "participation-lawful",
        "The laws of the Parties and the instruments between them permit their taking part.");
inline constexpr auto member_rights_agreed
    = boolean_fact(first_of_teams + 85, "member-rights-agreed",
        "The agreement of the team expressly gives the participant the rights of a member.");
inline constexpr auto along_border = boolean_fact(first_of_teams + 86, "along-border",
    "The patrol goes along the State border of the two Parties.");
inline constexpr auto patrol_purpose
    = word_fact<PatrolPurpose>(first_of_teams + 87, "patrol-purpose", "What the patrol is for.");
inline constexpr auto host_alone_ineffective
    = boolean_fact(first_of_teams + 88, "host-alone-ineffective",
        "Without the foreign official the measure would be ineffective or impossible.");
inline constexpr auto exception_reason = text_fact(first_of_teams + 89, "exception-reason",
    "Why officials of the territory could not take the measure alone.");
inline constexpr auto centre_kinds_agreed = boolean_fact(first_of_teams + 90, "centre-kinds-agreed",
    "An implementing agreement settles how the centre is set up and the kinds of "
    "cooperation in it.");
inline constexpr auto centre_costs_equal = boolean_fact(first_of_teams + 91, "centre-costs-equal",
    "An implementing agreement shares the costs of the centre equally.");
inline constexpr auto act_in_centre = word_fact<CentreAct>(
    first_of_teams + 92, "act-in-centre", "What the official does in the common centre.");
inline constexpr auto transfer_treaty = boolean_fact(first_of_teams + 93, "transfer-treaty",
    "A treaty between the Parties provides for the transfer of the person.");
inline constexpr auto foreign_instruction = boolean_fact(first_of_teams + 94, "foreign-instruction",
    "The instruction or disciplinary measure comes from another than the official's own "
    "authorities.");
inline constexpr auto operation_agreed = boolean_fact(first_of_teams + 95, "operation-agreed",
    "The competent authorities of the Parties agreed on the joint operation.");
inline constexpr auto operation_form_provided = boolean_fact(first_of_teams + 96,
    "operation-form-provided", "The joint operation takes a form that the Convention provides.");
} // namespace fact

inline constexpr std::array<FactDescription const*, 97> teams_facts { &fact::identification_ground,
    &fact::comparison_lawful, &fact::identification_material, &fact::dna_form_valid,
    &fact::search_result, &fact::typing_needed, &fact::typing_proportionate,
    &fact::storage_requested, &fact::storage_lawful, &fact::profile_available,
    &fact::person_in_requested_party, &fact::sampling_purpose, &fact::analysis_order,
    &fact::analysis_grounds_shown, &fact::sampling_lawful, &fact::costs_undertaken,
    &fact::police_channel, &fact::official_offence, &fact::damage_cause,
    &fact::reimbursement_ground, &fact::sum_paid, &fact::sum_reimbursed, &fact::guest_national,
    &fact::form_filled_in, &fact::form_signed, &fact::identity_document_valid,
    &fact::accommodation_place, &fact::forms_purpose, &fact::forms_needed, &fact::forms_withheld,
    &fact::group_needed, &fact::joint_act, &fact::searched_for, &fact::border_area_authorities,
    &fact::beyond_region, &fact::wears_uniform, &fact::carries_weapon, &fact::carries_other_means,
    &fact::uniform_refused, &fact::weapons_refused, &fact::declared_conditions_met,
    &fact::team_other_instrument, &fact::team_agreed, &fact::team_purpose, &fact::team_until,
    &fact::team_composition_agreed, &fact::team_role, &fact::team_ground,
    &fact::investigation_complex, &fact::linked_to_other_parties,
    &fact::several_parties_investigate, &fact::coordination_needed, &fact::party_concerned,
    &fact::team_place, &fact::investigation_expected, &fact::team_parties, &fact::team_composition,
    &fact::team_works_in, &fact::team_leader_of, &fact::under_leader, &fact::own_conditions_kept,
    &fact::act_lawful, &fact::act_in_team, &fact::leader_excludes, &fact::exclusion_reason,
    &fact::exclusion_lawful, &fact::entrusted_by_leader, &fact::approved_by_host,
    &fact::approved_by_sending_party, &fact::measure_in_own_party, &fact::as_national_investigation,
    &fact::assistance_instrument, &fact::own_law_allows, &fact::act_within_competence,
    &fact::for_team_investigation, &fact::information_otherwise_known,
    &fact::information_lawfully_obtained, &fact::information_use, &fact::use_consent,
    &fact::consent_refusal, &fact::threat_real, &fact::use_agreed, &fact::participants_planned,
    &fact::participation_agreed, &fact::participation_lawful, &fact::member_rights_agreed,
    &fact::along_border, &fact::patrol_purpose, &fact::host_alone_ineffective,
    &fact::exception_reason, &fact::centre_kinds_agreed, &fact::centre_costs_equal,
    &fact::act_in_centre, &fact::transfer_treaty, &fact::foreign_instruction,
    &fact::operation_agreed, &fact::operation_form_provided };

} // namespace comity::treaty
