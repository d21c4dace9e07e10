#pragma once

#include "treaty/fact/general.h"

/// Articles 2 to 12, 30 and 31: exchange of information, liaison officers, witness protection,
/// refusal, personal data. Where data have been received, the requesting Party is the one that
/// holds them and acts, and the requested Party the one on the other end of their transmission.
namespace comity::treaty {

constexpr FactId first_of_exchange = first_of_general + general_facts.size();

/// Art. 3(2)(e), 11(c).
enum class Invitation : std::uint8_t { special_operation, exercise, study_visit };
BOOST_DESCRIBE_ENUM(Invitation, special_operation, exercise, study_visit)

/// Art. 7, 8: why a report is sent now.
enum class ReportOccasion : std::uint8_t { periodic, when_needed, joint_analysis };
BOOST_DESCRIBE_ENUM(ReportOccasion, periodic, when_needed, joint_analysis)

/// The letters of Art. 9(2); the list is open.
enum class LiaisonTask : std::uint8_t {
    information_exchange,
    police_assistance,
    border_surveillance,
    other,
};
BOOST_DESCRIBE_ENUM(
    LiaisonTask, information_exchange, police_assistance, border_surveillance, other)

/// Art. 10(2); the list is open.
enum class WitnessHelp : std::uint8_t { information, logistics, reception, other };
BOOST_DESCRIBE_ENUM(WitnessHelp, information, logistics, reception, other)

/// Art. 31(4)(a): what data that were received are to be used for.
enum class UseGround : std::uint8_t {
    purpose_of_supply,
    immediate_serious_threat,
    serious_crime,
    other,
};
BOOST_DESCRIBE_ENUM(UseGround, purpose_of_supply, immediate_serious_threat, serious_crime, other)

enum class DataRole : std::uint8_t { supplier, recipient };
BOOST_DESCRIBE_ENUM(DataRole, supplier, recipient)

/// Art. 31(4)(c): what is established about data, or only feared.
enum class DataFault : std::uint8_t { none, wrong, unlawful, suspected };
BOOST_DESCRIBE_ENUM(DataFault, none, wrong, unlawful, suspected)

/// Art. 31(4)(e).
enum class RegisterAct : std::uint8_t { reading, purging, entry_by_hand, change };
BOOST_DESCRIBE_ENUM(RegisterAct, reading, purging, entry_by_hand, change)

/// Art. 31(4)(g): what a person asks of the authority that holds data about him or her.
enum class PersonClaim : std::uint8_t { information, correction, destruction };
BOOST_DESCRIBE_ENUM(PersonClaim, information, correction, destruction)

namespace fact {
// Articles 2 to 8.
inline constexpr auto official_designated
    = boolean_fact(first_of_exchange + 0, "official-designated",
        "On the day of the act the official is designated by a law enforcement authority.");
inline constexpr auto pending_permit_listed
    = boolean_fact(first_of_exchange + 1, "pending-permit-listed",
        "The answer gives as a residence permit a paper that only lets a person stay while an "
        "application for asylum or for a permit is examined.");
inline constexpr auto event_at = instant_fact(
    first_of_exchange + 2, "event-at", "When the event or incident that is announced begins.");
inline constexpr auto radio_equipment = boolean_fact(first_of_exchange + 3, "radio-equipment",
    "What is lent or shared is radio equipment or a radio frequency.");
inline constexpr auto plan_approved_by_requesting
    = boolean_fact(first_of_exchange + 4, "plan-approved-by-requesting",
        "The requesting Party approved the coordinated plan of deployment.");
inline constexpr auto plan_approved_by_requested
    = boolean_fact(first_of_exchange + 5, "plan-approved-by-requested",
        "The requested Party approved the coordinated plan of deployment.");
inline constexpr auto invited_to = word_fact<Invitation>(
    first_of_exchange + 6, "invited-to", "What the officials of the other Party are invited to.");
inline constexpr auto observer_only = boolean_fact(first_of_exchange + 7, "observer-only",
    "Those invited watch only: no task that needs powers is given to them.");
inline constexpr auto special_methods = boolean_fact(first_of_exchange + 8, "special-methods",
    "The information was obtained by specific methods, covert or technical ones for example.");
inline constexpr auto handling_caveat = text_fact(first_of_exchange + 9, "handling-caveat",
    "What the law of the sender demands of whoever handles the information.");
inline constexpr auto protection_guaranteed
    = boolean_fact(first_of_exchange + 10, "protection-guaranteed",
        "The receiver guarantees at least the protection that the law of the sender gives the "
        "information.");
inline constexpr auto proven_facts = text_fact(first_of_exchange + 11, "proven-facts",
    "The proven facts that information without a request rests on.");
inline constexpr auto need_assumed = boolean_fact(first_of_exchange + 12, "need-assumed",
    "The proven facts give reason to assume that the other Party needs the information; for the "
    "sending authority to judge.");
inline constexpr auto report_occasion
    = word_fact<ReportOccasion>(first_of_exchange + 13, "report-occasion",
        "Whether the report is one of a series, sent because it is needed, or a joint threat "
        "analysis.");
inline constexpr auto last_joint_analysis = date_fact(
    first_of_exchange + 14, "last-joint-analysis", "When the last joint threat analysis was made.");
inline constexpr auto flows_reported = boolean_fact(first_of_exchange + 15, "flows-reported",
    "The report speaks of the migration flows, be it that nothing is known.");
inline constexpr auto volume_reported = boolean_fact(
    first_of_exchange + 16, "volume-reported", "The report speaks of the volume of migration.");
inline constexpr auto structure_reported = boolean_fact(first_of_exchange + 17,
    "structure-reported", "The report speaks of the structure of migration.");
inline constexpr auto destinations_reported = boolean_fact(first_of_exchange + 18,
    "destinations-reported", "The report speaks of the possible destinations.");
inline constexpr auto routes_reported = boolean_fact(
    first_of_exchange + 19, "routes-reported", "The report speaks of the probable routes.");
inline constexpr auto transport_reported = boolean_fact(first_of_exchange + 20,
    "transport-reported", "The report speaks of the means of transport used to cross.");
inline constexpr auto smugglers_reported = boolean_fact(first_of_exchange + 21,
    "smugglers-reported", "The report speaks of how the smugglers are organised.");
inline constexpr auto planned_measure_important
    = boolean_fact(first_of_exchange + 22, "planned-measure-important",
        "A measure against illegal migration is planned that may matter to the other Party; for "
        "the sending Party to judge.");

// Articles 9 and 10.
inline constexpr auto posting_in_third_state = boolean_fact(first_of_exchange + 23,
    "posting-in-third-state", "The liaison officer is or will be posted in a third State.");
inline constexpr auto liaison_task = word_fact<LiaisonTask>(
    first_of_exchange + 24, "liaison-task", "Which task the liaison officer's act belongs to.");
inline constexpr auto border_surveillance_authority
    = boolean_fact(first_of_exchange + 25, "border-surveillance-authority",
        "The authority that the liaison officer assists is responsible for border surveillance.");
inline constexpr auto independent_police_act
    = boolean_fact(first_of_exchange + 26, "independent-police-act",
        "The liaison officer would take a police measure in his or her own right.");
inline constexpr auto within_instructions_of_requesting
    = boolean_fact(first_of_exchange + 27, "within-instructions-of-requesting",
        "The act keeps within the instructions of the Party that posted the liaison officer.");
inline constexpr auto within_instructions_of_requested
    = boolean_fact(first_of_exchange + 28, "within-instructions-of-requested",
        "The act keeps within the instructions of the Party where the liaison officer is posted.");
inline constexpr auto within_competence = boolean_fact(first_of_exchange + 29, "within-competence",
    "What the liaison officer does for the other Party lies within his or her competence.");
inline constexpr auto protection_powers_of_requesting
    = boolean_fact(first_of_exchange + 30, "protection-powers-of-requesting",
        "The requesting authority has powers in witness protection.");
inline constexpr auto protection_powers_of_requested = boolean_fact(first_of_exchange + 31,
    "protection-powers-of-requested", "The requested authority has powers in witness protection.");
inline constexpr auto witness_help = word_fact<WitnessHelp>(
    first_of_exchange + 32, "witness-help", "How the requested Party helps to protect the person.");
inline constexpr auto reception_agreement = text_fact(first_of_exchange + 33, "reception-agreement",
    "The agreement concluded on receiving this one person.");
inline constexpr auto programme_of_requesting
    = text_fact(first_of_exchange + 34, "programme-of-requesting",
        "The reference of the person in the witness-protection programme of the requesting "
        "Party.");
inline constexpr auto in_programme_of_requested
    = boolean_fact(first_of_exchange + 35, "in-programme-of-requested",
        "The person is, or is to be, included in the witness-protection programme of the "
        "requested Party.");
inline constexpr auto accompanying_measures
    = boolean_fact(first_of_exchange + 36, "accompanying-measures",
        "The requested Party takes accompanying measures of its own for the person.");
inline constexpr auto witness_end_grounds = boolean_fact(first_of_exchange + 37,
    "witness-end-grounds",
    "There are serious grounds for ending the accompanying measures; for the requested Party to "
    "judge.");
inline constexpr auto witness_end_notified
    = boolean_fact(first_of_exchange + 38, "witness-end-notified",
        "The requesting Party was duly notified that the accompanying measures will end.");

// Articles 30 and 31.
inline constexpr auto equipment_supplied = boolean_fact(first_of_exchange + 39,
    "equipment-supplied", "The equipment or its documentation was supplied under the Convention.");
inline constexpr auto donor_consent = boolean_fact(first_of_exchange + 40, "donor-consent",
    "The authorities that supplied the equipment consented before.");
inline constexpr auto use_ground = word_fact<UseGround>(first_of_exchange + 41, "use-ground",
    "What the data are to be used for: the purpose they were supplied for, averting an immediate "
    "serious threat, preventing a serious crime, or another.");
inline constexpr auto supplier_consent = boolean_fact(first_of_exchange + 42, "supplier-consent",
    "The Party that supplied the information consented before.");
inline constexpr auto still_needed = boolean_fact(first_of_exchange + 43, "still-needed",
    "The data are still needed for the purpose they were supplied for, or for one that Art. "
    "31(4)(a) allows.");
inline constexpr auto convention_ends = boolean_fact(first_of_exchange + 44, "convention-ends",
    "It is known when the Convention will cease to be in force for one of the two Parties.");
inline constexpr auto replaced_by_convention = boolean_fact(first_of_exchange + 45,
    "replaced-by-convention", "A new convention of the two Parties takes its place.");
inline constexpr auto last_day_in_force = date_fact(first_of_exchange + 46, "last-day-in-force",
    "The last day on which the Convention is in force for both.");
inline constexpr auto data_role = word_fact<DataRole>(first_of_exchange + 47, "data-role",
    "Whether the Party that acts supplied the data or received them.");
inline constexpr auto data_fault = word_fact<DataFault>(first_of_exchange + 48, "data-fault",
    "Established: the data are wrong, or were obtained or sent unlawfully; suspected: there is "
    "reason to believe that they are wrong or should be destroyed; or none.");
inline constexpr auto unlawful_use = boolean_fact(first_of_exchange + 49, "unlawful-use",
    "There is information that the data were used unlawfully.");
inline constexpr auto accuracy_circumstance
    = boolean_fact(first_of_exchange + 50, "accuracy-circumstance",
        "A circumstance became known that bears on whether the data are right and current.");
inline constexpr auto register_act = word_fact<RegisterAct>(
    first_of_exchange + 51, "register-act", "What is done with an entry of the register.");
inline constexpr auto transmission_electronic = boolean_fact(first_of_exchange + 52,
    "transmission-electronic", "The transmission that the entry records was electronic.");
inline constexpr auto register_entry_on = date_fact(first_of_exchange + 53, "register-entry-on",
    "The date of what the entry records: the transmission, the receipt or the destruction.");
inline constexpr auto protection_check = boolean_fact(first_of_exchange + 54, "protection-check",
    "The register is read only to verify that the rules on data protection were kept.");
inline constexpr auto person_claim = word_fact<PersonClaim>(first_of_exchange + 55, "person-claim",
    "What the person asks for: to be told what is held, to have it corrected or destroyed.");
inline constexpr auto national_exception
    = boolean_fact(first_of_exchange + 56, "national-exception",
        "The law of the Party that the person asks makes an exception for this claim; for the "
        "authority responsible for the processing to judge.");
inline constexpr auto sender_heard = boolean_fact(first_of_exchange + 57, "sender-heard",
    "The authority that sent the data commented on the claim, or let the occasion pass.");
inline constexpr auto right_violated = boolean_fact(first_of_exchange + 58, "right-violated",
    "The person holds that a right in data protection was violated.");
inline constexpr auto damage_from_data = boolean_fact(first_of_exchange + 59, "damage-from-data",
    "The damage came from processing personal data that were sent under the Convention.");
inline constexpr auto other_party_pleaded
    = boolean_fact(first_of_exchange + 60, "other-party-pleaded",
        "Towards the person it is pleaded that another Party sent wrong or unlawful data.");
inline constexpr auto compensation_claimed
    = integer_fact(first_of_exchange + 61, "compensation-claimed", 0, 1'000'000'000'000,
        "What the sending Party is asked to reimburse, in the smallest unit of the currency.");
inline constexpr auto compensation_paid
    = integer_fact(first_of_exchange + 62, "compensation-paid", 0, 1'000'000'000'000,
        "What the receiving Party paid the person, in the smallest unit of the currency.");
inline constexpr auto acts_abroad = boolean_fact(first_of_exchange + 63, "acts-abroad",
    "The official of the requesting Party acts on the territory of the requested Party.");
inline constexpr auto direct_access_to_host_data
    = boolean_fact(first_of_exchange + 64, "direct-access-to-host-data",
        "What is opened are computerised data of the requested Party, with none of its own "
        "officials in between.");
} // namespace fact

inline constexpr std::array<FactDescription const*, 65> exchange_facts { &fact::official_designated,
    &fact::pending_permit_listed, &fact::event_at, &fact::radio_equipment,
    &fact::plan_approved_by_requesting, &fact::plan_approved_by_requested, &fact::invited_to,
    &fact::observer_only, &fact::special_methods, &fact::handling_caveat,
    &fact::protection_guaranteed, &fact::proven_facts, &fact::need_assumed, &fact::report_occasion,
    &fact::last_joint_analysis, &fact::flows_reported, &fact::volume_reported,
    &fact::structure_reported, &fact::destinations_reported, &fact::routes_reported,
    &fact::transport_reported, &fact::smugglers_reported, &fact::planned_measure_important,
    &fact::posting_in_third_state, &fact::liaison_task, &fact::border_surveillance_authority,
    &fact::independent_police_act, &fact::within_instructions_of_requesting,
    &fact::within_instructions_of_requested, &fact::within_competence,
    &fact::protection_powers_of_requesting, &fact::protection_powers_of_requested,
    &fact::witness_help, &fact::reception_agreement, &fact::programme_of_requesting,
    &fact::in_programme_of_requested, &fact::accompanying_measures, &fact::witness_end_grounds,
    &fact::witness_end_notified, &fact::equipment_supplied, &fact::donor_consent, &fact::use_ground,
    &fact::supplier_consent, &fact::still_needed, &fact::convention_ends,
    &fact::replaced_by_convention, &fact::last_day_in_force, &fact::data_role, &fact::data_fault,
    &fact::unlawful_use, &fact::accuracy_circumstance, &fact::register_act,
    &fact::transmission_electronic, &fact::register_entry_on, &fact::protection_check,
    &fact::person_claim, &fact::national_exception, &fact::sender_heard, &fact::right_violated,
    &fact::damage_from_data, &fact::other_party_pleaded, &fact::compensation_claimed,
    &fact::compensation_paid, &fact::acts_abroad, &fact::direct_access_to_host_data };

} // namespace comity::treaty
