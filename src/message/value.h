#pragma once

#include "base/json.h"

/// What several contents share: places, times, money, persons, documents, objects. Original script
/// stands beside Latin letters; a number is whole (microdegrees, minor units of a currency).
/// What each member means, how it is spelt and how large it may be stands in message/dictionary, by
/// its name on the wire; docs/MESSAGES.md prints both together.
namespace comity::message {

enum class Outcome : std::uint8_t { hit, no_hit };
BOOST_DESCRIBE_ENUM(Outcome, hit, no_hit)

enum class Sex : std::uint8_t { female, male, other, unknown };
BOOST_DESCRIBE_ENUM(Sex, female, male, other, unknown)

enum class Stage : std::uint8_t { prepared, attempted, committed };
BOOST_DESCRIBE_ENUM(Stage, prepared, attempted, committed)

enum class IdentityKind : std::uint8_t { lawful, alias, claimed };
BOOST_DESCRIBE_ENUM(IdentityKind, lawful, alias, claimed)

enum class DocumentKind : std::uint8_t {
    identity_card,
    passport,
    driving_licence,
    residence_permit,
    vehicle_registration,
    travel_document,
    visa,
    firearm_permit,
    other
};
BOOST_DESCRIBE_ENUM(DocumentKind, identity_card, passport, driving_licence, residence_permit,
    vehicle_registration, travel_document, visa, firearm_permit, other)

enum class ObjectClass : std::uint8_t {
    firearm,
    ammunition,
    explosive,
    explosive_device,
    vehicle,
    vessel,
    aircraft,
    cultural_good,
    document,
    number_plate,
    other
};
BOOST_DESCRIBE_ENUM(ObjectClass, firearm, ammunition, explosive, explosive_device, vehicle, vessel,
    aircraft, cultural_good, document, number_plate, other)

enum class VehicleClass : std::uint8_t { motor_vehicle, vessel, aircraft };
BOOST_DESCRIBE_ENUM(VehicleClass, motor_vehicle, vessel, aircraft)

/// The same in Latin letters, for a desk that does not read the script.
struct LatinLine {
    std::string family_name;
    std::optional<std::string> given_name {};
    std::optional<std::string> address {};
};
BOOST_DESCRIBE_STRUCT(LatinLine, (), (family_name, given_name, address))

/// Source A to C and X, information 1 to 4, as Europol writes it.
struct Evaluation4x4 {
    std::string source;
    std::uint8_t information;
};
BOOST_DESCRIBE_STRUCT(Evaluation4x4, (), (source, information))

/// Source A to E, information 1 to 5, and to whom it may go 1 to 5.
struct Evaluation5x5x5 {
    std::string source;
    std::uint8_t information;
    std::uint8_t dissemination;
};
BOOST_DESCRIBE_STRUCT(Evaluation5x5x5, (), (source, information, dissemination))

/// How reliable a piece of information is, on one scale or both; never converted.
struct Evaluation {
    std::optional<Evaluation4x4> four_by_four {};
    std::optional<Evaluation5x5x5> five_by_five_by_five {};
};
BOOST_DESCRIBE_STRUCT(Evaluation, (), (four_by_four, five_by_five_by_five))

/// What the receiver may do with it. H0 fight crime, H1 not in court without permission, H2 not
/// passed on without permission, H3 as the text says.
struct Handling {
    std::vector<std::string> codes {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(Handling, (), (codes, text))

/// Where. Degrees of WGS 84 in millionths.
struct Place {
    std::string name;
    std::optional<std::string> state {};
    std::optional<std::string> address {};
    std::optional<std::int32_t> latitude_microdegrees {};
    std::optional<std::int32_t> longitude_microdegrees {};
};
BOOST_DESCRIBE_STRUCT(
    Place, (), (name, state, address, latitude_microdegrees, longitude_microdegrees))

/// From one instant until another, both counted.
struct Period {
    Instant from;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(Period, (), (from, until))

/// An amount in the minor unit of its currency: euro cents.
struct Money {
    std::int64_t amount_minor;
    std::string currency;
};
BOOST_DESCRIBE_STRUCT(Money, (), (amount_minor, currency))

/// A message by its id and the hash of its manifest.
struct MessageReference {
    std::string id;
    std::optional<std::string> manifest_sha256 {};
};
BOOST_DESCRIBE_STRUCT(MessageReference, (), (id, manifest_sha256))

/// A further part of the same message.
struct Attachment {
    std::uint32_t part;
    std::string name;
    std::string media_type;
};
BOOST_DESCRIBE_STRUCT(Attachment, (), (part, name, media_type))

/// An official by a code that his own State can resolve; never a name.
struct Official {
    std::string code;
    std::string service;
    std::optional<std::string> function {};
};
BOOST_DESCRIBE_STRUCT(Official, (), (code, service, function))

/// Whom to reach and how. A3.1(d): `verifiedOn` says when somebody last tried.
struct Contact {
    std::string authority;
    std::optional<std::string> name {};
    std::vector<std::string> telephones {};
    std::vector<std::string> e_mails {};
    std::optional<std::string> address {};
    std::vector<std::string> languages {};
    std::optional<std::string> hours {};
    std::optional<Date> verified_on {};
};
BOOST_DESCRIBE_STRUCT(
    Contact, (), (authority, name, telephones, e_mails, address, languages, hours, verified_on))

/// One identity of a person: the lawful one, an alias or one that was claimed.
struct Identity {
    IdentityKind kind;
    std::optional<std::string> family_name {};
    std::optional<std::string> given_name {};
    std::optional<std::string> father_name {};
    std::optional<std::string> birth_name {};
    std::optional<LatinLine> latin {};
    std::optional<Date> birth_date {};
    std::optional<Place> birth_place {};
    std::optional<Sex> sex {};
    std::vector<std::string> nationalities {};
};
BOOST_DESCRIBE_STRUCT(Identity, (),
    (kind, family_name, given_name, father_name, birth_name, latin, birth_date, birth_place, sex,
        nationalities))

/// A document of identity, travel, driving or registration.
struct IdentityDocument {
    DocumentKind kind;
    std::string number;
    std::string issuing_state;
    std::optional<std::string> series {};
    std::optional<Date> issued_on {};
    std::optional<Date> valid_until {};
    std::optional<std::string> status {};
};
BOOST_DESCRIBE_STRUCT(
    IdentityDocument, (), (kind, number, issuing_state, series, issued_on, valid_until, status))

/// What an authority holds on a person: identities, documents, description.
struct PersonRecord {
    std::vector<Identity> identities {};
    std::vector<IdentityDocument> documents {};
    std::optional<std::string> description {};
    std::vector<std::string> warnings {};
    std::vector<Place> residences {};
    std::optional<std::string> role {};
};
BOOST_DESCRIBE_STRUCT(
    PersonRecord, (), (identities, documents, description, warnings, residences, role))

/// An object, a weapon, a sample.
struct Item {
    ObjectClass object_class;
    std::string description;
    std::optional<std::string> make {};
    std::optional<std::string> model {};
    std::optional<std::string> serial_number {};
    std::optional<std::string> calibre {};
    std::optional<std::int64_t> quantity {};
    std::optional<std::string> unit {};
    std::optional<std::string> sample {};
};
BOOST_DESCRIBE_STRUCT(Item, (),
    (object_class, description, make, model, serial_number, calibre, quantity, unit, sample))

/// What happened or is prepared, and what makes it an offence.
struct Offence {
    std::string description;
    Stage stage;
    std::optional<std::string> legal_provision {};
    std::optional<bool> extraditable {};
    std::optional<Period> committed {};
    std::optional<Place> place {};
};
BOOST_DESCRIBE_STRUCT(
    Offence, (), (description, stage, legal_provision, extraditable, committed, place))

/// A vehicle that was found, is followed or takes part.
struct VehicleSeen {
    std::optional<std::string> plate {};
    std::optional<std::string> registration_state {};
    std::optional<std::string> vin {};
    std::string description;
};
BOOST_DESCRIBE_STRUCT(VehicleSeen, (), (plate, registration_state, vin, description))

/// Property or proceeds of crime, A5(1)(f).
struct Asset {
    std::string description;
    std::optional<Money> value {};
    std::optional<Place> place {};
    std::optional<std::string> offence {};
};
BOOST_DESCRIBE_STRUCT(Asset, (), (description, value, place, offence))

} // namespace comity::message
