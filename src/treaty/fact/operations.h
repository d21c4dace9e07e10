#pragma once

#include "treaty/fact/exchange.h"

/// Articles 13 to 19: operations on foreign ground and urgent assistance. The Party of the
/// territory is the requested Party.
namespace comity::treaty {

/// Art. 13(1), 13(8).
enum class PursuitGround : std::uint8_t { caught_in_the_act, escape, further_ground, none };
BOOST_DESCRIBE_ENUM(PursuitGround, caught_in_the_act, escape, further_ground, none)

/// Art. 13(1). `other` is no ground of the Convention.
enum class EscapedFrom : std::uint8_t { provisional_custody, sentence, other };
BOOST_DESCRIBE_ENUM(EscapedFrom, provisional_custody, sentence, other)

/// What pursuing officials do on the other side; `other_on_person` is anything done to a person
/// who was apprehended and that has no word of its own.
enum class PursuitAct : std::uint8_t {
    continue_pursuit,
    ask_to_challenge,
    detain,
    search,
    handcuff,
    seize,
    interrogate,
    other_on_person,
    enter_premises,
    use_weapon,
    report,
    assist_investigation,
};
BOOST_DESCRIBE_ENUM(PursuitAct, continue_pursuit, ask_to_challenge, detain, search, handcuff, seize,
    interrogate, other_on_person, enter_premises, use_weapon, report, assist_investigation)

/// Art. 13(5)(b). Land and blue borders may be crossed; blue ones are rivers, lakes and the sea.
enum class BorderKind : std::uint8_t { land, river, lake, sea, air };
BOOST_DESCRIBE_ENUM(BorderKind, land, river, lake, sea, air)

/// Art. 13(5)(c), 14(5)(e).
enum class Premises : std::uint8_t { open_to_public, private_home, closed_to_public };
BOOST_DESCRIBE_ENUM(Premises, open_to_public, private_home, closed_to_public)

/// Art. 13(6), 15(6). For any other arrest the Convention says nothing.
enum class ArrestFollowed : std::uint8_t { hot_pursuit, controlled_delivery, other };
BOOST_DESCRIBE_ENUM(ArrestFollowed, hot_pursuit, controlled_delivery, other)

/// What surveilling officials do on the other side.
enum class SurveillanceAct : std::uint8_t {
    continue_surveillance,
    use_technical_means,
    challenge,
    arrest,
    enter_premises,
    use_weapon,
    report,
    appear_in_court,
    assist_investigation,
};
BOOST_DESCRIBE_ENUM(SurveillanceAct, continue_surveillance, use_technical_means, challenge, arrest,
    enter_premises, use_weapon, report, appear_in_court, assist_investigation)

/// Art. 15(1). The list is open.
enum class Consignment : std::uint8_t {
    narcotics,
    precursors,
    firearms,
    explosives,
    counterfeit_currency,
    objects_of_crime,
    other,
};
BOOST_DESCRIBE_ENUM(Consignment, narcotics, precursors, firearms, explosives, counterfeit_currency,
    objects_of_crime, other)

/// Art. 15(2).
enum class TakeOverPlace : std::uint8_t { border, agreed_place, elsewhere };
BOOST_DESCRIBE_ENUM(TakeOverPlace, border, agreed_place, elsewhere)

/// What officials of the requesting Party do during a controlled delivery. Escorts are those who
/// go with the consignment.
enum class DeliveryAct : std::uint8_t {
    accompany,
    stop_escorts,
    arrest_escorts,
    challenge,
    arrest_other,
    enter_premises,
    carry_weapon,
    report,
    appear_in_court,
    assist_investigation,
};
BOOST_DESCRIBE_ENUM(DeliveryAct, accompany, stop_escorts, arrest_escorts, challenge, arrest_other,
    enter_premises, carry_weapon, report, appear_in_court, assist_investigation)

/// Art. 16(1).
enum class UndercoverRole : std::uint8_t { agent, controlled_purchase, other };
BOOST_DESCRIBE_ENUM(UndercoverRole, agent, controlled_purchase, other)

/// Art. 16(2).
enum class Director : std::uint8_t { requested_party, requesting_party };
BOOST_DESCRIBE_ENUM(Director, requested_party, requesting_party)

/// What an undercover investigator does on the other side.
enum class UndercoverAct : std::uint8_t {
    keep_cover,
    secure_safety,
    withdraw,
    investigate,
    controlled_purchase,
};
BOOST_DESCRIBE_ENUM(
    UndercoverAct, keep_cover, secure_safety, withdraw, investigate, controlled_purchase)

constexpr FactId first_of_operations = first_of_exchange + exchange_facts.size();

namespace fact {
inline constexpr auto pursuit_ground
    = word_fact<PursuitGround>(first_of_operations + 0, "pursuit-ground",
        "Why the person is pursued: one of the grounds of Art. 13(1), the further ground "
        "of an agreement (Art. 13(8)), or none.");
inline constexpr auto escaped_from = word_fact<EscapedFrom>(first_of_operations + 1, "escaped-from",
    "What kind of custody the pursued person escaped from.");
inline constexpr auto pursuit_began_at_home
    = boolean_fact(first_of_operations + 2, "pursuit-began-at-home",
        "The pursuit began on the territory of the Party whose officials pursue.");
inline constexpr auto notice_impossible = boolean_fact(first_of_operations + 3, "notice-impossible",
    "So urgent that the other Party cannot be notified before the entry by the means "
    "of Art. 24.");
inline constexpr auto take_over_too_late
    = boolean_fact(first_of_operations + 4, "take-over-too-late",
        "The authorities of the territory cannot arrive in time to take the pursuit over.");
inline constexpr auto contacted_at = instant_fact(first_of_operations + 5, "contacted-at",
    "When the officials contacted the authorities of the territory.");
inline constexpr auto crossed_at
    = instant_fact(first_of_operations + 6, "crossed-at", "When the officials crossed the border.");
inline constexpr auto stop_requested = boolean_fact(first_of_operations + 7, "stop-requested",
    "The Party of the territory asked that the operation be stopped.");
inline constexpr auto act_in_pursuit = word_fact<PursuitAct>(
    first_of_operations + 8, "act-in-pursuit", "What the pursuing official does.");
inline constexpr auto offence_listed = boolean_fact(first_of_operations + 9, "offence-listed",
    "The offence stands on the list of the implementing agreement.");
inline constexpr auto extraditable = boolean_fact(first_of_operations + 10, "extraditable",
    "The offence is one for which extradition is possible.");
inline constexpr auto local_cannot_intervene
    = boolean_fact(first_of_operations + 11, "local-cannot-intervene",
        "The competent authorities of the territory cannot intervene in time.");
inline constexpr auto metres_from_border
    = integer_fact(first_of_operations + 12, "metres-from-border", 0, 1'000'000,
        "Metres between the official and the border that was crossed.");
inline constexpr auto against_local_law
    = boolean_fact(first_of_operations + 13, "against-local-law",
        "What is done breaks the law of the territory; for the official in charge there "
        "to say.");
inline constexpr auto against_instructions
    = boolean_fact(first_of_operations + 14, "against-instructions",
        "What is done breaks an instruction of the competent local authorities.");
inline constexpr auto border_crossed = word_fact<BorderKind>(
    first_of_operations + 15, "border-crossed", "Over what kind of border it goes.");
inline constexpr auto premises
    = word_fact<Premises>(first_of_operations + 16, "premises", "What kind of place is entered.");
inline constexpr auto uniform_worn = boolean_fact(
    first_of_operations + 17, "uniform-worn", "The pursuing officials wear their uniform.");
inline constexpr auto armband_worn = boolean_fact(first_of_operations + 18, "armband-worn",
    "The pursuing officials wear an armband that identifies them.");
inline constexpr auto vehicle_marked = boolean_fact(first_of_operations + 19, "vehicle-marked",
    "Accessories on the vehicle identify the pursuing officials.");
inline constexpr auto capacity_provable
    = boolean_fact(first_of_operations + 20, "capacity-provable",
        "Every official can prove at any moment that he or she acts as an official.");
inline constexpr auto in_legitimate_self_defence = boolean_fact(first_of_operations + 21,
    "in-legitimate-self-defence", "The weapon is used in legitimate self-defence.");
inline constexpr auto detained_by_pursuers = boolean_fact(first_of_operations + 22,
    "detained-by-pursuers", "The pursuing officials themselves detained the person.");
inline constexpr auto for_local_authorities
    = boolean_fact(first_of_operations + 23, "for-local-authorities",
        "The search serves to bring the person before the competent local authorities.");
inline constexpr auto during_transfer
    = boolean_fact(first_of_operations + 24, "during-transfer", "The person is being transferred.");
inline constexpr auto objects_of_the_person = boolean_fact(first_of_operations + 25,
    "objects-of-the-person", "The objects are ones that the person carries.");
inline constexpr auto assistance_requested
    = boolean_fact(first_of_operations + 26, "assistance-requested",
        "The authorities of the territory asked for help with the investigation that "
        "follows.");
inline constexpr auto identity_protected
    = boolean_fact(first_of_operations + 27, "identity-protected",
        "The identity of the officials, or of the undercover investigator, stays "
        "protected.");
inline constexpr auto arrest_followed = word_fact<ArrestFollowed>(
    first_of_operations + 28, "arrest-followed", "What the arrest followed.");
inline constexpr auto arrested_by_local = boolean_fact(first_of_operations + 29,
    "arrested-by-local", "The competent authorities of the territory arrested the person.");
inline constexpr auto arrested_at
    = instant_fact(first_of_operations + 30, "arrested-at", "When the person was arrested.");
inline constexpr auto national_of_territory
    = boolean_fact(first_of_operations + 31, "national-of-territory",
        "The person is a national of the Party on whose territory the arrest was made.");
inline constexpr auto extradition_requested
    = boolean_fact(first_of_operations + 32, "extradition-requested",
        "A request for provisional arrest for the purpose of extradition was received, in "
        "any form.");
inline constexpr auto extradition_requested_at = instant_fact(
    first_of_operations + 33, "extradition-requested-at", "When that request was received.");
inline constexpr auto acting_service = authority_fact(
    first_of_operations + 34, "acting-service", "The id of the service whose officials act.");
inline constexpr auto criminal_investigation = boolean_fact(first_of_operations + 35,
    "criminal-investigation", "The surveillance is part of a criminal investigation.");
inline constexpr auto surveilled_at_home
    = boolean_fact(first_of_operations + 36, "surveilled-at-home",
        "The officials already keep the person under surveillance in their own State.");
inline constexpr auto presumed_participant = boolean_fact(first_of_operations + 37,
    "presumed-participant", "The person is presumed to have taken part in the offence.");
inline constexpr auto authorised = boolean_fact(first_of_operations + 38, "authorised",
    "The requested Party gave its authorisation, permission or consent.");
inline constexpr auto authorised_at = instant_fact(
    first_of_operations + 39, "authorised-at", "When the authorisation was received.");
inline constexpr auto conditions_set = boolean_fact(
    first_of_operations + 40, "conditions-set", "The requested Party attached conditions.");
inline constexpr auto conditions_met = boolean_fact(
    first_of_operations + 41, "conditions-met", "Every condition of the requested Party is met.");
inline constexpr auto hand_over_asked = boolean_fact(first_of_operations + 42, "hand-over-asked",
    "It was asked that officials of the territory take the surveillance over.");
inline constexpr auto prior_request_impossible
    = boolean_fact(first_of_operations + 43, "prior-request-impossible",
        "Particularly urgent reasons make a request beforehand impossible.");
inline constexpr auto crossing_notified = boolean_fact(
    first_of_operations + 44, "crossing-notified", "The requested Party was told of the crossing.");
inline constexpr auto request_submitted
    = boolean_fact(first_of_operations + 45, "request-submitted",
        "The request with the reasons for crossing without authorisation was submitted.");
inline constexpr auto act_in_surveillance = word_fact<SurveillanceAct>(
    first_of_operations + 46, "act-in-surveillance", "What the surveilling official does.");
inline constexpr auto crossed_without_authorisation
    = boolean_fact(first_of_operations + 47, "crossed-without-authorisation",
        "The border was crossed in an urgent case, before any authorisation.");
inline constexpr auto authorisation_carried = boolean_fact(first_of_operations + 48,
    "authorisation-carried", "The officials carry a document that certifies the authorisation.");
inline constexpr auto weapons_taken_along = boolean_fact(
    first_of_operations + 49, "weapons-taken-along", "The officials carry their service weapons.");
inline constexpr auto weapons_excluded = boolean_fact(first_of_operations + 50, "weapons-excluded",
    "The requested Party expressly decided that no weapons are carried.");
inline constexpr auto official_in_charge_consents
    = boolean_fact(first_of_operations + 51, "official-in-charge-consents",
        "The official in charge in the requested Party consents to the technical means.");
inline constexpr auto no_other_means = text_fact(first_of_operations + 52, "no-other-means",
    "Why, without the measure, the investigation would be impossible or extremely "
    "difficult; of a delivery, finding the perpetrators or the channels.");
inline constexpr auto consignment = word_fact<Consignment>(
    first_of_operations + 53, "consignment", "What the consignment contains.");
inline constexpr auto contents_dangerous
    = boolean_fact(first_of_operations + 54, "contents-dangerous",
        "The contents are a particular risk for those involved or a threat to the public; "
        "for the requested Party to judge.");
inline constexpr auto take_over_place = word_fact<TakeOverPlace>(first_of_operations + 55,
    "take-over-place", "Where the requested Party takes control of the delivery.");
inline constexpr auto released_at = instant_fact(first_of_operations + 56, "released-at",
    "When the requesting Party gave the control of the delivery up.");
inline constexpr auto taken_over_at = instant_fact(first_of_operations + 57, "taken-over-at",
    "When the requested Party took the control of the delivery over.");
inline constexpr auto monitoring_assured
    = boolean_fact(first_of_operations + 58, "monitoring-assured",
        "The consignment is watched without a break, so that police can intervene at any "
        "time.");
inline constexpr auto act_in_delivery = word_fact<DeliveryAct>(first_of_operations + 59,
    "act-in-delivery", "What the official of the requesting Party does during the delivery.");
inline constexpr auto local_official_present = boolean_fact(first_of_operations + 60,
    "local-official-present", "An official of the requested Party goes along.");
inline constexpr auto accompanying_agreed
    = boolean_fact(first_of_operations + 61, "accompanying-agreed",
        "It was arranged with the requested Party that officials of the requesting Party "
        "go along.");
inline constexpr auto risk_to_life = boolean_fact(first_of_operations + 62, "risk-to-life",
    "Going on is a serious risk to the life and health of persons.");
inline constexpr auto damage_to_property = boolean_fact(
    first_of_operations + 63, "damage-to-property", "Going on causes serious damage to property.");
inline constexpr auto control_lost = boolean_fact(
    first_of_operations + 64, "control-lost", "The delivery can no longer be kept under control.");
inline constexpr auto arrest_necessary = boolean_fact(first_of_operations + 65, "arrest-necessary",
    "Stopping or arresting those who go with the consignment is necessary; for the "
    "official on the spot to judge.");
inline constexpr auto seized_on_territory = boolean_fact(first_of_operations + 66,
    "seized-on-territory", "The delivery was seized on the territory of the requested Party.");
inline constexpr auto handover_requested = boolean_fact(first_of_operations + 67,
    "handover-requested", "The requesting Party asked for the hand-over.");
inline constexpr auto third_state_leg = boolean_fact(first_of_operations + 68, "third-state-leg",
    "The control of the delivery begins or goes on in a third State.");
inline constexpr auto third_state_assured
    = boolean_fact(first_of_operations + 69, "third-state-assured",
        "The request states that the third State too fulfils the conditions of Art. "
        "15(2).");
inline constexpr auto undercover_allowed
    = boolean_fact(first_of_operations + 70, "undercover-allowed",
        "The law of the requested Party allows undercover investigations to investigate "
        "crimes.");
inline constexpr auto undercover_role = word_fact<UndercoverRole>(
    first_of_operations + 71, "undercover-role", "The role of the undercover investigator.");
inline constexpr auto true_identity_recorded
    = boolean_fact(first_of_operations + 72, "true-identity-recorded",
        "The request or the shared record names the true identity of the investigator.");
inline constexpr auto single_operation = boolean_fact(first_of_operations + 73, "single-operation",
    "It is a single operation of limited duration, not a series or one without an "
    "end.");
inline constexpr auto operation_from
    = date_fact(first_of_operations + 74, "operation-from", "The first day of the operation.");
inline constexpr auto operation_until
    = date_fact(first_of_operations + 75, "operation-until", "The last day of the operation.");
inline constexpr auto prepared_by_requesting
    = boolean_fact(first_of_operations + 76, "prepared-by-requesting",
        "The officials of the requesting Party approved the joint preparation.");
inline constexpr auto prepared_by_requested
    = boolean_fact(first_of_operations + 77, "prepared-by-requested",
        "The officials of the requested Party approved the joint preparation.");
inline constexpr auto directed_by = word_fact<Director>(first_of_operations + 78, "directed-by",
    "Which Party directs the investigator: the Party of the territory is the "
    "requested one.");
inline constexpr auto support_in_place = boolean_fact(first_of_operations + 79, "support-in-place",
    "Staff with the supervisor of the investigator, logistics, equipment and "
    "protection are in place.");
inline constexpr auto discovery_danger = boolean_fact(first_of_operations + 80, "discovery-danger",
    "There is a great danger that the identity of the investigator is discovered.");
inline constexpr auto preconditions_met
    = boolean_fact(first_of_operations + 81, "preconditions-met",
        "The preconditions for a deployment on the territory of the other Party are "
        "fulfilled.");
inline constexpr auto act_undercover = word_fact<UndercoverAct>(
    first_of_operations + 82, "act-undercover", "What the undercover investigator does.");
inline constexpr auto absolutely_necessary
    = boolean_fact(first_of_operations + 83, "absolutely-necessary",
        "It is absolutely necessary to keep the cover or the safety of the investigator.");
inline constexpr auto reverse_deployment
    = boolean_fact(first_of_operations + 84, "reverse-deployment",
        "The Party of the territory asked for the investigator of the other Party.");
inline constexpr auto preventive_allowed_by_requesting
    = boolean_fact(first_of_operations + 85, "preventive-allowed-by-requesting",
        "The law of the requesting Party allows undercover investigations to prevent "
        "offences.");
inline constexpr auto preventive_allowed_by_requested
    = boolean_fact(first_of_operations + 86, "preventive-allowed-by-requested",
        "The law of the requested Party allows undercover investigations to prevent "
        "offences.");
inline constexpr auto imminent_danger = boolean_fact(first_of_operations + 87, "imminent-danger",
    "Evidence is in imminent danger of being lost, so that the usual way is too slow.");
inline constexpr auto evidence_power = boolean_fact(first_of_operations + 88, "evidence-power",
    "The law of the requesting Party authorises the requesting authority to make such "
    "a request.");
inline constexpr auto measure_in_own_law
    = boolean_fact(first_of_operations + 89, "measure-in-own-law",
        "The law of the requesting Party provides for the measure that is asked for.");
inline constexpr auto decision_told = boolean_fact(first_of_operations + 90, "decision-told",
    "The requested Party told what it decided and whether it found imminent danger.");
inline constexpr auto made_by_judicial_authority = boolean_fact(first_of_operations + 91,
    "made-by-judicial-authority", "A judicial authority made the request.");
inline constexpr auto court_order_required
    = boolean_fact(first_of_operations + 92, "court-order-required",
        "The law of the requested Party requires a court order to give or confirm the "
        "measure.");
inline constexpr auto letter_rogatory = boolean_fact(first_of_operations + 93, "letter-rogatory",
    "The competent judicial authorities made a formal letter rogatory.");
inline constexpr auto sent_by_judicial_authority = boolean_fact(first_of_operations + 94,
    "sent-by-judicial-authority", "The requested authority is a judicial authority.");
inline constexpr auto judicial_consent = boolean_fact(first_of_operations + 95, "judicial-consent",
    "The competent judicial authority consented beforehand.");
inline constexpr auto body_search_allowed
    = boolean_fact(first_of_operations + 96, "body-search-allowed",
        "The law of the requested Party allows body searches for another Party.");
inline constexpr auto confirms_facts = boolean_fact(first_of_operations + 97, "confirms-facts",
    "The search is needed to confirm facts of the case.");
inline constexpr auto proportionate = boolean_fact(first_of_operations + 98, "proportionate",
    "The search is in proportion to the gravity of the offence.");
inline constexpr auto search_order = boolean_fact(first_of_operations + 99, "search-order",
    "An order for the search by an authorised office of the requesting Party is "
    "attached.");
inline constexpr auto search_statement = boolean_fact(first_of_operations + 100, "search-statement",
    "A statement of such an office is attached: were the person in the requesting "
    "Party, the preconditions would be met.");
} // namespace fact

inline constexpr std::array<FactDescription const*, 101> operations_facts { &fact::pursuit_ground,
    &fact::escaped_from, &fact::pursuit_began_at_home, &fact::notice_impossible,
    &fact::take_over_too_late, &fact::contacted_at, &fact::crossed_at, &fact::stop_requested,
    &fact::act_in_pursuit, &fact::offence_listed, &fact::extraditable,
    &fact::local_cannot_intervene, &fact::metres_from_border, &fact::against_local_law,
    &fact::against_instructions, &fact::border_crossed, &fact::premises, &fact::uniform_worn,
    &fact::armband_worn, &fact::vehicle_marked, &fact::capacity_provable,
    &fact::in_legitimate_self_defence, &fact::detained_by_pursuers, &fact::for_local_authorities,
    &fact::during_transfer, &fact::objects_of_the_person, &fact::assistance_requested,
    &fact::identity_protected, &fact::arrest_followed, &fact::arrested_by_local, &fact::arrested_at,
    &fact::national_of_territory, &fact::extradition_requested, &fact::extradition_requested_at,
    &fact::acting_service, &fact::criminal_investigation, &fact::surveilled_at_home,
    &fact::presumed_participant, &fact::authorised, &fact::authorised_at, &fact::conditions_set,
    &fact::conditions_met, &fact::hand_over_asked, &fact::prior_request_impossible,
    &fact::crossing_notified, &fact::request_submitted, &fact::act_in_surveillance,
    &fact::crossed_without_authorisation, &fact::authorisation_carried, &fact::weapons_taken_along,
    &fact::weapons_excluded, &fact::official_in_charge_consents, &fact::no_other_means,
    &fact::consignment, &fact::contents_dangerous, &fact::take_over_place, &fact::released_at,
    &fact::taken_over_at, &fact::monitoring_assured, &fact::act_in_delivery,
    &fact::local_official_present, &fact::accompanying_agreed, &fact::risk_to_life,
    &fact::damage_to_property, &fact::control_lost, &fact::arrest_necessary,
    &fact::seized_on_territory, &fact::handover_requested, &fact::third_state_leg,
    &fact::third_state_assured, &fact::undercover_allowed, &fact::undercover_role,
    &fact::true_identity_recorded, &fact::single_operation, &fact::operation_from,
    &fact::operation_until, &fact::prepared_by_requesting, &fact::prepared_by_requested,
    &fact::directed_by, &fact::support_in_place, &fact::discovery_danger, &fact::preconditions_met,
    &fact::act_undercover, &fact::absolutely_necessary, &fact::reverse_deployment,
    &fact::preventive_allowed_by_requesting, &fact::preventive_allowed_by_requested,
    &fact::imminent_danger, &fact::evidence_power, &fact::measure_in_own_law, &fact::decision_told,
    &fact::made_by_judicial_authority, &fact::court_order_required, &fact::letter_rogatory,
    &fact::sent_by_judicial_authority, &fact::judicial_consent, &fact::body_search_allowed,
    &fact::confirms_facts, &fact::proportionate, &fact::search_order, &fact::search_statement };

} // namespace comity::treaty
