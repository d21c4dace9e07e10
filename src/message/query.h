#pragma once

#include "message/value.h"

/// What is asked, one struct for each kind of Article 4(5) and 5(1) that needs more than words.
namespace comity::message {

/// A4(5)(a). What is asked about a vehicle, vessel or aircraft. Original script; comparison folds
/// it.
struct VehicleQuery {
    std::optional<std::string> plate {};
    std::optional<std::string> registration_state {};
    std::optional<std::string> vin {};
    std::optional<VehicleClass> vehicle_class {};
    std::optional<std::string> engine_number {};
    std::optional<std::string> make {};
    std::optional<std::string> model {};
    std::optional<std::string> colour {};
    std::optional<Instant> at {};
};
BOOST_DESCRIBE_STRUCT(VehicleQuery, (),
    (plate, registration_state, vin, vehicle_class, engine_number, make, model, colour, at))

/// A4(5)(c), (g). Who is meant; at least one identity or document.
struct PersonQuery {
    std::vector<Identity> identities {};
    std::vector<IdentityDocument> documents {};
    std::optional<std::string> description {};
    std::optional<Place> place {};
};
BOOST_DESCRIBE_STRUCT(PersonQuery, (), (identities, documents, description, place))

/// A4(5)(b). A licence, a registration paper, a permit.
struct DocumentQuery {
    DocumentKind kind;
    std::optional<std::string> number {};
    std::optional<std::string> issuing_state {};
    std::optional<Identity> holder {};
};
BOOST_DESCRIBE_STRUCT(DocumentQuery, (), (kind, number, issuing_state, holder))

/// A4(5)(d). A subscriber: by number, or by address of a network.
struct PhoneQuery {
    std::string number;
    std::optional<Period> period {};
    std::optional<std::string> operator_name {};
    std::optional<std::string> order {};
};
BOOST_DESCRIBE_STRUCT(PhoneQuery, (), (number, period, operator_name, order))

enum class Unidentified : std::uint8_t { person, corpse, body_part };
BOOST_DESCRIBE_ENUM(Unidentified, person, corpse, body_part)

/// A4(5)(e). A person, a corpse or parts of one that nobody can name.
struct IdentificationQuery {
    Unidentified unidentified;
    std::string description;
    std::optional<Place> found {};
    std::optional<Instant> at {};
    std::optional<Identity> claimed {};
    std::vector<Attachment> attachments {};
};
BOOST_DESCRIBE_STRUCT(
    IdentificationQuery, (), (unidentified, description, found, at, claimed, attachments))

/// A4(5)(h), A26(2). Measures of a search and who leads it.
struct SearchMeasure {
    std::string measure;
    Place area;
    Period period;
    std::string lead;
    std::optional<std::string> searched_for {};
    std::optional<PersonRecord> searched {};
};
BOOST_DESCRIBE_STRUCT(SearchMeasure, (), (measure, area, period, lead, searched_for, searched))

/// A4(5)(i). Statements of persons, under the law of the requested Party.
struct InterviewQuery {
    Identity person;
    std::string role;
    std::vector<std::string> questions {};
    std::optional<std::string> order {};
};
BOOST_DESCRIBE_STRUCT(InterviewQuery, (), (person, role, questions, order))

/// A4(5)(j). Securing and judging a scene and its traces.
struct SceneQuery {
    Place scene;
    std::vector<std::string> measures {};
    std::optional<Instant> deadline {};
};
BOOST_DESCRIBE_STRUCT(SceneQuery, (), (scene, measures, deadline))

/// A4(5)(k), A10. A code in place of a person; only for those in the compartment.
struct WitnessQuery {
    std::string code;
    std::vector<std::string> measures {};
    std::string threat_level;
    std::optional<Period> period {};
};
BOOST_DESCRIBE_STRUCT(WitnessQuery, (), (code, measures, threat_level, period))

/// A4(5)(l), A13. What is known of persons in flight.
struct PursuitQuery {
    std::string pursuit;
    std::string description;
    std::optional<std::string> heading {};
    std::optional<VehicleQuery> vehicle {};
};
BOOST_DESCRIBE_STRUCT(PursuitQuery, (), (pursuit, description, heading, vehicle))

/// A4(5)(m), A3.1(b). A mass event, a disaster, an accident.
struct EventQuery {
    std::string name;
    Place place;
    Period period;
    std::string risk;
    std::vector<std::string> measures {};
};
BOOST_DESCRIBE_STRUCT(EventQuery, (), (name, place, period, risk, measures))

/// A5(1)(a). An organised group: structure, persons, links, behaviour.
struct GroupQuery {
    std::string name;
    std::optional<std::string> structure {};
    std::vector<PersonRecord> persons {};
    std::optional<std::string> behaviour {};
    std::vector<Offence> offences {};
};
BOOST_DESCRIBE_STRUCT(GroupQuery, (), (name, structure, persons, behaviour, offences))

/// The second step: personal data on a hit that experts confirmed.
struct FollowUp {
    std::string match;
    MessageReference confirmation;
};
BOOST_DESCRIBE_STRUCT(FollowUp, (), (match, confirmation))

} // namespace comity::message
