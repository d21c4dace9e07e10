#pragma once

#include "message/value.h"

/// Operations: Articles 13 to 19, 27 and 28. Officials stand under codes; what each message must
/// hold is what its article asks for.
namespace comity::message {

enum class OperationKind : std::uint8_t {
    hot_pursuit,
    surveillance,
    controlled_delivery,
    undercover_investigation,
    preventive_undercover_investigation,
    evidence_request,
    body_search,
    joint_investigation_team,
    mixed_patrol,
    border_search
};
BOOST_DESCRIBE_ENUM(OperationKind, hot_pursuit, surveillance, controlled_delivery,
    undercover_investigation, preventive_undercover_investigation, evidence_request, body_search,
    joint_investigation_team, mixed_patrol, border_search)

/// A13(1)-4, A14(4), A15(2), A16(2), A16(5). Flash; answered by an acknowledgement.
struct StopOrder {
    std::string operation;
    OperationKind kind;
    Instant ordered_at;
    std::string ordered_by;
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(StopOrder, (), (operation, kind, ordered_at, ordered_by, reason))

/// When the order reached the officials and when they stopped.
struct StopAcknowledgement {
    std::string operation;
    Instant order_reached_at;
    std::optional<Instant> stopped_at {};
    std::optional<Place> place {};
};
BOOST_DESCRIBE_STRUCT(StopAcknowledgement, (), (operation, order_reached_at, stopped_at, place))

/// A13(5)(a), A14(5)(a).
struct Instructions {
    std::string operation;
    std::string issued_by;
    std::vector<std::string> instructions {};
    std::optional<Instant> valid_until {};
};
BOOST_DESCRIBE_STRUCT(Instructions, (), (operation, issued_by, instructions, valid_until))

/// A13(1). At the latest when crossing; whether local officials are asked to challenge the person.
struct PursuitNotice {
    std::string operation;
    std::string ground;
    std::optional<std::string> escaped_from {};
    std::string offence;
    std::vector<PersonRecord> persons {};
    std::vector<VehicleSeen> pursued_vehicles {};
    std::vector<Official> officials {};
    std::vector<VehicleSeen> own_vehicles {};
    Place crossing;
    std::optional<Instant> crossed_at {};
    std::string border_kind;
    std::vector<std::string> weapons {};
    std::string reason;
    bool challenge_asked;
};
BOOST_DESCRIBE_STRUCT(PursuitNotice, (),
    (operation, ground, escaped_from, offence, persons, pursued_vehicles, officials, own_vehicles,
        crossing, crossed_at, border_kind, weapons, reason, challenge_asked))

/// A14(1), and A14(2)-3 after an urgent crossing.
struct SurveillanceRequest {
    std::string operation;
    std::string case_number;
    std::string offence;
    bool extraditable;
    PersonRecord person;
    std::string reason;
    Period period;
    Place crossing;
    std::vector<Official> officials {};
    std::vector<VehicleSeen> own_vehicles {};
    std::vector<std::string> weapons {};
    std::vector<std::string> technical_means {};
    std::optional<std::string> agreement {};
    std::optional<Instant> crossed_at {};
    std::optional<std::string> urgency_reason {};
};
BOOST_DESCRIBE_STRUCT(SurveillanceRequest, (),
    (operation, case_number, offence, extraditable, person, reason, period, crossing, officials,
        own_vehicles, weapons, technical_means, agreement, crossed_at, urgency_reason))

/// A14(2)-2. At once when the border is crossed; the request follows.
struct SurveillanceNotice {
    std::string operation;
    std::string offence;
    Place crossing;
    Instant crossed_at;
    std::vector<PersonRecord> persons {};
    std::vector<Official> officials {};
    std::vector<VehicleSeen> own_vehicles {};
    std::string urgency_reason;
};
BOOST_DESCRIBE_STRUCT(SurveillanceNotice, (),
    (operation, offence, crossing, crossed_at, persons, officials, own_vehicles, urgency_reason))

enum class Consignment : std::uint8_t {
    narcotics,
    precursors,
    firearms,
    explosives,
    counterfeit_currency,
    objects_of_crime,
    other
};
BOOST_DESCRIBE_ENUM(Consignment, narcotics, precursors, firearms, explosives, counterfeit_currency,
    objects_of_crime, other)

enum class DeliveryMode : std::uint8_t { import_, transit, export_ };
BOOST_DESCRIBE_ENUM(DeliveryMode, import_, transit, export_)

/// A15(9). What a third State was asked and said.
struct ThirdStateLeg {
    std::string state;
    std::string statement;
    bool agreed;
};
BOOST_DESCRIBE_STRUCT(ThirdStateLeg, (), (state, statement, agreed))

/// A15(1): in writing, with the offence and the explanation.
struct ControlledDeliveryRequest {
    std::string operation;
    std::string case_number;
    std::string offence;
    bool extraditable;
    Consignment consignment;
    DeliveryMode mode;
    std::vector<Item> objects {};
    std::string explanation;
    std::vector<Place> route {};
    Period period;
    std::vector<PersonRecord> escorts {};
    std::vector<Official> officials {};
    Place take_over_point;
    std::string risk_assessment;
    std::vector<ThirdStateLeg> third_states {};
};
BOOST_DESCRIBE_STRUCT(ControlledDeliveryRequest, (),
    (operation, case_number, offence, extraditable, consignment, mode, objects, explanation, route,
        period, escorts, officials, take_over_point, risk_assessment, third_states))

/// A16, A17. A single operation of limited time; the true identity is not named.
struct UndercoverRequest {
    std::string operation;
    std::string case_number;
    std::string offence;
    bool extraditable;
    bool preventive;
    std::string explanation;
    std::string role;
    std::vector<std::string> activities {};
    std::vector<Official> investigators {};
    std::vector<std::string> support_asked {};
    std::string deployed_by;
    Period period;
    std::string directed_by;
};
BOOST_DESCRIBE_STRUCT(UndercoverRequest, (),
    (operation, case_number, offence, extraditable, preventive, explanation, role, activities,
        investigators, support_asked, deployed_by, period, directed_by))

/// A16(5). Urgent crossing without consent before; ends on request.
struct UndercoverNotice {
    std::string operation;
    Place crossing;
    Instant crossed_at;
    std::vector<Official> investigators {};
    std::vector<std::string> activities {};
    std::string urgency_reason;
};
BOOST_DESCRIBE_STRUCT(UndercoverNotice, (),
    (operation, crossing, crossed_at, investigators, activities, urgency_reason))

/// A18(1). Danger facts, measure, and the copy to the National Central Unit.
struct EvidenceRequest {
    std::string case_number;
    std::string offence;
    std::string danger;
    std::string measure;
    Place place;
    std::vector<Item> objects {};
    std::optional<Identity> person {};
    bool judicial_authority_informed;
    std::vector<std::string> copy_to {};
};
BOOST_DESCRIBE_STRUCT(EvidenceRequest, (),
    (case_number, offence, danger, measure, place, objects, person, judicial_authority_informed,
        copy_to))

/// A18(4), (5). Results leave on a letter rogatory, in urgent cases before.
struct EvidenceResults {
    std::string case_number;
    std::vector<Item> objects {};
    std::string text;
    std::optional<std::string> order {};
    std::optional<std::string> letter_rogatory {};
    std::optional<std::string> urgency_reason {};
    std::vector<Attachment> attachments {};
};
BOOST_DESCRIBE_STRUCT(EvidenceResults, (),
    (case_number, objects, text, order, letter_rogatory, urgency_reason, attachments))

/// A19. Necessity, proportion, and an order or the statement in its place.
struct BodySearchRequest {
    std::string case_number;
    std::string offence;
    Identity person;
    bool suspect;
    std::string purpose_wanted;
    std::string necessity;
    std::optional<std::string> order {};
    std::optional<std::string> statement {};
};
BOOST_DESCRIBE_STRUCT(BodySearchRequest, (),
    (case_number, offence, person, suspect, purpose_wanted, necessity, order, statement))

enum class AuthorisationDecision : std::uint8_t { granted, granted_under_conditions, refused };
BOOST_DESCRIBE_ENUM(AuthorisationDecision, granted, granted_under_conditions, refused)

/// The decision on an operation, A14(1), A15(1), A16(1), A18(2).
struct Authorisation {
    std::optional<std::string> operation {};
    std::optional<std::string> case_number {};
    OperationKind kind;
    AuthorisationDecision decision;
    std::string authority;
    std::vector<std::string> conditions {};
    std::optional<Period> period {};
    std::optional<std::string> ground {};
    std::optional<std::string> reason {};
    std::optional<Official> official_in_charge {};
};
BOOST_DESCRIBE_STRUCT(Authorisation, (),
    (operation, case_number, kind, decision, authority, conditions, period, ground, reason,
        official_in_charge))

/// A14(1)-3, A15(2)-1. When, where and by whom.
struct TakeOver {
    std::string operation;
    OperationKind kind;
    Instant taken_over_at;
    Place place;
    std::string authority;
    std::optional<Official> official {};
    bool back;
};
BOOST_DESCRIBE_STRUCT(
    TakeOver, (), (operation, kind, taken_over_at, place, authority, official, back))

/// A13(6), A15(4). Held or seized, so that the clock of six hours can run.
struct DetentionNotice {
    std::string operation;
    Instant detained_at;
    Place place;
    std::optional<PersonRecord> person {};
    std::optional<bool> nationality_of_host {};
    std::vector<Item> objects {};
    std::optional<std::string> handed_to {};
    std::optional<std::string> force_used {};
};
BOOST_DESCRIBE_STRUCT(DetentionNotice, (),
    (operation, detained_at, place, person, nationality_of_host, objects, handed_to, force_used))

/// A15(5).
struct HandOverRequest {
    std::string operation;
    std::vector<Item> objects {};
    Place hand_over_at;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(HandOverRequest, (), (operation, objects, hand_over_at, reason))

/// A13(5)(h), A14(5)(g)-2. Identities may stay hidden.
struct AppearanceRequest {
    std::string operation;
    std::string before;
    Instant on;
    Place place;
    std::vector<Official> officials {};
    bool identity_protected;
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(
    AppearanceRequest, (), (operation, before, on, place, officials, identity_protected, text))

enum class OperationOutcome : std::uint8_t {
    person_held,
    goods_seized,
    evidence_secured,
    ended_without_result,
    stopped,
    handed_over
};
BOOST_DESCRIBE_ENUM(OperationOutcome, person_held, goods_seized, evidence_secured,
    ended_without_result, stopped, handed_over)

/// Each use of a weapon by itself.
struct WeaponUse {
    Instant at;
    Place place;
    Official official;
    std::string circumstances;
};
BOOST_DESCRIBE_STRUCT(WeaponUse, (), (at, place, official, circumstances))

/// A13(5)(g), A14(5)(g), A28(5). After each operation, with or without a result.
struct OperationReport {
    std::string operation;
    OperationKind kind;
    Period period;
    std::optional<Place> crossing {};
    std::optional<Instant> returned_at {};
    OperationOutcome outcome;
    std::string course;
    std::vector<PersonRecord> persons {};
    std::vector<Item> objects {};
    std::vector<Official> officials {};
    std::vector<WeaponUse> weapon_uses {};
    bool damage_known;
};
BOOST_DESCRIBE_STRUCT(OperationReport, (),
    (operation, kind, period, crossing, returned_at, outcome, course, persons, objects, officials,
        weapon_uses, damage_known))

/// A27(6), (14). A member, a seconded member or somebody of another body.
struct TeamMember {
    Official official;
    std::optional<std::string> state {};
    std::string role;
    std::optional<std::string> organisation {};
};
BOOST_DESCRIBE_STRUCT(TeamMember, (), (official, state, role, organisation))

enum class TeamGround : std::uint8_t { complex_investigation, coordinated_action };
BOOST_DESCRIBE_ENUM(TeamGround, complex_investigation, coordinated_action)

/// A27(2), (4): authority, purpose, Parties, composition; then period and leaders.
struct TeamProposal {
    std::string team;
    std::string requesting_authority;
    std::string purpose;
    std::string subject;
    TeamGround ground;
    std::vector<std::string> states {};
    std::string seat;
    Period period;
    std::vector<TeamMember> leaders {};
    std::vector<TeamMember> members {};
    std::string terms;
};
BOOST_DESCRIBE_STRUCT(TeamProposal, (),
    (team, requesting_authority, purpose, subject, ground, states, seat, period, leaders, members,
        terms))

/// Joins or not; whom it sends and under which conditions.
struct TeamAccession {
    std::string team;
    bool joins;
    std::optional<TeamMember> leader {};
    std::vector<TeamMember> members {};
    std::vector<std::string> conditions {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(TeamAccession, (), (team, joins, leader, members, conditions, text))

/// A28. Area, time, members, what they carry and may do.
struct PatrolPlan {
    std::string patrol;
    std::string patrol_purpose;
    Place area;
    Period period;
    std::string led_by;
    std::vector<Official> officials {};
    bool uniform;
    std::vector<std::string> weapons {};
    std::vector<VehicleSeen> vehicles {};
    std::vector<std::string> languages {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(PatrolPlan, (),
    (patrol, patrol_purpose, area, period, led_by, officials, uniform, weapons, vehicles, languages,
        text))

} // namespace comity::message
