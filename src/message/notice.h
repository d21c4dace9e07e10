#pragma once

#include "message/value.h"

/// Notices and reports of Articles 3, 6 to 11, 33, 34 and 38. Where the Convention allows no
/// personal data there is no member for it.
namespace comity::message {

/// A6. Rests on facts; says why the other Party may need it.
struct SpontaneousInformation {
    std::string subject;
    std::string facts;
    std::string reason;
    std::string purpose;
    std::vector<PersonRecord> persons {};
    std::vector<Item> objects {};
    std::vector<Offence> offences {};
    Evaluation evaluation;
    Handling handling;
    std::optional<std::string> on_behalf_of {};
    std::vector<Attachment> attachments {};
};
BOOST_DESCRIBE_STRUCT(SpontaneousInformation, (),
    (subject, facts, reason, purpose, persons, objects, offences, evaluation, handling,
        on_behalf_of, attachments))

/// A3.1(a). No person can stand in it.
struct CaseBulletin {
    std::string subject;
    std::string facts;
    std::optional<std::string> links {};
    std::optional<std::string> behaviour {};
    std::vector<Place> places {};
    std::optional<Period> period {};
};
BOOST_DESCRIBE_STRUCT(CaseBulletin, (), (subject, facts, links, behaviour, places, period))

enum class EventKind : std::uint8_t {
    sport,
    demonstration,
    festival,
    state_visit,
    disaster,
    accident,
    crossing_flow,
    other
};
BOOST_DESCRIBE_ENUM(EventKind, sport, demonstration, festival, state_visit, disaster, accident,
    crossing_flow, other)

/// A3.1(b). Early, so that the other Party can prepare.
struct EventNotice {
    EventKind kind;
    std::string name;
    Place place;
    Period period;
    std::string police_relevance;
    std::optional<std::uint32_t> participants_expected {};
    std::vector<std::string> measures {};
    std::optional<std::string> contact_authority {};
};
BOOST_DESCRIBE_STRUCT(EventNotice, (),
    (kind, name, place, period, police_relevance, participants_expected, measures,
        contact_authority))

/// A3.1(c). For planning operations.
struct PlanningNotice {
    std::string subject;
    std::string facts;
    std::optional<Place> place {};
    std::optional<Period> period {};
    std::optional<std::string> operation {};
};
BOOST_DESCRIBE_STRUCT(PlanningNotice, (), (subject, facts, place, period, operation))

/// A3.1(d). Replaces the one before it.
struct ContactDirectory {
    std::uint32_t edition;
    Date valid_from;
    std::vector<Contact> contacts {};
};
BOOST_DESCRIBE_STRUCT(ContactDirectory, (), (edition, valid_from, contacts))

/// One figure of a report.
struct Count {
    std::string subject;
    std::int64_t quantity;
    std::string unit;
    std::optional<Place> place {};
};
BOOST_DESCRIBE_STRUCT(Count, (), (subject, quantity, unit, place))

/// A7. The situation of a period.
struct SituationReport {
    std::string occasion;
    Period period;
    std::string summary;
    std::vector<std::string> developments {};
    std::vector<Count> counts {};
    std::vector<std::string> gaps {};
};
BOOST_DESCRIBE_STRUCT(SituationReport, (), (occasion, period, summary, developments, counts, gaps))

/// A8(2). Flows, volume, structure, destinations, routes, means, smugglers, measures.
struct MigrationReport {
    std::string occasion;
    Period period;
    std::string summary;
    std::vector<Count> flows {};
    std::optional<std::string> composition {};
    std::vector<std::string> destinations {};
    std::vector<std::string> routes {};
    std::vector<std::string> means_of_transport {};
    std::optional<std::string> smuggling_organisation {};
    std::vector<std::string> planned_measures {};
    std::vector<std::string> gaps {};
};
BOOST_DESCRIBE_STRUCT(MigrationReport, (),
    (occasion, period, summary, flows, composition, destinations, routes, means_of_transport,
        smuggling_organisation, planned_measures, gaps))

enum class InvitationKind : std::uint8_t {
    special_operation,
    exercise,
    study_visit,
    planned_action,
    meeting,
    training
};
BOOST_DESCRIBE_ENUM(
    InvitationKind, special_operation, exercise, study_visit, planned_action, meeting, training)

enum class ParticipantStatus : std::uint8_t { observer, expert, participant };
BOOST_DESCRIBE_ENUM(ParticipantStatus, observer, expert, participant)

/// A3.2(e), A11(c), D19(c). An observer has no powers.
struct Invitation {
    InvitationKind kind;
    std::string name;
    Place place;
    Period period;
    ParticipantStatus participant_status;
    std::uint32_t places_offered;
    std::optional<Instant> answer_by {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(Invitation, (),
    (kind, name, place, period, participant_status, places_offered, answer_by, text))

/// Who comes, by code.
struct InvitationAnswer {
    bool accepted;
    std::vector<Official> officials {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(InvitationAnswer, (), (accepted, officials, text))

enum class PostingKind : std::uint8_t { secondment, third_state_posting, extension, end };
BOOST_DESCRIBE_ENUM(PostingKind, secondment, third_state_posting, extension, end)

/// A9. A secondment under an agreement, or a posting to a third State that is planned.
struct LiaisonPosting {
    PostingKind kind;
    Official official;
    std::optional<std::string> agreement {};
    std::string host_state;
    std::optional<std::string> host_authority {};
    std::vector<std::string> represented_states {};
    std::vector<std::string> tasks {};
    Date valid_from;
    std::optional<Date> valid_until {};
};
BOOST_DESCRIBE_STRUCT(LiaisonPosting, (),
    (kind, official, agreement, host_state, host_authority, represented_states, tasks, valid_from,
        valid_until))

/// A10(6). Before the end, with the serious grounds.
struct WitnessMeasuresEnd {
    std::string code;
    Instant ends_at;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WitnessMeasuresEnd, (), (code, ends_at, reason))

enum class TreatyNoticeKind : std::uint8_t {
    ratification,
    acceptance,
    approval,
    accession,
    reservation,
    reservation_withdrawal,
    declaration,
    authority_change,
    data_protection_law,
    agreement,
    withdrawal,
    suspension,
    suspension_lifted
};
BOOST_DESCRIBE_ENUM(TreatyNoticeKind, ratification, acceptance, approval, accession, reservation,
    reservation_withdrawal, declaration, authority_change, data_protection_law, agreement,
    withdrawal, suspension, suspension_lifted)

/// What a Party tells the depositary. Articles 31(1), 34, 39, 41, 42.
struct TreatyNotice {
    TreatyNoticeKind kind;
    std::vector<std::string> articles {};
    std::vector<std::string> towards {};
    std::optional<std::string> suspension_ground {};
    std::string text;
    std::optional<Date> valid_from {};
    std::vector<Attachment> attachments {};
};
BOOST_DESCRIBE_STRUCT(
    TreatyNotice, (), (kind, articles, towards, suspension_ground, text, valid_from, attachments))

/// A38(3), (4). The same to every Party.
struct DepositaryNotice {
    TreatyNoticeKind kind;
    std::string party;
    Date received_on;
    std::optional<Date> in_force_on {};
    std::vector<std::string> articles {};
    std::vector<std::string> towards {};
    std::string text;
    std::vector<Attachment> attachments {};
};
BOOST_DESCRIBE_STRUCT(DepositaryNotice, (),
    (kind, party, received_on, in_force_on, articles, towards, text, attachments))

enum class MeetingLevel : std::uint8_t { political, strategic, technical, operational };
BOOST_DESCRIBE_ENUM(MeetingLevel, political, strategic, technical, operational)

/// A33(3)-2, D25.
struct MeetingRequest {
    std::string subject;
    MeetingLevel meeting_level;
    Period proposed;
    std::vector<std::string> agenda {};
};
BOOST_DESCRIBE_STRUCT(MeetingRequest, (), (subject, meeting_level, proposed, agenda))

} // namespace comity::message
