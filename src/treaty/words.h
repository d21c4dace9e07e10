#pragma once

#include <boost/describe.hpp>

#include <cstdint>

/// The vocabularies of the facts. An officer sees these words (with '-' for '_') and stored
/// decisions keep them: a word is added at the end and never changes its meaning.
namespace comity::treaty {

/// What one Party asks of another, does with it or for it. Each provision says which measures it
/// governs. In a measure on foreign ground the requesting Party is the one whose officials act and
/// the requested Party the one on whose territory they do.
enum class Measure : std::uint8_t {
    // Articles 3 to 8: information.
    information_request, ///< A request for information, judged before it leaves.
    information_request_received, ///< The same request, judged by the Party that received it.
    information_answer, ///< The answer that sends information back; judged before it leaves.
    refusal, ///< Refusing a request, wholly or in part.
    spontaneous_information, ///< Art. 6: information without a request.
    case_bulletin, ///< Art. 3(1)(a): facts of cases, without personal data.
    event_notice, ///< Art. 3(1)(b): an event to come, without personal data.
    planning_notice, ///< Art. 3(1)(c): information for planning, without personal data.
    border_deployment, ///< Art. 3(2)(a): forces in a neighbouring border area.
    observer_invitation, ///< Art. 3(2)(e), 11(c): observers at an operation or exercise.
    equipment_loan, ///< Art. 3(1)(e), 24: radio and other technical equipment lent or shared.
    situation_report, ///< Art. 7: the operational situation and the joint threat analysis.
    migration_exchange, ///< Art. 8: a report on illegal migration.
    // Articles 9 and 10: liaison officers, witness protection.
    liaison_posting, ///< Posting a liaison officer.
    liaison_act, ///< Something a liaison officer does.
    liaison_representation, ///< A liaison officer in a third State acts for another Party.
    witness_reception, ///< Receiving a protected person.
    witness_measures_end, ///< Ending the accompanying measures for a protected person.
    // Articles 13 to 19: operations and urgent assistance.
    hot_pursuit, ///< Crossing the border in hot pursuit.
    hot_pursuit_act, ///< Something the pursuing officials do on the other side.
    surveillance, ///< Cross-border surveillance on a request made before.
    urgent_surveillance, ///< Crossing in surveillance without authorisation, for urgent reasons.
    surveillance_act, ///< Something the surveilling officials do on the other side.
    controlled_delivery, ///< A controlled delivery, before it enters.
    controlled_delivery_act, ///< Something the accompanying officials do during a delivery.
    emergency_seizure, ///< Art. 15(4): seizing a delivery when the host cannot intervene in time.
    seized_goods_handover, ///< Art. 15(5): handing over a seized delivery.
    detention_for_questioning, ///< Art. 13(6), 15(6), 15(7): holding the person arrested.
    undercover_investigation, ///< Art. 16: to investigate crimes.
    urgent_undercover_entry, ///< Art. 16(5): crossing before consent.
    undercover_act, ///< Something an undercover investigator does on the other side.
    preventive_undercover_investigation, ///< Art. 17: to prevent criminal offences.
    evidence_request, ///< Art. 18: gathering evidence in imminent danger.
    evidence_results, ///< Art. 18(5): sending what was gathered.
    body_search, ///< Art. 19.
    // Articles 20 to 25: identification, status, technical measures, accommodation.
    dna_comparison, ///< Art. 20(1): comparing a profile or other identification material.
    dna_storage, ///< Art. 20(2): keeping a profile for later searches.
    dna_sampling, ///< Art. 20(3): obtaining a profile from a person.
    damage_claim, ///< Art. 22, 23, 31(5): damage caused by officials or by data.
    reimbursement, ///< Art. 20(1), 23(3), 31(5), 35: costs between the Parties.
    accommodation_registration, ///< Art. 25: a foreigner's form in accommodation.
    accommodation_search, ///< Art. 25(1)(b): use of the forms.
    // Articles 26 to 29: working together.
    mixed_group, ///< Art. 26(1): analysis and working groups, control and observation teams.
    mixed_group_act, ///< Something an official of another Party does in it.
    border_search, ///< Art. 26(2), 26(3): searching for fugitives and missing persons.
    joint_investigation_team, ///< Art. 27: setting a team up, or extending it.
    team_act, ///< Something a member, seconded member or participant does.
    team_information_use, ///< Art. 27(12): using what a member obtained.
    mixed_patrol, ///< Art. 28.
    mixed_patrol_act, ///< Something a foreign official does on patrol.
    common_centre, ///< Art. 29: setting a centre up.
    common_centre_act, ///< Something an official of a centre does.
    // Articles 30 to 32: personal data, confidentiality.
    equipment_transfer, ///< Art. 30(2): equipment to a third State.
    use_for_another_purpose, ///< Art. 31(4)(a).
    onward_transfer, ///< Art. 31(4)(i): information to a third State.
    correction, ///< Art. 31(4)(c): data found wrong, unlawful or doubtful.
    destruction, ///< Art. 31(4)(b).
    access_by_person, ///< Art. 31(4)(g): a person asks what is held.
    register_use, ///< Art. 31(4)(e): reading or purging the register.
    access_to_information, ///< Art. 31(7), 32(1), 32(5): an official opens what was received.
    classified_transmission, ///< Art. 32: sending classified information.
    level_change, ///< Art. 32(4).
    breach_report, ///< Art. 32(6).
    // Articles 33 to 42: the Committee, agreements, instruments.
    committee_decision, ///< Art. 33.
    implementing_agreement, ///< Art. 34(1).
    authority_change, ///< Art. 34(2).
    instrument_deposit, ///< Art. 39.
    reservation_deposit, ///< Art. 41(1).
    reservation_withdrawal, ///< Art. 41(2).
    withdrawal, ///< Art. 42(2).
    suspension, ///< Art. 42(3), in part or as a whole; and its end.
};
// In two lists: one list of the macro takes no more.
BOOST_DESCRIBE_ENUM_BEGIN(Measure)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, Measure, information_request,
    information_request_received, information_answer, refusal, spontaneous_information,
    case_bulletin, event_notice, planning_notice, border_deployment, observer_invitation,
    equipment_loan, situation_report, migration_exchange, liaison_posting, liaison_act,
    liaison_representation, witness_reception, witness_measures_end, hot_pursuit, hot_pursuit_act,
    surveillance, urgent_surveillance, surveillance_act, controlled_delivery,
    controlled_delivery_act, emergency_seizure, seized_goods_handover, detention_for_questioning,
    undercover_investigation, urgent_undercover_entry, undercover_act,
    preventive_undercover_investigation, evidence_request, evidence_results, body_search,
    dna_comparison)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, Measure, dna_storage, dna_sampling,
    damage_claim, reimbursement, accommodation_registration, accommodation_search, mixed_group,
    mixed_group_act, border_search, joint_investigation_team, team_act, team_information_use,
    mixed_patrol, mixed_patrol_act, common_centre, common_centre_act, equipment_transfer,
    use_for_another_purpose, onward_transfer, correction, destruction, access_by_person,
    register_use, access_to_information, classified_transmission, level_change, breach_report,
    committee_decision, implementing_agreement, authority_change, instrument_deposit,
    reservation_deposit, reservation_withdrawal, withdrawal, suspension)
BOOST_DESCRIBE_ENUM_END(Measure)
constexpr std::size_t measure_count = 71;

/// The article that a measure chiefly stands under.
constexpr std::uint8_t article_of(Measure measure)
{
    constexpr std::uint8_t articles[] { 4, 4, 4, 30, 6, 3, 3, 3, 3, 3, 24, 7, 8, 9, 9, 9, 10, 10,
        13, 13, 14, 14, 14, 15, 15, 15, 15, 13, 16, 16, 16, 17, 18, 18, 19, 20, 20, 20, 23, 35, 25,
        25, 26, 26, 26, 27, 27, 27, 28, 28, 29, 29, 30, 31, 31, 31, 31, 31, 31, 32, 32, 32, 32, 33,
        34, 34, 39, 41, 41, 42, 42 };
    static_assert(sizeof articles == measure_count);
    return articles[static_cast<std::size_t>(measure)];
}

/// A request goes to the requested Party; an answer, a refusal and results come back from it.
constexpr bool requesting_sends(Measure measure)
{
    return measure != Measure::information_answer && measure != Measure::refusal
        && measure != Measure::evidence_results;
}

/// Art. 1. `other` lies outside the Convention.
enum class Purpose : std::uint8_t {
    threat_to_public_security,
    prevention,
    detection,
    investigation,
    other,
};
BOOST_DESCRIBE_ENUM(Purpose, threat_to_public_security, prevention, detection, investigation, other)

/// The kinds of request of Art. 4(5), letters (a) to (m), its open end, and Art. 5(1).
enum class Kind : std::uint8_t {
    vehicle_owner,
    driving_licence,
    residence,
    telecom_subscriber,
    identification,
    object_origin,
    wanted_search,
    search_measures,
    interview,
    crime_scene,
    witness_protection,
    pursuit_information,
    mass_event,
    other,
    // The classes of Art. 5(1), (a) to (f).
    organised_crime,
    methods_of_crime,
    research_results,
    objects_and_samples,
    legislation,
    proceeds_of_crime,
};
BOOST_DESCRIBE_ENUM(Kind, vehicle_owner, driving_licence, residence, telecom_subscriber,
    identification, object_origin, wanted_search, search_measures, interview, crime_scene,
    witness_protection, pursuit_information, mass_event, other, organised_crime, methods_of_crime,
    research_results, objects_and_samples, legislation, proceeds_of_crime)
constexpr std::size_t kind_count = 20;

/// Why data on a vehicle, vessel or aircraft are needed; Art. 4(5)(a).
enum class NeedGround : std::uint8_t { identify_owner, identify_means, vehicle_data_needed, none };
BOOST_DESCRIBE_ENUM(NeedGround, identify_owner, identify_means, vehicle_data_needed, none)

enum class VehicleClass : std::uint8_t { motor_vehicle, vessel, aircraft };
BOOST_DESCRIBE_ENUM(VehicleClass, motor_vehicle, vessel, aircraft)

/// The way between two authorities; Art. 4(3), 4(4) and 4(5)(a).
enum class Route : std::uint8_t { national_central_unit, direct, registration_authority };
BOOST_DESCRIBE_ENUM(Route, national_central_unit, direct, registration_authority)

/// Why two listed authorities write to each other directly; Art. 4(4)(a) and (b).
enum class DirectGround : std::uint8_t { border_region_crime, immediate_threat, none };
BOOST_DESCRIBE_ENUM(DirectGround, border_region_crime, immediate_threat, none)

enum class Medium : std::uint8_t { system, fax, e_mail, courier, oral };
BOOST_DESCRIBE_ENUM(Medium, system, fax, e_mail, courier, oral)

/// A closed circle of officials outside which nobody sees a case.
enum class Compartment : std::uint8_t { none, witness_protection };
BOOST_DESCRIBE_ENUM(Compartment, none, witness_protection)

/// Art. 30(1). `other` is no ground of the Convention.
enum class RefusalGround : std::uint8_t {
    security,
    other_important_interests,
    national_law,
    other,
};
BOOST_DESCRIBE_ENUM(RefusalGround, security, other_important_interests, national_law, other)

/// What implementing agreements (Art. 34(1)) set between two Parties. Rows of agreement_terms.tsv.
enum class AgreementTerm : std::uint8_t {
    hot_pursuit, ///< flag: an agreement for Art. 13 is in force.
    pursuit_offences, ///< OffenceModel; Art. 13(2).
    pursuit_detention, ///< flag: procedure (b) of Art. 13(3), detention; no: procedure (a).
    pursuit_unlimited, ///< flag: Art. 13(4)(b), no limit in area or time.
    pursuit_area_metres, ///< number, from the border; Art. 13(4)(a).
    pursuit_time_minutes, ///< number, from the crossing; Art. 13(4)(a).
    pursuit_services, ///< ids of authorities whose officials may pursue; Art. 13(7).
    pursuit_further_grounds, ///< flag: the agreement adds grounds; Art. 13(8).
    surveillance, ///< flag: an agreement for Art. 14 is in force.
    surveillance_authority, ///< ids of the authorities that authorise; Art. 14(1).
    surveillance_urgent_offences, ///< OffenceModel; Art. 14(3).
    surveillance_services, ///< ids; Art. 14(6).
    surveillance_technical_means, ///< flag: with consent of the official in charge; Art. 14(7).
    liaison_officers, ///< flag; Art. 9(1).
    liaison_representation, ///< flag; Art. 9(4).
    equipment_use, ///< flag; Art. 24(3).
    common_centre, ///< flag; Art. 29(1), 29(5).
    undercover_costs, ///< flag: other costs than Art. 16(6) are agreed.
    security_level, ///< number: the highest level that a security agreement covers; Art. 32(2).
    wire_level, ///< number: the highest level that both accept for the wire; Art. 32(7).
};
BOOST_DESCRIBE_ENUM(AgreementTerm, hot_pursuit, pursuit_offences, pursuit_detention,
    pursuit_unlimited, pursuit_area_metres, pursuit_time_minutes, pursuit_services,
    pursuit_further_grounds, surveillance, surveillance_authority, surveillance_urgent_offences,
    surveillance_services, surveillance_technical_means, liaison_officers, liaison_representation,
    equipment_use, common_centre, undercover_costs, security_level, wire_level)
constexpr std::size_t agreement_term_count = 20;

/// Art. 13(2), 14(3): the offences of a list, or every extraditable one.
enum class OffenceModel : std::uint8_t { listed, extraditable };
BOOST_DESCRIBE_ENUM(OffenceModel, listed, extraditable)

/// What the national law of a Party says, where the Convention leaves it to that law. Rows of
/// national_law.tsv; where it has none, an official answers.
enum class NationalRule : std::uint8_t {
    evidence_by_police, ///< Police may gather evidence in imminent danger; Art. 18(1).
    evidence_court_order, ///< A court must order or confirm it; Art. 18(4).
    body_search, ///< Body search may be done for another Party; Art. 19(1).
    undercover, ///< Undercover investigation is allowed; Art. 16(1).
    preventive_undercover, ///< Also to prevent offences; Art. 17(1).
    stored_profiles, ///< A foreign profile may be kept for searches; Art. 20(2).
    accommodation_forms_withheld, ///< The law provides otherwise for the forms; Art. 25(1)(b).
    weapons_abroad_refused, ///< Declared: foreign officials carry no weapons; Art. 26(4), 28(4).
    uniform_abroad_refused, ///< Declared: foreign officials wear no uniform; Art. 26(4), 28(4).
};
BOOST_DESCRIBE_ENUM(NationalRule, evidence_by_police, evidence_court_order, body_search, undercover,
    preventive_undercover, stored_profiles, accommodation_forms_withheld, weapons_abroad_refused,
    uniform_abroad_refused)
constexpr std::size_t national_rule_count = 9;

} // namespace comity::treaty
