#pragma once

#include "message/query.h"

/// What travels inside sealed parts: requests, answers and refusals under Article 4, with the
/// decision that each side reached, so that both can be read side by side.
namespace comity::message {

/// Schema "request/1". The kind says which query it carries: message/rules.cpp.
struct Request {
    std::string kind; ///< The treaty's word for the letter of A4(5) or A5(1).
    std::string case_number;
    std::string purpose;
    std::string offence;
    std::optional<std::string> need_ground {};
    std::string requesting_authority;
    std::string requested_authority;
    std::string medium;
    std::optional<VehicleQuery> vehicle {};
    std::optional<std::string> text {};
    json::Value decision; ///< The sender's own.
    std::optional<PersonQuery> person {};
    std::optional<DocumentQuery> document {};
    std::optional<PhoneQuery> phone {};
    std::optional<IdentificationQuery> identification {};
    std::optional<std::vector<Item>> objects {};
    std::optional<SearchMeasure> search {};
    std::optional<InterviewQuery> interview {};
    std::optional<SceneQuery> scene {};
    std::optional<WitnessQuery> witness {};
    std::optional<PursuitQuery> pursuit {};
    std::optional<EventQuery> event {};
    std::optional<GroupQuery> group {};
    std::optional<std::vector<Asset>> assets {};
    std::optional<FollowUp> follow_up {};
    std::optional<std::string> direct_ground {};
    std::optional<std::string> justification {};
    std::optional<std::string> on_behalf_of {};
    std::optional<std::vector<Attachment>> attachments {};
    std::optional<Handling> handling {};
};
BOOST_DESCRIBE_STRUCT(Request, (),
    (kind, case_number, purpose, offence, need_ground, requesting_authority, requested_authority,
        medium, vehicle, text, decision, person, document, phone, identification, objects, search,
        interview, scene, witness, pursuit, event, group, assets, follow_up, direct_ground,
        justification, on_behalf_of, attachments, handling))

/// A holder or owner as the register of the answering Party writes it, in its own script.
struct Person {
    std::string family_name; ///< Or the name of a legal entity.
    std::optional<std::string> given_name {};
    bool legal_entity;
    std::optional<Date> birth_date {};
    std::optional<std::string> address {};
    std::optional<LatinLine> latin {};
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

/// A4(5)(d).
struct Subscriber {
    std::string number;
    Person holder;
    std::optional<Period> period {};
};
BOOST_DESCRIBE_STRUCT(Subscriber, (), (number, holder, period))

/// A4(5)(i). A statement as it was taken down.
struct Statement {
    PersonRecord person;
    Instant taken_at;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Statement, (), (person, taken_at, text))

/// Schema "answer/1".
struct Answer {
    std::string kind;
    std::string case_number; ///< The requester's.
    Outcome result;
    std::vector<Vehicle> vehicles {};
    json::Value request_decision; ///< The answering side's judgement of the request.
    json::Value decision; ///< And of sending this answer.
    std::optional<std::vector<PersonRecord>> persons {};
    std::optional<std::vector<IdentityDocument>> documents {};
    std::optional<std::vector<Subscriber>> subscribers {};
    std::optional<std::vector<Item>> objects {};
    std::optional<std::vector<Asset>> assets {};
    std::optional<std::vector<Statement>> statements {};
    std::optional<std::vector<GroupQuery>> groups {};
    std::optional<std::string> text {};
    std::optional<Evaluation> evaluation {};
    std::optional<Handling> handling {};
    std::optional<std::vector<Attachment>> attachments {};
};
BOOST_DESCRIBE_STRUCT(Answer, (),
    (kind, case_number, result, vehicles, request_decision, decision, persons, documents,
        subscribers, objects, assets, statements, groups, text, evaluation, handling, attachments))

/// Schema "refusal/1": written and reasoned, Article 30(1).
struct Refusal {
    std::string kind;
    std::string case_number;
    std::string ground;
    std::vector<std::string> provisions {};
    std::string text;
    json::Value request_decision;
    std::optional<bool> partial {};
};
BOOST_DESCRIBE_STRUCT(
    Refusal, (), (kind, case_number, ground, provisions, text, request_decision, partial))

/// A part of the answer; the last one is an answer.
struct PartialAnswer {
    std::uint32_t n;
    Answer answer;
    std::vector<std::string> outstanding {};
    std::optional<Instant> expected_by {};
};
BOOST_DESCRIBE_STRUCT(PartialAnswer, (), (n, answer, outstanding, expected_by))

/// One condition that the requesting Party can accept or not.
struct Condition {
    std::uint32_t n;
    std::string text;
    std::vector<std::string> provisions {};
};
BOOST_DESCRIBE_STRUCT(Condition, (), (n, text, provisions))

/// A30(1): help under conditions.
struct Conditions {
    std::string case_number;
    std::vector<Condition> conditions {};
    std::optional<Instant> answer_by {};
};
BOOST_DESCRIBE_STRUCT(Conditions, (), (case_number, conditions, answer_by))

/// Which conditions are accepted, by number.
struct ConditionsAnswer {
    std::string case_number;
    bool accepted;
    std::vector<std::uint32_t> conditions_accepted {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(ConditionsAnswer, (), (case_number, accepted, conditions_accepted, text))

/// Questions back.
struct ClarificationRequest {
    std::string case_number;
    std::vector<std::string> questions {};
    std::optional<Instant> answer_by {};
};
BOOST_DESCRIBE_STRUCT(ClarificationRequest, (), (case_number, questions, answer_by))

/// The answers, in the order of the questions.
struct Clarification {
    std::string case_number;
    std::vector<std::string> answers {};
    std::optional<std::vector<Attachment>> attachments {};
};
BOOST_DESCRIBE_STRUCT(Clarification, (), (case_number, answers, attachments))

/// A4(1)-2. The request as it came, to the authority that is competent.
struct ForwardedRequest {
    MessageReference original;
    std::string original_from;
    std::string competent_authority;
    Request request;
};
BOOST_DESCRIBE_STRUCT(ForwardedRequest, (), (original, original_from, competent_authority, request))

/// A4(1)-2. Where the request went.
struct ForwardingNotice {
    std::string case_number;
    std::string competent_authority;
    std::optional<std::string> competent_state {};
    Instant forwarded_at;
    std::optional<MessageReference> forwarded {};
};
BOOST_DESCRIBE_STRUCT(ForwardingNotice, (),
    (case_number, competent_authority, competent_state, forwarded_at, forwarded))

/// A4(6)-3, -4. The call and the request; until it is here no written answer leaves.
struct OralRequestConfirmation {
    Instant called_at;
    std::string caller;
    std::string callee;
    std::string gist;
    Request request;
};
BOOST_DESCRIBE_STRUCT(OralRequestConfirmation, (), (called_at, caller, callee, gist, request))

/// A4(4), A21(2). For the information of a National Central Unit.
struct DirectContactCopy {
    std::optional<std::string> direct_ground {};
    std::string from_authority;
    std::string to_authority;
    Instant sent_at;
    MessageReference original;
    std::string original_type;
    std::string gist;
};
BOOST_DESCRIBE_STRUCT(DirectContactCopy, (),
    (direct_ground, from_authority, to_authority, sent_at, original, original_type, gist))

/// The answer is no longer needed.
struct RequestWithdrawal {
    std::string case_number;
    MessageReference request_message;
    std::string reason;
    bool destroy_received;
};
BOOST_DESCRIBE_STRUCT(
    RequestWithdrawal, (), (case_number, request_message, reason, destroy_received))

} // namespace comity::message

COMITY_JSON_ELSEWHERE(comity::message::Request)
COMITY_JSON_ELSEWHERE(comity::message::PartialAnswer)
COMITY_JSON_ELSEWHERE(comity::message::Answer)
COMITY_JSON_ELSEWHERE(comity::message::Refusal)
COMITY_JSON_ELSEWHERE(comity::message::ForwardedRequest)
