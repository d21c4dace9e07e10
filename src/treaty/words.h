#pragma once

#include <boost/describe.hpp>

#include <cstdint>

/// The vocabularies of the facts. An officer sees these words (with '-' for '_') and stored
/// decisions keep them: a word is added at the end and never changes its meaning.
namespace comity::treaty {

/// What one Party asks of another, or does for it. Each provision says which measures it governs.
enum class Measure : std::uint8_t {
    information_request, ///< A request for information, judged before it leaves.
    information_request_received, ///< The same request, judged by the Party that received it.
    information_answer, ///< The answer that sends information back; judged before it leaves.
    refusal, ///< Refusing a request, wholly or in part.
};
BOOST_DESCRIBE_ENUM(
    Measure, information_request, information_request_received, information_answer, refusal)

/// Art. 1. `other` lies outside the Convention.
enum class Purpose : std::uint8_t {
    threat_to_public_security,
    prevention,
    detection,
    investigation,
    other,
};
BOOST_DESCRIBE_ENUM(Purpose, threat_to_public_security, prevention, detection, investigation, other)

/// The kinds of request of Art. 4(5), letters (a) to (m), and its open end.
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
};
BOOST_DESCRIBE_ENUM(Kind, vehicle_owner, driving_licence, residence, telecom_subscriber,
    identification, object_origin, wanted_search, search_measures, interview, crime_scene,
    witness_protection, pursuit_information, mass_event, other)
constexpr std::size_t kind_count = 14;

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

} // namespace comity::treaty
