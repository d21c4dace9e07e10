#pragma once

#include "message/value.h"

/// The strategic cycle: joint threat analysis (A7-3) and the points of the EU-CLASI declaration.
/// No person can stand in it.
namespace comity::message {

enum class CrimeArea : std::uint8_t {
    drugs,
    trafficking_in_human_beings,
    migrant_smuggling,
    firearms,
    child_sexual_abuse,
    cybercrime,
    environmental_crime,
    financial_crime,
    cultural_goods,
    corruption,
    other
};
BOOST_DESCRIBE_ENUM(CrimeArea, drugs, trafficking_in_human_beings, migrant_smuggling, firearms,
    child_sexual_abuse, cybercrime, environmental_crime, financial_crime, cultural_goods,
    corruption, other)

enum class Trend : std::uint8_t { rising, level, falling, unknown };
BOOST_DESCRIBE_ENUM(Trend, rising, level, falling, unknown)

/// One indicator of a finding.
struct Indicator {
    std::string name;
    std::optional<std::int64_t> quantity {};
    std::optional<std::string> unit {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(Indicator, (), (name, quantity, unit, text))

/// One finding, with its confidence and what is missing.
struct Threat {
    CrimeArea crime_area;
    std::string summary;
    Trend trend;
    std::uint8_t likelihood;
    std::uint8_t impact;
    std::uint8_t confidence;
    std::vector<Indicator> indicators {};
    std::vector<std::string> gaps {};
};
BOOST_DESCRIBE_STRUCT(
    Threat, (), (crime_area, summary, trend, likelihood, impact, confidence, indicators, gaps))

/// A7-3, D20. A Party's part for one year.
struct ThreatContribution {
    std::uint32_t year;
    std::vector<Threat> threats {};
    std::string method;
};
BOOST_DESCRIBE_STRUCT(ThreatContribution, (), (year, threats, method))

/// D15, D18. Who leads, who takes part, until when, and what shows that it worked.
struct PlannedAction {
    std::string action_number;
    std::string title;
    std::string leader;
    std::vector<std::string> participants {};
    Date valid_from;
    Date valid_until;
    std::string indicator;
    std::int64_t target;
    std::string unit;
    bool human_rights_checked;
    bool financial_part;
    std::optional<std::string> gender_dimension {};
};
BOOST_DESCRIBE_STRUCT(PlannedAction, (),
    (action_number, title, leader, participants, valid_from, valid_until, indicator, target, unit,
        human_rights_checked, financial_part, gender_dimension))

/// D15, D18(a), D19(b).
struct ActionPlan {
    std::string plan_number;
    std::uint32_t edition;
    CrimeArea crime_area;
    std::vector<std::string> threats_answered {};
    std::vector<PlannedAction> actions {};
    std::optional<std::string> linked_plan {};
};
BOOST_DESCRIBE_STRUCT(
    ActionPlan, (), (plan_number, edition, crime_area, threats_answered, actions, linked_plan))

enum class CommitmentState : std::uint8_t { open, under_way, fulfilled, given_up };
BOOST_DESCRIBE_ENUM(CommitmentState, open, under_way, fulfilled, given_up)

/// D26. What was promised and how far it is.
struct Commitment {
    std::string point;
    std::string text;
    CommitmentState commitment_state;
    std::optional<Date> valid_until {};
    std::optional<std::string> evidence {};
};
BOOST_DESCRIBE_STRUCT(Commitment, (), (point, text, commitment_state, valid_until, evidence))

/// Counted once: the key says which joint result it is, so that two reporters do not add it twice.
struct ResultFigure {
    std::string key;
    std::string subject;
    std::int64_t quantity;
    std::string unit;
};
BOOST_DESCRIBE_STRUCT(ResultFigure, (), (key, subject, quantity, unit))

/// D18(b), D21(c), D26. The report on one action for a period.
struct CycleResult {
    std::string plan_number;
    std::string action_number;
    Period period;
    std::string summary;
    std::vector<ResultFigure> figures {};
    std::optional<std::uint8_t> women_among_leaders_percent {};
    std::vector<std::string> obstacles {};
};
BOOST_DESCRIBE_STRUCT(CycleResult, (),
    (plan_number, action_number, period, summary, figures, women_among_leaders_percent, obstacles))

enum class ProductKind : std::uint8_t {
    analysis,
    best_practice,
    legislation,
    methodology,
    statistics
};
BOOST_DESCRIBE_ENUM(ProductKind, analysis, best_practice, legislation, methodology, statistics)

/// D21(b), D24.
struct StrategicProduct {
    ProductKind kind;
    std::string title;
    CrimeArea crime_area;
    std::string summary;
    std::optional<Evaluation> evaluation {};
    std::vector<Attachment> attachments {};
};
BOOST_DESCRIBE_STRUCT(
    StrategicProduct, (), (kind, title, crime_area, summary, evaluation, attachments))

} // namespace comity::message
