#pragma once

#include "base/json.h"

/// What travels inside sealed parts: requests, answers and refusals under Article 4, with the
/// decision that each side reached, so that both can be read side by side.
namespace comity::message {

/// What is asked about a vehicle. Original script; comparison folds it.
struct VehicleQuery {
    std::optional<std::string> plate;
    std::optional<std::string> registration_state;
    std::optional<std::string> vin;
};
BOOST_DESCRIBE_STRUCT(VehicleQuery, (), (plate, registration_state, vin))

/// Schema "request/1".
struct Request {
    std::string kind; ///< The treaty's word for the letter of A4(5).
    std::string case_number;
    std::string purpose;
    std::string offence;
    std::optional<std::string> need_ground; ///< One of the three of A4(5)(a).
    std::string requesting_authority;
    std::string requested_authority;
    std::string medium; ///< "system": written electronic form (A4(6)-1).
    std::optional<VehicleQuery> vehicle;
    std::optional<std::string> text;
    json::Value decision; ///< The sender's own.
};
BOOST_DESCRIBE_STRUCT(Request, (),
    (kind, case_number, purpose, offence, need_ground, requesting_authority, requested_authority,
        medium, vehicle, text, decision))

/// The same in Latin letters, for a desk that does not read the script.
struct LatinLine {
    std::string family_name;
    std::optional<std::string> given_name;
    std::optional<std::string> address;
};
BOOST_DESCRIBE_STRUCT(LatinLine, (), (family_name, given_name, address))

/// A holder or owner as the register of the answering Party writes it, in its own script.
struct Person {
    std::string family_name; ///< Or the name of a legal entity.
    std::optional<std::string> given_name;
    bool legal_entity;
    std::optional<Date> birth_date;
    std::optional<std::string> address;
    std::optional<LatinLine> latin;
};
BOOST_DESCRIBE_STRUCT(
    Person, (), (family_name, given_name, legal_entity, birth_date, address, latin))

/// The members follow the vehicle answer of the annex to Decision 2008/616/JHA, chapter 3.
struct Vehicle {
    std::string plate;
    std::string registration_state;
    std::string vin;
    std::string make;
    std::string model;
    std::string category; ///< EU category, M1 ...
    std::string colour;
    Date first_registration;
    bool stolen;
    Person holder;
    Person owner;
};
BOOST_DESCRIBE_STRUCT(Vehicle, (),
    (plate, registration_state, vin, make, model, category, colour, first_registration, stolen,
        holder, owner))

enum class Outcome : std::uint8_t { hit, no_hit };
BOOST_DESCRIBE_ENUM(Outcome, hit, no_hit)

/// Schema "answer/1".
struct Answer {
    std::string kind;
    std::string case_number; ///< The requester's.
    Outcome result;
    std::vector<Vehicle> vehicles;
    json::Value request_decision; ///< The answering side's judgement of the request.
    json::Value decision; ///< And of sending this answer.
};
BOOST_DESCRIBE_STRUCT(Answer, (), (kind, case_number, result, vehicles, request_decision, decision))

/// Schema "refusal/1": written and reasoned, Article 30(1).
struct Refusal {
    std::string kind;
    std::string case_number;
    std::string ground; ///< One of the three of A30(1)-1, or "convention" where a rule forbids.
    std::vector<std::string> provisions;
    std::string text;
    json::Value request_decision;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (kind, case_number, ground, provisions, text, request_decision))

} // namespace comity::message
