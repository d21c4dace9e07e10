#pragma once

#include "treaty/fact.h"

/// Facts that most measures share: purpose, kind, authorities, way, form, level.
namespace comity::treaty {

constexpr FactId first_of_general = 0;

namespace fact {
inline constexpr auto purpose = word_fact<Purpose>(
    0, "purpose", "What the cooperation is for: one of the four purposes of Art. 1, or another.");
inline constexpr auto kind
    = word_fact<Kind>(1, "kind", "What is asked: the letters of Art. 4(5), or other.");
inline constexpr auto need_ground = word_fact<NeedGround>(2, "need-ground",
    "Why data on a vehicle, vessel or aircraft are needed; none when there is no such need.");
inline constexpr auto vehicle_class
    = word_fact<VehicleClass>(3, "vehicle-class", "Whether it goes by road, water or air.");
inline constexpr auto disputed_territory = boolean_fact(4, "disputed-territory",
    "The vehicle, vessel or aircraft was found where the border is not settled.");
inline constexpr auto offence
    = text_fact(5, "offence", "The criminal offence, in the officer's words.");
inline constexpr auto case_number
    = text_fact(6, "case-number", "The file of the requesting authority.");
inline constexpr auto personal_data = boolean_fact(
    7, "personal-data", "What is sent relates to a person who is or can be identified.");
inline constexpr auto erase_by = date_fact(8, "erase-by",
    "The date by which the receiver must have destroyed the personal data, set by the sender.");
inline constexpr auto requesting_authority
    = authority_fact(9, "requesting-authority", "The id of the authority that asks.");
inline constexpr auto requested_authority
    = authority_fact(10, "requested-authority", "The id of the authority that is asked.");
inline constexpr auto route = word_fact<Route>(11, "route",
    "Between the National Central Units, directly between two authorities, or to the "
    "authority that keeps a register of vehicles.");
inline constexpr auto direct_ground = word_fact<DirectGround>(
    12, "direct-ground", "Why the two authorities deal with each other directly, or none.");
inline constexpr auto direct_expedient = boolean_fact(13, "direct-expedient",
    "Dealing directly is expedient; for the requesting authority to judge.");
inline constexpr auto border_region = boolean_fact(14, "border-region",
    "The crime will most probably be investigated by authorities of the border region, and "
    "both authorities belong to it.");
inline constexpr auto threat_immediate = boolean_fact(
    15, "threat-immediate", "A threat to public order or security is about to become real.");
inline constexpr auto usual_channel_too_late = boolean_fact(16, "usual-channel-too-late",
    "Between the National Central Units the request would arrive too late.");
inline constexpr auto subject_named
    = boolean_fact(17, "subject-named", "The request says whom or what it is about.");
inline constexpr auto explanation
    = text_fact(18, "explanation", "What a request is for that none of the listed kinds covers.");
inline constexpr auto compartment = word_fact<Compartment>(
    19, "compartment", "The closed circle that alone may see the case, or none.");
inline constexpr auto judicial_reserved = boolean_fact(20, "judicial-reserved",
    "By the law of one of the two Parties only a judicial authority may deal with this "
    "request or its execution. Not read where the judicial-reservation table answers.");
inline constexpr auto competent
    = boolean_fact(21, "competent", "The requested authority may itself execute the request.");
inline constexpr auto medium = word_fact<Medium>(22, "medium",
    "How it is conveyed: by this system, fax, e-mail or courier (all written), or orally.");
inline constexpr auto urgent = boolean_fact(23, "urgent", "The case is urgent.");
inline constexpr auto channel_secure = boolean_fact(24, "channel-secure",
    "The connection is as secure as the sensitivity of the personal data demands; for the "
    "security officer to judge.");
inline constexpr auto request_oral
    = boolean_fact(25, "request-oral", "The request that is answered was made orally.");
inline constexpr auto confirmed_in_writing = boolean_fact(
    26, "confirmed-in-writing", "The written confirmation of the oral request has arrived.");
inline constexpr auto official_authorised = boolean_fact(
    27, "official-authorised", "The official at work may use this means of communication.");
inline constexpr auto refusal_ground
    = word_fact<RefusalGround>(28, "refusal-ground", "Why the request is refused.");
inline constexpr auto reasons = text_fact(29, "reasons", "The reasons of the refusal, in words.");
inline constexpr auto classification_level = integer_fact(30, "classification-level", 0, 4,
    "0 not classified, 1 to 4 the rows of the table of Art. 32, from RESTRICTED to "
    "TOP SECRET.");
inline constexpr auto classification_reason
    = text_fact(31, "classification-reason", "Why the information is classified, and why so high.");
inline constexpr auto channel_level = integer_fact(32, "channel-level", 0, 4,
    "The highest classification level for which both Parties accept this channel; 0 none.");
inline constexpr auto handling_agreed = boolean_fact(33, "handling-agreed",
    "The receiver, who has no marking of this level, agreed how to protect the information.");
inline constexpr auto security_agreement = boolean_fact(
    34, "security-agreement", "A security agreement between the two Parties is in force.");
inline constexpr auto supervisor_permission = boolean_fact(35, "supervisor-permission",
    "The data-protection supervisor of the sending Party permitted the transfer, for this "
    "case or in general.");
} // namespace fact

inline constexpr std::array<FactDescription const*, 36> general_facts { &fact::purpose, &fact::kind,
    &fact::need_ground, &fact::vehicle_class, &fact::disputed_territory, &fact::offence,
    &fact::case_number, &fact::personal_data, &fact::erase_by, &fact::requesting_authority,
    &fact::requested_authority, &fact::route, &fact::direct_ground, &fact::direct_expedient,
    &fact::border_region, &fact::threat_immediate, &fact::usual_channel_too_late,
    &fact::subject_named, &fact::explanation, &fact::compartment, &fact::judicial_reserved,
    &fact::competent, &fact::medium, &fact::urgent, &fact::channel_secure, &fact::request_oral,
    &fact::confirmed_in_writing, &fact::official_authorised, &fact::refusal_ground, &fact::reasons,
    &fact::classification_level, &fact::classification_reason, &fact::channel_level,
    &fact::handling_agreed, &fact::security_agreement, &fact::supervisor_permission };

} // namespace comity::treaty
